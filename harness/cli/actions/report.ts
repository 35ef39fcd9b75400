import { resolve } from 'node:path';
import { resolveRun } from '../../run/run-id.ts';
import type { ReportOptions } from '../commands/report.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { showRun } from '../show-run.ts';

/** `wattmark report`: a fold over the journal; asks nothing. */
export async function report(run: string, options: ReportOptions, io: Io): Promise<ExitCode> {
  await showRun(
    resolveRun(resolve(io.cwd, options.runs), run),
    options.json ? 'json' : options.md ? 'md' : 'table',
    io,
  );
  return EXIT.done;
}
