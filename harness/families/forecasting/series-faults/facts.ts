import * as z from 'zod';
import type { Random } from '../../../core/random.ts';
import type { Cause, TelemetryCause } from '../../../engineering/forecast/causes.ts';
import { lagOf } from '../../../engineering/forecast/detect.ts';
import { type Simulation, simulate } from '../../../engineering/forecast/simulate.ts';
import { clockTime } from '../clock.ts';

export const seriesFaultsParams = z.strictObject({
  season: z.array(z.enum(['summer', 'mild', 'winter'])).min(1),
});
export type SeriesFaultsParams = z.infer<typeof seriesFaultsParams>;

export interface FaultRow {
  no: number;
  time: string;
  forecast: number;
  scada: number | null;
  meter: number;
}

/** First and last half-hour, by number. */
interface FaultWindow {
  first: number;
  last: number;
}

export interface SeriesFaultsFacts {
  capacity_mw: number;
  everyday_mw: number;
  agree_mw: number;
  rows: FaultRow[];
  stuck: FaultWindow;
  shift: FaultWindow & { lag: number };
  /** First half-hour of the new level. */
  regime_first: number;
}

const STEPS = 48;
const METER = 0.002;

/** Two dropouts, a stuck stretch and a stretch with a wrong clock, apart from one another; one lasting change of the load itself. */
export function drawSeriesFaults({ season }: SeriesFaultsParams, random: Random): SeriesFaultsFacts {
  for (let attempt = 0; attempt < 300; attempt++) {
    const stream = random.fork(`attempt ${attempt}`);
    const capacity = stream.pick([240, 300, 360, 480]);
    const faults = drawFaults(stream);
    const at = stream.int(9, 39);
    // Load lost from the step on, or lost until then: a level that falls, or one that rises.
    const [from, to] = stream.chance(0.5) ? [at, STEPS] : [0, at];
    const lost: Cause = { kind: 'outage', from, to, size: stream.range(0.14, 0.26, 0.01) };
    const simulation = simulate(
      {
        series: 'load',
        season: stream.pick(season),
        capacity,
        steps: STEPS,
        step_min: 30,
        noise: 0.012,
        causes: [lost, ...faults],
      },
      stream.uniform,
    );
    if (isClear(simulation, capacity, faults)) return factsOf(simulation, capacity, faults, at, stream);
  }
  throw new RangeError('series-faults: no draw is clear');
}

function drawFaults(random: Random): Cause[] {
  const lag = random.int(2, 4) * random.pick([-1, 1]);
  const wanted: [TelemetryCause, number, number][] = random.shuffle([
    ['missing', random.int(2, 4), 0],
    ['missing', random.int(1, 3), 0],
    ['stuck', random.int(6, 9), 0],
    ['clock_shift', random.int(12, 16), lag],
  ]);
  // At least three good half-hours around every stretch; what is left over is spread between them.
  let spare = STEPS - wanted.reduce((sum, [, length]) => sum + length + 3, 3);
  let t = 3;
  return wanted.map(([kind, length, size]) => {
    const skip = random.int(0, spare);
    spare -= skip;
    const from = t + skip;
    t = from + length + 3;
    return { kind, from, to: from + length, size };
  });
}

function isClear({ actual, recorded }: Simulation, capacity: number, faults: readonly Cause[]): boolean {
  const off = actual.map((p, t) => Math.abs(p - (recorded[t] ?? p)));
  return faults.every((fault) => {
    const { kind, from, to, size } = fault;
    const ends = Math.min(off[from + (kind === 'stuck' ? 1 : 0)] as number, off[to - 1] as number);
    if (kind === 'clock_shift')
      return ends > 0.012 * capacity && lagOf(recorded, actual, 6, fault)?.lag === size;
    if (kind === 'stuck')
      return (
        ends > 0.012 * capacity && recorded[from - 2] !== recorded[from] && recorded[to] !== recorded[from]
      );
    return true;
  });
}

function factsOf(
  { forecast, actual, recorded, noise_bound }: Simulation,
  capacity: number,
  faults: readonly Cause[],
  at: number,
  random: Random,
): SeriesFaultsFacts {
  const up = (value: number) => Math.ceil(value * 10) / 10;
  const windowOf = (wanted: TelemetryCause) => {
    const { from, to, size } = faults.find(({ kind }) => kind === wanted) as Cause;
    return { first: from + 1, last: to, lag: size };
  };
  const { first, last } = windowOf('stuck');
  return {
    capacity_mw: capacity,
    everyday_mw: up(noise_bound + METER * capacity),
    agree_mw: up(METER * capacity + 0.1),
    rows: actual.map((p, t) => ({
      no: t + 1,
      time: clockTime(t, 30),
      forecast: forecast[t] as number,
      scada: recorded[t] ?? null,
      meter: Number((p + METER * capacity * (2 * random.uniform() - 1)).toFixed(1)),
    })),
    stuck: { first, last },
    shift: windowOf('clock_shift'),
    regime_first: at + 1,
  };
}
