import type { LeaderboardRow } from './schema.ts';

/**
 * Numbers rows that are sorted by score. Equal scores share a rank. The band counts only models whose whole
 * interval lies above or below: two intervals that overlap may still differ, so bands are wide rather than wrong.
 */
export function ranked(rows: readonly LeaderboardRow[]): LeaderboardRow[] {
  const field = rows.filter(
    (row) => !row.baseline && row.missing_suites.length === 0 && row.overall.interval,
  );
  return rows.map((row) => {
    const { score, interval } = row.overall;
    if (!field.includes(row) || score === undefined || !interval) return row;
    const above = field.filter(({ overall }) => overall.interval![0] > interval[1]).length;
    const below = field.filter(({ overall }) => overall.interval![1] < interval[0]).length;
    const rank = 1 + field.filter(({ overall }) => overall.score! > score).length;
    return { rank, rank_band: [1 + above, field.length - below] as [number, number], ...row };
  });
}

/** `2` where the rank is sure, `2 (1–4)` where it is not. */
export function rankText({ rank, rank_band }: Pick<LeaderboardRow, 'rank' | 'rank_band'>): string {
  if (rank === undefined || !rank_band) return '';
  const [best, worst] = rank_band;
  return best === worst ? String(rank) : `${rank} (${best}–${worst})`;
}
