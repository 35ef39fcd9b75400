import fc from 'fast-check';
import { lusolve, matrix } from 'mathjs';
import { describe, expect, it } from 'vitest';
import { minimumDegree } from '../../../harness/engineering/math/ordering.ts';
import { compress, multiply, type Triplets } from '../../../harness/engineering/math/sparse.ts';
import { factorise, SingularMatrix } from '../../../harness/engineering/math/sparse-lu.ts';

/** A random pattern with values that need pivoting: diagonals may be 0. */
const systems = fc
  .record({
    n: fc.integer({ min: 1, max: 12 }),
    seed: fc.array(fc.tuple(fc.nat(11), fc.nat(11), fc.integer({ min: -9, max: 9 })), {
      minLength: 4,
      maxLength: 60,
    }),
  })
  .map(({ n, seed }) => {
    const entries = seed.filter(([i, j]) => i < n && j < n);
    // A permuted identity keeps most systems regular while leaving zeros on the diagonal.
    for (let i = 0; i < n; i++) entries.push([i, (i + 1) % n, 17]);
    const triplets: Triplets = { row: [], column: [], value: [] };
    const dense = Array.from({ length: n }, () => new Array<number>(n).fill(0));
    for (const [i, j, v] of entries) {
      triplets.row.push(i);
      triplets.column.push(j);
      triplets.value.push(v);
      dense[i]![j]! += v;
    }
    return { n, triplets, dense };
  });

const natural = (n: number) => Int32Array.from({ length: n }, (_, i) => i);

describe('sparse LU', () => {
  it('solves what a dense solver solves, also where the diagonal holds no pivot', () => {
    let solved = 0;
    fc.assert(
      fc.property(systems, ({ n, triplets, dense }) => {
        const b = Float64Array.from({ length: n }, (_, i) => i - 2.5);
        let x: Float64Array;
        try {
          x = factorise(compress(n, triplets), natural(n)).solve(b);
        } catch (error) {
          expect(error).toBeInstanceOf(SingularMatrix);
          return;
        }
        solved++;
        let oracle: number[];
        try {
          oracle = (lusolve(matrix(dense), Array.from(b)).valueOf() as number[][]).map((row) => row[0]!);
        } catch {
          return; // The oracle calls singular by a tolerance of its own.
        }
        const size = Math.max(1, ...oracle.map(Math.abs));
        if (size > 1e6) return; // Nearly singular: digits are lost in both.
        for (let i = 0; i < n; i++) expect(x[i]! / size).toBeCloseTo(oracle[i]! / size, 7);
      }),
      { numRuns: 200 },
    );
    expect(solved).toBeGreaterThan(100);
  });

  it('gives a residual of rounding size under any order of elimination', () => {
    fc.assert(
      fc.property(systems, fc.infiniteStream(fc.nat()), ({ n, triplets }, stream) => {
        const a = compress(n, {
          row: [...triplets.row, ...natural(n)],
          column: [...triplets.column, ...natural(n)],
          value: [...triplets.value, ...new Array<number>(n).fill(600)],
        });
        const keys = Array.from({ length: n }, () => stream.next().value as number);
        const order = natural(n).sort((i, j) => keys[i]! - keys[j]! || i - j);
        const b = Float64Array.from({ length: n }, (_, i) => 1 + i);
        const residual = multiply(a, factorise(a, order).solve(b));
        for (let i = 0; i < n; i++) expect(residual[i]).toBeCloseTo(b[i]!, 9);
      }),
      { numRuns: 100 },
    );
  });

  it('does not take a tiny diagonal for a pivot, which would lose every digit', () => {
    const a = compress(2, { row: [0, 1, 0, 1], column: [0, 0, 1, 1], value: [1e-20, 1, 1, 1] });
    const x = factorise(a, natural(2)).solve(Float64Array.of(1, 2));
    expect(x[0]).toBeCloseTo(1, 12);
    expect(x[1]).toBeCloseTo(1, 12);
  });

  it('reports a singular matrix instead of dividing by zero', () => {
    const a = compress(2, { row: [0, 1, 0, 1], column: [0, 0, 1, 1], value: [1, 2, 2, 4] });
    expect(() => factorise(a, natural(2))).toThrow(SingularMatrix);
    expect(() => factorise(compress(2, { row: [0], column: [0], value: [1] }), natural(2))).toThrow(
      SingularMatrix,
    );
  });

  it('leaves the right-hand side as it was', () => {
    const a = compress(2, { row: [0, 1], column: [1, 0], value: [2, 4] });
    const b = Float64Array.of(2, 4);
    expect(Array.from(factorise(a, natural(2)).solve(b))).toEqual([1, 1]);
    expect(Array.from(b)).toEqual([2, 4]);
  });
});

describe('compress', () => {
  it('adds up entries of one place, as parallel branches need', () => {
    const a = compress(2, { row: [0, 0, 1, 0], column: [1, 1, 0, 0], value: [1, 2, 5, 7] });
    expect(a.value.length).toBe(3);
    expect(Array.from(multiply(a, Float64Array.of(1, 10)))).toEqual([37, 5]);
  });
});

/** The Laplacian of a square mesh, grounded, with its adjacency. */
function mesh(side: number) {
  const triplets: Triplets = { row: [], column: [], value: [] };
  const adjacency: number[][] = Array.from({ length: side * side }, () => []);
  const add = (i: number, j: number, v: number) => {
    triplets.row.push(i);
    triplets.column.push(j);
    triplets.value.push(v);
  };
  for (let i = 0; i < side * side; i++) {
    add(i, i, 4.1);
    for (const j of [i % side < side - 1 ? i + 1 : -1, i + side < side * side ? i + side : -1]) {
      if (j < 0) continue;
      add(i, j, -1);
      add(j, i, -1);
      adjacency[i]!.push(j);
      adjacency[j]!.push(i);
    }
  }
  return { a: compress(side * side, triplets), adjacency };
}

describe('minimum degree', () => {
  it('orders every node exactly once, on any graph', () => {
    const graphs = fc.array(fc.tuple(fc.nat(14), fc.nat(14)), { maxLength: 60 });
    fc.assert(
      fc.property(graphs, (pairs) => {
        const adjacency: number[][] = Array.from({ length: 15 }, () => []);
        for (const [i, j] of pairs) {
          if (i === j) continue;
          adjacency[i]!.push(j);
          adjacency[j]!.push(i);
        }
        expect([...minimumDegree(adjacency)].sort((a, b) => a - b)).toEqual([...natural(15)]);
      }),
      { numRuns: 200 },
    );
  });

  it('eliminates a star from its leaves, without fill', () => {
    const star = [[1, 2, 3, 4], [0], [0], [0], [0]];
    const order = [...minimumDegree(star)];
    expect(order.indexOf(0)).toBeGreaterThanOrEqual(3);
  });

  it('fills in far less than the natural order on a mesh', () => {
    const { a, adjacency } = mesh(30);
    const ordered = factorise(a, minimumDegree(adjacency)).entries;
    expect(ordered).toBeLessThan(0.6 * factorise(a, natural(a.n)).entries);
  });
});
