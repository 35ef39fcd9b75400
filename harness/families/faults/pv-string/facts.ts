import * as z from 'zod';
import type { Random } from '../../../core/random.ts';
import { type ChainGroup, curveFigures } from '../../../engineering/faults/equipment/pv-string.ts';
import {
  type ChainType,
  chainAt,
  type DataSheet,
  dataSheet,
  type Injection,
  STRING_FAULTS,
  type StringFault,
  stringWith,
} from './array.ts';

export const pvStringParams = z.strictObject({
  /** Strings of the combiner box, and how many of them are faulty. */
  strings: z.tuple([z.int().min(5).max(16), z.int().min(5).max(16)]),
  faulty: z.int().min(1).max(4),
});
export type PvStringParams = z.infer<typeof pvStringParams>;

/** What the tracer wrote for one string; resistances are null where nothing flows. */
export interface StringRow {
  name: string;
  isc_a: number;
  voc_v: number;
  imp_a: number;
  vmp_v: number;
  r_oc_ohm: number | null;
  r_sc_ohm: number | null;
}

export interface PvStringFacts {
  modules: number;
  sheet: DataSheet;
  g_wm2: number;
  cell_c: number;
  rows: StringRow[];
  faults: { name: string; kind: StringFault; chains: number }[];
}

/** The tracer's error, as a share, each figure on its own. */
const NOISE = 0.003;

export function drawPvString(
  { strings: [fewest, most], faulty }: PvStringParams,
  random: Random,
): PvStringFacts {
  const type = drawType(random);
  const modules = random.int(16, 24);
  const g_wm2 = random.range(780, 990, 5);
  const cell_c = random.range(34, 58, 1);
  const chain = chainAt(type, g_wm2, cell_c);
  const names = Array.from({ length: random.int(fewest, Math.max(fewest, most)) }, (_, i) => `S${i + 1}`);
  const kinds = random.sample(STRING_FAULTS, faulty);
  const where = random.sample(names, faulty);
  const { r_oc_ohm } = curveFigures(stringWith(chain, 3 * modules));
  const injected = new Map(
    where.map((name, i) => [name, inject(kinds[i] as StringFault, modules, r_oc_ohm, random)]),
  );
  return {
    modules,
    sheet: dataSheet(type),
    g_wm2,
    cell_c,
    rows: names.map((name) => traced(name, chain, modules, injected.get(name), random)),
    faults: names.flatMap((name) => {
      const fault = injected.get(name);
      return fault ? [{ name, kind: fault.kind, chains: fault.kind === 'bypass' ? fault.size : 0 }] : [];
    }),
  };
}

function drawType(random: Random): ChainType {
  const cells = random.pick([20, 22, 24]);
  return {
    photo_a: random.range(10.2, 14, 0.1),
    voc_v: cells * random.range(0.675, 0.695, 0.005),
    thermal_v: cells * 0.02569 * 1.05,
    series_ohm: cells * 0.0026,
    shunt_ohm: random.range(120, 220, 10),
    alpha: random.range(0.0004, 0.0006, 0.00005),
    beta: random.range(-0.0029, -0.0025, 0.00005),
  };
}

/** `r_oc_ohm` is the slope of a sound string: bad contacts have to show beside it. */
function inject(kind: StringFault, modules: number, r_oc_ohm: number, random: Random): Injection {
  switch (kind) {
    case 'soiling':
      return { kind, size: random.range(0.8, 0.91, 0.01), chains: 0 };
    case 'bypass':
      return { kind, size: random.int(2, 6), chains: 0 };
    case 'series':
      return { kind, size: Number((r_oc_ohm * random.range(0.35, 0.7, 0.05)).toFixed(2)), chains: 0 };
    case 'shunt':
      return { kind, size: random.range(3.5, 7, 0.5), chains: 0 };
    case 'shade':
      return {
        kind,
        size: random.range(0.45, 0.65, 0.05),
        chains: Math.round(3 * modules * random.range(0.1, 0.2, 0.02)),
      };
    case 'open':
      return { kind, size: 0, chains: 0 };
  }
}

function traced(
  name: string,
  chain: Omit<ChainGroup, 'count'>,
  modules: number,
  fault: Injection | undefined,
  random: Random,
): StringRow {
  if (fault?.kind === 'open')
    return { name, isc_a: 0, voc_v: 0, imp_a: 0, vmp_v: 0, r_oc_ohm: null, r_sc_ohm: null };
  const figures = curveFigures(stringWith(chain, 3 * modules, fault));
  const read = (value: number, digits: number, noise = NOISE) =>
    Number((value * (1 + noise * (2 * random.uniform() - 1))).toFixed(digits));
  return {
    name,
    isc_a: read(figures.isc_a, 2),
    voc_v: read(figures.voc_v, 1),
    imp_a: read(figures.imp_a, 2),
    vmp_v: read(figures.vmp_v, 1),
    r_oc_ohm: read(figures.r_oc_ohm, 2, 0.03),
    // Slopes of a nearly flat line are read badly.
    r_sc_ohm: Number(read(figures.r_sc_ohm, 0, 0.1).toPrecision(2)),
  };
}
