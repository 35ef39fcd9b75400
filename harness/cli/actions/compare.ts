import { resolve } from 'node:path';
import { compare } from '../../report/compare/compare.ts';
import { comparisonMarkdown, comparisonText } from '../../report/compare/text.ts';
import { sanitiseLine } from '../../report/sanitise.ts';
import type { CompareOptions } from '../commands/compare.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { readSide } from '../sides.ts';
import { writeWhole } from '../write-file.ts';

/** `wattmark compare`: exit 2, with the reasons, where the two cannot be compared. */
export async function compareSides(a: string, b: string, options: CompareOptions, io: Io): Promise<ExitCode> {
  const base = await readSide(a, options, io);
  const next = await readSide(b, options, io);
  const comparison = compare(base, next);
  if (options.md !== undefined) writeWhole(resolve(io.cwd, options.md), comparisonMarkdown(comparison));
  if (options.json) io.out(`${JSON.stringify(comparison, null, 2)}\n`);
  else if (comparison.status === 'refused') io.err(`${comparisonText(comparison, plain)}\n`);
  else io.out(`${comparisonText(comparison, { width: io.columns, colour: io.colour })}\n`);
  if (comparison.status === 'refused') return EXIT.usage;
  const flip = comparison.lost[0] ?? comparison.won[0];
  if (flip && !options.json) {
    const show = ({ records, model }: typeof base) =>
      sanitiseLine(`${io.self} show ${records.run} ${flip.id} -m ${model}`);
    io.out(`\nBoth replies to one of them:\n  ${show(base)}\n  ${show(next)}\n`);
  }
  return EXIT.done;
}

const plain = { width: Number.POSITIVE_INFINITY, colour: false };
