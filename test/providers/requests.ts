import { type Completion, type CompletionRequest, ProviderError } from '../../harness/core/provider.ts';
import type { Sample } from '../../harness/core/sample.ts';

export const KEY = 'sk-test-0123456789abcdef';

export function request(more: Partial<CompletionRequest> = {}): CompletionRequest {
  return {
    messages: [
      { role: 'system', content: 'You balance grids.' },
      { role: 'user', content: '负荷 850 MW，机组出力各为多少？' },
    ],
    settings: {},
    ...more,
  };
}

export const completionOf = (text: string): Completion => ({
  text,
  finish: { unified: 'stop', raw: 'stop' },
  usage: {},
  latency: { totalMs: 1 },
});

export const never = () => new AbortController().signal;

/** The ProviderError that a call ends in; fails where it ends in anything else. */
export async function faultOf(call: Promise<unknown>): Promise<ProviderError> {
  const outcome: unknown = await call.then(
    (value) => new Error(`expected a fault, got ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
  if (outcome instanceof ProviderError) return outcome;
  throw outcome;
}

export function sampleOf(more: Partial<Sample> = {}): Sample {
  return {
    id: 'dispatch/merit-order/s1/en',
    suite: 'dispatch',
    task: 'merit-order',
    lang: 'en',
    seed: '1',
    cluster: 'dispatch/merit-order/s1',
    skills: [],
    tags: [],
    messages: [
      {
        role: 'user',
        content: 'Units G1 and G2 offer 120 MW at 18.5 $/MWh. What is the price? Answer in JSON.',
      },
    ],
    answer: { style: 'json', fields: [{ name: 'price', type: 'number', unit: '$/MWh' }] },
    checks: [],
    oracle: {
      targets: {},
      targetUnits: {},
      reply: () => 'The price is 18.5 $/MWh.',
      mistakes: () => ['one', 'two', 'three'].map((name) => ({ name, reply: `wrong ${name}`, score: 0 })),
    },
    pass: 1,
    hash: 'aaaaaaaaaaaaaaaaaaaa',
    keyHash: 'bbbbbbbbbbbbbbbbbbbb',
    ...more,
  };
}
