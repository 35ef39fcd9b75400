import { setMaxListeners } from 'node:events';

const ready = new WeakSet<AbortSignal>();

/**
 * Calls `stop` when the signal aborts, until the returned function is called. A run has one signal and hundreds of
 * requests in flight: unless its bound is raised, Node warns of a leak on the user's terminal.
 */
export function onAbort(signal: AbortSignal, stop: () => void): () => void {
  if (!ready.has(signal)) {
    ready.add(signal);
    setMaxListeners(0, signal);
  }
  signal.addEventListener('abort', stop, { once: true });
  return () => signal.removeEventListener('abort', stop);
}
