import Table from 'cli-table3';
import type { AttemptView, SampleView } from '../sample-view.ts';
import { sanitise, sanitiseLine } from '../sanitise.ts';
import { attemptText } from '../show.ts';

/** One side's run and its view of the sample: of one model alone. */
export interface BesideSide {
  run: string;
  view: SampleView;
}

/** Below this a column would hold no sentence; the sides then stand one under the other. */
const NARROWEST = 90;
const BORDERS = 7;

/** Two models' replies to one sample, side by side, with what was read in each and how each check went. */
export function besideText(base: BesideSide, next: BesideSide, width: number): string {
  const { sample } = next.view;
  const question = sample.messages.map(({ content }) => sanitise(content)).join('\n\n');
  const head = `${sanitiseLine(sample.id)}\n\n${question}\n`;
  const sides = [base, next].map(({ run, view: { attempts } }) => ({
    title: sanitiseLine(`${attempts[0]?.model ?? 'no model'} of ${run}`),
    body: attempts.map((attempt: AttemptView) => attemptText(attempt)).join('\n\n') || 'was not asked this',
  }));
  if (width < NARROWEST) return [head, ...sides.map(({ title, body }) => `${title}\n\n${body}\n`)].join('\n');
  const column = Math.floor((Math.min(width, 240) - BORDERS) / 2) + 2;
  const table = new Table({
    head: sides.map(({ title }) => title),
    colWidths: [column, column],
    wordWrap: true,
    // A line of Chinese has no blanks to break at.
    wrapOnWordBoundary: false,
    style: { head: [], border: [] },
  });
  table.push(sides.map(({ body }) => body));
  return `${head}\n${table.toString()}`;
}
