import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { systemClock } from '../../../providers/clock.ts';
import { sanitiseLine } from '../../report/sanitise.ts';
import { rescore } from '../../run/rescore.ts';
import { openRun } from '../../run/run-folder.ts';
import { resolveRun } from '../../run/run-id.ts';
import type { ScoreOptions } from '../commands/score.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { recordedSamples } from '../recorded-samples.ts';
import { readState } from '../resume.ts';
import { showRun } from '../show-run.ts';
import { scoring } from './run/scoring.ts';

/** `wattmark score`: checks kept replies again, by today's suites and checkers. */
export async function score(run: string, options: ScoreOptions, io: Io): Promise<ExitCode> {
  const folder = resolveRun(resolve(io.cwd, options.runs), run);
  const state = await readState(folder, io);
  const samples = await recordedSamples(state.start, options, io);
  const opened = openRun(folder, { clock: systemClock, token: randomBytes(8).toString('hex') });
  try {
    const outcome = await rescore(state, { samples, scoring, journal: opened.journal, clock: systemClock });
    const { scored, changed, failed, messages, orphaned } = outcome;
    io.err(`${scored} replies scored again, ${changed} of them otherwise than before.\n`);
    if (orphaned > 0)
      io.err(`${orphaned} replies belong to questions that are no longer asked so; they keep their score.\n`);
    for (const message of messages) io.err(`${sanitiseLine(message)}\n`);
    await showRun(folder, options.json ? 'json' : 'table', io);
    return failed > 0 ? EXIT.unscored : EXIT.done;
  } finally {
    opened.close();
  }
}
