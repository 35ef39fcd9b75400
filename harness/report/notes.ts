import { compact, points, UNKNOWN } from './figures.ts';
import { judgeNotes } from './judge-notes.ts';
import type { Row } from './rows.ts';
import type { Result } from './summary.ts';

/** What a reader must know beside the figures, a sentence a line; nothing where there is nothing to say. */
export function notes(rows: readonly Row[]): string[] {
  const out: string[] = [];
  const suites = Math.max(...rows.map(({ suites }) => suites.length), 0);
  out.push(
    `Scores of 100 with 95 % intervals${suites > 1 ? '; the score is the mean of the suites' : ''}; skill is above what guessing scores; ${UNKNOWN} is unknown.`,
  );
  if (rows.some(({ baseline }) => baseline)) out.push('† a built-in baseline, not a model.');
  const regretful = rows.filter(({ regret }) => regret.some(isFelt));
  if (regretful.length > 0)
    out.push(
      'Regret: what acting on a feasible plan would have cost beyond the best plan, mean of the plans judged.',
    );
  for (const { label, regret } of regretful)
    out.push(
      `${label}: regret ${regret
        .filter(isFelt)
        .map(({ currency, amount, n }) => `${compact(amount / n)} ${currency} (${n})`)
        .join(', ')}.`,
    );
  if (rows.some(({ stability }) => stability))
    out.push('stable: share of problems asked again in a variant that got the verdict they got at first.');
  for (const { label, stability } of rows) if (stability) out.push(`${label}: ${stabilityText(stability)}.`);
  for (const row of rows) out.push(...judgeNotes(row));
  for (const { label, missing_suites } of rows)
    if (missing_suites.length > 0)
      out.push(`‡ ${label}: nothing scored in ${missing_suites.join(', ')}, so its score is not comparable.`);
  for (const { label, unscored } of rows)
    if (unscored.length > 0)
      out.push(
        `${label}: unscored, and in no mean: ${unscored.map(({ fault, kind, count }) => `${count} × ${fault} ${kind}`).join(', ')}.`,
      );
  for (const row of rows) {
    const ends = [
      row.truncated > 0 ? `${row.truncated} cut off at the length limit` : '',
      row.refused > 0 ? `${row.refused} refused` : '',
      row.filtered > 0 ? `${row.filtered} withheld by a content filter` : '',
    ].filter(Boolean);
    if (ends.length > 0) out.push(`${row.label}: of its replies ${ends.join(', ')}.`);
  }
  return out;
}

/** Less than half a unit of money a plan is the rounding of a schedule. */
const isFelt = ({ amount, n }: Result['regret'][number]): boolean => amount / n >= 0.5;

/** `at worst 70.0 over 24 problems (80.0 as first asked); rows −2.1 (−6.0 to 1.8), noise …` */
function stabilityText({ worst, base, n, variants }: NonNullable<Result['stability']>): string {
  const signed = (value: number) => `${value > 0 ? '+' : ''}${points(value)}`.replace('-', '−');
  const changes = variants.map(
    ({ name, difference, interval: [low, high] }) =>
      `${name} ${signed(difference)} (${signed(low)} to ${signed(high)})`,
  );
  return `at worst ${points(worst)} over ${n} problems, ${points(base)} as first asked; ${changes.join(', ')}`;
}
