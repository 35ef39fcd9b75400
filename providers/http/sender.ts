// The thread that sends: its own pool, its own event loop. Started by post-there.ts with the proxy variables it may use.
import { parentPort, workerData } from 'node:worker_threads';
import { openPosterHere } from './post-here.ts';
import { type FromSender, sentError, type ToSender } from './post-messages.ts';

const port = parentPort;
if (!port) throw new TypeError('sender.ts runs as a thread only');
const env = workerData as Readonly<Record<string, string>>;
const poster = await openPosterHere((name) => env[name]);
const open = new Map<number, AbortController>();
const tell = (message: FromSender) => port.postMessage(message);

port.on('message', (message: ToSender) => {
  if ('close' in message) {
    void poster.close().finally(() => port.close());
  } else if ('abort' in message) open.get(message.id)?.abort();
  else void send(message);
});
tell({ ready: true });

async function send({ id, post }: Extract<ToSender, { post: unknown }>): Promise<void> {
  const controller = new AbortController();
  open.set(id, controller);
  try {
    const { status, headers, text } = await poster.post(post, controller.signal);
    tell({ id, status, headers, text: await text() });
  } catch (error) {
    tell({ id, error: sentError(error) });
  } finally {
    open.delete(id);
  }
}
