import * as z from 'zod';
import type { Random } from '../../../core/random.ts';
import { drawPattern, type Pattern, type PdKind } from './clusters.ts';

export const cablePdParams = z.strictObject({
  joints: z.tuple([z.int().min(1).max(12), z.int().min(1).max(12)]),
});
export type CablePdParams = z.infer<typeof cablePdParams>;

/** A joint or termination, by its distance from end A. */
interface Accessory {
  name: string;
  at_m: number;
}

export interface Cluster extends Pattern {
  name: string;
  /** Echo behind direct pulse, or arrival at A less arrival at B, μs; null where pulses come in no fixed pairs. */
  delay_us: number | null;
}

export interface CablePdFacts {
  length_m: number;
  /** Calibration pulse at end A to its echo from the open end B, μs. */
  echo_us: number;
  method: 'one-end' | 'two-ends';
  /** By how much a location may miss, m. */
  accuracy_m: number;
  accessories: Accessory[];
  clusters: Cluster[];
  kinds: Record<string, PdKind>;
}

/** Three sources: a void somewhere in the cable or a joint, and two others out of what can be at terminations, joints or nowhere. */
export function drawCablePd({ joints: [fewest, most] }: CablePdParams, random: Random): CablePdFacts {
  const length_m = random.range(900, 3200, 10);
  const speed = random.range(158, 176, 0.5);
  const echo_us = Number(((2 * length_m) / speed).toFixed(2));
  const accuracy_m = Math.ceil(length_m * 0.005);
  const count = random.int(fewest, Math.max(fewest, most));
  const step = length_m / (count + 1);
  const joints = Array.from({ length: count }, (_, i) => ({
    name: `J${i + 1}`,
    at_m: Math.round(step * (i + 1) + step * 0.25 * (2 * random.uniform() - 1)),
  }));
  const accessories = [{ name: 'TA', at_m: 0 }, ...joints, { name: 'TB', at_m: length_m }];
  const method = random.pick(['one-end', 'two-ends'] as const);
  const others = random.sample(
    ['surface', random.pick(['corona_conductor', 'corona_earth'] as const), 'floating', 'noise'] as const,
    2,
  );
  const kinds = random.shuffle<PdKind>(['void', ...others]);
  const clusters = kinds.map((kind, i): Cluster => {
    const x = placeOf(kind, accessories, step, random);
    const miss = 0.5 * accuracy_m * (2 * random.uniform() - 1);
    const at = x === undefined ? undefined : Math.min(length_m, Math.max(0, x + miss));
    return {
      name: `K${i + 1}`,
      ...drawPattern(kind, random),
      delay_us: at === undefined ? null : delayOf(method, length_m, (2 * length_m) / echo_us, at),
    };
  });
  return {
    length_m,
    echo_us,
    method,
    accuracy_m,
    accessories,
    clusters,
    kinds: Object.fromEntries(kinds.map((kind, i) => [`K${i + 1}`, kind])),
  };
}

/** Points and surfaces are at terminations, floating parts at terminations and joints, voids in joints and between them. */
function placeOf(
  kind: PdKind,
  accessories: readonly Accessory[],
  step: number,
  random: Random,
): number | undefined {
  const ends = [accessories[0], accessories.at(-1)] as Accessory[];
  const joints = accessories.slice(1, -1);
  switch (kind) {
    case 'noise':
      return undefined;
    case 'void': {
      const joint = random.pick(joints);
      return random.chance(0.55) ? joint.at_m : joint.at_m + step * random.range(0.18, 0.36, 0.01);
    }
    case 'floating':
      return random.pick(accessories).at_m;
    default:
      return random.pick(ends).at_m;
  }
}

const delayOf = (method: CablePdFacts['method'], length: number, speed: number, x: number): number =>
  Number((method === 'one-end' ? (2 * (length - x)) / speed : (2 * x - length) / speed).toFixed(2));
