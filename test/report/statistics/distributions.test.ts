import fc from 'fast-check';
import { erf, gamma } from 'mathjs';
import { describe, expect, it } from 'vitest';
import {
  betaCdf,
  betaQuantile,
  chi2Cdf,
  chi2Quantile,
  normalCdf,
  normalQuantile,
  tCdf,
  tQuantile,
} from '../../../harness/report/statistics/distributions.ts';
import { incompleteBeta, logGamma } from '../../../harness/report/statistics/special.ts';

const relative = (actual: number, expected: number) => Math.abs(actual / expected - 1);

/** Simpson's rule: the second way to every cdf here. */
function integrate(f: (x: number) => number, from: number, to: number, steps = 4000): number {
  const h = (to - from) / steps;
  let sum = f(from) + f(to);
  for (let i = 1; i < steps; i++) sum += (i % 2 ? 4 : 2) * f(from + i * h);
  return (sum * h) / 3;
}

describe('quantiles', () => {
  it.each([
    [0.975, 1.959963984540054],
    [0.8, 0.8416212335729143],
    [0.995, 2.5758293035489004],
    [1e-10, -6.361340902404056],
  ])('normal %f as published, where simple libraries say 1.957', (p, z) => {
    expect(relative(normalQuantile(p), z)).toBeLessThan(1e-12);
  });

  it.each([
    [0.975, 1, 12.706204736174694],
    [0.975, 2, 4.302652729749462],
    [0.975, 10, 2.228138851986274],
    [0.95, 5, 2.0150483733330233],
    [0.975, 30.5, 2.04086944518632],
    [0.9995, 3, 12.923978636687961],
  ])('t %f with %f degrees of freedom as published', (p, df, t) => {
    expect(relative(tQuantile(p, df), t)).toBeLessThan(1e-11);
  });

  it('t has its closed forms: Cauchy at one, p = ½ + t/(2√(2+t²)) at two', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.501, max: 0.9999, noNaN: true }), (p) => {
        expect(relative(tQuantile(p, 1), Math.tan(Math.PI * (p - 0.5)))).toBeLessThan(1e-10);
        const t = tQuantile(p, 2);
        expect(Math.abs(0.5 + t / (2 * Math.sqrt(2 + t * t)) - p)).toBeLessThan(1e-13);
      }),
      { numRuns: 50 },
    );
  });

  it('t approaches the normal, and is the normal at infinity', () => {
    expect(tQuantile(0.975, 1e7)).toBeCloseTo(normalQuantile(0.975), 6);
    expect(tQuantile(0.975, Number.POSITIVE_INFINITY)).toBe(normalQuantile(0.975));
  });

  it('chi-squared and beta as published', () => {
    expect(relative(chi2Quantile(0.95, 1), 3.841458820694124)).toBeLessThan(1e-12);
    expect(relative(chi2Quantile(0.95, 10), 18.307038053275146)).toBeLessThan(1e-12);
    expect(relative(chi2Quantile(0.05, 3), 0.35184631774927144)).toBeLessThan(1e-11);
    expect(relative(betaQuantile(0.025, 17, 4), 0.621073173454686)).toBeLessThan(1e-11);
  });

  it('every quantile is the inverse of its cdf', () => {
    const p = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
    const df = fc.double({ min: 0.7, max: 500, noNaN: true });
    fc.assert(
      fc.property(p, df, df, (p, a, b) => {
        expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 12);
        expect(tCdf(tQuantile(p, a), a)).toBeCloseTo(p, 11);
        expect(chi2Cdf(chi2Quantile(p, a), a)).toBeCloseTo(p, 11);
        expect(betaCdf(betaQuantile(p, a, b), a, b)).toBeCloseTo(p, 10);
      }),
      { numRuns: 60 },
    );
  });

  it('ends at ±Infinity and refuses what is no probability', () => {
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(tQuantile(1, 3)).toBe(Number.POSITIVE_INFINITY);
    expect(normalQuantile(0.5)).toBe(0);
    expect(() => normalQuantile(1.1)).toThrow(RangeError);
    expect(() => tQuantile(Number.NaN, 3)).toThrow(RangeError);
  });
});

describe('cdfs against other ways of computing them', () => {
  it('normal against mathjs erf', () => {
    fc.assert(
      fc.property(fc.double({ min: -5, max: 5, noNaN: true }), (z) => {
        expect(normalCdf(z)).toBeCloseTo((1 + erf(z / Math.SQRT2)) / 2, 13);
      }),
    );
  });

  it('logGamma against mathjs gamma, and factorials', () => {
    for (const x of [0.1, 0.5, 1.5, 3.7, 9.99, 10, 42.5, 100])
      expect(Math.abs(logGamma(x) - Math.log(gamma(x)))).toBeLessThan(
        1e-11 * Math.max(1, Math.abs(logGamma(x))),
      );
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 14);
    expect(() => logGamma(0)).toThrow(RangeError);
  });

  it('t, beta and chi-squared against the integral of their densities', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 4, max: 40, noNaN: true }),
        fc.double({ min: 4, max: 40, noNaN: true }),
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        (a, b, x) => {
          const t = 4 * x - 2;
          const tNorm = Math.exp(logGamma((a + 1) / 2) - logGamma(a / 2)) / Math.sqrt(a * Math.PI);
          const tDensity = (u: number) => tNorm * (1 + (u * u) / a) ** (-(a + 1) / 2);
          expect(tCdf(t, a)).toBeCloseTo(0.5 + integrate(tDensity, 0, t), 9);
          const bNorm = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b));
          const bDensity = (u: number) => bNorm * u ** (a - 1) * (1 - u) ** (b - 1);
          expect(betaCdf(x, a, b)).toBeCloseTo(integrate(bDensity, 0, x), 8);
          const cNorm = Math.exp((-a / 2) * Math.LN2 - logGamma(a / 2));
          const cDensity = (u: number) => cNorm * u ** (a / 2 - 1) * Math.exp(-u / 2);
          expect(chi2Cdf(a * 2 * x, a)).toBeCloseTo(integrate(cDensity, 0, a * 2 * x), 6);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('beta of whole numbers is a binomial tail', () => {
    // I_p(k, n−k+1) = P(X ≥ k), X binomial(n, p)
    const [n, p] = [12, 0.37];
    for (let k = 1; k <= n; k++) {
      let tail = 0;
      for (let i = k; i <= n; i++)
        tail +=
          Math.exp(logGamma(n + 1) - logGamma(i + 1) - logGamma(n - i + 1)) * p ** i * (1 - p) ** (n - i);
      expect(incompleteBeta(p, k, n - k + 1)).toBeCloseTo(tail, 12);
    }
  });
});
