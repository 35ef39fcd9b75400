import { resolve } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { viewSample } from '../../report/sample-view.ts';
import { sanitiseLine } from '../../report/sanitise.ts';
import { showSample } from '../../report/show.ts';
import { readJournal } from '../../run/journal-reader.ts';
import { resolveRun } from '../../run/run-id.ts';
import type { ShowOptions } from '../commands/show.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { recordedSamples } from '../recorded-samples.ts';
import { readState } from '../resume.ts';

/** `wattmark show`: one question with everything that was said and decided about it. */
export async function show(run: string, name: string, options: ShowOptions, io: Io): Promise<ExitCode> {
  const folder = resolveRun(resolve(io.cwd, options.runs), run);
  const { model, epoch } = options;
  const filter = { ...(model === undefined ? {} : { model }), ...(epoch === undefined ? {} : { epoch }) };
  const view = await viewSample(() => readJournal(folder.journal, { onDamage: () => {} }), name, filter);
  const work = await workedSolution(folder, view.sample.sample, options, io);
  if (options.json)
    io.out(`${JSON.stringify({ ...view, ...(work === undefined ? {} : { work }) }, null, 2)}\n`);
  else io.out(`${showSample(view, { colour: io.colour, ...(work === undefined ? {} : { work }) })}\n`);
  return EXIT.done;
}

/** The worked solution, from today's suite: only where the question is still asked in the very same form. */
async function workedSolution(
  folder: Parameters<typeof readState>[0],
  hash: string,
  options: ShowOptions,
  io: Io,
): Promise<string | undefined> {
  try {
    const { start } = await readState(folder, io);
    const { samples } = await recordedSamples(start, options, io);
    for (const sample of samples()) {
      if (sample.hash === hash) return sample.oracle.work?.() ?? sample.oracle.reply();
    }
    io.err('The suite no longer asks this question in this form, so there is no worked solution.\n');
  } catch (error) {
    // The reply is worth reading even where its suite has moved or broken since.
    if (!(error instanceof UserError)) throw error;
    io.err(`No worked solution: ${sanitiseLine(error.message.split('\n')[0] ?? '')}\n`);
  }
  return undefined;
}
