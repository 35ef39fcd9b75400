import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import { EVIDENCE, signalKey } from '../../../harness/engineering/faults/records/explain.ts';
import type {
  EventRecordFacts,
  EventRecordParams,
} from '../../../harness/families/faults/event-record/facts.ts';
import { eventRecordFamily as family } from '../../../harness/families/faults/event-record/family.ts';
import { keyText } from '../../../harness/families/faults/event-record/words.ts';
import {
  evidenceOf,
  evidenceOfAll,
  type Guess,
  guessesAt,
} from '../../engineering/faults/records/clearance-rules.ts';

const BASIC: EventRecordParams = {
  stations: [3, 4],
  faults: 1,
  lost: 0,
  untrue: 0,
  events: [15, 30],
  clock_ms: 0,
  failure: 0.6,
};
const ADVANCED: EventRecordParams = {
  stations: [5, 7],
  faults: 1,
  lost: 1,
  untrue: 1,
  events: [40, 70],
  clock_ms: 60,
  failure: 0.7,
};
const EXPERT: EventRecordParams = {
  stations: [8, 10],
  faults: 2,
  lost: 2,
  untrue: 2,
  events: [90, 180],
  clock_ms: 900,
  failure: 0.8,
};

const draws = (params: EventRecordParams, count: number) =>
  Array.from({ length: count }, (_, seed) => family.draw(params, createRandom(`record ${seed}`)));

/** Tries everything the question allows by the rules as printed, and keeps what stays within its numbers. */
function allReadings(facts: EventRecordFacts) {
  const seen = new Set(
    facts.rows.filter(({ signal }) => (EVIDENCE as readonly string[]).includes(signal)).map(signalKey),
  );
  const guesses = facts.sections
    .flatMap(({ id }) => guessesAt(facts, id))
    .map((guess) => ({ guess, left: evidenceOf(facts, guess) }));
  // Without the loss of voltage, which depends on all faults together, a guess must explain so much at least.
  const plain = [...seen].filter((key) => !key.endsWith(':voltage-lost'));
  const sets = guesses.flatMap((one, i) => [
    [one],
    ...(facts.most.faults < 2
      ? []
      : guesses
          .slice(i + 1)
          .filter(({ guess }) => guess.section !== one.guess.section && !(guess.failed && one.guess.failed))
          .filter(
            ({ left }) =>
              plain.filter((key) => !left.keys.has(key) && !one.left.keys.has(key)).length <=
              facts.most.untrue,
          )
          .map((other) => [one, other])),
  ]);
  return sets.flatMap((parts) => {
    const all = evidenceOfAll(
      facts,
      parts.map(({ left }) => left),
    );
    if (!all) return [];
    const missing = [...all.keys].filter((key) => !seen.has(key));
    const untrue = [...seen].filter((key) => !all.keys.has(key));
    if (missing.length > facts.most.lost || untrue.length > facts.most.untrue) return [];
    return [{ guesses: parts.map(({ guess }): Guess => guess), missing, untrue, open: [...all.open] }];
  });
}

describe('event-record', () => {
  it.each([
    ['basic', BASIC, 60],
    ['advanced', ADVANCED, 40],
    ['expert', EXPERT, 12],
  ] as const)('%s: the key is the only reading among all, by the printed rules', (_name, params, count) => {
    for (const facts of draws(params, count)) {
      const readings = allReadings(facts);
      expect(readings.length).toBe(1);
      const [reading] = readings as [(typeof readings)[number]];
      const answer = family.solve(facts);
      expect([...answer.sections].sort()).toEqual(reading.guesses.map(({ section }) => section).sort());
      expect(answer.failed).toEqual(reading.guesses.flatMap(({ failed }) => (failed ? [failed] : [])));
      expect([...answer.missing].sort()).toEqual(reading.missing.map((key) => keyText(key, 'en')).sort());
      expect([...answer.open].sort()).toEqual(reading.open.sort());
      const untrue = facts.rows.filter((row) => reading.untrue.includes(signalKey(row)));
      expect(answer.untrue).toEqual(untrue.map(({ no }) => String(no)));
    }
  });

  it('keeps records at the length that their tier promises', () => {
    for (const { rows } of draws(BASIC, 20)) {
      expect(rows.length).toBeGreaterThanOrEqual(15);
      expect(rows.length).toBeLessThanOrEqual(30);
    }
    for (const { rows } of draws(EXPERT, 8)) {
      expect(rows.length).toBeGreaterThanOrEqual(80);
      expect(rows.length).toBeLessThanOrEqual(200);
    }
  });

  it('draws breakers and protections that fail, and faults where nothing does', () => {
    const answers = draws(ADVANCED, 60).map((facts) => family.solve(facts));
    expect(answers.some(({ failed }) => failed.length === 0)).toBe(true);
    expect(answers.some(({ failed, sections }) => failed[0] === sections[0])).toBe(true);
    expect(answers.some(({ failed, sections }) => failed[0] && failed[0] !== sections[0])).toBe(true);
  });

  it('gives a false all clear nothing', () => {
    for (const facts of draws(ADVANCED, 10)) {
      const answer = family.solve(facts);
      for (const clear of [[], '', null, ['none'], { __proto__: answer.sections }])
        expect(family.verify?.sections?.(facts, answer, clear).value).toBe(0);
      expect(family.verify?.sections?.(facts, answer, answer.sections).value).toBe(1);
      for (const named of [`line ${answer.sections[0]}`, `${answer.sections[0]}母线`])
        expect(family.verify?.sections?.(facts, answer, [named]).value).toBe(1);
    }
  });

  it('words missing signals as the record of that language words them', () => {
    for (const facts of draws(ADVANCED, 6)) {
      const chinese = family.localise?.(facts, 'zh') ?? facts;
      const vars = family.vars?.(chinese, 'zh') as { rows: { signal: string }[] };
      expect(vars.rows.every(({ signal }) => /[\u4e00-\u9fff]/.test(signal))).toBe(true);
      expect(family.solve(chinese).missing.every((key) => /:[^:]*[\u4e00-\u9fff]/.test(key))).toBe(true);
    }
  });
});
