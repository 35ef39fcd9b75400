import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Line {
  custom_id: string;
  params: { messages: unknown };
}

interface ServedBatch {
  lines: Line[];
  status: 'in_progress' | 'canceling' | 'ended';
  /** How many of its requests are answered; the rest was cancelled. All, where it ran to its end. */
  answered: number;
  looks: number;
}

/** A reply as Anthropic words it. */
export const messageOf = (text: string, usage: { input_tokens: number; output_tokens: number }) => ({
  type: 'message',
  model: 'claude-x',
  content: [{ type: 'text', text }],
  stop_reason: 'end_turn',
  usage,
});

/** A server that speaks the Message Batches protocol of Anthropic on this machine, and counts what it is asked. */
export function createMessageBatches() {
  const batches: ServedBatch[] = [];
  const served = {
    batches,
    /** Requests asked one by one. */
    alone: 0,
    cancels: 0,
    refusesCancel: false,
    /** How often a batch is looked at before it has ended. */
    endsAtLook: 1,
    /** Hears of each look at a batch. */
    onLook: () => {},
    /** How many requests of a batch are answered before it is cancelled. */
    before: 2,
    env: {} as Record<string, string>,
    listen: () =>
      new Promise<void>((resolve) => {
        server.listen(0, '127.0.0.1', () => {
          const { port } = server.address() as AddressInfo;
          served.env = {
            ANTHROPIC_API_KEY: 'sk-test-0123456789abcdef',
            ANTHROPIC_BASE_URL: `http://127.0.0.1:${port}`,
          };
          resolve();
        });
      }),
    close: () => void server.close(),
    reset() {
      batches.length = 0;
      const fresh = { alone: 0, cancels: 0, endsAtLook: 1, before: 2, refusesCancel: false };
      Object.assign(served, fresh, { onLook: () => {} });
    },
  };
  const message = (text: string) => messageOf(text, { input_tokens: 1000, output_tokens: 100 });
  const told = (at: number) => {
    const batch = batches[at];
    if (!batch) return { type: 'error', error: { type: 'not_found_error', message: 'no such batch' } };
    const { status, answered, lines } = batch;
    const counts = { succeeded: answered, canceled: status === 'ended' ? lines.length - answered : 0 };
    return {
      id: `msgbatch_${at}`,
      processing_status: status,
      request_counts: { processing: 0, errored: 0, expired: 0, ...counts },
    };
  };
  const look = (at: number) => {
    const batch = batches[at];
    served.onLook();
    if (batch?.status === 'canceling') batch.status = 'ended';
    else if (batch?.status === 'in_progress' && ++batch.looks >= served.endsAtLook)
      Object.assign(batch, { status: 'ended', answered: batch.lines.length });
    return told(at);
  };
  const results = (at: number) =>
    (batches[at]?.lines ?? [])
      .map(({ custom_id }, i) => {
        const done = i < (batches[at]?.answered ?? 0);
        const result = done ? { type: 'succeeded', message: message('{"price": 1}') } : { type: 'canceled' };
        return `${JSON.stringify({ custom_id, result })}\n`;
      })
      .join('');
  const cancel = (at: number) => {
    const batch = batches[at];
    served.cancels += 1;
    if (served.refusesCancel)
      return { type: 'error', error: { type: 'invalid_request_error', message: 'cannot be cancelled' } };
    if (batch?.status === 'in_progress')
      Object.assign(batch, { status: 'canceling', answered: served.before });
    return told(at);
  };
  async function answer(request: IncomingMessage): Promise<object | string> {
    let body = '';
    for await (const piece of request) body += String(piece);
    const url = request.url ?? '';
    const at = Number(/msgbatch_(\d+)/.exec(url)?.[1]);
    if (url.endsWith('/results')) return results(at);
    if (url.endsWith('/cancel')) return cancel(at);
    if (request.method === 'GET') return look(at);
    if (!url.endsWith('/batches')) {
      served.alone += 1;
      return message('{"price": 2}');
    }
    const { requests } = JSON.parse(body) as { requests: Line[] };
    batches.push({ lines: requests, status: 'in_progress', answered: 0, looks: 0 });
    return told(batches.length - 1);
  }
  const server = createServer((request, response) => {
    void answer(request).then((reply) => {
      if (typeof reply === 'object') {
        response.setHeader('content-type', 'application/json');
        if ('error' in reply) response.statusCode = served.refusesCancel ? 400 : 404;
      }
      response.end(typeof reply === 'string' ? reply : JSON.stringify(reply));
    });
  });
  return served;
}
