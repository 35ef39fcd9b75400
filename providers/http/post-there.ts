import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { EnvLookup } from './pool.ts';
import type { Post, Posted, Poster } from './post.ts';
import { type FromSender, type ToSender, thrownError } from './post-messages.ts';

const PROXY_VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'];

/** The built program of the sending thread; absent where Wattmark runs from its sources, which no thread can load. */
export function senderFile(): URL | undefined {
  const file = new URL('./http-sender.js', import.meta.url);
  return existsSync(fileURLToPath(file)) ? file : undefined;
}

interface Waiting {
  resolve(posted: Posted): void;
  reject(error: unknown): void;
  unhook(): void;
}

/** Sends from a thread of its own. Replies come whole: one that is streamed is read in one piece. */
export function openPosterThere(env: EnvLookup, file: URL): Poster {
  const proxies = PROXY_VARIABLES.flatMap((name) => {
    const value = env(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let lastId = 0;
  const take = (id: number): Waiting | undefined => {
    const one = waiting.get(id);
    waiting.delete(id);
    one?.unhook();
    // A thread keeps the process alive for as long as somebody waits for it, and no longer.
    if (waiting.size === 0) worker?.unref();
    return one;
  };
  const fail = (error: unknown) => {
    worker = undefined;
    for (const id of [...waiting.keys()]) take(id)?.reject(error);
  };
  const start = (): Worker => {
    const started = new Worker(file, { workerData: Object.fromEntries(proxies), env: {} });
    started.on('message', (message: FromSender) => {
      if ('ready' in message) return;
      const one = take(message.id);
      if ('error' in message) one?.reject(thrownError(message.error));
      else one?.resolve(postedOf(message));
    });
    started.on('error', fail);
    started.on('exit', () => started === worker && fail(new Error('the sending thread ended')));
    return started;
  };
  return {
    post: (post: Post, signal: AbortSignal) =>
      new Promise((resolve, reject) => {
        const id = ++lastId;
        worker ??= start();
        const sender = worker;
        const tell = (message: ToSender) => sender.postMessage(message);
        const abort = () => {
          tell({ id, abort: true });
          take(id)?.reject(signal.reason);
        };
        signal.addEventListener('abort', abort, { once: true });
        waiting.set(id, { resolve, reject, unhook: () => signal.removeEventListener('abort', abort) });
        if (waiting.size === 1) sender.ref();
        tell({ id, post });
      }),
    async close() {
      const sender = worker;
      fail(new Error('the connection was closed'));
      await sender?.terminate();
    },
  };
}

function postedOf({ status, headers, text }: Extract<FromSender, { text: string }>): Posted {
  return {
    status,
    headers,
    text: async () => text,
    dump: async () => {},
    body: {
      async *[Symbol.asyncIterator]() {
        yield Buffer.from(text);
      },
    },
  };
}
