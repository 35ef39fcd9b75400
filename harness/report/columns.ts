import {
  money,
  pointsOr,
  scoreWithInterval,
  seconds,
  tokenTotal,
  UNKNOWN,
  unscoredCount,
} from './figures.ts';
import type { Row } from './rows.ts';

export interface Column {
  title: string;
  align: 'left' | 'right';
  cell(row: Row): string;
  /** Shown for as long as there is room: the lowest goes first. Columns of one priority go together. */
  priority: number;
}

export const NEVER_DROPPED = 9;

/** Columns of the score table, with one for each suite where there are several. */
export function columnsFor(rows: readonly Row[]): Column[] {
  const suites = [...new Set(rows.flatMap((row) => row.suites.map(({ name }) => name)))];
  const ranked = rows.some(({ rank }) => rank !== undefined);
  const rank: Column = {
    title: '#',
    align: 'right',
    priority: 5,
    cell: (row) => row.rank ?? '',
  };
  return [
    ...(ranked ? [rank] : []),
    {
      title: 'model',
      align: 'left',
      priority: NEVER_DROPPED,
      cell: (row) => `${row.label}${row.baseline ? ' †' : ''}`,
    },
    {
      title: 'score (95 %)',
      align: 'right',
      priority: NEVER_DROPPED,
      cell: (row) => `${scoreWithInterval(row.overall)}${row.missing_suites.length > 0 ? ' ‡' : ''}`,
    },
    { title: 'skill', align: 'right', priority: 6, cell: (row) => pointsOr(row.overall.skill) },
    ...(suites.length > 1 ? suites.map(suiteColumn) : []),
    ...(rows.some(({ stability }) => stability) ? [STABLE] : []),
    { title: 'unscored', align: 'right', priority: 7, cell: (row) => unscoredCount(row.overall) },
    { title: 'tokens', align: 'right', priority: 2, cell: (row) => tokenTotal(row.tokens) },
    { title: 'cost', align: 'right', priority: 3, cell: (row) => money(row.cost) },
    {
      title: 'time',
      align: 'right',
      priority: 1,
      cell: (row) => (row.wall_s > 0 ? seconds(row.wall_s) : UNKNOWN),
    },
  ];
}

const STABLE: Column = {
  title: 'stable',
  align: 'right',
  priority: 5,
  cell: ({ stability }) => pointsOr(stability?.agreement),
};

function suiteColumn(name: string): Column {
  return {
    title: name,
    align: 'right',
    priority: 4,
    cell: (row) => pointsOr(row.suites.find((suite) => suite.name === name)?.score),
  };
}
