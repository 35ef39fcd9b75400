import type { Gases } from '../../../../harness/engineering/faults/dga/gases.ts';

/** A second reading of the published tables: intervals without a division, every code written out, zones as drawn. */
type FiveGases = Omit<Gases, 'CO'>;

type Rule = [
  id: string,
  r2: [number, number] | null,
  r1: [number, number] | null,
  r5: [number, number] | null,
];
const ANY = Number.POSITIVE_INFINITY;

/** Ids as this reading writes them, without signs. */
export const plain = (id: string): string =>
  ({ normal: 'N', 'T-low': 'TL', 'T<700': 'TM', 'T>700': 'TH', 'D1+T': 'D1T', 'D2+T': 'D2T' })[id] ?? id;

/** Each row of a table as intervals, ends included; points on an end belong to no test. */
export const TABLES: Record<'iec60599' | 'rogers', Rule[]> = {
  iec60599: [
    ['PD', null, [0, 0.1], [0, 0.2]],
    ['D1', [1, ANY], [0.1, 0.5], [1, ANY]],
    ['D2', [0.6, 2.5], [0.1, 1], [2, ANY]],
    ['T1', null, [1, ANY], [0, 1]],
    ['T2', [0, 0.1], [1, ANY], [1, 4]],
    ['T3', [0, 0.2], [1, ANY], [4, ANY]],
  ],
  rogers: [
    ['N', [0, 0.1], [0.1, 1], [0, 1]],
    ['PD', [0, 0.1], [0, 0.1], [0, 1]],
    ['D2', [0.1, 3], [0.1, 1], [3, ANY]],
    ['TL', [0, 0.1], [0.1, 1], [1, 3]],
    ['TM', [0, 0.1], [1, ANY], [1, 3]],
    ['TH', [0, 0.1], [1, ANY], [3, ANY]],
  ],
};

/** lo·b ≤ a ≤ hi·b, without a division: both gases 0 meet nothing. */
const between = (a: number, b: number, range: [number, number] | null) => {
  if (!range) return true;
  if (a === 0 && b === 0) return false;
  return a >= range[0] * b && (range[1] === ANY || a <= range[1] * b);
};

export const byTable = (rules: Rule[], { H2, CH4, C2H2, C2H4, C2H6 }: FiveGases) =>
  rules
    .filter(([, r2, r1, r5]) => between(C2H2, C2H4, r2) && between(CH4, H2, r1) && between(C2H4, C2H6, r5))
    .map(([id]) => id);

/** All 27 codes of the three-ratio table written out; what is not here has no diagnosis. */
export const CODES: Readonly<Record<string, string>> = {
  '001': 'T0',
  '020': 'T1',
  '021': 'T2',
  '002': 'T3',
  '012': 'T3',
  '022': 'T3',
  '010': 'PD',
  '200': 'D1',
  '201': 'D1',
  '202': 'D1',
  '210': 'D1',
  '211': 'D1',
  '212': 'D1',
  '220': 'D1T',
  '221': 'D1T',
  '222': 'D1T',
  '100': 'D2',
  '101': 'D2',
  '102': 'D2',
  '110': 'D2',
  '111': 'D2',
  '112': 'D2',
  '120': 'D2T',
  '121': 'D2T',
  '122': 'D2T',
};

const digit = (a: number, b: number, codes: string) => {
  if (a === 0 && b === 0) return 'x';
  return codes[[0.1, 1, 3].filter((limit) => a >= limit * b).length];
};
export const byCode = ({ H2, CH4, C2H2, C2H4, C2H6 }: FiveGases) => {
  const code = `${digit(C2H2, C2H4, '0112')}${digit(CH4, H2, '1022')}${digit(C2H4, C2H6, '0012')}`;
  return CODES[code] ? [CODES[code]] : [];
};

/** Corners of Duval's zones as published drawings show them, (C2H4 %, C2H2 %): a way that knows no order of rules. */
export const ZONES: Readonly<Record<string, [number, number][]>> = {
  PD: [
    [0, 0],
    [2, 0],
    [0, 2],
  ],
  T1: [
    [2, 0],
    [20, 0],
    [20, 4],
    [0, 4],
    [0, 2],
  ],
  T2: [
    [20, 0],
    [50, 0],
    [50, 4],
    [20, 4],
  ],
  T3: [
    [50, 0],
    [100, 0],
    [85, 15],
    [50, 15],
  ],
  D1: [
    [0, 13],
    [23, 13],
    [23, 77],
    [0, 100],
  ],
  D2: [
    [23, 13],
    [40, 13],
    [40, 29],
    [71, 29],
    [23, 77],
  ],
  DT: [
    [0, 4],
    [50, 4],
    [50, 15],
    [85, 15],
    [71, 29],
    [40, 29],
    [40, 13],
    [0, 13],
  ],
};

/** Winding number of a closed polygon round a point on or off its edges; above 0.4 of a turn counts, so that an edge of the triangle itself does. */
const turns = (corners: [number, number][], x: number, y: number) =>
  Math.abs(
    corners.reduce((sum, [ax, ay], i) => {
      const [bx, by] = corners[(i + 1) % corners.length] as [number, number];
      const cross = (ax - x) * (by - y) - (ay - y) * (bx - x);
      const dot = (ax - x) * (bx - x) + (ay - y) * (by - y);
      return sum + Math.atan2(cross, dot);
    }, 0),
  ) /
  (2 * Math.PI);
export const byDrawing = ({ CH4, C2H2, C2H4 }: FiveGases) => {
  const total = CH4 + C2H2 + C2H4;
  // A hair inside the triangle, where a gas that was not found puts the point on its side.
  const [x, y] = [C2H4, C2H2].map((gas) => (100 * (gas + total * 1e-7)) / (total * (1 + 3e-7))) as [
    number,
    number,
  ];
  return Object.keys(ZONES).filter((zone) => turns(ZONES[zone] as [number, number][], x, y) > 0.5);
};
