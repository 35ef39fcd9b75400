import type { Summary } from '../summary.ts';
import { BROWSER_KIT } from './browser-kit.ts';
import { pageDocument } from './document.ts';
import { dataElement, html, trusted } from './html.ts';
import { head } from './leaderboard-page.ts';
import { type PageSample, runData } from './run-data.ts';
import { RUN_DRAWING } from './run-drawing.ts';
import { RUN_SCRIPT } from './run-script.ts';
import { WORDS } from './words.ts';

export interface RunPage {
  text: string;
  samples: number;
  /** Of the whole page, shared among its samples. */
  bytesPerSample: number;
}

/** A run as one page in one file: its table, then every attempt, failures first; words are unpacked as they are read. */
export async function runPage(
  summary: Summary,
  samples: AsyncIterable<PageSample>,
  { redact = false }: { redact?: boolean } = {},
): Promise<RunPage> {
  const models = summary.models.map(({ id }) => id);
  const { chunks, ...index } = await runData(samples, models, redact);
  const packed = chunks.reduce((sum, { length }) => sum + length, 0);
  const text = pageDocument({
    title: `Wattmark ${summary.run}`,
    body: html`${head('report')}
<main>
<div id="facts"></div>
${redact && html`<p data-word="redacted">${WORDS['redacted']!.en}</p>`}
<h2 data-word="results"></h2><div id="results" class="scroll" tabindex="0" role="region"></div>
<h2 data-word="replies"></h2><div id="controls" class="controls"></div><p id="count" class="soft" role="status"></p>
<div id="list" role="listbox" tabindex="0"><div id="rows" role="presentation"></div></div>
<section id="detail" aria-live="polite"></section>
</main>
${dataElement('summary', summary)}
${dataElement('index', { ...index, models, packed, redacted: redact })}
${chunks.map((chunk, i) => html`<script type="application/octet-stream" id="chunk-${i}">${trusted(chunk)}</script>\n`)}
${dataElement('words', WORDS)}`,
    script: `${BROWSER_KIT}${RUN_DRAWING}${RUN_SCRIPT}`,
  });
  const count = index.samples.length;
  return { text, samples: count, bytesPerSample: count === 0 ? 0 : Buffer.byteLength(text) / count };
}
