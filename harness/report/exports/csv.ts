import type { Leaderboard, LeaderboardRow } from '../leaderboard/schema.ts';

export type Cell = string | number | undefined;

/**
 * RFC 4180, lines ended by CR LF. A text that a spreadsheet would run as a formula (it begins with = + - @, a tab or
 * a carriage return, or their full-width twins) gets an apostrophe in front; numbers are left as numbers.
 */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  const text = /^[=+\-@\t\r＝＋－＠]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line for every row and group of a leaderboard: `overall`, `suite`, `task`, `lang`, `skill`, `tier`. */
export function leaderboardCsv({ rankings }: Leaderboard): string {
  const lines = rankings.flatMap(({ key, rows }) => rows.flatMap((row) => rowLines(key, row)));
  return [csvLine(HEAD), ...lines].join('');
}

const HEAD = [
  'ranking',
  'rank',
  'model',
  'settings',
  'baseline',
  'run',
  'group',
  'name',
  'score',
  'low',
  'high',
  'skill',
  'floor',
  'n',
  'clusters',
  'epochs',
  'attempts',
  'unscored',
  'input_tokens',
  'output_tokens',
  'cost',
  'currency',
  'p50_ms',
  'p95_ms',
];

function rowLines(key: string, row: LeaderboardRow): string[] {
  const { rank, model, settings, baseline, run, overall, tokens, cost, latency } = row;
  const told = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  const who = [key, rank, model, told.join(' '), String(baseline), run];
  // What is only a least is not written as if it were the whole: a spreadsheet would add it up.
  const whole = (amount: { count: number; complete: boolean } | undefined) =>
    amount?.complete ? amount.count : undefined;
  const use = [
    whole(tokens.input),
    whole(tokens.output),
    cost?.complete ? cost.amount : undefined,
    cost?.complete ? cost.currency : undefined,
    latency?.p50_ms,
    latency?.p95_ms,
  ];
  const groups = [
    { group: 'overall', name: '', estimate: overall },
    ...(['suites', 'tasks', 'langs', 'skills', 'tiers'] as const).flatMap((kind) =>
      row[kind].map((estimate) => ({ group: kind.slice(0, -1), name: estimate.name, estimate })),
    ),
  ];
  return groups.map(({ group, name, estimate }) => {
    const { score, interval, skill, floor, n, clusters, epochs, attempts, unscored } = estimate;
    const figures = [
      score,
      ...(interval ?? [undefined, undefined]),
      skill,
      floor,
      n,
      clusters,
      epochs,
      attempts,
      unscored,
    ];
    return csvLine([
      ...who,
      group,
      name,
      ...figures,
      ...(group === 'overall' ? use : use.map(() => undefined)),
    ]);
  });
}
