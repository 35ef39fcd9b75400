import { convert, type Quantity, type Unit } from '../../quantities/index.ts';

export interface Held {
  /** Whether a value could be compared at all. */
  known: boolean;
  holds: boolean;
  /** Close enough to count as having said it: a bound far off is true and says nothing. */
  precise: boolean;
  /** Right but for its sign. */
  flipped: boolean;
}

export interface Right {
  value: number;
  unit: Unit;
  difference?: boolean;
  abs?: number;
  rel?: number;
}

const UNKNOWN: Held = { known: false, holds: false, precise: false, flipped: false };
/** A range this much wider than its value says nothing; a bound this far off neither. */
const LOOSE = 0.05;
/** A rounding may take the value so far from what it was. */
const ROUNDED = 0.03;

/** Whether what was written agrees with a value: within tolerance, or rounded from it as written. */
export function meets(quantity: Quantity, right: Right, rel: number): Held {
  const own = right.rel ?? (right.abs === undefined ? rel : 0);
  const slack =
    (right.abs ?? 0) +
    (quantity.approximate ? 2 : 1) * own * Math.abs(right.value) +
    1e-9 * Math.abs(right.value);
  const inUnit = (value: number | null) =>
    value === null ? null : (convertTo(value, quantity.unit, right) ?? Number.NaN);
  const [value, low, high] = [inUnit(quantity.value), inUnit(quantity.low), inUnit(quantity.high)];
  if ([value, low, high].some((one) => one !== null && !Number.isFinite(one))) return UNKNOWN;
  if (quantity.kind === 'point' && value !== null) {
    const near = (a: number) => Math.abs(a - right.value) <= slack || rounds(quantity, value, a, right);
    return {
      known: true,
      holds: near(value),
      precise: true,
      flipped: !near(value) && value !== 0 && near(-value),
    };
  }
  if (quantity.kind === 'list') return UNKNOWN;
  return spread(low, high, right.value, slack);
}

function spread(low: number | null, high: number | null, right: number, slack: number): Held {
  const [a, b] = low !== null && high !== null ? [Math.min(low, high), Math.max(low, high)] : [low, high];
  const holds = (a === null || right >= a - slack) && (b === null || right <= b + slack);
  const edge = a !== null && b !== null ? b - a : Math.abs(right - ((a ?? b) as number));
  const precise = edge <= LOOSE * Math.abs(right) + 2 * slack;
  // What is true of almost any value is no claim.
  return holds && !precise ? UNKNOWN : { known: true, holds, precise, flipped: false };
}

/** "4.8 GW" for 4,820 MW: right to the figures written, if those are two at least (or it is ten at most) and the step is small. */
function rounds(quantity: Quantity, value: number, as: number, { value: right }: Right): boolean {
  const figures = quantity.significant ?? 0;
  // "900 MW" may be anything from 850 on; "4 MW" for 4.04 is how one writes it.
  if (value === 0 || (figures < 2 && Math.abs(quantity.value ?? Number.POSITIVE_INFINITY) >= 10))
    return false;
  const decade = 10 ** (Math.floor(Math.log10(Math.abs(value))) - figures + 1);
  return (
    Math.abs(as - right) <= 0.5 * decade * (1 + 1e-9) && Math.abs(as - right) <= ROUNDED * Math.abs(right)
  );
}

/** Differences of temperature have no zero point: 3 K are 3 °C. */
function convertTo(value: number, from: Unit, { unit, difference }: Right): number | undefined {
  const converted = convert(value, from, unit);
  if (converted === undefined || !difference) return converted;
  return (value * from.factor) / unit.factor;
}
