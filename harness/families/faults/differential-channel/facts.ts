import * as z from 'zod';
import type { Random } from '../../../core/random.ts';
import {
  asymmetryAngle,
  differentialCurrent,
  restraint,
  tolerableAsymmetry,
} from '../../../engineering/faults/equipment/differential-channel.ts';

export const differentialChannelParams = z.strictObject({ events: z.int().min(5).max(10) });
export type DifferentialChannelParams = z.infer<typeof differentialChannelParams>;

const CHANNEL_CAUSES = ['healthy', 'symmetric', 'asymmetric', 'ct_error', 'internal', 'blocked'] as const;
export type ChannelCause = (typeof CHANNEL_CAUSES)[number];

/** One reading of the relay's log. */
export interface ChannelEvent {
  name: string;
  /** There and back, ms. */
  loop_ms: number;
  /** Frames lost in the second before, in a thousand. */
  lost_permille: number;
  a_a: number;
  b_a: number;
  /** By how much the currents are off being opposite, as the relay has them aligned, degrees. */
  off_deg: number;
}

export interface DifferentialChannelFacts {
  frequency_hz: number;
  /** There and back on the normal route, the same each way, ms. */
  normal_ms: number;
  pickup_a: number;
  slope_pct: number;
  /** Above this share of lost frames the relay blocks itself, in a thousand. */
  block_permille: number;
  events: ChannelEvent[];
  causes: Record<string, ChannelCause>;
}

/** Readings of one relay, drawn again until none is near the edge between acting and not, and one unequal route leads. */
export function drawDifferentialChannel(
  { events: count }: DifferentialChannelParams,
  random: Random,
): DifferentialChannelFacts {
  for (let attempt = 0; attempt < 300; attempt++) {
    const facts = attemptFacts(count, random.fork(`attempt ${attempt}`));
    if (isClear(facts)) return facts;
  }
  throw new RangeError('differential-channel: no draw is clear');
}

/** At least two unequal routes, one on which the relay acts and one on which it does not, and what looks like them. */
function attemptFacts(count: number, random: Random): DifferentialChannelFacts {
  const plan = {
    frequency_hz: 50,
    normal_ms: random.range(4, 9, 0.2),
    pickup_a: random.range(240, 480, 20),
    slope_pct: random.pick([20, 25, 30]),
    block_permille: random.pick([20, 30, 50]),
  };
  const others = Array.from({ length: count - 3 }, () => random.pick(CHANNEL_CAUSES));
  const kinds = random.shuffle<ChannelCause | 'tripping'>(['tripping', 'asymmetric', 'symmetric', ...others]);
  const events = kinds.map((kind, i) => drawEvent(`E${i + 1}`, kind, plan, random));
  const causes = kinds.map((kind, i) => [`E${i + 1}`, kind === 'tripping' ? 'asymmetric' : kind] as const);
  return { ...plan, events, causes: Object.fromEntries(causes) };
}

function isClear(facts: DifferentialChannelFacts): boolean {
  const { events, causes, pickup_a, slope_pct } = facts;
  const far = events.every(({ a_a, b_a, off_deg }) => {
    const seen = differentialCurrent(a_a, b_a, (off_deg * Math.PI) / 180);
    return Math.abs(seen / restraint(pickup_a, slope_pct / 100, a_a, b_a) - 1) > 0.05;
  });
  const loops = events.filter(({ name }) => causes[name] === 'asymmetric').map(({ loop_ms }) => loop_ms);
  const [first = 0, second = 0] = loops.sort((a, b) => b - a);
  return far && first - second > 0.15;
}

type Plan = Omit<DifferentialChannelFacts, 'events' | 'causes'>;

function drawEvent(name: string, kind: ChannelCause | 'tripping', plan: Plan, random: Random): ChannelEvent {
  const through = random.range(700, 1600, 10);
  const jitter = (size: number) => size * (2 * random.uniform() - 1);
  const sound = {
    name,
    loop_ms: plan.normal_ms,
    lost_permille: random.int(0, Math.floor(plan.block_permille / 4)),
    a_a: through,
    b_a: Math.round(through * (1 + jitter(0.004))),
    off_deg: tenth(jitter(0.4)),
  };
  const unequal = (extra_ms: number) => ({
    ...sound,
    loop_ms: tenth(plan.normal_ms + extra_ms),
    off_deg: tenth((asymmetryAngle(plan.frequency_hz, extra_ms, 0) * 180) / Math.PI + jitter(0.3)),
  });
  const most = tolerableAsymmetry(
    plan.frequency_hz,
    through,
    restraint(plan.pickup_a, plan.slope_pct / 100, through, through),
  );
  switch (kind) {
    case 'healthy':
      return sound;
    case 'symmetric':
      return { ...sound, loop_ms: tenth(plan.normal_ms + 2 * random.range(1.2, 4.5, 0.1)) };
    case 'asymmetric':
      return unequal(tenth(most * random.range(0.35, 0.82, 0.01)));
    case 'tripping':
      // Beyond 8 ms the currents would come near to being in phase, as in a fault on the line.
      return unequal(Math.min(8, tenth(most * random.range(1.2, 3, 0.01) + 0.1)));
    case 'ct_error':
      return { ...sound, b_a: Math.round(through * random.pick([0.5, 0.8, 1.25, 0.667])) };
    case 'internal': {
      const a_a = Math.round(through * random.range(2.2, 4, 0.1));
      return {
        ...sound,
        a_a,
        b_a: Math.round(through * random.range(0.8, 2, 0.1)),
        off_deg: tenth(random.range(138, 172, 0.1)),
      };
    }
    case 'blocked':
      return {
        ...unequal(tenth(most * random.range(1.2, 2, 0.1))),
        lost_permille: plan.block_permille * random.int(3, 8),
      };
  }
}

/** Whether the relay acts on a reading: not while it blocks itself. */
export function acts(
  facts: DifferentialChannelFacts,
  { a_a, b_a, off_deg, lost_permille }: ChannelEvent,
): boolean {
  if (lost_permille > facts.block_permille) return false;
  const seen = differentialCurrent(a_a, b_a, (off_deg * Math.PI) / 180);
  return seen > restraint(facts.pickup_a, facts.slope_pct / 100, a_a, b_a);
}

const tenth = (value: number): number => {
  const rounded = Math.round(value * 10) / 10;
  return rounded === 0 ? 0 : rounded;
};
