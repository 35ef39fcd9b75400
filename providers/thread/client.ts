// The thread that asks a vendor: client, limits, retries and connections on an event loop of their own.
// Started by client-thread.ts.
import { parentPort } from 'node:worker_threads';
import type { CompletionRequest, Provider } from '../../harness/core/provider.ts';
import { systemClock } from '../clock.ts';
import type { OnRates } from '../faults/rate-headers.ts';
import { type AskingOrder, askingBy } from '../open-model.ts';
import { VENDORS } from '../vendors.ts';
import { createOutbox, type FromThread, plainError, type ThreadSetup, type ToThread } from './messages.ts';

const port = parentPort;
if (!port) throw new TypeError('client.ts runs as a thread only');
const tell = createOutbox((items: readonly FromThread[]) => port.postMessage(items));
const open = new Map<number, AbortController>();
const ids = new Map<CompletionRequest, number>();
let setup: ThreadSetup | undefined;
let provider: Promise<Provider> | undefined;

function openBy({ vendor, options, env }: ThreadSetup, order: AskingOrder): Promise<Provider> {
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
    if (!provider) throw new TypeError('a request came before who is to be asked');
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
    if ('setup' in message) {
      ({ setup } = message);
      // Whom to ask is known before how, and the samples are chosen meanwhile.
      void VENDORS[setup.vendor].warm();
    } else if ('order' in message) provider = setup && openBy(setup, message.order);
    else if ('abort' in message) open.get(message.id)?.abort();
    else void ask(message);
  }
});
