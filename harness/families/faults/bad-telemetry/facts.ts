import * as z from 'zod';
import type { Random } from '../../../core/random.ts';
import { badMeters } from '../../../engineering/faults/telemetry/bad-meters.ts';
import type { Line, Meter } from '../../../engineering/faults/telemetry/flow-meters.ts';
import {
  METER_FAULTS,
  type MeterFaultKind,
  spoil,
} from '../../../engineering/faults/telemetry/meter-faults.ts';
import { diagnose } from './diagnose.ts';
import { drawTruth, type Truth } from './draw-truth.ts';

export const badTelemetryParams = z.strictObject({
  stations: z.tuple([z.int().min(3).max(8), z.int().min(3).max(8)]),
  snapshots: z.tuple([z.int().min(6).max(16), z.int().min(6).max(16)]),
  /** Faults; a swap is one fault of two meters. */
  faults: z.tuple([z.int().min(1).max(4), z.int().min(1).max(4)]),
});
export type BadTelemetryParams = z.infer<typeof badTelemetryParams>;

export interface BadTelemetryFacts {
  lines: Line[];
  meters: Meter[];
  /** Times of the snapshots. */
  times: string[];
  /** Good meters are within ± so much of the truth, MW. */
  accuracy_mw: number;
  /** No more bad meters than so many. */
  most: number;
  /** Flow that is asked: from this station into this line, at this snapshot. */
  asked: { line: string; station: string; at: number };
}

/** Good meters read within so much of the truth, rounding included. */
export const ACCURACY_MW = 0.4;
const TRIES = 300;

/** Draws until the readings have one smallest explanation, and every bad meter in it one kind of fault. */
export function drawBadTelemetry(params: BadTelemetryParams, random: Random): BadTelemetryFacts {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const truth = drawTruth(random.int(...params.stations), random.int(...params.snapshots), random);
    const kinds = kindsOf(random.int(...params.faults), random);
    const spoiled = spoilSome(truth, kinds, random);
    if (!spoiled) continue;
    const { meters, bad } = spoiled;
    const found = badMeters(truth.lines, meters, ACCURACY_MW, bad.length);
    if (found.length !== 1 || found[0]?.join() !== bad.toSorted().join()) continue;
    const facts: BadTelemetryFacts = {
      lines: truth.lines,
      meters,
      times: truth.times,
      accuracy_mw: ACCURACY_MW,
      most: Math.max(params.faults[1] + 1, bad.length),
      asked: ask(truth, meters, bad, random),
    };
    if (diagnose(facts) !== undefined) return facts;
  }
  throw new RangeError('bad-telemetry: no draw is clear');
}

/** Different kinds as far as they go; the rarer ones as likely as the others. */
const kindsOf = (count: number, random: Random): MeterFaultKind[] => random.sample(METER_FAULTS, count);

const tenth = (value: number): number => Math.round(value * 10) / 10;

function spoilSome(
  truth: Truth,
  kinds: readonly MeterFaultKind[],
  random: Random,
): { meters: Meter[]; bad: string[] } | undefined {
  const meters = truth.meters.map((meter) => ({ ...meter }));
  const bad = new Set<string>();
  for (const kind of kinds) {
    const free = meters.filter(({ id }) => !bad.has(id));
    const meter = random.pick(free);
    const twins = free.filter(({ id, station }) => id !== meter.id && station === meter.station);
    if (kind === 'swapped' && twins.length === 0) return undefined;
    const last = meter.readings.length;
    const since = kind === 'stuck' || kind === 'drift' ? random.int(2, last - 4) : 0;
    const step_mw = random.pick([-1, 1]) * random.range(2.4, 4.5, 0.1);
    const own = meter.readings;
    if (kind === 'swapped') {
      const twin = random.pick(twins);
      meter.readings = spoil(own, { kind, since }, { step_mw, before: 0, twin: twin.readings });
      twin.readings = spoil(twin.readings, { kind, since }, { step_mw, before: 0, twin: own });
      bad.add(twin.id);
    } else
      meter.readings = spoil(own, { kind, since }, { step_mw, before: truth.before[meter.id] ?? 0 }).map(
        tenth,
      );
    bad.add(meter.id);
  }
  return { meters, bad: [...bad] };
}

/** As often as not a flow whose meter is bad. */
function ask(
  { lines, times }: Truth,
  meters: readonly Meter[],
  bad: readonly string[],
  random: Random,
): BadTelemetryFacts['asked'] {
  const spoiled = meters.filter(({ id, line }) => line !== undefined && bad.includes(id));
  const meter = spoiled.length > 0 && random.chance(0.7) ? random.pick(spoiled) : undefined;
  const other = random.pick(lines);
  return { line: meter?.line ?? other.id, station: meter?.station ?? other.from, at: times.length - 1 };
}
