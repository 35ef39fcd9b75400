/** Where a fault lies in a file. Lines and columns count from 1. */
export interface Place {
  file: string;
  line?: number;
  col?: number;
}

/** One fault in what a user gave us. Issues are data; prose for a terminal is made in `formatIssue`, once. */
export interface Issue {
  place?: Place;
  /** What is wrong: starts with the path of the value where there is one (`checks[0].unit: …`). */
  message: string;
  /** What would mend it. */
  hint?: string;
}

export function formatIssue({ place, message, hint }: Issue): string {
  const at = place
    ? `${[place.file, place.line, place.col].filter((part) => part !== undefined).join(':')}  `
    : '';
  return `${at}${message}${hint ? `\n  hint: ${hint}` : ''}`;
}

/** Faults of the user's input, all that were found. The command line prints them and exits with 2; nothing was asked. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[] | string, hint?: string) {
    const list: readonly Issue[] =
      typeof issues === 'string' ? [{ message: issues, ...(hint ? { hint } : {}) }] : issues;
    super(list.map(formatIssue).join('\n'));
    this.issues = list;
  }
}

/** The candidate nearest to `word` by edit distance, if near enough to be what was meant. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: { candidate: string; distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (!best || distance < best.distance) best = { candidate, distance };
  }
  return best && best.distance <= Math.max(1, Math.floor(Math.max(word.length, best.candidate.length) / 3))
    ? best.candidate
    : undefined;
}

/**
 * Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours, each counted once. Words over
 * 64 characters are cut, since only near names matter.
 */
function editDistance(a: string, b: string): number {
  const [from, to] = [a.slice(0, 64), b.slice(0, 64)];
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const change = (row[j - 1] as number) + (from[i - 1] === to[j - 1] ? 0 : 1);
      let best = Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, change);
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (swapped) best = Math.min(best, (before[j - 2] as number) + 1);
      next.push(best);
    }
    before = row;
    row = next;
  }
  return row[to.length] as number;
}
