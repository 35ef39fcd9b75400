import type { Worker } from 'node:worker_threads';
import {
  type Completion,
  type CompletionRequest,
  type Provider,
  ProviderError,
} from '../../harness/core/provider.ts';
import { onAbort } from '../abort.ts';
import { cancelled } from '../faults/network-fault.ts';
import type { EnvLookup } from '../http/pool.ts';
import type { AskingHooks, AskingOrder } from '../open-model.ts';
import type { VendorName, VendorOptions } from '../vendors.ts';
import { createOutbox, type FromThread, type ThreadSetup, type ToThread, thrownError } from './messages.ts';
import { takeThread, threadFile } from './worker.ts';

/** All that a client looks up in the environment; its thread is given no other part of it. */
const VARIABLES = [
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'],
  ...['OPENAI_ORG_ID', 'OPENAI_PROJECT_ID'],
];

export function threadSetup(
  vendor: VendorName,
  { env, clock: _clock, onRates: _onRates, ...options }: VendorOptions,
): ThreadSetup {
  return { vendor, options, env: variablesOf(env) };
}

function variablesOf(env: EnvLookup): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of VARIABLES) {
    const value = env(name);
    if (value !== undefined) found[name] = value;
  }
  return found;
}

interface Waiting {
  request: CompletionRequest;
  resolve(completion: Completion): void;
  reject(error: ProviderError): void;
  forget(): void;
}

/** A thread that has been started, and waits to be told how to ask. */
export interface ClientThread {
  open(order: AskingOrder, hooks: AskingHooks): Provider;
}

/**
 * Starts a thread that asks a vendor on its own: client, limits, deadlines and retries. The thread that draws, scores and keeps
 * is left the completions alone, and a slot that comes free is filled without it. Undefined where no thread can be had.
 */
export function startClientThread(setup: ThreadSetup, file = threadFile()): ClientThread | undefined {
  if (!file) return undefined;
  const start = (): Worker => {
    const worker = takeThread(file);
    worker.postMessage([{ setup }] satisfies ToThread[]);
    return worker;
  };
  let first: Worker | undefined;
  try {
    first = start();
  } catch {
    // Node may have been told to allow none.
    return undefined;
  }
  first.on('exit', () => {
    first = undefined;
  });
  return {
    open(order, hooks) {
      const worker = first;
      first = undefined;
      return createThreadedProvider(setup.options.id, order, hooks, worker, start);
    },
  };
}

/** A thread that dies fails what it held; the next request starts another. */
function createThreadedProvider(
  id: string,
  order: AskingOrder,
  hooks: AskingHooks,
  first: Worker | undefined,
  start: () => Worker,
): Provider {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let lastId = 0;
  const take = (id: number): Waiting | undefined => {
    const one = waiting.get(id);
    waiting.delete(id);
    one?.forget();
    if (waiting.size === 0) worker?.unref();
    return one;
  };
  const fail = (message: string) => {
    worker = undefined;
    for (const id of [...waiting.keys()]) take(id)?.reject(new ProviderError('network', message));
  };
  const read = (message: FromThread) => {
    if ('throttle' in message) hooks.onThrottle?.(message.throttle);
    else if ('error' in message) take(message.id)?.reject(thrownError(message.error));
    else if ('completion' in message) take(message.id)?.resolve(message.completion);
    else {
      const request = waiting.get(message.id)?.request;
      if (request) hooks.onWait?.({ ...message.wait, request });
    }
  };
  const employ = (started: Worker): Worker => {
    const ended = () => started === worker && fail('the thread of the client ended');
    started.on('message', (messages: readonly FromThread[]) => messages.forEach(read));
    started.on('error', ended);
    started.on('exit', ended);
    started.postMessage([{ order }] satisfies ToThread[]);
    // Listening keeps the process alive as well.
    started.unref();
    return started;
  };
  worker = first && employ(first);
  const tell = createOutbox((items: readonly ToThread[]) => worker?.postMessage(items));
  return {
    id,
    complete: (request, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(cancelled());
        const id = ++lastId;
        worker ??= employ(start());
        if (waiting.size === 0) worker.ref();
        const forget = onAbort(signal, () => {
          tell({ id, abort: true });
          take(id)?.reject(cancelled());
        });
        waiting.set(id, { request, resolve, reject, forget });
        tell({ id, request });
      }),
    async close() {
      const open = worker;
      fail('the connection was closed');
      await open?.terminate();
    },
  };
}
