import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { replyWith } from '../../wording.ts';
import type { BadTelemetryFacts } from './facts.ts';
import { type BadTelemetryAnswer, worded } from './family.ts';
import { judgeFaults, type NamedFault } from './verdict.ts';

/** Weights of the checks, and how far off the flow may be, MW. */
const WEIGHT = { faults: 4, value: 1 } as const;
const WITHIN_MW = 1.2;
const PROSE: Readonly<Record<Lang, string>> = { en: 'Checked by balance:', zh: '经平衡校核：' };

export function badTelemetryMistakes(
  facts: BadTelemetryFacts,
  right: BadTelemetryAnswer,
  lang: Lang,
): Mistake[] {
  const say = (name: string, changes: Partial<BadTelemetryAnswer>): Mistake[] => {
    const given = { ...right, ...changes };
    const found = judgeFaults(right.faults, facts.most, given.faults).value;
    const value = Math.abs(given.value - right.value) <= WITHIN_MW ? 1 : 0;
    const score = (WEIGHT.faults * found + WEIGHT.value * value) / (WEIGHT.faults + WEIGHT.value);
    return score > 1 - 1e-12 ? [] : [{ name, reply: replyWith(PROSE[lang], worded(given, lang)), score }];
  };
  const { meters, asked, lines } = facts;
  const bad = new Set(right.faults.map(({ meter }) => meter));
  const line = lines.find(({ id }) => id === asked.line);
  const end = (station?: string) =>
    meters.find((meter) => meter.line === asked.line && meter.station === station);
  const far = end(line?.from === asked.station ? line?.to : line?.from);
  const [first, ...rest] = right.faults as [NamedFault, ...NamedFault[]];
  const beside = meters.filter(({ id, line: of }) => !bad.has(id) && of !== undefined).slice(0, 2);
  const partner = partners(facts, bad);
  const jumpy = meters.toSorted((a, b) => spread(b.readings) - spread(a.readings))[0];
  return [
    ...say('called all meters good', { faults: [], value: end(asked.station)?.readings[asked.at] ?? 0 }),
    ...say('called the partners on the lines bad', { faults: [...right.faults, ...partner] }),
    ...say('called two good meters bad', {
      faults: [...right.faults, ...beside.map(({ id }): NamedFault => ({ meter: id, kind: 'drift' }))],
    }),
    ...say('called every meter bad', { faults: meters.map(({ id }) => ({ meter: id, kind: first.kind })) }),
    ...say('stopped at the first', { faults: [first] }),
    ...say('overlooked the first', { faults: rest }),
    ...say('called every fault a drift', {
      faults: right.faults.map(({ meter }) => ({ meter, kind: 'drift', since: first.since ?? '' })),
    }),
    ...say('named the most restless meter', { faults: jumpy ? [{ meter: jumpy.id, kind: 'stuck' }] : [] }),
    ...say('left out when it began', { faults: right.faults.map(({ meter, kind }) => ({ meter, kind })) }),
    ...say('took the bad reading', { value: end(asked.station)?.readings[asked.at] ?? right.value }),
    ...say('forgot to turn the far end round', { value: far?.readings[asked.at] ?? -right.value }),
    ...say('the mean of both ends', {
      value: meanOf(end(asked.station)?.readings[asked.at], far?.readings[asked.at]),
    }),
    ...say('flow in kilowatts', { value: right.value * 1000 }),
  ];
}

/** Good meters at the other ends of the lines of bad ones. */
function partners({ meters }: BadTelemetryFacts, bad: ReadonlySet<string>): NamedFault[] {
  const lines = new Set(meters.filter(({ id, line }) => bad.has(id) && line).map(({ line }) => line));
  return meters
    .filter(({ id, line }) => !bad.has(id) && line !== undefined && lines.has(line))
    .map(({ id }) => ({ meter: id, kind: 'drift' }));
}

const spread = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);

const meanOf = (near = 0, far = 0): number => Number(((near - far) / 2).toFixed(2));
