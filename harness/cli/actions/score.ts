import { resolve } from 'node:path';
import { systemClock } from '../../../providers/clock.ts';
import { rubric } from '../../checkers/rubric/rubric.ts';
import { canonicalJson } from '../../core/canonical.ts';
import { checkAuditFits } from '../../report/judge-audit.ts';
import { sanitiseLine } from '../../report/sanitise.ts';
import { type RescoreOutcome, rescore } from '../../run/rescore.ts';
import type { OpenRun } from '../../run/run-folder.ts';
import { resolveRun } from '../../run/run-id.ts';
import { eventOf } from '../../run/session.ts';
import type { ScoreOptions } from '../commands/score.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { holdRun } from '../hold-run.ts';
import type { Io } from '../io.ts';
import { keepAudit, readAudit } from '../judge-audit-file.ts';
import { type RecordedSamples, recordedSamples } from '../recorded-samples.ts';
import { type RecordedRun, readState } from '../resume.ts';
import { showRun } from '../show-run.ts';
import { recordSuites } from '../suite-records.ts';
import { scoring } from './run/scoring.ts';

/** `wattmark score`: checks kept replies again, by today's suites and checkers. */
export async function score(run: string, options: ScoreOptions, io: Io): Promise<ExitCode> {
  const folder = resolveRun(resolve(io.cwd, options.runs), run);
  const audit = options.judgeAudit === undefined ? undefined : readAudit(options.judgeAudit, io);
  // Held before it is read, so that nobody writes while we score.
  const opened = holdRun(folder);
  try {
    const state = await readState(folder, io);
    const recorded = await recordedSamples(state.start, options, io);
    if (audit) checkAuditFits(audit, { ...state.start, checkers: { rubric: rubric.version } });
    const outcome = await rescore(state, {
      samples: recorded.samples,
      scoring,
      journal: opened.journal,
      clock: systemClock,
    });
    await recordToday(opened, state, recorded);
    if (audit) keepAudit(folder, audit);
    tell(outcome, io);
    await showRun(folder, options.json ? 'json' : 'table', io);
    return outcome.failed > 0 ? EXIT.unscored : EXIT.done;
  } finally {
    opened.close();
  }
}

/**
 * A run scored by other suites or checkers than it began with says so, or it would be ranked beside runs of the old
 * ones. How the run ended stays what it was.
 */
async function recordToday(
  { journal }: OpenRun,
  { start, ended }: RecordedRun,
  { suites, samples }: RecordedSamples,
): Promise<void> {
  const today = await recordSuites(suites, samples());
  const known = { suites: start.suites, checkers: start.checkers };
  if (canonicalJson(known) === canonicalJson(today)) return;
  const { v: _v, at: _at, resumed: _resumed, ...body } = start;
  journal.append(eventOf(systemClock, { ...body, ...today, resumed: true }));
  if (!ended) return;
  const { status, reason } = ended;
  journal.append(
    eventOf(systemClock, { event: 'run-end', status, ...(reason === undefined ? {} : { reason }) }),
  );
}

function tell({ scored, changed, messages, orphaned }: RescoreOutcome, io: Io): void {
  io.err(`${scored} replies scored again, ${changed} of them otherwise than before.\n`);
  if (orphaned > 0)
    io.err(`${orphaned} replies belong to questions that are no longer asked so; they keep their score.\n`);
  for (const message of messages) io.err(`${sanitiseLine(message)}\n`);
}
