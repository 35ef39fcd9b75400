import type { Comparison, Quantity, Tolerance, Unit } from './types.ts';
import { asSubstance, convert, unitMismatch } from './units/units.ts';

/** Slack for binary dust: a difference of exactly the tolerance agrees. */
const DUST = 1e-9;

export interface Target {
  value: number;
  unit: Unit;
}

/**
 * Compares what was read with what is right, in the target's unit. A bare number takes the target's unit. With no
 * tolerance at all the two must be equal but for binary dust. A range, a list or a bound is never a point answer; a value
 * with a spread (100±5) counts as its middle.
 */
export function compare(quantity: Quantity, target: Target, tolerance: Tolerance = {}): Comparison {
  if (quantity.kind === 'list')
    return {
      ok: false,
      fault: 'range',
      reason: `a list of ${quantity.values?.length ?? 0} values was given, one value is asked`,
    };
  if (quantity.kind === 'bound') {
    const side = quantity.low === null ? 'at most' : 'at least';
    return {
      ok: false,
      fault: 'bound',
      reason: `"${side} ${show(quantity.value)}" is a bound, one value is asked`,
    };
  }
  if (quantity.value === null) {
    return {
      ok: false,
      fault: 'range',
      reason: `a range from ${show(quantity.low)} to ${show(quantity.high)} was given, one value is asked`,
    };
  }
  const unit = quantity.unit.name === '' ? target.unit : asSubstance(quantity.unit, target.unit);
  const value = convert(quantity.value, unit, target.unit);
  if (value === undefined) return { ok: false, fault: 'unit', reason: unitMismatch(unit, target.unit) };
  return judge(value, target, tolerance);
}

function judge(value: number, { value: right, unit }: Target, tolerance: Tolerance): Comparison {
  const named = (x: number) => `${show(x)}${unit.name ? ` ${unit.name}` : ''}`;
  if (!Number.isFinite(value))
    return { ok: false, fault: 'value', reason: `${value} is no number that can be compared`, value };
  const by = agreement(value, right, tolerance);
  if (by) return { ok: true, reason: `${named(value)} against ${named(right)}: ${by}`, value };
  if (right !== 0 && value !== 0 && Math.sign(value) !== Math.sign(right)) {
    return {
      ok: false,
      fault: 'sign',
      reason: `${named(value)} has the wrong sign, the target is ${named(right)}`,
      value,
    };
  }
  return {
    ok: false,
    fault: 'value',
    reason: `${named(value)} against ${named(right)}: ${miss(value, right)}`,
    value,
  };
}

/** Why two values agree; undefined where they do not. Any one of the stated tolerances is enough. */
function agreement(value: number, right: number, { abs, rel, significant }: Tolerance): string | undefined {
  const difference = Math.abs(value - right);
  if (difference === 0) return 'equal';
  const magnitude = Math.max(Math.abs(value), Math.abs(right));
  const dust = magnitude * DUST;
  if (abs !== undefined && difference <= abs + dust) return `within ${show(abs)}`;
  // A fraction of zero is zero: a zero target needs an absolute tolerance.
  if (rel !== undefined && difference <= rel * Math.abs(right) + dust) return `within ${show(rel * 100)} %`;
  if (significant !== undefined && sameFigures(value, right, significant))
    return `equal to ${significant} significant figures`;
  const exact = abs === undefined && rel === undefined && significant === undefined;
  return exact && difference <= dust ? 'equal' : undefined;
}

function sameFigures(a: number, b: number, figures: number): boolean {
  const digits = Math.min(15, Math.max(1, Math.trunc(figures)));
  return Number(a.toPrecision(digits)) === Number(b.toPrecision(digits));
}

function miss(value: number, right: number): string {
  if (right === 0) return `off by ${show(Math.abs(value))}`;
  return `off by ${show((Math.abs(value - right) / Math.abs(right)) * 100)} %`;
}

function show(value: number | null): string {
  return value === null ? '…' : String(Number(value.toPrecision(6)));
}
