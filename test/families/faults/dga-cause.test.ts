import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import {
  GASSING_CAUSES,
  type GassingCause,
  HISTORY_GASES,
  type Interval,
  MECHANISMS,
  soundIncrement,
} from '../../../harness/engineering/faults/dga/gassing-causes.ts';
import { driveShares } from '../../../harness/engineering/faults/dga/gassing-history.ts';
import { drawUnit } from '../../../harness/families/faults/dga-cause/draw-unit.ts';
import {
  type DgaCauseFacts,
  type GasUnit,
  posteriorOf,
} from '../../../harness/families/faults/dga-cause/facts.ts';
import { dgaCauseFamily as family } from '../../../harness/families/faults/dga-cause/family.ts';
import { brierSkill, scoreProbabilities } from '../../../harness/families/faults/dga-cause/score.ts';

const draws = Array.from({ length: 25 }, (_, seed) =>
  family.draw({ units: 4 }, createRandom(`test ${seed}`)),
);
const units = draws.flatMap((facts) => facts.units);
const many = GASSING_CAUSES.flatMap((cause) =>
  Array.from({ length: 40 }, (_, i) => {
    const unit = drawUnit('T1', cause, createRandom(`many ${cause} ${i}`));
    return { cause, p: posteriorOf(unit) };
  }),
);
const sureOf = new Map(units.map((unit) => [unit, Math.max(...Object.values(posteriorOf(unit)))]));

/** Straight line y = a + b·x with weights 1/σ²: slope, its standard error, and the squares that are left over. */
function line(x: readonly number[], y: readonly number[], sd: readonly number[]) {
  const w = sd.map((s) => 1 / s ** 2);
  const total = w.reduce((a, b) => a + b, 0);
  const mean = (v: readonly number[]) =>
    v.reduce((sum, value, i) => sum + value * (w[i] as number), 0) / total;
  const [mx, my] = [mean(x), mean(y)];
  const sxx = x.reduce((sum, value, i) => sum + (w[i] as number) * (value - mx) ** 2, 0);
  const sxy = x.reduce((sum, value, i) => sum + (w[i] as number) * (value - mx) * ((y[i] as number) - my), 0);
  const slope = sxx > 0 ? sxy / sxx : 0;
  const rest = y.reduce(
    (sum, value, i) => sum + (w[i] as number) * (value - my - slope * ((x[i] as number) - mx)) ** 2,
    0,
  );
  return { slope, se: sxx > 0 ? 1 / Math.sqrt(sxx) : 1e9, rest };
}

/**
 * How badly a cause fits: each gas's contents (not increments) as a straight line over what the cause had made by then, its start free;
 * then the slopes against the cause's pattern. No Bayes, no grid of likelihoods over increments.
 */
function misfit(
  { samples, intervals, oil_days }: GasUnit,
  cause: GassingCause,
  strikes: readonly number[] = [],
): number {
  const shares = driveShares(cause, intervals, oil_days, strikes);
  const made = [0];
  for (const share of shares) made.push((made.at(-1) as number) + share);
  const { signature } = MECHANISMS[cause];
  let rest = 0;
  const fits = HISTORY_GASES.map((gas) => {
    let sound = 0;
    const y = samples.map((sample, k) => {
      if (k > 0) sound += soundIncrement(intervals[k - 1] as Interval)[gas];
      return sample[gas] - sound;
    });
    const first = line(
      made,
      y,
      samples.map((sample) => Math.hypot(0.02 * sample[gas], 0.2)),
    );
    // What the cause makes scatters from interval to interval as well.
    const sd = samples.map((sample) => Math.hypot(0.02 * sample[gas], 0.2, 0.05 * first.slope, 0.1 * sound));
    const fit = line(made, y, sd);
    rest += fit.rest;
    return { ...fit, typical: signature[gas] };
  });
  const sizes = Array.from({ length: 200 }, (_, i) => 0.02 * 1.05 ** i);
  const pattern = Math.min(
    ...sizes.map((size) =>
      fits.reduce(
        (sum, { slope, se, typical }) =>
          sum + (slope - size * typical) ** 2 / (se ** 2 + (0.2 * size * typical) ** 2),
        0,
      ),
    ),
  );
  return rest + pattern;
}

function bestFit(unit: GasUnit): GassingCause {
  const all = unit.intervals.map((_, k) => k);
  const strikes = [...all.map((k) => [k]), ...all.flatMap((k) => all.slice(k + 1).map((l) => [k, l]))];
  const of = (cause: GassingCause) =>
    cause === 'arcing' ? Math.min(...strikes.map((s) => misfit(unit, cause, s))) : misfit(unit, cause);
  return GASSING_CAUSES.map((cause) => [cause, of(cause)] as const).reduce((a, b) =>
    b[1] < a[1] ? b : a,
  )[0];
}

describe('dga-cause', () => {
  it('shows causes clearly in some histories and faintly in others, so that doubt and certainty are both called for', () => {
    const p = [...sureOf.values()];
    expect(p.filter((most) => most > 0.98).length / p.length).toBeGreaterThan(0.5);
    expect(p.filter((most) => most < 0.9).length / p.length).toBeGreaterThan(0.1);
  });

  it('shows a cause that straight lines through the contents find as well, without any likelihood, where Bayes is sure', () => {
    const sure = units.filter((unit) => (sureOf.get(unit) ?? 0) > 0.98);
    const missed = sure.filter((unit) => bestFit(unit) !== unit.cause);
    expect(missed.length, missed.map(({ cause, name }) => `${name} ${cause}`).join()).toBeLessThanOrEqual(
      sure.length * 0.05,
    );
  });

  it('has Bayes right as often as it says, so that a calibrated answer exists', () => {
    // Each posterior is eight statements; those of a band come true about as often as they say.
    const said = many.flatMap(({ p, cause }) =>
      GASSING_CAUSES.map((id) => ({ p: p[id], true: Number(id === cause) })),
    );
    for (const [from, to] of [
      [0, 0.05],
      [0.05, 0.4],
      [0.4, 0.98],
      [0.98, 1.01],
    ] as const) {
      const band = said.filter(({ p }) => p >= from && p < to);
      const mean = (key: 'p' | 'true') => band.reduce((sum, one) => sum + one[key], 0) / band.length;
      expect(band.length).toBeGreaterThan(15);
      expect(Math.abs(mean('true') - mean('p')), `${from} to ${to}`).toBeLessThan(0.25);
    }
  });

  it('pays for doubt: Bayes earns more than its favourite named for sure, and certainty in vain costs where little was made', () => {
    const earned = (of: (p: Record<GassingCause, number>) => Record<GassingCause, number>) =>
      many.reduce((sum, { p, cause }) => sum + brierSkill(of(p), cause), 0) / many.length;
    const bayes = earned((p) => p);
    const sure = earned((p) => {
      const best = GASSING_CAUSES.reduce((a, b) => (p[b] > p[a] ? b : a));
      return Object.fromEntries(GASSING_CAUSES.map((id) => [id, Number(id === best)])) as typeof p;
    });
    expect(bayes).toBeGreaterThan(sure + 0.02);
    expect(bayes).toBeGreaterThan(0.8);
    expect(bayes).toBeLessThan(0.99);
  });

  it('draws every cause, and none from the name or the place of a transformer', () => {
    expect(new Set(units.map(({ cause }) => cause))).toEqual(new Set(GASSING_CAUSES));
    expect(new Set(units.filter(({ name }) => name === 'T1').map(({ cause }) => cause)).size).toBeGreaterThan(
      4,
    );
  });

  it('never shows the cause', () => {
    for (const facts of draws)
      expect(JSON.stringify(family.vars?.(facts, 'en').units)).not.toContain('cause');
  });

  it('is not solved from the last sample alone', () => {
    const naive = draws.map((facts) => {
      const list = family.mistakes(facts, family.solve(facts), 'en');
      return list.find(({ name }) => name.startsWith('read the last sample'))?.score as number;
    });
    expect(naive.reduce((a, b) => a + b, 0) / naive.length).toBeLessThan(0.15);
  });

  it('knows at least six wrong replies to every draw', () => {
    for (const facts of draws)
      expect(family.mistakes(facts, family.solve(facts), 'zh').length).toBeGreaterThanOrEqual(6);
  });
});

describe('the score of probabilities', () => {
  const facts = draws[0] as DgaCauseFacts;
  const names = facts.units.map(({ name }) => name);
  const truth = Object.fromEntries(facts.units.map(({ name, cause }) => [name, { [cause]: 1 }]));
  const worth = (proposal: unknown) => scoreProbabilities(facts, proposal).value;

  it('is proper: what one believes earns most, whatever one believes', () => {
    const beliefs = Array.from({ length: 40 }, (_, i) => {
      const random = createRandom(`belief ${i}`);
      const raw = GASSING_CAUSES.map(() => random.uniform() ** 3 + 1e-3);
      const sum = raw.reduce((a, b) => a + b, 0);
      return Object.fromEntries(GASSING_CAUSES.map((id, k) => [id, (raw[k] as number) / sum])) as Record<
        GassingCause,
        number
      >;
    });
    const expected = (belief: Record<GassingCause, number>, said: Record<GassingCause, number>) =>
      GASSING_CAUSES.reduce((sum, id) => sum + belief[id] * brierSkill(said, id), 0);
    for (const belief of beliefs)
      for (const said of beliefs)
        if (said !== belief) expect(expected(belief, belief)).toBeGreaterThan(expected(belief, said));
  });

  it('is 1 for certainty that is right, 0 for equal probabilities and −9/7 for certainty that is wrong', () => {
    const even = Object.fromEntries(GASSING_CAUSES.map((id) => [id, 1 / 8])) as Record<GassingCause, number>;
    const sure = { ...Object.fromEntries(GASSING_CAUSES.map((id) => [id, 0])), core: 1 } as Record<
      GassingCause,
      number
    >;
    expect(brierSkill(sure, 'core')).toBe(1);
    expect(brierSkill(even, 'stray')).toBeCloseTo(0, 12);
    expect(brierSkill(sure, 'stray')).toBeCloseTo(-9 / 7, 12);
    expect(worth(truth)).toBe(1);
    expect(worth(Object.fromEntries(names.map((name) => [name, even])))).toBeCloseTo(0, 12);
  });

  it('takes per cent, other cases and the words of the question for what they are', () => {
    const percent = Object.fromEntries(
      facts.units.map(({ name, cause }) => [name.toLowerCase(), { [cause]: 100 }]),
    );
    expect(worth(percent)).toBe(1);
    const text = Object.fromEntries(
      facts.units.map(({ name, cause }) => [name, { [cause.toUpperCase()]: '100%' }]),
    );
    expect(worth(text)).toBe(1);
    const called = Object.fromEntries(
      facts.units.map(({ name, cause }, i) => [
        `${i % 2 ? 'Transformer ' : '变压器 '}${name}`,
        { [cause]: 1 },
      ]),
    );
    expect(worth(called)).toBe(1);
  });

  it('gives a transformer that cannot be read nothing, and the others their due', () => {
    const [first = ''] = names;
    const { cause } = facts.units[0] as GasUnit;
    const bad = [
      { [cause]: 1.5 },
      { [cause]: 1, core: -1 },
      { [cause]: Number.NaN },
      { magic: 1 },
      [],
      'core',
      null,
      {},
      { [cause]: '∞' },
    ];
    for (const entry of bad)
      expect(worth({ ...truth, [first]: entry }), JSON.stringify(entry)).toBeCloseTo(0.75, 12);
    const { [first]: _left, ...rest } = truth;
    expect(worth(rest)).toBeCloseTo(0.75, 12);
  });

  it('refuses hostile proposals without falling over', () => {
    const huge = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`T${i}`, {}]));
    const proto = JSON.parse('{"__proto__": {"core": 1}, "constructor": 3}');
    for (const proposal of [
      null,
      7,
      'T1',
      [],
      [truth],
      huge,
      proto,
      { T9: { core: 1 } },
      { ...truth, t1: {} },
    ])
      expect(worth(proposal)).toBe(0);
  });

  it('keeps what was said and what happened, so that calibration can be read over many samples', () => {
    const { details } = scoreProbabilities(facts, truth);
    const said = (details as { units: { p_cause: number; right: boolean }[] }).units;
    expect(said).toHaveLength(4);
    for (const unit of said) expect(unit).toMatchObject({ p_cause: 1, p_top: 1, right: true });
  });
});
