import { resolve } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { besideText } from '../../report/compare/beside.ts';
import { compare } from '../../report/compare/compare.ts';
import { comparisonMarkdown, comparisonText } from '../../report/compare/text.ts';
import { viewSample } from '../../report/sample-view.ts';
import { sanitiseLine } from '../../report/sanitise.ts';
import { readJournal } from '../../run/journal-reader.ts';
import type { CompareOptions } from '../commands/compare.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { findSide, readSide } from '../sides.ts';
import { writeWhole } from '../write-file.ts';

/** `wattmark compare`: exit 2, with the reasons, where the two cannot be compared. */
export async function compareSides(a: string, b: string, options: CompareOptions, io: Io): Promise<ExitCode> {
  if (options.sample !== undefined) return beside(a, b, options.sample, options, io);
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
    io.out(
      `\nBoth replies to one of them:\n  ${sanitiseLine(`${io.self} compare ${a} ${b} --sample ${flip.id}`)}\n`,
    );
  }
  return EXIT.done;
}

/** Both replies to one sample. @throws UserError where a side has no such sample, or is a published row */
async function beside(
  a: string,
  b: string,
  sample: string,
  options: CompareOptions,
  io: Io,
): Promise<ExitCode> {
  if (options.redact) throw new UserError('--sample shows prompt and replies, and --redact would leave none');
  const viewOf = async (name: string) => {
    const { folder, model } = await findSide(name, options, io);
    return {
      run: folder.id,
      view: await viewSample(() => readJournal(folder.journal, { onDamage: () => {} }), sample, { model }),
    };
  };
  const [base, next] = [await viewOf(a), await viewOf(b)];
  if (options.json) io.out(`${JSON.stringify({ base, next }, null, 2)}\n`);
  else io.out(`${besideText(base, next, io.columns)}\n`);
  return EXIT.done;
}

const plain = { width: Number.POSITIVE_INFINITY, colour: false };
