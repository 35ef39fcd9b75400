// How long a run's page of many samples takes to write and to open in Chromium, and how big it is.
//   npx tsx scripts/bench-run-page.ts [samples]
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import type { EventOf } from '../harness/core/event.ts';
import { createRandom } from '../harness/core/random.ts';
import type { PageSample } from '../harness/report/page/run-data.ts';
import { runPage } from '../harness/report/page/run-page.ts';
import { summarise } from '../harness/report/summarise.ts';
import { makeRun, stream } from '../test/report/run-fixture.ts';

const count = Number(process.argv[2] ?? 10_000);
const random = createRandom('bench');
const WORDS =
  'unit line load price the of at MW outage limit 机组 线路 负荷 which and shift flow is not above'.split(
    ' ',
  );
const prose = (words: number) =>
  Array.from({ length: words }, () => `${random.pick(WORDS)} ${random.int(1, 9999)}`).join(' ');

const events = makeRun({
  seeds: count,
  langs: ['en'],
  fate: ({ seed }) => (seed % 3 ? 1 : 0),
  completion: () => ({ text: prose(200) }),
});
async function* samples(): AsyncGenerator<PageSample> {
  let open: PageSample | undefined;
  for (const event of events) {
    if (event.event === 'sample-start') {
      if (open) yield open;
      open = { sample: { ...event, messages: [{ role: 'user', content: prose(150) }] }, attempts: [] };
    } else if (event.event === 'completion-end')
      open!.attempts.push({
        model: event.model,
        epoch: event.epoch,
        completion: event.completion,
        judgements: [],
      });
    else if (event.event === 'score-end') open!.attempts.at(-1)!.score = event as EventOf<'score-end'>;
  }
  if (open) yield open;
}

const folder = mkdtempSync(join(tmpdir(), 'wattmark-bench-'));
const file = join(folder, 'run.html');
const summary = await summarise(stream(events));
const began = performance.now();
const page = await runPage(summary, samples());
writeFileSync(file, page.text);
console.log(
  `written in ${((performance.now() - began) / 1000).toFixed(2)} s: ${(page.text.length / 1e6).toFixed(1)} MB, ${(page.bytesPerSample / 1e3).toFixed(2)} kB a sample`,
);

const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
  executablePath: process.env['WATTMARK_CHROMIUM'] ?? '/usr/bin/chromium',
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
const tab = await context.newPage();
for (let i = 0; i < 3; i++) {
  const start = performance.now();
  await tab.goto(pathToFileURL(file).href, { waitUntil: 'commit' });
  await tab.locator('html[data-ready]').waitFor({ state: 'attached' });
  const ready = performance.now();
  await tab.locator('#list').press('End');
  await tab.locator('#reply').waitFor();
  console.log(
    `ready in ${Math.round(ready - start)} ms, the last sample read after ${Math.round(performance.now() - ready)} ms more`,
  );
}
await context.close();
rmSync(folder, { recursive: true, force: true });
