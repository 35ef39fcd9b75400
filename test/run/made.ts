import { shortHash } from '../../harness/core/canonical.ts';
import type { ModelRecord } from '../../harness/core/event.ts';
import type { Completion, CompletionRequest, Provider } from '../../harness/core/provider.ts';
import type { Sample } from '../../harness/core/sample.ts';
import { correct, wrong } from '../../harness/core/score.ts';
import type { Clock } from '../../harness/run/clock.ts';
import type { RunHeader } from '../../harness/run/execute.ts';
import type { Scoring } from '../../harness/run/scoring.ts';

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
