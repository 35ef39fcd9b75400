/** Exponents of a unit in the kinds of thing that engineers keep apart: `{ energy: -1, 'money:CNY': 1 }` is a price. */
export type Dimension = Readonly<Record<string, number>>;

export interface Unit {
  /** Canonical name: `MW`, `CNY/MWh`, `%`, `` (a bare number). */
  name: string;
  /** Name of the dimension: `power`, `energy`, `price of energy`, … */
  dimension: string;
  dimensions: Dimension;
  /** value_in_base = value × factor + offset */
  factor: number;
  offset: number;
}

/** One quantity found in a text. Offsets are UTF-16 units of the text as given. */
export interface Quantity {
  text: string;
  start: number;
  end: number;
  kind: 'point' | 'range' | 'bound' | 'list';
  /** In `unit`; null where there is no single value (a range, a list). */
  value: number | null;
  low: number | null;
  high: number | null;
  /** Every value of a list. */
  values?: number[];
  unit: Unit;
  approximate: boolean;
  /** What the number is part of, where it is not a value: a date, an identifier, a step number. */
  role: 'value' | 'date' | 'time' | 'identifier' | 'ordinal';
  /** Significant figures as written; absent where that means nothing. */
  significant?: number;
}

export interface Tolerance {
  /** In the unit of the target. */
  abs?: number;
  /** A fraction of the target's magnitude: 0.005 is 0.5 %. */
  rel?: number;
  /** Agree when both are rounded to so many significant figures. */
  significant?: number;
}

export type Comparison =
  | { ok: true; reason: string; value: number }
  | { ok: false; fault: 'unit' | 'sign' | 'value' | 'bound' | 'range'; reason: string; value?: number };

/** What was taken as the answer in a text, where, and by which way. */
export type Choice =
  | { status: 'chosen'; quantity: Quantity; way: 'boxed' | 'labelled' | 'last-quantity' }
  | { status: 'missing'; reason: string }
  | { status: 'ambiguous'; reason: string; candidates: Quantity[] };
