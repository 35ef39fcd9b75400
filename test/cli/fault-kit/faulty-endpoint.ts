import { createRandom } from '../../../harness/core/random.ts';
import type { FixtureAnswer, FixtureReply, FixtureServer } from '../../fixtures/servers/fixture-server.ts';
import { startOpenAiServer } from '../../fixtures/servers/openai-server.ts';

const SOON = { 'retry-after-ms': '20' };
const error = (type: string) => ({ error: { message: 'made to fail', type } });

/** All that may come instead of a reply. Each goes away when the request is sent again. */
const FAULTS: Readonly<Record<string, (reply: FixtureReply) => FixtureAnswer>> = {
  'rate limit': () => ({ fault: 'status', status: 429, headers: SOON, body: error('rate_limit_exceeded') }),
  'server error': () => ({ fault: 'status', status: 500, headers: SOON, body: error('server_error') }),
  overloaded: () => ({ fault: 'status', status: 503, headers: SOON, body: '<html><title>busy</title>' }),
  'reset in mid-body': () => ({ fault: 'reset' }),
  'truncated JSON': () => ({ fault: 'truncate' }),
  'invalid JSON': () => ({ fault: 'body', body: '{"choices": [}' }),
  'empty choices': () => ({ fault: 'body', body: { id: 'x', object: 'chat.completion', choices: [] } }),
  'wrong content type': () => ({ fault: 'body', body: '<html>a portal</html>', contentType: 'text/html' }),
  '200 with an error inside': () => ({ fault: 'body', body: error('server_error') }),
  'empty body': () => ({ fault: 'body', body: '' }),
  hang: () => ({ fault: 'hang' }),
  stall: () => ({ fault: 'stall' }),
  drip: (reply) => ({ fault: 'drip', reply, bytes: 40, everyMs: 2 }),
};
export const FAULT_NAMES = Object.keys(FAULTS);

export interface FaultyEndpoint extends FixtureServer {
  /** Whole right replies that left for each question. */
  answered(): ReadonlyMap<string, number>;
  /** Faults given so far, by name. */
  given: Map<string, number>;
  /** How it behaves from now on. */
  mood: Mood;
}

interface Mood {
  /** The share of requests that fail. */
  rate: number;
  /** How long a right reply takes. */
  delayMs: number;
  /** What the answer to the nth request waits for: an event that a test is about, however long it takes to come. */
  hold?(n: number): Promise<unknown> | undefined;
}

/** The question of a request: its last message. */
const questionOf = (body: Record<string, unknown>): string =>
  (body['messages'] as { content: string }[]).at(-1)?.content ?? '';

/** An OpenAI-compatible endpoint that fails by chance: the same request is served alike for the same seed. */
export async function startFaultyEndpoint(seed: string, rate: number): Promise<FaultyEndpoint> {
  const times = new Map<string, number>();
  const given = new Map<string, number>();
  const mood: Mood = { rate, delayMs: 10 };
  const server = await startOpenAiServer(async (messages, n) => {
    await mood.hold?.(n);
    const question = messages.at(-1)?.content ?? '';
    const time = (times.get(question) ?? 0) + 1;
    times.set(question, time);
    const random = createRandom(`${seed}/${time}/${question}`);
    const reply = {
      text: `Reply ${time}: {"price": "${random.int(1, 90)} $/MWh"}`,
      usage: { input: 400, output: 30 },
      delayMs: mood.delayMs,
    };
    if (!random.chance(mood.rate)) return reply;
    const name = random.pick(FAULT_NAMES);
    given.set(name, (given.get(name) ?? 0) + 1);
    return FAULTS[name]?.(reply) ?? reply;
  });
  return {
    ...server,
    given,
    mood,
    answered: () => tally(server.delivered.map(({ body }) => questionOf(body))),
  };
}

export function tally<T>(items: Iterable<T>): Map<T, number> {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}
