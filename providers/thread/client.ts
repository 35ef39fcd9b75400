// The thread that asks a vendor: client, limits, retries and connections on an event loop of their own.
// Started by client-thread.ts.
import { parentPort, workerData } from 'node:worker_threads';
import type { CompletionRequest, Provider } from '../../harness/core/provider.ts';
import { systemClock } from '../clock.ts';
import type { OnRates } from '../faults/rate-headers.ts';
import { type AskingOrder, askingBy } from '../open-model.ts';
import { VENDORS } from '../vendors.ts';
import { createOutbox, type FromThread, plainError, type ThreadSetup, type ToThread } from './messages.ts';

const port = parentPort;
if (!port) throw new TypeError('client.ts runs as a thread only');
const { vendor, options, env } = workerData as ThreadSetup;
// The samples are drawn meanwhile.
void VENDORS[vendor].warm();
const tell = createOutbox((items: readonly FromThread[]) => port.postMessage(items));
const open = new Map<number, AbortController>();
const ids = new Map<CompletionRequest, number>();
let provider: Promise<Provider> | undefined;

function openBy(order: AskingOrder): Promise<Provider> {
  const bare = (onRates: OnRates) =>
    VENDORS[vendor].open({
      ...options,
      env: (name) => (Object.hasOwn(env, name) ? env[name] : undefined),
      clock: systemClock,
      onRates,
    });
  return askingBy(order, bare, {
    onThrottle: (throttle) => tell({ throttle }),
    onWait({ request, ...wait }) {
      const id = ids.get(request);
      if (id !== undefined) tell({ id, wait });
    },
  });
}

async function ask({ id, request }: Extract<ToThread, { request: unknown }>): Promise<void> {
  const controller = new AbortController();
  open.set(id, controller);
  ids.set(request, id);
  try {
    if (!provider) throw new TypeError('a request came before the order');
    tell({ id, completion: await (await provider).complete(request, controller.signal) });
  } catch (error) {
    tell({ id, error: plainError(error) });
  } finally {
    open.delete(id);
    ids.delete(request);
  }
}

port.on('message', (messages: readonly ToThread[]) => {
  for (const message of messages) {
    if ('order' in message) provider = openBy(message.order);
    else if ('abort' in message) open.get(message.id)?.abort();
    else void ask(message);
  }
});
