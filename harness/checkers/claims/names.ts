import type { ClaimFacts, Names } from './facts.ts';
import { type Phrase, type PhraseIndex, phraseIndex } from './phrases.ts';

/** What a name in a reply stands for. */
export type Name =
  | { kind: 'series' | 'cause' | 'element' | 'kind' | 'event'; id: string }
  | { kind: 'quantity'; id: string; opposite: boolean }
  | { kind: 'day'; day: number };

/** Every name that the facts know, both languages: Chinese replies write element names in Latin letters. */
export function nameIndex(facts: ClaimFacts): PhraseIndex<Name> {
  let index = indexes.get(facts);
  if (!index) indexes.set(facts, (index = namesOf(facts)));
  return index;
}

/** Every reply to a question is read by the same names. */
const indexes = new WeakMap<ClaimFacts, PhraseIndex<Name>>();

function namesOf(facts: ClaimFacts): PhraseIndex<Name> {
  const phrases: Phrase<Name>[] = [];
  const add = ({ en, zh }: Names, meaning: Name) => {
    for (const text of [...en, ...zh]) phrases.push({ text, meaning });
  };
  for (const { id, names } of facts.series) add(names, { kind: 'series', id });
  for (const { id, names, opposite } of facts.quantities) {
    add(names, { kind: 'quantity', id, opposite: false });
    if (opposite) add(opposite, { kind: 'quantity', id, opposite: true });
  }
  for (const { id, names } of facts.causes) add(names, { kind: 'cause', id });
  for (const { id, names } of facts.elements) add(names, { kind: 'element', id });
  for (const { id, names } of facts.kinds) add(names, { kind: 'kind', id });
  for (const { id, names } of facts.events) if (names) add(names, { kind: 'event', id });
  return phraseIndex(phrases);
}

/** Names of days apart: "yesterday's forecast" names a series, and a day within it. */
export function dayIndex({ clock }: ClaimFacts): PhraseIndex<Name> {
  return phraseIndex(
    clock.days.flatMap(({ names: { en, zh } }, day) =>
      [...en, ...zh].map((text): Phrase<Name> => ({ text, meaning: { kind: 'day', day } })),
    ),
  );
}
