import type { Line, Meter } from '../../../../harness/engineering/faults/telemetry/flow-meters.ts';

/**
 * What of the readings no flows can explain, by orthogonal projection (modified Gram-Schmidt, any rank): the sum of squared
 * residuals of the worst snapshot over what errors within ±accuracy could make of it. Above 1 it proves a bad meter, since the
 * residual of least squares is never longer than the errors themselves.
 */
export function contradiction(lines: readonly Line[], kept: readonly Meter[], accuracy_mw: number): number {
  const columns = lines.map(({ id, from, to }) =>
    kept.map((meter) => {
      if (meter.line !== undefined && meter.line !== id) return 0;
      return meter.station === from ? 1 : meter.station === to ? -1 : 0;
    }),
  );
  const basis: number[][] = [];
  for (const column of columns) {
    const rest = without(column, basis);
    const length = Math.hypot(...rest);
    if (length > 1e-9) basis.push(rest.map((value) => value / length));
  }
  const snapshots = kept[0]?.readings.length ?? 0;
  const worst = Array.from({ length: snapshots }, (_, t) =>
    Math.hypot(
      ...without(
        kept.map(({ readings }) => readings[t] ?? 0),
        basis,
      ),
    ),
  );
  return Math.max(...worst) ** 2 / (accuracy_mw ** 2 * kept.length);
}

function without(vector: readonly number[], basis: readonly (readonly number[])[]): number[] {
  let rest = [...vector];
  // Twice is enough against rounding.
  for (const unit of [...basis, ...basis]) {
    const along = unit.reduce((sum, value, i) => sum + value * (rest[i] ?? 0), 0);
    rest = rest.map((value, i) => value - along * (unit[i] ?? 0));
  }
  return rest;
}

/** Every choice of at most `size` of the items. */
export function choices<T>(items: readonly T[], size: number): T[][] {
  if (size === 0 || items.length === 0) return [[]];
  const [first, ...rest] = items as [T, ...T[]];
  return [...choices(rest, size), ...choices(rest, size - 1).map((chosen) => [first, ...chosen])];
}
