import type { Clause } from './clauses.ts';
import type { Cue } from './cues.ts';
import type { ClaimFacts } from './facts.ts';
import type { Name } from './names.ts';
import type { Found } from './phrases.ts';
import type { TimeMention } from './times.ts';

/**
 * Sentences that tell several events at once, cut so that each clause tells one:
 *
 *   "A-01 opened at T1 and A-02 at T2", "A-01 (T1) and A-02 (T2) opened", "A-01、A-02分别于 T1、T2 跳开"
 *
 * A sentence is read as a row of subjects (an element, or an event's own name), what they did (a kind), times and
 * denials. A clause ends where one of these would come twice. What was done is said once for a list, so a member
 * without it takes it from its neighbour; between members stand times and words of listing alone, nothing else.
 */
export function oneEventEach(
  reply: string,
  clauses: readonly Clause<Name>[],
  facts: ClaimFacts,
): Clause<Name>[] {
  const known = new Set(facts.events.flatMap(({ element }) => (element === undefined ? [] : [element])));
  if (facts.events.length === 0) return [...clauses];
  return sentencesOf(reply, clauses).flatMap((sentence) => {
    const tokens = tokensOf(sentence, known);
    return isList(sentence, tokens)
      ? (paired(sentence, tokens, reply) ?? cut(sentence, tokens, reply))
      : sentence;
  });
}

type Kind = 'subject' | 'kind' | 'time' | 'not';
interface Token {
  is: Kind;
  start: number;
  end: number;
  name?: Found<Name>;
  time?: TimeMention;
  cue?: Found<Cue>;
}

/** Clauses of a sentence; a list goes on behind a semicolon. */
function sentencesOf(reply: string, clauses: readonly Clause<Name>[]): Clause<Name>[][] {
  const groups: Clause<Name>[][] = [];
  for (const clause of clauses) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    const goesOn = last && (last.sentence === clause.sentence || /[;；]/.test(reply.charAt(last.end)));
    if (group && goesOn) group.push(clause);
    else groups.push([clause]);
  }
  return groups;
}

function tokensOf(clauses: readonly Clause<Name>[], known: ReadonlySet<string>): Token[] {
  const names = clauses.flatMap((clause) =>
    clause.names.flatMap((name): Token[] => {
      const { kind } = name.meaning;
      const span = { start: name.start, end: name.end, name };
      if (kind === 'event' || (kind === 'element' && known.has(name.meaning.id)))
        return [{ is: 'subject', ...span }];
      return kind === 'kind' ? [{ is: 'kind', ...span }] : [];
    }),
  );
  const times = clauses.flatMap((clause) =>
    clause.times.map((time): Token => ({ is: 'time', start: time.start, end: time.end, time })),
  );
  const denials = clauses.flatMap((clause) =>
    clause.cues.flatMap((cue): Token[] =>
      // Part of an event's own name denies nothing beside it ("A-03拒动").
      cue.meaning === 'not' && !names.some(({ start, end }) => cue.start >= start && cue.end <= end)
        ? [{ is: 'not', start: cue.start, end: cue.end, cue }]
        : [],
    ),
  );
  return [...names, ...times, ...denials].sort((a, b) => a.start - b.start);
}

/** A sentence of more than this is no list that a person writes; searching it costs more than its length. */
const LONGEST = 80;

const count = (tokens: readonly Token[], kind: Kind) => tokens.filter(({ is }) => is === kind).length;

/** Two subjects at least, or two things done by one; and a clause that tells of two or leaves out what was done. */
function isList(clauses: readonly Clause<Name>[], tokens: readonly Token[]): boolean {
  if (tokens.length > LONGEST || tokens.some(({ time }) => time?.range)) return false;
  const done = new Set(tokens.flatMap(({ is, name }) => (is === 'kind' && name ? [idOf(name)] : [])));
  if (count(tokens, 'subject') < 2 && done.size < 2) return false;
  return clauses.some((clause) => {
    const own = tokens.filter(({ start }) => start >= clause.start && start < clause.end);
    return (
      (['subject', 'time', 'kind'] as const).some((kind) => count(own, kind) > 1) ||
      (count(own, 'subject') > 0 && count(own, 'kind') === 0)
    );
  });
}

const idOf = ({ meaning }: Found<Name>): string => (meaning.kind === 'day' ? '' : meaning.id);

const LETTERS: Readonly<Record<Kind, string>> = { subject: 'S', kind: 'K', time: 'T', not: 'N' };
const RESPECTIVE = /^(S{2,})(N?K)(T{2,})$|^(S{2,})(T{2,})(N?K)$|^(T{2,})(S{2,})(N?K)$|^(N?K)(S{2,})(T{2,})$/;

/** "A-01, A-02 and A-03 opened at T1, T2 and T3": as many of the one as of the other, in their order. */
function paired(
  clauses: readonly Clause<Name>[],
  tokens: readonly Token[],
  reply: string,
): Clause<Name>[] | undefined {
  const [first] = clauses;
  if (!first || !RESPECTIVE.test(tokens.map(({ is }) => LETTERS[is]).join(''))) return undefined;
  const subjects = tokens.filter(({ is }) => is === 'subject');
  const times = tokens.filter(({ is }) => is === 'time');
  const said = tokens.filter(({ is }) => is === 'kind' || is === 'not');
  const elements = subjects.every(({ name }) => name?.meaning.kind === 'element');
  if (subjects.length !== times.length || !elements) return undefined;
  const whole = { start: first.start, end: clauses.at(-1)?.end ?? first.end };
  const text = reply.slice(whole.start, whole.end).trim();
  const cues = clauses.flatMap((clause) => clause.cues);
  return subjects.map((subject, i) => ({
    ...first,
    ...whole,
    text,
    numbers: [],
    names: [subject, ...said].flatMap(({ name }) => (name ? [beside(name, subject)] : [])),
    times: (times[i]?.time ? [times[i].time] : []) as TimeMention[],
    cues,
  }));
}

/** What was done, said of this subject. */
const beside = (name: Found<Name>, { start, end }: Token): Found<Name> =>
  name.meaning.kind === 'kind' ? { ...name, start, end } : name;

interface Part {
  tokens: Token[];
  start: number;
  end: number;
}

function cut(clauses: readonly Clause<Name>[], tokens: readonly Token[], reply: string): Clause<Name>[] {
  const parts = partsOf(clauses, tokens, reply);
  return parts.map((part, i) => {
    const home =
      clauses.findLast(({ start }) => start <= (part.tokens[0]?.start ?? part.start)) ??
      (clauses[0] as Clause<Name>);
    const within = <T extends { start: number }>(of: (clause: Clause<Name>) => readonly T[]) =>
      clauses.flatMap(of).filter(({ start }) => start >= part.start && start < part.end);
    const lent = lender(parts, i, reply);
    const [subject] = part.tokens.filter(({ is }) => is === 'subject');
    return {
      ...home,
      start: part.start,
      end: part.end,
      text: reply.slice(part.start, part.end).trim(),
      numbers: within(({ numbers }) => numbers),
      times: within(({ times }) => times),
      cues: [...within(({ cues }) => cues), ...(lent?.denied ?? [])],
      names: [...within(({ names }) => names), ...(lent && subject ? [beside(lent.kind, subject)] : [])],
    };
  });
}

/** A part ends where a subject, a kind or a time would come twice. What denies stands before what was done. */
function partsOf(clauses: readonly Clause<Name>[], tokens: readonly Token[], reply: string): Part[] {
  const groups: Token[][] = [[]];
  let ahead: Token[] = [];
  for (const [i, token] of tokens.entries()) {
    const group = groups.at(-1) as Token[];
    const has = (kind: Kind) => group.some(({ is }) => is === kind);
    if (token.is === 'not' && (has('kind') || has('time'))) ahead.push(token);
    else if (
      token.is !== 'not' &&
      (has(token.is) || ahead.length > 0 || told(token, group) || leads(tokens, i, reply))
    ) {
      groups.push([...ahead, token]);
      ahead = [];
    } else group.push(token);
  }
  groups.at(-1)?.push(...ahead);
  const [from, to] = [clauses[0]?.start ?? 0, clauses.at(-1)?.end ?? 0];
  const ends = groups.map((group) => Math.max(...group.map(({ end }) => end)));
  return groups.map((group, i) => ({
    tokens: group,
    start: i === 0 ? from : (ends[i - 1] as number),
    end: i === groups.length - 1 ? to : (ends[i] as number),
  }));
}

/** An event's own name says what was done: what is done next is another event. */
const told = ({ is }: Token, group: readonly Token[]): boolean =>
  is === 'kind' && group.some(({ name }) => name?.meaning.kind === 'event');

/** "…, at T2 A-02 opened": a time behind a pause, right before a subject, is that subject's. */
function leads(tokens: readonly Token[], i: number, reply: string): boolean {
  const [last, time, next] = [tokens[i - 1], tokens[i], tokens[i + 1]];
  return (
    last !== undefined &&
    time?.is === 'time' &&
    next?.is === 'subject' &&
    /[,，;；、]|\band\b|\bbut\b|并|且/i.test(reply.slice(last.end, time.start)) &&
    /^[\s,，]*(?:the|breaker|断路器|开关|时)?\s*$/i.test(reply.slice(time.end, next.start))
  );
}

/** Words that stand between the members of a list, and between a member and its time. */
const LISTING =
  /^(?:[\s,，、;；:：()（）—-]|\b(?:and|but|then|at|breakers?|also|did|finally|followed by)\b|和|及|与|以及|而|随后|然后|于|在|断路器|开关|则|分别|最后|依次)*$/i;

/** The kind, and its denial, that a part without one takes from the part before it, or else from the first behind it that has one. */
function lender(
  parts: readonly Part[],
  i: number,
  reply: string,
): { kind: Found<Name>; denied: Found<Cue>[] } | undefined {
  const own = parts[i] as Part;
  const subject = own.tokens.find(({ is }) => is === 'subject');
  if (subject?.name?.meaning.kind !== 'element' || own.tokens.some(({ is }) => is === 'kind'))
    return undefined;
  const from = (step: -1 | 1) => {
    for (let at = i + step; parts[at]; at += step) {
      const kind = parts[at]?.tokens.find(({ is }) => is === 'kind')?.name;
      const [a, b] = step < 0 ? [parts[at] as Part, own] : [own, parts[at] as Part];
      if (!listing(parts.slice(parts.indexOf(a), parts.indexOf(b) + 1), step, reply)) return undefined;
      if (kind) return { kind, part: parts[at] as Part };
    }
    return undefined;
  };
  const found = from(-1) ?? from(1);
  if (!found) return undefined;
  const denies = ({ tokens }: Part) => tokens.flatMap(({ cue }) => (cue ? [cue] : []));
  // "A-01 opened but A-02 did not": what was done is taken over, its denial is the part's own.
  const denied = i < parts.indexOf(found.part) ? denies(found.part) : [];
  return { kind: found.kind, denied: denies(own).length > 0 ? [] : denied };
}

/** Whether nothing but words of listing stands between the tokens from the lending part on. */
function listing(parts: readonly Part[], step: -1 | 1, reply: string): boolean {
  const tokens = parts.flatMap((part) => part.tokens);
  const lends = step < 0 ? 0 : parts.length - 1;
  // The lender's own subject, verb and time may have any words between them.
  const free = new Set(parts[lends]?.tokens.slice(1));
  return tokens.every((token, i) => {
    const last = tokens[i - 1];
    return last === undefined || free.has(token) || LISTING.test(reply.slice(last.end, token.start));
  });
}
