import { add, type Complex, mul, polar, scale, sum } from '../../math/complex.ts';

/** Zero, positive and negative sequence of phase a. */
export interface Sequence {
  zero: Complex;
  positive: Complex;
  negative: Complex;
}

export interface Phases {
  a: Complex;
  b: Complex;
  c: Complex;
}

const A = polar(1, 120);
const A2 = polar(1, -120);

/** Fortescue: a = X0 + X1 + X2, b = X0 + a²X1 + aX2, c = X0 + aX1 + a²X2. */
export function toPhases({ zero, positive, negative }: Sequence): Phases {
  return {
    a: sum(zero, positive, negative),
    b: sum(zero, mul(A2, positive), mul(A, negative)),
    c: sum(zero, mul(A, positive), mul(A2, negative)),
  };
}

/** X0 = (a + b + c)/3, X1 = (a + αb + α²c)/3, X2 = (a + α²b + αc)/3 with α = 1∠120°. */
export function toSequence({ a, b, c }: Phases): Sequence {
  return {
    zero: scale(sum(a, b, c), 1 / 3),
    positive: scale(sum(a, mul(A, b), mul(A2, c)), 1 / 3),
    negative: scale(sum(a, mul(A2, b), mul(A, c)), 1 / 3),
  };
}

/** Positive sequence turned by an angle, negative by its opposite, zero unchanged: what a vector group does. */
export function rotate(sequence: Sequence, angle_deg: number): Sequence {
  return {
    zero: sequence.zero,
    positive: mul(sequence.positive, polar(1, angle_deg)),
    negative: mul(sequence.negative, polar(1, -angle_deg)),
  };
}

export const scalePhases = ({ a, b, c }: Phases, factor: number): Phases => ({
  a: scale(a, factor),
  b: scale(b, factor),
  c: scale(c, factor),
});

export const addSequences = (a: Sequence, b: Sequence): Sequence => ({
  zero: add(a.zero, b.zero),
  positive: add(a.positive, b.positive),
  negative: add(a.negative, b.negative),
});

/** Where phase `p` stands: quantities of phase p as if it were phase a, turned back to the sequences of phase a. */
export const PHASE_TURN_DEG: Readonly<Record<keyof Phases, number>> = { a: 0, b: 120, c: -120 };
