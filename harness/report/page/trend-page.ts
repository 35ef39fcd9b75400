import { points } from '../figures.ts';
import { driftLines } from '../history/drift.ts';
import type { HistoryRecord } from '../history/record.ts';
import { type ModelTrend, trends } from '../history/trend.ts';
import { sanitiseLine } from '../sanitise.ts';
import { BROWSER_KIT } from './browser-kit.ts';
import { pageDocument } from './document.ts';
import { dataElement, type Html, html } from './html.ts';
import { head } from './leaderboard-page.ts';
import { TREND_SCRIPT } from './trend-script.ts';
import { WORDS } from './words.ts';

/** A history of nightly results as one page in one file: a chart a model, with intervals, verdicts and drift. */
export function trendPage(history: readonly HistoryRecord[]): string {
  const models = trends(history);
  return pageDocument({
    title: WORDS['trend']!.en,
    body: html`${head('trend')}
<main>
<p class="soft" data-word="trendAbout">${WORDS['trendAbout']!.en}</p>
<noscript>${models.map(plainTable)}</noscript>
<div id="trends"></div>
</main>
${dataElement(
  'trends-data',
  models.map((model) => ({ ...model, told: driftLines(model.drift) })),
)}
${dataElement('words', WORDS)}`,
    script: `${BROWSER_KIT}${TREND_SCRIPT}`,
  });
}

/** What a reader without scripts sees. */
function plainTable({ model, nights }: ModelTrend): Html {
  return html`<table><caption>${sanitiseLine(model)}</caption><tbody>${nights.map(
    ({ started, run, overall }) =>
      html`<tr><td>${started.slice(0, 10)}</td><td class="name">${sanitiseLine(run)}</td><td>${overall ? points(overall.score) : '–'}</td></tr>`,
  )}</tbody></table>`;
}
