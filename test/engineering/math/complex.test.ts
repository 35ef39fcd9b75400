import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  abs,
  add,
  addTo,
  type Complex,
  complexMatrix,
  div,
  factor,
  inverseColumn,
  mul,
  multiply,
  polar,
  solve,
  sub,
} from '../../../harness/engineering/math/complex.ts';

const number = fc.double({ min: -10, max: 10, noNaN: true });
const complexNumber: fc.Arbitrary<Complex> = fc.record({ re: number, im: number });

describe('complex numbers', () => {
  it('division undoes multiplication, also where a naive quotient overflows', () => {
    fc.assert(
      fc.property(complexNumber, complexNumber, (a, b) => {
        fc.pre(abs(b) > 1e-3);
        expect(abs(sub(div(mul(a, b), b), a))).toBeLessThan(1e-9);
      }),
    );
    expect(div({ re: 1e300, im: 1e300 }, { re: 1e300, im: 1e300 })).toEqual({ re: 1, im: 0 });
  });

  it('the operator a has a cube of one and sums to zero with its square', () => {
    const a = polar(1, 120);
    expect(abs(sub(mul(a, mul(a, a)), { re: 1, im: 0 }))).toBeLessThan(1e-12);
    expect(abs(add(add({ re: 1, im: 0 }, a), mul(a, a)))).toBeLessThan(1e-12);
  });
});

describe('dense complex systems', () => {
  it('A times the solution gives the right-hand side, with rows that need swapping', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7 }).chain((n) =>
          fc.record({
            rows: fc.array(fc.array(complexNumber, { minLength: n, maxLength: n }), {
              minLength: n,
              maxLength: n,
            }),
            b: fc.array(complexNumber, { minLength: n, maxLength: n }),
          }),
        ),
        ({ rows, b }) => {
          const m = complexMatrix(rows.length);
          // Far off the diagonal, so that no elimination without a row exchange would do.
          rows.forEach((row, i) => {
            row.forEach((value, j) => {
              addTo(m, i, j, value);
            });
            addTo(m, i, rows.length - 1 - i, { re: 100, im: 0 });
          });
          const back = multiply(m, solve(factor(m), b));
          back.forEach((value, i) => {
            expect(abs(sub(value, b[i]!))).toBeLessThan(1e-9);
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('refuses a singular matrix instead of returning infinities', () => {
    const m = complexMatrix(2);
    addTo(m, 0, 0, { re: 1, im: 1 });
    addTo(m, 0, 1, { re: 2, im: 2 });
    addTo(m, 1, 0, { re: 1, im: 1 });
    addTo(m, 1, 1, { re: 2, im: 2 });
    expect(() => factor(m)).toThrow(/singular/);
  });

  it('a column of the inverse is the answer to a unit injection', () => {
    const m = complexMatrix(2);
    addTo(m, 0, 0, { re: 2, im: 0 });
    addTo(m, 1, 1, { re: 0, im: 4 });
    expect(inverseColumn(factor(m), 1)).toEqual([
      { re: 0, im: 0 },
      { re: 0, im: -0.25 },
    ]);
  });
});
