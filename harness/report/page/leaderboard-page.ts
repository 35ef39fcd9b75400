import { points, scoreWithInterval } from '../figures.ts';
import { labelOf } from '../leaderboard/build.ts';
import { rankText } from '../leaderboard/rank.ts';
import type { Leaderboard, LeaderboardRow } from '../leaderboard/schema.ts';
import { sanitiseLine } from '../sanitise.ts';
import { BROWSER_KIT } from './browser-kit.ts';
import { pageDocument } from './document.ts';
import { dataElement, type Html, html } from './html.ts';
import { LEADERBOARD_DRAWING } from './leaderboard-drawing.ts';
import { LEADERBOARD_SCRIPT } from './leaderboard-script.ts';
import { WORDS } from './words.ts';

/** A leaderboard as one page in one file. Its script draws every figure from the leaderboard's JSON, which it carries. */
export function leaderboardPage(leaderboard: Leaderboard): string {
  return pageDocument({
    title: WORDS['leaderboard']!.en,
    body: html`${head('leaderboard')}
<main>
<p class="soft" data-word="about">${WORDS['about']!.en}</p>
<noscript><p>${WORDS['noscript']!.en}</p>${leaderboard.rankings.map(({ rows }) => plainTable(rows))}</noscript>
<div id="controls" class="controls"></div>
<div id="apart"></div>
<p id="count" class="hidden" role="status"></p>
<div id="table" class="scroll" tabindex="0" role="region"></div>
<p id="note" class="soft"></p>
<section><h2 data-word="heat"></h2><div id="heat-controls" class="controls"></div><div id="heat" class="scroll" tabindex="0" role="region"></div></section>
<section><h2 data-word="plots"></h2><div id="plots" class="plots"></div></section>
<section id="provenance"></section>
</main>
${dataElement('board', leaderboard)}
${dataElement('words', WORDS)}`,
    script: `${BROWSER_KIT}${LEADERBOARD_DRAWING}${LEADERBOARD_SCRIPT}`,
  });
}

/** The title, and the button that changes the language. */
export const head = (word: string): Html =>
  html`<header><h1 data-word="${word}">${WORDS[word]!.en}</h1><button id="switch" type="button" data-word="switch">${WORDS['switch']!.en}</button></header>`;

/** What a reader without scripts sees. */
function plainTable(rows: readonly LeaderboardRow[]): Html {
  return html`<table><thead><tr><th>#</th><th class="name">Model</th><th>Score (95 %)</th><th>Skill</th></tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr><td>${rankText(row)}</td><td class="name">${sanitiseLine(labelOf(row))}${row.baseline ? ' †' : ''}</td><td>${scoreWithInterval(row.overall)}</td><td>${row.overall.skill === undefined ? '–' : points(row.overall.skill)}</td></tr>`,
  )}</tbody></table>`;
}
