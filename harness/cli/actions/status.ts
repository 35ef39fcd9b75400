import { resolve } from 'node:path';
import { systemClock } from '../../../providers/clock.ts';
import { UserError } from '../../core/errors.ts';
import { compact, seconds } from '../../report/figures.ts';
import { sanitiseLine } from '../../report/sanitise.ts';
import { readEntries } from '../../run/journal-reader.ts';
import { holderOf } from '../../run/lock.ts';
import { type RunFolder, resolveRun } from '../../run/run-id.ts';
import { type BatchStatus, createStatus, type ModelStatus, type RunStatus } from '../../run/status.ts';
import type { StatusOptions } from '../commands/status.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';

type Holder = ReturnType<typeof holderOf>;

const LOOK_EVERY_MS = 1000;

/** `wattmark status`: reads the journal of a run that another process may be writing. */
export async function status(name: string, options: StatusOptions, io: Io): Promise<ExitCode> {
  const run = resolveRun(resolve(io.cwd, options.runs), name);
  const journal = followJournal(run);
  for (let before = ''; ; ) {
    // Asked before the journal is read: who lets go of it in between has written its end by then.
    const holder = holderOf(run.folder);
    const now = await journal.look();
    if (!now) throw new UserError(`${run.id}: the journal ends before the run began`);
    const text = options.json ? `${JSON.stringify({ ...now, holder })}\n` : textOf(now, holder, io);
    if (text !== before) io.out(text);
    before = text;
    if (!options.watch || !holder) return EXIT.done;
    await systemClock.sleep(LOOK_EVERY_MS);
  }
}

/** Each look reads only what was written since the last. */
function followJournal({ journal }: RunFolder): { look(): Promise<RunStatus | undefined> } {
  const fold = createStatus();
  let from = 0;
  return {
    async look() {
      for await (const { event, ref } of readEntries(journal, { from, onDamage: () => {} })) {
        fold.take(event);
        from = ref.offset + ref.length + 1;
      }
      return fold.snapshot();
    },
  };
}

function textOf(status: RunStatus, holder: Holder, io: Io): string {
  const lines = status.models.map((model) => `  ${sanitiseLine(model.model)}  ${progressOf(model)}`);
  return `${[`${status.run}: ${stateOf(status, holder, io)}`, ...lines].join('\n')}\n`;
}

function stateOf({ run, ended, perSecond, models, lastAt }: RunStatus, holder: Holder, io: Io): string {
  if (holder) {
    const left = models.reduce(
      (sum, { total, scored, unscored, failed }) => sum + total - scored - unscored - failed,
      0,
    );
    const rate = perSecond
      ? `, ${perSecond.toFixed(perSecond < 10 ? 1 : 0)}/s, about ${seconds(Math.max(0, left) / perSecond)} left`
      : '';
    return `running (process ${holder.pid} on ${sanitiseLine(holder.host)})${rate}`;
  }
  const resume = `go on with: ${io.self} run --resume ${run}`;
  if (!ended) return `cut off after ${lastAt}; ${resume}`;
  if (ended.status === 'done') return 'done';
  return `stopped${ended.reason ? `: ${sanitiseLine(ended.reason)}` : ''}; ${resume}`;
}

const batchText = ({ batch, requests, since, cancelled }: BatchStatus): string =>
  `${requests} in batch ${batch} since ${since}${cancelled ? ', cancelled' : ''}`;

function progressOf({
  total,
  scored,
  unscored,
  failed,
  faults,
  cached,
  tokens,
  batches,
}: ModelStatus): string {
  const kinds = Object.entries(faults).map(([fault, count]) => `${count} ${fault}`);
  return [
    `${scored}/${total} scored`,
    ...(unscored > 0 ? [`${unscored} without a score`] : []),
    ...(failed > 0 ? [`${failed} failed (${kinds.join(', ')})`] : []),
    ...(cached > 0 ? [`${cached} from the cache`] : []),
    ...(batches && scored + unscored + failed < total
      ? batches.map((one) => sanitiseLine(batchText(one)))
      : []),
    ...(tokens > 0 ? [`${compact(tokens)} tokens`] : []),
  ].join(', ');
}
