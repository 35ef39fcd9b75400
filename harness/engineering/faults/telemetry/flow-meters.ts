/**
 * Meters of active power on a network whose lines lose nothing. A line meter reads the power from its station into the line,
 * an injection meter the power that the station brings in (generation − load). MW.
 */
export interface Meter {
  id: string;
  station: string;
  /** Absent: the station's injection. */
  line?: string;
  /** By snapshot. */
  readings: readonly number[];
}

export interface Line {
  id: string;
  from: string;
  to: string;
}

/**
 * What each line carries from `from` to `to`, by line and snapshot: least squares over the kept meters, by Cholesky
 * factorisation of the normal equations HᵀH·f = Hᵀz, with H = ±1 for a line meter and for the lines at an injection meter.
 * Undefined where the kept meters do not tell every flow.
 */
export function estimateFlows(lines: readonly Line[], kept: readonly Meter[]): number[][] | undefined {
  const rows = kept.map((meter) => coefficients(lines, meter));
  const n = lines.length;
  const gain = lines.map((_, i) => lines.map((_, j) => dot(rows.map((row) => [row[i]!, row[j]!]))));
  const factor = cholesky(gain);
  if (!factor) return undefined;
  const snapshots = kept[0]?.readings.length ?? 0;
  const flows = lines.map(() => new Array<number>(snapshots).fill(0));
  for (let t = 0; t < snapshots; t++) {
    const right = lines.map((_, i) => dot(kept.map((meter, k) => [rows[k]![i]!, meter.readings[t]!])));
    const solved = substitute(factor, right);
    for (let i = 0; i < n; i++) flows[i]![t] = solved[i]!;
  }
  return flows;
}

/** What a meter reads as a sum of line flows: +1, −1 or 0 by line. */
export function coefficients(lines: readonly Line[], { station, line }: Meter): number[] {
  return lines.map(({ id, from, to }) => {
    if (line !== undefined && line !== id) return 0;
    return station === from ? 1 : station === to ? -1 : 0;
  });
}

/** What a meter should read by the flows, by snapshot. */
export function expectedReadings(
  lines: readonly Line[],
  meter: Meter,
  flows: readonly (readonly number[])[],
): number[] {
  const row = coefficients(lines, meter);
  return meter.readings.map((_, t) => dot(row.map((c, i) => [c, flows[i]![t]!])));
}

const dot = (pairs: readonly (readonly [number, number])[]): number =>
  pairs.reduce((sum, [a, b]) => sum + a * b, 0);

/** Lower triangle L with L·Lᵀ = A; undefined where A is singular (its entries are whole numbers, so a pivot is 0 or far from it). */
function cholesky(matrix: readonly (readonly number[])[]): number[][] | undefined {
  const lower: number[][] = [];
  for (const [i, row] of matrix.entries()) {
    const own: number[] = [];
    for (let j = 0; j <= i; j++) {
      const above = j === i ? own : lower[j]!;
      const rest = row[j]! - dot(own.slice(0, j).map((value, k) => [value, above[k]!]));
      if (j === i && rest < 1e-9) return undefined;
      own.push(j === i ? Math.sqrt(rest) : rest / above[j]!);
    }
    lower.push(own);
  }
  return lower;
}

function substitute(lower: readonly (readonly number[])[], right: readonly number[]): number[] {
  const n = right.length;
  const x = [...right];
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i]! -= lower[i]![k]! * x[k]!;
    x[i]! /= lower[i]![i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i]! -= lower[k]![i]! * x[k]!;
    x[i]! /= lower[i]![i]!;
  }
  return x;
}
