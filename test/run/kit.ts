import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { shortHash } from '../../harness/core/canonical.ts';
import type { ModelRecord, RunEvent } from '../../harness/core/event.ts';
import type { Completion, CompletionRequest, Provider } from '../../harness/core/provider.ts';
import type { Sample } from '../../harness/core/sample.ts';
import { correct, wrong } from '../../harness/core/score.ts';
import type { Clock } from '../../harness/run/clock.ts';
import { type ExecuteDeps, execute, type RunHeader, type RunOutcome } from '../../harness/run/execute.ts';
import { JOURNAL_FILE, openJournal } from '../../harness/run/journal.ts';
import { readEntries, readJournal } from '../../harness/run/journal-reader.ts';
import { planRun, type RunPlan } from '../../harness/run/plan.ts';
import type { Scoring } from '../../harness/run/scoring.ts';
import { foldState, type RunState } from '../../harness/run/state.ts';

export const realClock: Clock = {
  epochMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(signal.reason as Error);
      });
    }),
};

/** A folder that is gone when the test is. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wattmark-run-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface SampleWords {
  /** Changes what is asked, and so the hash. */
  wording?: string;
  /** Changes what counts as right, and so the key hash. */
  target?: string;
  skills?: string[];
}

/** Sample number i of a made-up suite: the right reply is its target. */
export function makeSample(i: number, words: SampleWords = {}): Sample {
  const { wording = 'plainly', target = `${i}`, skills = ['calculation'] } = words;
  return {
    id: `made/task/s${i}/en`,
    suite: 'made',
    task: 'task',
    lang: 'en',
    seed: `${i}`,
    cluster: `made/task/s${i}`,
    skills,
    tags: [],
    messages: [{ role: 'user', content: `Say ${i}, ${wording}.` }],
    answer: { style: 'text', fields: [] },
    checks: [],
    oracle: { targets: { value: target }, targetUnits: {}, reply: () => target, mistakes: () => [] },
    pass: 1,
    hash: shortHash([i, wording]),
    keyHash: shortHash([i, target]),
  };
}

export const makeSamples = (n: number, words?: SampleWords): Sample[] =>
  Array.from({ length: n }, (_, i) => makeSample(i, words));

export const modelOf = (id: string, more: Partial<ModelRecord> = {}): ModelRecord => ({
  id,
  provider: 'test',
  baseline: false,
  settings: {},
  ...more,
});

export const completionOf = (text: string, more: Partial<Completion> = {}): Completion => ({
  text,
  finish: { unified: 'stop' },
  usage: { inputTokens: 10, outputTokens: 5 },
  latency: { totalMs: 1 },
  ...more,
});

export function providerOf(
  id: string,
  complete: (request: CompletionRequest, signal: AbortSignal) => Promise<Completion>,
): Provider {
  return { id, complete };
}

/** Answers every sample rightly, by the number in its prompt. */
export const rightReply = (request: CompletionRequest): string =>
  /Say (\d+)/.exec(request.messages[0]?.content ?? '')?.[1] ?? '';

export const byTarget: Scoring = {
  judgeRequests: () => [],
  score(sample, reply) {
    const score = reply === sample.oracle.targets['value'] ? correct('same') : wrong(`not ${reply}`);
    return { score, checks: [{ kind: 'same', weight: 1, gate: false, score }] };
  },
};

export function headerOf(models: readonly ModelRecord[]): RunHeader {
  return {
    run: '20261123-102233-x7k2',
    harness: '0.1.0',
    suites: [],
    models: [...models],
    selection: { langs: ['en'] },
    checkers: { same: 1 },
  };
}

export interface RunOptions extends Partial<Omit<ExecuteDeps, 'providers'>> {
  folder: string;
  samples: readonly Sample[];
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
  const header = { ...headerOf(models), ...(options.judge ? { judge: options.judge.model.id } : {}) };
  try {
    const outcome = await execute(plan, {
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
    if (event.event === 'run-start' || event.event === 'run-end') continue;
    const { v: _v, at: _at, ...rest } = event;
    const place = 'model' in event ? `${event.model} ${event.epoch}` : '';
    last.set(`${event.event} ${event.sample} ${place}`, JSON.stringify(rest));
  }
  return [...last.values()].sort();
}
