import { escapeMarkdown, scoreMarkdown } from '../markdown.ts';
import { type Row, sorted } from '../rows.ts';
import { sanitiseLine } from '../sanitise.ts';
import { scoreTable, type TableOptions } from '../table.ts';
import { labelOf } from './build.ts';
import { rankText } from './rank.ts';
import type { Leaderboard, LeaderboardRow, Ranking } from './schema.ts';

/** Every ranking under its own heading, with what keeps it from the first one. */
export function leaderboardTable(leaderboard: Leaderboard, options: TableOptions): string {
  const parts = leaderboard.rankings.map((ranking, i) =>
    [
      ...heading(leaderboard, i).map(sanitiseLine),
      scoreTable(rowsOf(ranking), options),
      ...remarks(ranking).map(sanitiseLine),
    ].join('\n'),
  );
  return [...parts, ...refusals(leaderboard).map(sanitiseLine)].join('\n\n') || 'No results.';
}

export function leaderboardMarkdown(leaderboard: Leaderboard): string {
  const parts = leaderboard.rankings.map((ranking, i) => {
    const [title, ...reasons] = heading(leaderboard, i).map(escapeMarkdown);
    return [
      ...(title ? [`### ${title}`, ''] : []),
      ...reasons.map((reason) => `- ${reason}`),
      ...(reasons.length > 0 ? [''] : []),
      scoreMarkdown(rowsOf(ranking)),
      '',
      ...remarks(ranking).map((remark) => `- ${escapeMarkdown(remark)}`),
    ]
      .join('\n')
      .trimEnd();
  });
  const refused = refusals(leaderboard).map((line) => `- ${escapeMarkdown(line)}`);
  return [...parts, ...(refused.length > 0 ? [refused.join('\n')] : [])].join('\n\n');
}

function rowsOf(ranking: Ranking): Row[] {
  const many = new Set<string>();
  const seen = new Set<string>();
  for (const { model } of ranking.rows) (seen.has(model) ? many : seen).add(model);
  const label = (row: LeaderboardRow) => (many.has(row.model) ? labelOf(row) : row.model);
  return sorted(ranking.rows.map((row) => ({ ...row, label: label(row), rank: rankText(row) })));
}

function heading({ rankings }: Leaderboard, i: number): string[] {
  if (rankings.length === 1) return [];
  const reasons = rankings[i]!.apart.map(
    ({ what, here, first }) => `${what}: ${shortened(here)} here, ${shortened(first)} there`,
  );
  const title = `Ranking ${i + 1} of ${rankings.length}`;
  return i === 0 ? [title] : [`${title}: not comparable with ranking 1`, ...reasons];
}

/** Twelve digits tell two hashes apart for a reader; the file has them whole. */
const shortened = (text: string) => text.replace(/(sha256:[0-9a-f]{12})[0-9a-f]+/g, '$1…');

function remarks({ rows, superseded }: Ranking): string[] {
  return [
    ...(rows.some(({ rank_band }) => rank_band && rank_band[0] !== rank_band[1])
      ? ['Ranks in brackets are those the intervals leave open.']
      : []),
    ...rows.filter(({ marks }) => marks.length > 0).map((row) => `${row.model}: ${row.marks.join('; ')}.`),
    ...superseded.map(({ model, run }) => `${model}: an older result, of ${run}, is left out.`),
  ];
}

const refusals = ({ refused }: Leaderboard) =>
  refused.map(({ model, run, reason }) => `Refused: ${model} of ${run}: ${reason}.`);
