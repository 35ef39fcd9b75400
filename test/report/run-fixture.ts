import type { ModelRecord, RunEvent } from '../../harness/core/event.ts';
import { eventSchema } from '../../harness/core/event.ts';
import type { Lang } from '../../harness/core/lang.ts';
import type { Completion, ProviderFault } from '../../harness/core/provider.ts';
import type { Variant } from '../../harness/core/words.ts';

export interface SampleShape {
  suite: string;
  task: string;
  seed: number;
  lang: Lang;
  variant?: Variant;
}

/** What becomes of one attempt: a score, or one of the ways to end without one. */
export type Fate =
  | number
  | { error: ProviderFault }
  | { judge: 'unreadable' | 'failed' }
  | { unanswered: true }
  | { reply: true };

export interface RunShape {
  run?: string;
  at?: string;
  suites?: Record<string, readonly string[]>;
  seeds?: number;
  langs?: readonly Lang[];
  /** Every problem again in each of these. */
  variants?: readonly Variant[];
  models?: readonly (string | ModelRecord)[];
  epochs?: number;
  floors?: Record<string, number>;
  judge?: string;
  checkers?: Record<string, number>;
  hash?: (suite: string) => string;
  skills?: (sample: SampleShape) => string[];
  tags?: (sample: SampleShape) => string[];
  /** Key hash of a sample: other checks, other key. */
  key?: (sample: SampleShape) => string;
  fate?: (sample: SampleShape, model: string, epoch: number) => Fate;
  completion?: (sample: SampleShape, model: string, epoch: number) => Partial<Completion>;
  end?: 'done' | 'interrupted' | 'budget' | undefined;
}

export const sampleName = ({ suite, task, seed, lang, variant }: SampleShape) =>
  `${suite}/${task}/s${seed}${variant ? `~${variant}` : ''}/${lang}`;

export const modelRecord = (id: string): ModelRecord => ({
  id,
  provider: id.split('/')[0] as string,
  baseline: id.startsWith('baseline/'),
  settings: {},
});

/** A journal as the runner would write it, one second between events. */
export function makeRun(shape: RunShape): RunEvent[] {
  const { suites = { dispatch: ['merit'] }, seeds = 4, langs = ['en', 'zh'], models = ['lab/a'] } = shape;
  const { epochs = 1, fate = () => 1, floors = {} } = shape;
  let clock = Date.parse(shape.at ?? '2026-05-01T00:00:00.000Z');
  const at = () => ({ v: 1 as const, at: new Date((clock += 1000)).toISOString() });
  const records = models.map((model) => (typeof model === 'string' ? modelRecord(model) : model));
  const samples = Object.entries(suites).flatMap(([suite, tasks]) =>
    tasks.flatMap((task) =>
      Array.from({ length: seeds }, (_, i) => i + 1).flatMap((seed) =>
        [undefined, ...(shape.variants ?? [])].flatMap((variant) =>
          langs.map((lang) => ({ suite, task, seed, lang, ...(variant ? { variant } : {}) })),
        ),
      ),
    ),
  );
  const key = shape.key ?? ((sample: SampleShape) => `key ${sampleName(sample)}`);
  const events: RunEvent[] = [
    {
      ...at(),
      event: 'run-start',
      run: shape.run ?? 'run-1',
      harness: '0.1.0',
      suites: Object.entries(suites).map(([name, tasks]) => ({
        name,
        version: '1.0',
        hash: shape.hash?.(name) ?? `sha256:${name}`,
        source: `builtin:${name}`,
        title: { en: name },
        samples: samples.filter(({ suite }) => suite === name).length,
        floors: Object.fromEntries(tasks.map((task) => [task, floors[task] ?? 0])),
      })),
      models: records,
      ...(shape.judge ? { judge: shape.judge } : {}),
      epochs,
      selection: { langs: [...langs], seeds: { from: 1, to: seeds } },
      checkers: shape.checkers ?? { numeric: 1 },
    },
  ];
  for (const sample of samples) {
    const name = sampleName(sample);
    const { suite, task, seed, lang, variant } = sample;
    events.push({
      ...at(),
      event: 'sample-start',
      sample: `hash ${name}`,
      id: name,
      suite,
      task,
      lang,
      seed: String(seed),
      ...(variant ? { variant } : {}),
      cluster: `${suite}/${task}/s${seed}`,
      skills: shape.skills?.(sample) ?? ['calculation'],
      tags: shape.tags?.(sample) ?? [],
      tier: 'basic',
      pass: 1,
      key: key(sample),
      messages: [{ role: 'user', content: `question ${name}` }],
    });
    for (const { id } of records)
      for (let epoch = 1; epoch <= epochs; epoch++) {
        const attempt = { sample: `hash ${name}`, model: id, epoch };
        const outcome = fate(sample, id, epoch);
        if (typeof outcome === 'object' && 'unanswered' in outcome) continue;
        if (typeof outcome === 'object' && 'error' in outcome) {
          events.push({
            ...at(),
            event: 'completion-error',
            ...attempt,
            fault: outcome.error,
            message: 'no luck',
          });
          continue;
        }
        events.push({
          ...at(),
          event: 'completion-end',
          ...attempt,
          completion: {
            text: `reply of ${id} to ${name}`,
            finish: { unified: 'stop' },
            usage: { inputTokens: 100, outputTokens: 20 },
            latency: { totalMs: 500 },
            ...shape.completion?.(sample, id, epoch),
          },
        });
        if (typeof outcome === 'object' && 'reply' in outcome) continue;
        if (typeof outcome === 'object' && outcome.judge === 'failed')
          events.push({
            ...at(),
            event: 'judgement-end',
            ...attempt,
            judge: 'lab/judge',
            check: 0,
            criterion: 'c1',
            result: { status: 'failed', reason: 'timeout' },
          });
        const score =
          typeof outcome === 'number'
            ? {
                status: 'scored' as const,
                value: outcome,
                reason: outcome === 1 ? 'right' : 'off by a factor of √3',
              }
            : { status: 'unscored' as const, fault: 'judge' as const, reason: 'no judgement' };
        events.push({
          ...at(),
          event: 'score-end',
          ...attempt,
          key: key(sample),
          score,
          checks: [{ kind: 'numeric', field: 'price', weight: 1, gate: false, score }],
          format: { obeyed: true, ways: ['json'] },
        });
      }
  }
  const end = 'end' in shape ? shape.end : 'done';
  if (end) events.push({ ...at(), event: 'run-end', status: end });
  return events;
}

/** As a journal is read: one event at a time, each one valid. */
export async function* stream(events: readonly RunEvent[]): AsyncGenerator<RunEvent> {
  for (const event of events) yield eventSchema.parse(event);
}
