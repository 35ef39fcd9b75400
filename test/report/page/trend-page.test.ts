import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { points } from '../../../harness/report/figures.ts';
import { type HistoryRecord, historyRecord } from '../../../harness/report/history/record.ts';
import { trends } from '../../../harness/report/history/trend.ts';
import { trendPage } from '../../../harness/report/page/trend-page.ts';
import { summarise } from '../../../harness/report/summarise.ts';
import { makeRun, stream } from '../run-fixture.ts';
import { type Browser, hasChromium, openBrowser } from './chromium.ts';

const HOSTILE = 'lab/</script><b onclick=x>\u202e';
const LEVELS = [8, 9, 8, 8, 9, 8, 9, 8, 3, 4, 3, 3, 4, 3];

async function nights(): Promise<HistoryRecord[]> {
  const out: HistoryRecord[] = [];
  for (const [i, right] of LEVELS.entries()) {
    const events = makeRun({
      run: `night-${i}`,
      at: new Date(Date.UTC(2026, 4, i + 1)).toISOString(),
      suites: { dispatch: ['merit'], faults: ['dga'] },
      seeds: 10,
      models: ['lab/a', HOSTILE],
      // The first night asked other questions.
      ...(i === 0 ? { hash: (suite: string) => `sha256:older ${suite}` } : {}),
      fate: ({ seed }, model) => (seed <= (model === 'lab/a' ? right : 5) ? 1 : 0),
    });
    const summary = await summarise(stream(events));
    for (const model of ['lab/a', HOSTILE])
      out.push(historyRecord(summary, model, i === 8 && model === 'lab/a' ? 'regressed' : 'pass')!);
  }
  return out;
}

describe('the trend of a history', () => {
  it('keeps nights that asked otherwise beside the line, and finds the change of level', async () => {
    const [first, other] = trends(await nights());
    expect(first?.nights.map(({ comparable }) => comparable)).toEqual([
      false,
      ...LEVELS.slice(1).map(() => true),
    ]);
    expect(first?.drift.change?.run).toBe('night-8');
    expect(other?.drift.change).toBeUndefined();
  });
});

describe.skipIf(!hasChromium)('the trend page in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wattmark-trend-'));
  let history: HistoryRecord[];
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];
  beforeAll(async () => {
    history = await nights();
    writeFileSync(join(folder, 'trend.html'), trendPage(history));
    browser = await openBrowser();
    page = await browser.context.newPage();
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('request', (request) => request.url().startsWith('file:') || faults.push(request.url()));
    await page.goto(pathToFileURL(join(folder, 'trend.html')).href);
  }, 60_000);
  afterAll(async () => browser.close());

  it('draws every night with its figures in words, the change, and the regression in its own colour', async () => {
    const chart = page.locator('#trends svg').first();
    expect(await chart.locator('circle').count()).toBe(LEVELS.length);
    expect(await chart.locator('circle.hollow').count()).toBe(1);
    expect(await chart.locator('circle.lost').count()).toBe(1);
    expect(await chart.locator('line.change').count()).toBe(1);
    const { overall } = history[2]!;
    expect(await chart.getAttribute('aria-label')).toContain(
      `2026-05-02 · night-1: ${points(overall!.score)} (${points(overall!.interval[0])}–`,
    );
    // Overall and two suites, for each of two models.
    expect(await page.locator('#trends svg').count()).toBe(6);
  });
  it('places each score at its height: the axis reads back the figure', async () => {
    const read = await page
      .locator('#trends svg')
      .first()
      .evaluate((chart) => {
        const lines = [...chart.querySelectorAll('line.axis')].map((line) => Number(line.getAttribute('y1')));
        const marks = [...chart.querySelectorAll('text')].slice(0, 3).map((text) => Number(text.textContent));
        return {
          lines,
          marks,
          points: [...chart.querySelectorAll('circle')].map((circle) => Number(circle.getAttribute('cy'))),
        };
      });
    const [bottom, , top] = read.lines as [number, number, number];
    const [low, , high] = read.marks as [number, number, number];
    const scores = read.points.map((y) => low + ((bottom - y) / (bottom - top)) * (high - low));
    const own = history.filter(({ model }) => model === 'lab/a');
    for (const [i, { overall }] of own.entries()) expect(scores[i]).toBeCloseTo(100 * overall!.score, 1);
  });
  it('opens the nights as a table by keyboard, newest first', async () => {
    await page.locator('summary').first().press('Enter');
    expect(await page.locator('tbody th').first().textContent()).toBe('2026-05-14');
    await page.locator('summary').first().press('Enter');
  });
  it('speaks Chinese, and shows a hostile name as text', async () => {
    await page.locator('#switch').click();
    expect(await page.locator('h1').textContent()).toBe('Wattmark 夜间回归趋势');
    expect(await page.locator('h2').last().textContent()).toContain('</script><b onclick=x>\\u{202e}');
    expect(await page.locator('b').count()).toBe(0);
    await page.locator('#switch').click();
  });
  it.each([
    ['wide', { width: 1280, height: 900 }, 'light'],
    ['narrow', { width: 375, height: 800 }, 'dark'],
  ] as const)('fits the %s screen without scrolling sideways', async (name, size, colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(size);
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(size.width);
  });
  it('met no error and asked for nothing', () => expect(faults).toEqual([]));
});
