import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventOf, RunEvent } from '../../../harness/core/event.ts';
import type { Plot } from '../../../harness/core/plot.ts';
import { points } from '../../../harness/report/figures.ts';
import { type IndexRow, type PageSample, runData } from '../../../harness/report/page/run-data.ts';
import { runPage } from '../../../harness/report/page/run-page.ts';
import type { AttemptView } from '../../../harness/report/sample-view.ts';
import { summarise } from '../../../harness/report/summarise.ts';
import { makeRun, type RunShape, stream } from '../run-fixture.ts';
import { type Browser, hasChromium, openBrowser } from './chromium.ts';

const HOSTILE =
  '</script><script>document.title="owned"</script><img src="http://192.0.2.1/x" onerror="document.title=1">\u2028\u202e{{x}}';
const folder = mkdtempSync(join(tmpdir(), 'wattmark-run-page-'));

const CLAIMS: Record<string, string | boolean>[] = [
  { label: 'supported', text: 'the peak is <b>410</b> MW', reason: 'value at 19:00' },
  { label: 'contradicted', text: 'load falls', reason: 'it rises', safety: true },
];
const PLOTS: Plot[] = [
  {
    kind: 'series',
    title: 'Load </svg><img src=x>',
    unit: 'MW',
    times: ['00:00', '01:00', '02:00', '03:00', '04:00'],
    series: [
      { name: 'measured', values: [10, 20, null, 40, null] },
      { name: 'forecast', values: [12, 18, 30, 38, 45] },
    ],
    band: { name: '90 %', low: [8, 12, 22, 30, 36], high: [16, 24, 38, 46, 54] },
    windows: [{ name: 'stuck', from: 1, to: 2 }],
  },
  {
    kind: 'network',
    title: 'Network',
    buses: [{ id: 'B1', note: '50 MW' }, { id: 'B2' }, { id: 'B3' }],
    branches: [
      { from: 'B1', to: 'B2', name: 'L1', note: '40 MW', state: 'binding' },
      { from: 'B1', to: 'B2', name: 'L2', state: 'out' },
      { from: 'B2', to: 'B3', name: 'L3' },
      { from: 'B3', to: 'nowhere', name: 'L4' },
    ],
  },
];

/** Views of a made-up run, as the journal would give them. */
async function* views(events: readonly RunEvent[]): AsyncGenerator<PageSample> {
  const samples = new Map<string, PageSample>();
  for (const event of events) {
    if (event.event === 'sample-start')
      samples.set(event.sample, {
        sample: event,
        attempts: [],
        work: `worked ${event.id}`,
        ...(event.seed === '5' ? { plots: PLOTS } : {}),
      });
    if (event.event === 'completion-end' || event.event === 'completion-error') {
      const { model, epoch } = event;
      const view: AttemptView = { model, epoch, judgements: [] };
      if (event.event === 'completion-end') view.completion = event.completion;
      else view.error = { fault: event.fault, message: event.message };
      samples.get(event.sample)!.attempts.push(view);
    }
    if (event.event === 'score-end') {
      const sample = samples.get(event.sample)!;
      sample.attempts.at(-1)!.score = event as EventOf<'score-end'>;
      const [check] = event.checks;
      if (sample.sample.seed === '5' && check?.score.status === 'scored')
        check.score.details = { claims: CLAIMS };
    }
  }
  yield* samples.values();
}

async function write(name: string, shape: RunShape, redact = false): Promise<string> {
  const events = makeRun(shape);
  const page = await runPage(await summarise(stream(events)), views(events), { redact });
  writeFileSync(join(folder, name), page.text);
  return page.text;
}

const SMALL: RunShape = {
  seeds: 10,
  models: ['lab/a', 'lab/b'],
  fate: ({ seed, lang }, model) => {
    if (model === 'lab/b') return 1;
    if (seed === 3) return { error: 'timeout' };
    return seed === 5 && lang === 'en' ? 0 : seed === 6 ? 0.5 : 1;
  },
  completion: ({ seed }) => (seed === 5 ? { text: HOSTILE } : {}),
};

describe('the data of a run’s page', () => {
  it('puts the worst first, then what has no score, then full marks', async () => {
    const { rows } = await runData(views(makeRun(SMALL)), ['lab/a', 'lab/b'], false);
    const values = rows.map(({ v }: IndexRow) => v);
    expect(values.slice(0, 6)).toEqual([0, 0.5, 0.5, undefined, undefined, 1]);
    expect(rows).toHaveLength(40);
  });
  it('says of an attempt that the run never came to that it was not asked', async () => {
    async function* open(): AsyncGenerator<PageSample> {
      for await (const view of views(makeRun({ seeds: 1, langs: ['en'] })))
        yield { ...view, attempts: [{ model: 'lab/a', epoch: 1, judgements: [] }] };
    }
    const { rows } = await runData(open(), ['lab/a'], false);
    expect(rows).toEqual([{ s: 0, a: 0, m: 0, e: 1, r: 'not asked', b: 17 }]);
  });
  it('cuts a reply of many megabytes, and says so', async () => {
    const text = await write('long.html', {
      seeds: 1,
      langs: ['en'],
      completion: () => ({ text: 'x'.repeat(3_000_000) }),
    });
    expect(text.length).toBeLessThan(100_000);
  });
  it('leaves every word out where it is redacted', async () => {
    const text = await write('redacted.html', SMALL, true);
    for (const word of ['question dispatch', 'reply of', 'worked', 'off by a factor', 'chunk-0"', 'no luck'])
      expect(text).not.toContain(word);
    expect(text).toContain('dispatch/merit/s5/en');
  });
});

describe.skipIf(!hasChromium)('a run’s page in a browser', () => {
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];
  beforeAll(async () => {
    await write('small.html', SMALL);
    browser = await openBrowser();
    page = await browser.context.newPage();
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('request', (request) => request.url().startsWith('file:') || faults.push(request.url()));
    await page.goto(pathToFileURL(join(folder, 'small.html')).href);
  }, 60_000);
  afterAll(async () => browser.close());

  it('shows the summary’s figures', async () => {
    const summary = await summarise(stream(makeRun(SMALL)));
    const cells = await page.locator('#results tbody tr').first().locator('td').allTextContents();
    expect(cells[0]).toBe(points(summary.models[0]!.overall.score!));
  });
  it('opens a failure with prompt, hostile reply as text, checks and worked solution', async () => {
    await page.locator('#row-0').click();
    await page.locator('#reply').waitFor();
    expect(await page.locator('#reply').textContent()).toBe(
      HOSTILE.replace('\u2028', '\\u{2028}').replace('\u202e', '\\u{202e}'),
    );
    const detail = await page.locator('#detail').textContent();
    for (const part of [
      'question dispatch/merit/s5/en',
      'numeric price',
      'off by a factor of √3',
      'worked dispatch/merit/s5/en',
    ])
      expect(detail).toContain(part);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.title()).toBe('Wattmark run-1');
  });
  it('draws the series and the network of a sample, with gaps as gaps and hostile titles as text', async () => {
    await page.locator('#row-0').click();
    const [series, network] = [page.locator('#plots svg').nth(0), page.locator('#plots svg').nth(1)];
    await network.waitFor();
    expect(await page.locator('#plots figcaption').first().textContent()).toBe('Load </svg><img src=x>, MW');
    // A gap lifts the pen; a value between two gaps is a dot.
    expect(await series.locator('path.line').first().getAttribute('d')).toMatch(/^M\S+ \S+L\S+ \S+M\S+ \S+$/);
    expect(await series.locator('circle').count()).toBe(1);
    expect(await series.getAttribute('aria-label')).toContain(
      'measured: 10–40 MW; forecast: 12–45 MW. stuck 01:00–02:00',
    );
    expect(await network.locator('circle.bus').count()).toBe(3);
    expect(await network.locator('path.branch').count()).toBe(3);
    expect(await network.locator('path.binding').count()).toBe(1);
    expect(await network.getAttribute('aria-label')).toContain('L1: B1–B2, 40 MW, at its limit');
    const places = await network
      .locator('circle.bus')
      .evaluateAll((nodes) =>
        nodes.map((node) => [Number(node.getAttribute('cx')), Number(node.getAttribute('cy'))]),
      );
    for (const [x, y] of places as [number, number][])
      expect([x >= 0 && x <= 900, y >= 0 && y <= 430]).toEqual([true, true]);
    await page.screenshot({ path: join(folder, 'plots.png'), fullPage: true });
  });
  it('shows claim labels one by one, in both languages, with what was claimed as text', async () => {
    await page.locator('#row-0').click();
    const claims = page.locator('#detail ul.claims li');
    await claims.first().waitFor();
    expect(await claims.allTextContents()).toEqual([
      'supported · value at 19:00the peak is <b>410</b> MW',
      'contradicted · safety · it risesload falls',
    ]);
    await page.locator('#switch').click();
    expect(await claims.first().textContent()).toContain('有据');
    await page.locator('#switch').click();
  });
  it('walks the list by keyboard, and tells a screen reader where it is', async () => {
    await page.locator('#list').focus();
    await page.keyboard.press('End');
    expect(await page.locator('#list').getAttribute('aria-activedescendant')).toBe('row-39');
    const row = page.locator('#row-39');
    expect([
      await row.getAttribute('aria-posinset'),
      await row.getAttribute('aria-setsize'),
      await row.getAttribute('aria-selected'),
    ]).toEqual(['40', '40', 'true']);
    await page.keyboard.press('Home');
    expect(await page.locator('#list').getAttribute('aria-activedescendant')).toBe('row-0');
  });
  it('searches reasons and ids, and shows one model or the failures alone', async () => {
    await page.locator('#search').fill('factor of √3');
    expect(await page.locator('#count').textContent()).toBe('3 attempts');
    await page.locator('#search').fill('');
    await page.locator('#failed').check();
    expect(await page.locator('#count').textContent()).toBe('5 attempts');
    await page.locator('#failed').uncheck();
    await page.locator('#model').selectOption('1');
    expect(await page.locator('#count').textContent()).toBe('20 attempts');
    await page.locator('#model').selectOption('');
  });
  it('speaks Chinese, and fits a phone in the dark', async () => {
    await page.locator('#switch').click();
    expect(await page.locator('h1').textContent()).toBe('Wattmark 运行报告');
    await page.locator('#row-0').click();
    await page.locator('#reply').waitFor();
    await page.screenshot({ path: join(folder, 'run-chinese.png'), fullPage: true });
    await page.setViewportSize({ width: 375, height: 800 });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.screenshot({ path: join(folder, 'run-narrow.png'), fullPage: true });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(375);
  });
  it('draws only the rows in sight of ten thousand', async () => {
    await write('large.html', { seeds: 5000, fate: ({ seed }) => (seed % 3 ? 1 : 0) });
    await page.goto(pathToFileURL(join(folder, 'large.html')).href);
    await page.locator('html[data-ready]').waitFor();
    expect(await page.locator('#count').textContent()).toMatch(/^10000 /);
    expect(await page.locator('.row').count()).toBeLessThan(60);
    await page.locator('#list').focus();
    await page.keyboard.press('End');
    await page.locator('#reply').waitFor();
    expect(await page.locator('#detail h2').textContent()).toContain('dispatch/merit/s5000/');
  });
  it('met no error and asked for nothing', () => {
    expect(faults).toEqual([]);
  });
});
