import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { breakersOf, otherSide } from '../../../engineering/faults/records/substation-grid.ts';
import { replyWith } from '../../wording.ts';
import { type EventRecordFacts, gridOf } from './facts.ts';
import type { EventRecordAnswer } from './family.ts';

/** Weights of the checks; a task without lost and untrue signals asks for the open breakers instead. */
const PLAIN = { named: 1, sections: 3, failed: 3, open: 2 } as const;
const FULL = { named: 1, sections: 3, failed: 3, untrue: 1.5, missing: 1.5, clock: 1 } as const;
/** The recorders start so much apart by themselves. */
const CLOCK_MS = 15;

const PROSE: Readonly<Record<Lang, string>> = { en: 'From the record:', zh: '根据记录判断：' };

export function eventRecordMistakes(
  facts: EventRecordFacts,
  right: EventRecordAnswer,
  lang: Lang,
): Mistake[] {
  const grid = gridOf(facts);
  const { rows, most } = facts;
  const say = (name: string, changes: Partial<EventRecordAnswer>): Mistake[] => {
    const given = { ...right, ...changes };
    const score = scoreOf(given, right, most.lost + most.untrue > 0);
    return score === 1 ? [] : [{ name, reply: replyWith(PROSE[lang], given), score }];
  };
  const tripped = [
    ...new Set(rows.filter(({ signal }) => signal === 'main1-trip').map(({ device }) => device)),
  ];
  const dead = [
    ...new Set(rows.filter(({ signal }) => signal === 'voltage-lost').map(({ device }) => device)),
  ];
  const failed = grid.breakers.find(({ id }) => id === right.failed[0]);
  const [zone] = right.sections as [string];
  const behind = failed?.between.filter((id) => !right.sections.includes(id)) ?? [];
  const opened = rows.filter(({ signal }) => signal === 'breaker-open').map(({ device }) => device);
  const refused = breakersOf(grid, zone)[0];
  const beside = refused ? [otherSide(refused, zone)] : [];
  return [
    ...say('false all clear', { sections: [], failed: [], untrue: [], missing: [], open: [] }),
    ...say('took everything that went dead for faulted', { sections: dead }),
    ...say('believed the first main trip', {
      sections: tripped.slice(0, 1),
      failed: [],
      untrue: [],
      missing: [],
    }),
    ...say('believed every main trip', { sections: tripped, untrue: [] }),
    ...say('named the section behind the failed breaker too', { sections: [...right.sections, ...behind] }),
    ...say('named the section beside it', { sections: beside }),
    ...say('named a neighbour as well', { sections: [...right.sections, ...beside] }),
    ...say('saw a failed breaker where none failed', {
      failed: right.failed.length === 0 && refused ? [refused.id] : right.failed,
    }),
    ...say("counted the section's own breakers only", { open: breakersOf(grid, zone).map(({ id }) => id) }),
    ...say('overlooked that a device failed', { failed: [] }),
    ...say('blamed the protection for the breaker', { failed: failed ? [zone] : right.failed }),
    ...say('blamed a breaker for the protection', {
      failed: right.failed[0] === zone && refused ? [refused.id] : right.failed,
    }),
    ...say('believed every alarm', { untrue: [] }),
    ...say('missed nothing', { missing: [] }),
    ...say('forgot the reclosure', { open: [...new Set([...opened, ...right.open])] }),
    ...say('clocks the wrong way round', { clock: -right.clock }),
    ...say('took the clocks for equal', { clock: 0 }),
    ...say('clock in seconds', { clock: right.clock / 1000 }),
  ];
}

function scoreOf(given: EventRecordAnswer, right: EventRecordAnswer, full: boolean): number {
  const value = {
    named: given.sections.some((id) => right.sections.includes(id)) ? 1 : 0,
    sections: f1(given.sections, right.sections),
    failed: f1(given.failed, right.failed) === 1 ? 1 : 0,
    untrue: f1(given.untrue, right.untrue),
    missing: f1(given.missing, right.missing),
    open: f1(given.open, right.open),
    clock: Math.abs(given.clock - right.clock) <= CLOCK_MS ? 1 : 0,
  };
  if (value.named === 0) return 0;
  const weights: Readonly<Partial<Record<keyof typeof value, number>>> = full ? FULL : PLAIN;
  const parts = Object.entries(weights) as [keyof typeof value, number][];
  const whole = parts.reduce((sum, [, weight]) => sum + weight, 0);
  return parts.reduce((sum, [field, weight]) => sum + weight * value[field], 0) / whole;
}

function f1(given: readonly string[], right: readonly string[]): number {
  const [a, b] = [new Set(given), new Set(right)];
  const hits = [...a].filter((item) => b.has(item)).length;
  if (a.size === 0 && b.size === 0) return 1;
  return (2 * hits) / (a.size + b.size);
}
