import { describe, expect, it } from 'vitest';
import { escapeMarkdown, summaryMarkdown } from '../../harness/report/markdown.ts';
import { summarise } from '../../harness/report/summarise.ts';
import type { Summary } from '../../harness/report/summary.ts';
import { summaryTable } from '../../harness/report/table.ts';
import { makeRun, modelRecord, type RunShape, stream } from './run-fixture.ts';

const models = [
  'baseline/silent',
  { ...modelRecord('lab/good'), prices: { input: 3, output: 15, currency: 'USD' } },
  'lab/better',
  'baseline/reference',
];
const shape: RunShape = {
  suites: { dispatch: ['merit'], faults: ['duval'], forecasting: ['mae'] },
  seeds: 8,
  models,
  fate: ({ seed }, model) => {
    if (model === 'baseline/silent') return 0;
    if (model === 'lab/good') return seed === 1 ? { error: 'rate-limit' } : seed % 2 ? 1 : 0;
    return model === 'lab/better' && seed === 1 ? 0.5 : 1;
  },
};
const summaryOf = (more: RunShape = {}) => summarise(stream(makeRun({ ...shape, ...more })));
const wide = { width: Number.POSITIVE_INFINITY, colour: false };

describe('summaryTable', () => {
  it('is sorted by score, and labels baselines', async () => {
    const lines = summaryTable(await summaryOf(), wide).split('\n');
    const order = lines.flatMap((line) => /^ (\S+\/\S+( †)?) {2}/.exec(line)?.[1] ?? []);
    expect(order).toEqual(['baseline/reference †', 'lab/better', 'lab/good', 'baseline/silent †']);
    expect(lines.join('\n')).toContain('† a built-in baseline');
  });

  it('tells the regret of wrong plans a plan, and not the rounding of right ones', async () => {
    const summary = await summaryOf();
    const [silent, good] = summary.models as [Summary['models'][number], Summary['models'][number]];
    silent.regret = [{ currency: '$/h', amount: 0.3, n: 4 }];
    good.regret = [
      { currency: '$/h', amount: 4200, n: 4 },
      { currency: '元/h', amount: 0, n: 3 },
    ];
    const text = summaryTable(summary, wide);
    expect(text).toContain('lab/good: regret 1050 $/h (4).');
    expect(text).not.toContain('silent: regret');
  });

  it('shows interval, suites, unscored with its reason, tokens, cost and an unknown cost as a dash', async () => {
    const text = summaryTable(await summaryOf(), wide);
    for (const title of [
      'score (95 %)',
      'skill',
      'dispatch',
      'faults',
      'forecasting',
      'unscored',
      'tokens',
      'cost',
      'time',
    ])
      expect(text).toContain(title);
    const good = text.split('\n').find((line) => line.startsWith(' lab/good'))!;
    expect(good).toMatch(/\d+\.\d \(\d+\.\d–\d+\.\d\)/);
    expect(good).toContain('6 of 48');
    expect(good).toContain('$0.0252');
    expect(text.split('\n').find((line) => line.startsWith(' lab/better'))).toContain(' – ');
    expect(text).toContain('lab/good: unscored, and in no mean: 6 × provider rate-limit');
  });

  it.each([200, 120, 100, 80, 60, 40, 24])('no table line is wider than %i columns', async (width) => {
    const summary = await summaryOf({ models: [...models, `lab/${'long-'.repeat(12)}name`] });
    const text = summaryTable(summary, { width, colour: false });
    const body = text.slice(0, text.indexOf('\nScores of 100'));
    for (const line of body.split('\n')) expect(line.length).toBeLessThanOrEqual(width);
    expect(text).toContain('(');
    if (width <= 60) expect(text).toContain('not shown at this width: ');
  });

  it('fits every width from 30 to 130 columns, to the last one', async () => {
    const summary = await summaryOf();
    for (let width = 30; width <= 130; width++) {
      const table = summaryTable(summary, { width, colour: false }).split('\nScores of 100')[0]!;
      expect(Math.max(...table.split('\n').map((line) => line.length))).toBeLessThanOrEqual(width);
    }
  });

  it('colours only when asked', async () => {
    const summary = await summaryOf();
    expect(summaryTable(summary, wide)).not.toContain('\x1b');
    expect(summaryTable(summary, { ...wide, colour: true })).toContain('\x1b[1m');
  });

  it('a model, suite or fault named in escapes cannot write to the terminal', async () => {
    const text = summaryTable(await summaryOf({ models: ['lab/\x1b[2J\r\u202eevil', 'x\ny'] }), wide);
    expect(text).not.toMatch(/[\x1b\r\u202e]/);
    expect(text).toContain('␛[2J');
  });

  it('a model that misses a suite is marked and comes last, whatever it scored', async () => {
    const summary = await summaryOf({
      models: ['lab/partial', 'lab/weak'],
      fate: ({ suite }, model) => (model === 'lab/weak' ? 0.1 : suite === 'faults' ? { error: 'server' } : 1),
    });
    const text = summaryTable(summary, wide);
    expect(text.indexOf('lab/weak')).toBeLessThan(text.indexOf('lab/partial'));
    expect(text).toContain('‡ lab/partial: nothing scored in faults');
  });

  it('an empty run says so', async () => {
    expect(summaryTable(await summaryOf({ models: [] }), wide)).toBe('No models.');
    expect(summaryTable(await summaryOf({ seeds: 0 }), wide)).toContain('–');
  });
});

describe('summaryMarkdown', () => {
  it('has the same number of cells on every line, even where a name holds a pipe', async () => {
    const text = summaryMarkdown(await summaryOf({ models: ['lab/a|b', 'lab/<img src=x>`'] }));
    const lines = text.split('\n').filter((line) => line.startsWith('|'));
    const cells = lines.map((line) => line.replaceAll('\\|', '').split('|').length);
    expect(new Set(cells).size).toBe(1);
    expect(text).not.toContain('<img');
  });

  it('escapes what Markdown would act on', () => {
    expect(escapeMarkdown('a|b `c` <i> [x](y) *z*\n# h\x1b')).toBe(
      'a\\|b \\`c\\` &lt;i&gt; \\[x\\](y) \\*z\\* \\# h␛',
    );
  });
});
