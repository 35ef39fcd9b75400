import type { Infeasible } from '../grid/network.ts';

/** A unit with cost a + b P + c P², c > 0, P in MW, money per hour. */
export interface LossUnit {
  name: string;
  p_min_mw: number;
  p_max_mw: number;
  coefficients: readonly [number, number, number];
}

/** Kron's loss formula: P_L = Σ_i Σ_j P_i b_ij P_j + Σ b0_i P_i + b00; b in 1/MW, b0 in MW/MW, b00 in MW. */
export interface LossCoefficients {
  b: readonly (readonly number[])[];
  b0?: readonly number[];
  b00_mw?: number;
}

export interface LossDispatch {
  status: 'optimal';
  dispatch_mw: number[];
  loss_mw: number;
  cost: number;
  /** Cost of one more MW at the load, money per MWh. */
  lambda: number;
  /** 1 / (1 − ∂P_L/∂P_i). */
  penalty_factor: number[];
  iterations: number;
}

export function lossMw({ b, b0, b00_mw = 0 }: LossCoefficients, p: readonly number[]): number {
  let loss = b00_mw;
  p.forEach((pi, i) => {
    loss += (b0?.[i] ?? 0) * pi;
    p.forEach((pj, j) => {
      loss += pi * b[i][j] * pj;
    });
  });
  return loss;
}

/** ∂P_L/∂P_i; b need not be symmetric. */
export function incrementalLoss({ b, b0 }: LossCoefficients, p: readonly number[]): number[] {
  return p.map((_, i) => p.reduce((sum, pj, j) => sum + (b[i][j] + b[j][i]) * pj, b0?.[i] ?? 0));
}

/**
 * Least-cost dispatch with losses by the coordination equations
 *   dC_i/dP_i = λ (1 − ∂P_L/∂P_i),   Σ P_i = demand + P_L
 * solved by Newton's method; units pushed beyond a limit are held there, and let go when λ calls them back.
 * Source: Wood and Wollenberg, Power Generation, Operation and Control, chapter on transmission losses.
 * @throws RangeError when a cost is not strictly convex or Newton's method finds no answer
 */
export function dispatchWithLosses(
  units: readonly LossUnit[],
  demand_mw: number,
  losses: LossCoefficients,
): LossDispatch | Infeasible {
  if (units.some(({ coefficients }) => !(coefficients[2] > 0)))
    throw new RangeError('dispatch with losses needs a positive square cost for every unit');
  const most = units.map(({ p_max_mw }) => p_max_mw);
  const least = units.map(({ p_min_mw }) => p_min_mw);
  const net = (p: readonly number[]) => p.reduce((sum, x) => sum + x, 0) - lossMw(losses, p) - demand_mw;
  if (net(most) < -1e-9) return balance(`full output leaves ${-net(most)} MW of demand and losses unserved`);
  if (net(least) > 1e-9) return balance(`least output exceeds demand and losses by ${net(least)} MW`);
  const held = new Map<number, number>();
  let iterations = 0;
  for (let round = 0; round < 4 * units.length + 4; round++) {
    const state = newton(units, demand_mw, losses, held);
    iterations += state.iterations;
    if (adjust(units, losses, state, held)) continue;
    const incremental = incrementalLoss(losses, state.p);
    return {
      status: 'optimal',
      dispatch_mw: state.p,
      loss_mw: lossMw(losses, state.p),
      cost: state.p.reduce((sum, p, i) => sum + quadratic(units[i].coefficients, p), 0),
      lambda: state.lambda,
      penalty_factor: incremental.map((d) => 1 / (1 - d)),
      iterations,
    };
  }
  throw new RangeError('dispatch with losses: the set of units at their limits does not settle');
}

const quadratic = ([a, b, c]: LossUnit['coefficients'], p: number): number => a + b * p + c * p * p;
const balance = (reason: string): Infeasible => ({
  status: 'infeasible',
  reason,
  constraints: ['power balance'],
});

interface State {
  p: number[];
  lambda: number;
  iterations: number;
}

/** @returns whether the set of held units changed: the worst overshoot is held, else the worst wrong hold is let go. */
function adjust(
  units: readonly LossUnit[],
  losses: LossCoefficients,
  state: State,
  held: Map<number, number>,
) {
  let worst = { index: -1, by: 1e-7, at: 0 };
  units.forEach(({ p_min_mw, p_max_mw }, index) => {
    const p = state.p[index];
    if (held.has(index)) return;
    if (p - p_max_mw > worst.by) worst = { index, by: p - p_max_mw, at: p_max_mw };
    if (p_min_mw - p > worst.by) worst = { index, by: p_min_mw - p, at: p_min_mw };
  });
  if (worst.index >= 0) {
    held.set(worst.index, worst.at);
    return true;
  }
  const incremental = incrementalLoss(losses, state.p);
  for (const [index, at] of held) {
    const { coefficients, p_min_mw, p_max_mw } = units[index];
    if (p_min_mw === p_max_mw) continue;
    const gain = state.lambda * (1 - incremental[index]) - (coefficients[1] + 2 * coefficients[2] * at);
    if ((at === p_max_mw && gain < -1e-9) || (at === p_min_mw && gain > 1e-9)) {
      held.delete(index);
      return true;
    }
  }
  return false;
}

/** Unknowns: the free outputs and λ. */
function newton(
  units: readonly LossUnit[],
  demand_mw: number,
  losses: LossCoefficients,
  held: ReadonlyMap<number, number>,
): State {
  const free = units.map((_, i) => i).filter((i) => !held.has(i));
  const p = units.map((unit, i) => held.get(i) ?? clamp(demand_mw / units.length, unit));
  let lambda = Math.max(...units.map(({ coefficients: [, b, c] }, i) => b + 2 * c * p[i]));
  for (let iteration = 1; iteration <= 60; iteration++) {
    const incremental = incrementalLoss(losses, p);
    const residual = free.map((i) => {
      const [, b, c] = units[i].coefficients;
      return b + 2 * c * p[i] - lambda * (1 - incremental[i]);
    });
    residual.push(p.reduce((sum, x) => sum + x, 0) - lossMw(losses, p) - demand_mw);
    if (free.length === 0) {
      if (Math.abs(residual[0]) < 1e-6) return { p, lambda, iterations: iteration };
      throw new RangeError('dispatch with losses: every unit is at a limit and the balance does not close');
    }
    const jacobian = free.map((i) => [
      ...free.map(
        (j) => (i === j ? 2 * units[i].coefficients[2] : 0) + lambda * (losses.b[i][j] + losses.b[j][i]),
      ),
      -(1 - incremental[i]),
    ]);
    jacobian.push([...free.map((i) => 1 - incremental[i]), 0]);
    const step = solveDense(jacobian, residual);
    free.forEach((i, k) => {
      p[i] -= step[k];
    });
    lambda -= step[free.length];
    if (Math.max(...step.map(Math.abs)) < 1e-11 * Math.max(1, demand_mw))
      return { p, lambda, iterations: iteration };
  }
  throw new RangeError('dispatch with losses: Newton did not converge');
}

const clamp = (p: number, { p_min_mw, p_max_mw }: LossUnit) => Math.min(p_max_mw, Math.max(p_min_mw, p));

/** Gaussian elimination with row pivoting; a unit more than a dozen makes no sense here, so dense will do. */
function solveDense(matrix: number[][], right: number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]]);
  const n = rows.length;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(rows[i][k]) > Math.abs(rows[pivot][k])) pivot = i;
    if (Math.abs(rows[pivot][k]) < 1e-300)
      throw new RangeError('dispatch with losses: the equations are singular');
    [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
    for (let i = k + 1; i < n; i++) {
      const factor = rows[i][k] / rows[k][k];
      for (let j = k; j <= n; j++) rows[i][j] -= factor * rows[k][j];
    }
  }
  const x = new Array<number>(n).fill(0);
  for (let k = n - 1; k >= 0; k--) {
    let sum = rows[k][n];
    for (let j = k + 1; j < n; j++) sum -= rows[k][j] * x[j];
    x[k] = sum / rows[k][k];
  }
  return x;
}
