import * as z from 'zod';
import type { Random } from '../../../core/random.ts';
import { GAS_NAMES, type Gases } from '../../../engineering/faults/dga/gases.ts';
import { type DgaMethod, diagnose } from '../../../engineering/faults/dga/methods.ts';

/** The methods asked for by name. */
export const ASKED_METHODS = ['duval1', 'iec60599', 'dlt722', 'rogers'] as const satisfies DgaMethod[];
export type AskedMethod = (typeof ASKED_METHODS)[number];

export const dgaMethodParams = z.strictObject({
  /** Methods to draw from. */
  methods: z.array(z.enum(ASKED_METHODS)).min(1),
});
export type DgaMethodParams = z.infer<typeof dgaMethodParams>;

export const UNITS = ['a', 'b', 'c'] as const;
export type UnitName = (typeof UNITS)[number];
export type FiveGases = Omit<Gases, 'CO'>;

export interface DgaMethodFacts {
  method: AskedMethod;
  /** The order in which the table lists the samples. */
  rows: UnitName[];
  /** Oil samples of three transformers, µL/L. */
  gases: Record<UnitName, FiveGases>;
}

/** What a method names for one sample, in the order of its table. */
export const diagnosesOf = (method: DgaMethod, gases: FiveGases): string[] =>
  diagnose(method, gases).diagnoses;

/**
 * Typical H2, CH4, C2H2, C2H4, C2H6 under a kind of fault, to be spread widely: methods disagree in between, and
 * tables have gaps there.
 */
const PROFILES: readonly (readonly number[])[] = [
  [800, 50, 0, 3, 40],
  [300, 80, 150, 60, 25],
  [400, 120, 250, 220, 40],
  [40, 150, 0, 35, 110],
  [90, 280, 2, 220, 90],
  [150, 350, 8, 700, 90],
  [120, 60, 3, 80, 30],
  [60, 70, 12, 60, 60],
];

function drawGases(random: Random): FiveGases {
  const profile = random.pick(PROFILES);
  const size = random.range(0.6, 2.4, 0.1);
  const [H2, CH4, C2H2, C2H4, C2H6] = profile.map((share) => {
    const value = share * size * 2 ** random.range(-1, 1, 0.02);
    return value < 10 ? Number(value.toFixed(1)) : Math.round(value);
  }) as [number, number, number, number, number];
  const gases = { H2, CH4, C2H2, C2H4, C2H6 };
  // Looked for and not found, only where there is little of a gas: a ratio becomes 0, infinite, or does not exist.
  if (gases.C2H2 < 12 && random.chance(0.3)) gases.C2H2 = 0;
  if (gases.C2H6 < 40 && random.chance(0.15)) gases.C2H6 = 0;
  if (gases.C2H2 === 0 && gases.C2H4 < 8 && random.chance(0.3)) gases.C2H4 = 0;
  return gases;
}

const SPREAD = 0.015;

/** Whether the diagnosis stays when every gas moves by 1.5 % either way: no draw hangs on who owns a boundary. */
export function isFirm(method: AskedMethod, gases: FiveGases): boolean {
  const key = diagnosesOf(method, gases).join();
  for (let corner = 0; corner < 2 ** GAS_NAMES.length; corner++) {
    const moved = { ...gases };
    for (const [i, name] of GAS_NAMES.entries()) moved[name] *= 1 + ((corner >> i) & 1 ? SPREAD : -SPREAD);
    if (diagnosesOf(method, moved).join() !== key) return false;
  }
  return true;
}

function firmGases(method: AskedMethod, random: Random, wanted: (diagnoses: string[]) => boolean): FiveGases {
  for (let tries = 0; tries < 4000; tries++) {
    const gases = drawGases(random);
    if (wanted(diagnosesOf(method, gases)) && isFirm(method, gases)) return gases;
  }
  throw new RangeError(`${method}: no oil sample of the wanted kind was drawn`);
}

/**
 * Three oil samples with three different answers. A ratio method leaves one of them without a diagnosis, in a random place;
 * under IEC 60599 one sample meets two rows at once.
 */
export function drawDgaMethod({ methods }: DgaMethodParams, random: Random): DgaMethodFacts {
  const method = random.pick(methods);
  const counts = [method === 'duval1' ? 1 : 0, method === 'iec60599' ? 2 : 1, 1];
  const seen = new Set<string>();
  const drawn = counts.map((count) => {
    const gases = firmGases(
      method,
      random,
      (diagnoses) =>
        diagnoses.length === count && !seen.has(diagnoses.join()) && !diagnoses.includes('normal'),
    );
    seen.add(diagnosesOf(method, gases).join());
    return gases;
  });
  const [a, b, c] = random.shuffle(drawn) as [FiveGases, FiveGases, FiveGases];
  return { method, rows: [...UNITS], gases: { a, b, c } };
}
