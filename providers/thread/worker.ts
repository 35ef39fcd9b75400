import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/**
 * From so many requests at once on a thread of its own pays: it takes all that a request costs its client, a sixth of a
 * millisecond (half of one with an SDK), off the thread that draws, scores and keeps.
 */
export const MANY = 32;

/** The built program of the thread; absent where Wattmark runs from its sources, which no thread can load. */
export function threadFile(): URL | undefined {
  const file = new URL('./provider-thread.js', import.meta.url);
  return existsSync(fileURLToPath(file)) ? file : undefined;
}

/** By the program they run. */
const spare = new Map<string, Worker>();

/** Starts a thread before anybody knows what for: that takes as long as loading all else. It keeps no process alive. */
export function startSpareThread(file = threadFile()): void {
  if (!file || spare.has(file.href)) return;
  try {
    const started = startWorker(file);
    spare.set(file.href, started);
    started.once('exit', () => {
      if (spare.get(file.href) === started) spare.delete(file.href);
    });
  } catch {
    // Whoever wants one will hear of it.
  }
}

/** A thread that has been told nothing yet: the spare one, or another. @throws where Node may start none */
export function takeThread(file: URL): Worker {
  const ready = spare.get(file.href);
  spare.delete(file.href);
  return ready ?? startWorker(file);
}

function startWorker(file: URL): Worker {
  const worker = new Worker(file, { env: {} });
  // Keeps the process alive for as long as somebody waits for it, and no longer.
  worker.unref();
  // One that dies before it is asked anything is no loss: asking starts another.
  worker.on('error', () => {});
  return worker;
}
