import { describe, expect, it } from 'vitest';
import { createRandom } from '../../harness/core/random.ts';
import { differenceOf } from '../../harness/report/compare/difference.ts';
import type { Pair, Side } from '../../harness/report/compare/pairs.ts';
import { defaultGate, type GateConfig, gateConfigSchema } from '../../harness/report/gate/config.ts';
import { type Gated, gate } from '../../harness/report/gate/gate.ts';
import { suiteVerdicts, worst } from '../../harness/report/gate/verdict.ts';
import { foldRecords } from '../../harness/report/records.ts';
import { makeRun, type RunShape, stream } from './run-fixture.ts';

const side = async (run: string, shape: RunShape): Promise<Side> => ({
  records: await foldRecords(stream(makeRun({ run, ...shape }))),
  model: 'lab/a',
});
const gated = async (base: RunShape, next: RunShape, config = defaultGate()): Promise<Gated> => {
  const result = gate(await side('old', base), await side('new', next), config);
  if (result.status === 'refused') throw new Error(result.reasons.join());
  return result;
};
const suites = { dispatch: ['merit'], faults: ['duval'] };

describe('gate', () => {
  it('a clear loss in one suite of two is regressed, whatever the other gained', async () => {
    const result = await gated(
      { suites, seeds: 20, fate: ({ suite }) => (suite === 'faults' ? 0 : 1) },
      { suites, seeds: 20, fate: ({ suite, seed }) => (suite === 'faults' ? 1 : seed % 2 ? 0 : 1) },
    );
    expect(result.verdict).toBe('regressed');
    expect(result.suites.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['dispatch', 'regressed'],
      ['faults', 'pass'],
    ]);
    expect(result.suites[0]!.reason).toContain('-50.0 points');
  });

  it('a deterministic model that did not change passes, however small the suite', async () => {
    const same: RunShape = { suites, seeds: 3, fate: ({ seed }) => (seed === 1 ? 0.3 : 1) };
    const result = await gated(same, same);
    expect(result.verdict).toBe('pass');
    expect(result.suites[0]!.reason).toBe('no score changed on 6 samples');
  });

  it('the same loss from every sample is regressed, though no variance can be estimated', async () => {
    const result = await gated({ seeds: 20, fate: () => 0.9 }, { seeds: 20, fate: () => 0.8 });
    expect(result.verdict).toBe('regressed');
  });

  it('a real loss below the margin passes; a margin of its own can make that suite stricter', async () => {
    const base: RunShape = { suites, seeds: 60, fate: () => 0.9 };
    const next: RunShape = { suites, seeds: 60, fate: ({ seed }) => (seed % 2 ? 0.88 : 0.89) };
    expect((await gated(base, next)).verdict).toBe('pass');
    const strict = gateConfigSchema.parse({ suites: { faults: { margin: 0.01 } } });
    const result = await gated(base, next, strict);
    expect(result.suites.map(({ verdict }) => verdict)).toEqual(['pass', 'regressed']);
  });

  it('two swapped samples of a small suite are inconclusive, and it says what could have been seen', async () => {
    const result = await gated(
      { seeds: 20, fate: () => 1 },
      { seeds: 20, fate: ({ seed }) => (seed <= 2 ? 0 : 1) },
    );
    expect(result.verdict).toBe('inconclusive');
    expect(result.suites[0]!.reason).toMatch(
      /neither shown nor ruled out; losses below \d+\.\d points hardly show/,
    );
    const tiny = await gated({ seeds: 3, fate: () => 1 }, { seeds: 3, fate: () => 0 });
    expect(tiny.suites[0]!.reason).toContain('3 problems are too few');
  });

  it('a suite with no scored pair is inconclusive, not passed over', async () => {
    const result = await gated(
      { suites, seeds: 20 },
      { suites, seeds: 20, fate: ({ suite }) => (suite === 'faults' ? { error: 'server' } : 1) },
      gateConfigSchema.parse({ hard: { max_unscored: 1 } }),
    );
    expect(result.hard.every(({ verdict }) => verdict === 'pass')).toBe(true);
    expect(result.missing).toEqual(['faults']);
    expect(result.verdict).toBe('inconclusive');
  });

  it('one bad suite among many is held against chance in all of them', () => {
    const pairs = twoNights(30, (suite) => (suite === 'faults' ? 0.4 : 0), createRandom('one bad').uniform);
    const bad = differenceOf(
      pairs.filter(({ sample }) => sample.suite === 'faults'),
      { seed: 'x' },
    );
    const named = { ...bad, name: 'faults', p_worse: 0.02 };
    const calm = (name: string) => ({ ...named, name, p_worse: 0.6 });
    const verdictOf = (suites: Parameters<typeof suiteVerdicts>[0]) =>
      suiteVerdicts(suites, () => 0.01, 0.05)[0]!;
    expect(verdictOf([named]).verdict).toBe('regressed');
    expect(verdictOf([named, calm('a'), calm('b')])).toMatchObject({
      verdict: 'inconclusive',
      p_worse_adjusted: 0.06,
    });
  });

  it('refuses what cannot be compared', async () => {
    const result = gate(await side('old', {}), await side('new', { judge: 'lab/j' }), defaultGate());
    expect(result.status).toBe('refused');
  });
});

describe('hard gates', () => {
  const hardOf = async (base: RunShape, next: RunShape, config: GateConfig = defaultGate()) =>
    Object.fromEntries((await gated(base, next, config)).hard.map(({ name, verdict }) => [name, verdict]));
  const tagged = { seeds: 50, tags: ({ seed }: { seed: number }) => (seed === 7 ? ['safety'] : []) };

  it('one lost safety sample regresses a night that the statistics would let pass', async () => {
    const next: RunShape = { ...tagged, fate: ({ seed, lang }) => (seed === 7 && lang === 'en' ? 0 : 1) };
    const result = await gated(tagged, next);
    expect(result.suites[0]!.verdict).toBe('pass');
    expect(result.verdict).toBe('regressed');
    expect(result.hard[0]!.reason).toContain('dispatch/merit/s7/en');
    const lenient = gateConfigSchema.parse({ hard: { safety: { max_lost: 1 } } });
    expect((await gated(tagged, next, lenient)).verdict).toBe('pass');
  });

  it('too many unscored attempts are inconclusive: a provider fault is no regression', async () => {
    const next: RunShape = { ...tagged, fate: ({ seed }) => (seed <= 5 ? { error: 'overloaded' } : 1) };
    expect(await hardOf(tagged, next)).toMatchObject({ unscored: 'inconclusive', safety: 'pass' });
  });

  it('format, cost and latency have limits; an unknown cost is no pass', async () => {
    const priced = {
      id: 'lab/a',
      provider: 'lab',
      baseline: false,
      settings: {},
      prices: { input: 1, output: 1, currency: 'USD' },
    };
    const limits = gateConfigSchema.parse({ hard: { max_cost_ratio: 1.5, max_p95_ratio: 1.2 } });
    const base: RunShape = { seeds: 5, models: [priced] };
    const dear: RunShape = {
      ...base,
      completion: () => ({ usage: { inputTokens: 100, outputTokens: 200 }, latency: { totalMs: 550 } }),
    };
    expect(await hardOf(base, dear, limits)).toMatchObject({ cost: 'regressed', latency: 'pass' });
    const blind: RunShape = { ...base, completion: () => ({ usage: {}, latency: { totalMs: 700 } }) };
    expect(await hardOf(base, blind, limits)).toMatchObject({ cost: 'inconclusive', latency: 'regressed' });
    const loose = makeRun({ run: 'new', seeds: 5 });
    for (const event of loose)
      if (event.event === 'score-end') event.format = { obeyed: false, ways: ['labelled'] };
    const result = gate(
      await side('old', { seeds: 5 }),
      { records: await foldRecords(stream(loose)), model: 'lab/a' },
      defaultGate(),
    );
    expect(result).toMatchObject({ status: 'gated', verdict: 'regressed' });
  });

  it('an unknown key in the config is an error, not a gate that holds nothing', () => {
    expect(gateConfigSchema.safeParse({ hard: { max_unscord: 0.1 } }).success).toBe(false);
    expect(gateConfigSchema.safeParse({ margin: 5 }).success).toBe(false);
  });
});

const SUITES = ['dispatch', 'faults', 'forecasting'];

/** Two nights of one model on the same problems: twins are equally hard, a third of problems are near certain either way. */
function twoNights(problems: number, loss: (suite: string) => number, uniform: () => number): Pair[] {
  const result = (chance: number) => {
    const value = Number(uniform() < chance);
    return { value, epochs: 1, passes: value };
  };
  return SUITES.flatMap((suite) =>
    Array.from({ length: problems }, (_, i) => i).flatMap((i) => {
      const ease = [0.02, 0.5, 0.98][Math.floor(uniform() * 3)]!;
      return (['en', 'zh'] as const).map((lang) => {
        const id = `${suite}/t/s${i}/${lang}`;
        const sample = {
          sample: id,
          id,
          suite,
          task: 't',
          lang,
          seed: String(i),
          cluster: `${suite}/s${i}`,
          skills: [],
          tags: [],
          pass: 1,
          key: '',
        };
        return { sample, base: result(ease), next: result(ease * (1 - loss(suite))) };
      });
    }),
  );
}

/** How many of so many nights are called what. */
function callNights(
  nights: number,
  problems: number,
  loss: (suite: string) => number,
): Record<string, number> {
  const { uniform } = createRandom('nights');
  const counts = { pass: 0, inconclusive: 0, regressed: 0 };
  for (let night = 0; night < nights; night++) {
    const pairs = twoNights(problems, loss, uniform);
    const differences = SUITES.map((name) => ({
      name,
      ...differenceOf(
        pairs.filter(({ sample }) => sample.suite === name),
        { seed: `${night} ${name}`, flips: 199 },
      ),
    }));
    counts[worst(suiteVerdicts(differences, () => 0.05, 0.05).map(({ verdict }) => verdict))]++;
  }
  return counts;
}

describe('the gate by simulation', () => {
  it('2,000 nights without a change: false alarms at most at the nominal level', () => {
    const { regressed } = callNights(2000, 20, () => 0);
    // Nominal is 2.5 % over the three suites together, and two standard errors of the simulation.
    expect(regressed! / 2000).toBeLessThanOrEqual(0.025 + 2 * Math.sqrt((0.025 * 0.975) / 2000));
    expect(regressed).toBeGreaterThan(0);
  });

  it('a suite that lost most of its score is found nearly always', () => {
    const { regressed } = callNights(200, 40, (suite) => (suite === 'faults' ? 0.8 : 0));
    expect(regressed! / 200).toBeGreaterThan(0.95);
  });

  it('with samples enough for the margin, nights without a change mostly pass', () => {
    const { pass } = callNights(100, 500, () => 0);
    expect(pass! / 100).toBeGreaterThan(0.8);
  });
});
