import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { points } from '../../../harness/report/figures.ts';
import { buildLeaderboard } from '../../../harness/report/leaderboard/build.ts';
import { rankText } from '../../../harness/report/leaderboard/rank.ts';
import { publishedSamples } from '../../../harness/report/leaderboard/samples.ts';
import { type Leaderboard, leaderboardSchema } from '../../../harness/report/leaderboard/schema.ts';
import { leaderboardPage } from '../../../harness/report/page/leaderboard-page.ts';
import { foldRecords } from '../../../harness/report/records.ts';
import { summarise, summariseRecords } from '../../../harness/report/summarise.ts';
import { makeRun, modelRecord, type RunShape, stream } from '../run-fixture.ts';
import { type Browser, hasChromium, openBrowser } from './chromium.ts';

const HOSTILE = 'lab/</script><img src=x onerror="document.title=1">\u202e=cmd';
const MODELS = ['lab/alpha', 'lab/beta', 'lab/gamma', 'other/delta', HOSTILE, 'baseline/guess'];

async function board(): Promise<Leaderboard> {
  const skillOf = (model: string) => 9 - 1.5 * MODELS.indexOf(model);
  const energy = {
    kwhPerOutputToken: 1e-6,
    kwhPerSecond: 0,
    kgCo2PerKwh: 0.5306,
    method: 'by its size',
    factor: 'CN 2023 grid-average',
  };
  const shape: RunShape = {
    variants: ['rows', 'noise'],
    suites: { dispatch: ['merit-order', 'nodal-price'], faults: ['pickup', 'dga'] },
    seeds: 10,
    models: MODELS.map((id, i) => ({
      ...modelRecord(id),
      prices: { input: 1 + i, output: 4 * (1 + i), currency: 'USD' },
      ...(i < 3 ? { energy: { ...energy, kgCo2PerKwh: energy.kgCo2PerKwh * (1 + i) } } : {}),
    })),
    floors: { 'merit-order': 0.1, 'nodal-price': 0, pickup: 0.25, dga: 0 },
    fate: ({ seed, lang, task }, model) =>
      (seed * 7 + task.length + (lang === 'zh' ? 2 : 0)) % 10 < skillOf(model) ? 1 : 0,
    completion: (_sample, model) => ({
      latency: { totalMs: 400 + 700 * MODELS.indexOf(model) },
      servedModel: `${model}-2026`,
    }),
  };
  const other = makeRun({ run: 'run-2', seeds: 3, models: ['lab/alpha'], hash: () => 'sha256:older' });
  const records = await foldRecords(stream(makeRun(shape)));
  const runs = [summariseRecords(records), await summarise(stream(other))];
  return leaderboardSchema.parse(buildLeaderboard(runs, { samples: [publishedSamples(records)] }));
}

const folder = mkdtempSync(join(tmpdir(), 'wattmark-page-'));

describe('the text of the page', () => {
  it('names no address to load from, and lets only its own script run', async () => {
    const text = leaderboardPage(await board());
    expect(text).toContain('default-src &#39;none&#39;; script-src &#39;sha256-');
    expect(text.match(/<script/g)).toHaveLength(3);
    expect(text).not.toMatch(/<(link|img|iframe|object)\b|@import|url\(/);
    expect(text).not.toContain('onerror="');
  });
});

describe.skipIf(!hasChromium)('the page in a browser', () => {
  let data: Leaderboard;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];
  beforeAll(async () => {
    data = await board();
    writeFileSync(join(folder, 'leaderboard.html'), leaderboardPage(data));
    browser = await openBrowser();
    page = await browser.context.newPage();
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('request', (request) => request.url().startsWith('file:') || faults.push(request.url()));
    await page.goto(pathToFileURL(join(folder, 'leaderboard.html')).href);
  }, 60_000);
  afterAll(async () => browser.close());

  const column = (id: string) => page.locator(`#table td[data-column="${id}"]`).allTextContents();
  const order = async () =>
    await page
      .locator('#table tr[data-row]')
      .evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('data-row'))));

  it('shows the figures of the JSON, in its order', async () => {
    const { rows } = data.rankings[0]!;
    expect(await order()).toEqual(rows.map((_, i) => i));
    expect(await column('score')).toEqual(rows.map(({ overall }) => points(overall.score!)));
    expect(await column('interval')).toEqual(
      rows.map(({ overall: { interval } }) => `${points(interval![0])}–${points(interval![1])}`),
    );
    expect(await column('rank')).toEqual(rows.map(rankText));
    expect(await column('skill')).toEqual(rows.map(({ overall }) => points(overall.skill!)));
    const heat = await page.locator('#heat tbody td').allTextContents();
    expect(heat).toEqual(rows.flatMap(({ suites }) => suites.map(({ score }) => points(score!))));
  });
  it('sorts by keyboard, tells the order to a screen reader, and keeps the focus', async () => {
    await page.locator('#sort-latency').focus();
    await page.keyboard.press('Enter');
    const up = await order();
    const latencies = up.map((i) => data.rankings[0]!.rows[i]!.latency!.p50_ms);
    expect(latencies).toEqual([...latencies].sort((a, b) => a - b));
    expect(await page.locator('th[aria-sort="ascending"]').allTextContents()).toEqual(['Median latency ↑']);
    expect(await page.evaluate('document.activeElement.id')).toBe('sort-latency');
    await page.keyboard.press('Enter');
    expect(await order()).toEqual([...up].reverse());
    await page.locator('#sort-score').click();
  });
  it('filters models and baselines, and says how many are left', async () => {
    await page.locator('#filter').fill('lab/');
    expect(await column('score')).toHaveLength(4);
    expect(await page.locator('#count').textContent()).toBe('4 models shown');
    await page.locator('#filter').fill('');
    await page.locator('#baselines').uncheck();
    expect(await column('score')).toHaveLength(5);
    await page.locator('#baselines').check();
  });
  it('plots every model with its figures in words, and no baseline’s cost or speed', async () => {
    const plots = page.locator('#plots svg');
    // Cost, latency, carbon, stability, language gap, rank bands.
    expect(await plots.count()).toBe(6);
    expect(await plots.nth(0).locator('circle').count()).toBe(5);
    const { overall, cost } = data.rankings[0]!.rows[0]!;
    const told = await plots.nth(0).getAttribute('aria-label');
    expect(told).toContain(`lab/alpha: ${points(overall.score!)} (`);
    expect(told).toContain(`$${cost!.amount.toFixed(4)}`);
    expect(await plots.nth(2).locator('circle').count()).toBe(3);
    const { carbon, stability } = data.rankings[0]!.rows[0]!;
    expect(await plots.nth(2).getAttribute('aria-label')).toContain(
      `${Number((1000 * carbon!.kg_co2).toPrecision(3))} g`,
    );
    expect(await plots.nth(3).getAttribute('aria-label')).toContain(
      `lab/alpha: ${points(stability!.agreement)} (`,
    );
    expect(await plots.nth(5).getAttribute('aria-label')).toContain(
      `lab/alpha: ${rankText(data.rankings[0]!.rows[0]!)}`,
    );
  });
  it('opens the details of a row, with its tasks', async () => {
    await page.locator('#open-0').press('Enter');
    const text = await page.locator('#details-0').textContent();
    for (const part of ['dispatch/merit-order', 'lab/alpha-2026', 'Settings']) expect(text).toContain(part);
    expect(await page.locator('#open-0').getAttribute('aria-expanded')).toBe('true');
    await page.locator('#open-0').click();
  });
  it('opens a row down to its samples, drawn only when asked for', async () => {
    await page.locator('#open-0').click();
    const task = page.locator('#details-0 details', { hasText: 'dispatch/nodal-price' });
    expect(await task.locator('li').count()).toBe(0);
    await task.locator('summary').press('Enter');
    await task.locator('li').first().waitFor();
    const { ids, models } = data.samples![0]!;
    const scores = models.find(({ model }) => model === data.rankings[0]!.rows[0]!.model)!.scores;
    const expected = ids.flatMap((id, i) =>
      id.startsWith('dispatch/nodal-price/') ? [`${id.slice(21)} ${points(scores[i]!)}`] : [],
    );
    expect(expected).toHaveLength(20);
    expect(await task.locator('li').allTextContents()).toEqual(expected);
    await page.locator('#open-0').click();
  });
  it('changes the heat map to tasks, and the ranking to the other', async () => {
    await page.locator('#group').selectOption('tasks');
    expect(await page.locator('#heat thead th').allTextContents()).toContain('faults/dga');
    await page.locator('#ranking').selectOption('1');
    expect(await page.locator('#apart').textContent()).toContain('sha256:older');
    await page.locator('#ranking').selectOption('0');
  });
  it('speaks Chinese', async () => {
    await page.locator('#switch').click();
    expect(await page.locator('h1').textContent()).toBe('Wattmark 排行榜');
    expect(await page.locator('#sort-score').textContent()).toContain('得分');
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    await page.screenshot({ path: join(folder, 'chinese.png'), fullPage: true });
    await page.locator('#switch').click();
  });
  it('shows a hostile name as text, and runs none of it', async () => {
    const names = await page.locator('#table th.name button').allTextContents();
    expect(
      names.some((name) => name.includes('</script><img src=x onerror=') && name.includes('\\u{202e}')),
    ).toBe(true);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.title()).toBe('Wattmark leaderboard');
  });
  it.each([
    ['wide', { width: 1280, height: 900 }, 'light'],
    ['narrow', { width: 375, height: 800 }, 'light'],
    ['dark', { width: 1280, height: 900 }, 'dark'],
  ] as const)('fits the %s screen without scrolling sideways', async (name, size, colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(size);
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(size.width);
  });
  it('met no error and asked for nothing', () => {
    expect(faults).toEqual([]);
  });
});
