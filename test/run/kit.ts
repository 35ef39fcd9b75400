import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ModelRecord, RunEvent } from '../../harness/core/event.ts';
import type { Provider } from '../../harness/core/provider.ts';
import type { Sample } from '../../harness/core/sample.ts';
import { type ExecuteDeps, execute, type RunOutcome } from '../../harness/run/execute.ts';
import { JOURNAL_FILE, openJournal } from '../../harness/run/journal.ts';
import { readEntries, readJournal } from '../../harness/run/journal-reader.ts';
import { type JudgeSetup, type PanelSetup, setupsOf } from '../../harness/run/judge-panel.ts';
import { planRun, type RunPlan } from '../../harness/run/plan.ts';
import { foldState, type RunState } from '../../harness/run/state.ts';
import { byTarget, headerOf, modelOf, realClock } from './made.ts';

/** A folder that is gone when the test is. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wattmark-run-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface RunOptions extends Partial<Omit<ExecuteDeps, 'providers'>> {
  folder: string;
  samples: readonly Sample[];
  /** Where they are drawn anew once the plan stands. */
  drawn?: () => Iterable<Sample>;
  providers: readonly Provider[];
  models?: readonly ModelRecord[];
  epochs?: number;
}

export const journalOf = (folder: string): string => join(folder, JOURNAL_FILE);

export async function stateOf(folder: string): Promise<RunState> {
  return foldState(readEntries(journalOf(folder)));
}

export async function eventsOf(folder: string): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of readJournal(journalOf(folder))) events.push(event);
  return events;
}

/** Runs, or resumes what the folder holds. */
export async function run(options: RunOptions): Promise<{ outcome: RunOutcome; plan: RunPlan }> {
  const { folder, samples, providers, epochs = 1 } = options;
  const models = options.models ?? providers.map(({ id }) => modelOf(id));
  const clock = options.clock ?? realClock;
  const journal = options.journal ?? openJournal(journalOf(folder), { clock });
  const plan = await planRun({ samples: () => samples, models, epochs, state: await stateOf(folder) });
  const header = { ...headerOf(models), ...judgingOf(options.judge) };
  try {
    const outcome = await execute(options.drawn ? { ...plan, samples: options.drawn } : plan, {
      header,
      concurrency: () => 4,
      scoring: byTarget,
      stop: new AbortController().signal,
      abort: new AbortController().signal,
      ...options,
      clock,
      journal,
      providers: new Map(providers.map((provider) => [provider.id, provider])),
    });
    return { outcome, plan };
  } finally {
    journal.close();
  }
}

/** What a journal comes to, whatever the order and the times of its lines. */
export function endState(events: readonly RunEvent[]): string[] {
  const last = new Map<string, string>();
  for (const event of events) {
    if (
      event.event === 'run-start' ||
      event.event === 'run-end' ||
      event.event === 'batch-start' ||
      event.event === 'batch-cancel' ||
      event.event === 'batch-end'
    )
      continue;
    const { v: _v, at: _at, ...rest } = event;
    const place = 'model' in event ? `${event.model} ${event.epoch}` : '';
    last.set(`${event.event} ${event.sample} ${place}`, JSON.stringify(rest));
  }
  return [...last.values()].sort();
}

/** What a run's header says of its judges. */
function judgingOf(setup: JudgeSetup | PanelSetup | undefined): Partial<ExecuteDeps['header']> {
  const judges = setupsOf(setup).map(({ model }) => model);
  if (!setup || judges.length === 0) return {};
  const vote = 'members' in setup ? { judging: { vote: setup.vote } } : {};
  return { judge: judges.map(({ id }) => id).join(' + '), judges, ...vote };
}
