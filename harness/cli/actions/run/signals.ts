export interface RunSignals {
  /** First Ctrl-C: begin nothing more, finish what is in flight. */
  stop: AbortSignal;
  /** Second Ctrl-C, or SIGTERM twice: leave what is in flight. */
  abort: AbortSignal;
  release(): void;
}

/** Listens for SIGINT and SIGTERM until released. `onStop` is told of the first. */
export function runSignals(onStop: () => void): RunSignals {
  const stop = new AbortController();
  const abort = new AbortController();
  const handle = () => {
    if (stop.signal.aborted) return abort.abort();
    stop.abort();
    onStop();
  };
  const names = ['SIGINT', 'SIGTERM'] as const;
  for (const name of names) process.on(name, handle);
  return {
    stop: stop.signal,
    abort: abort.signal,
    release() {
      for (const name of names) process.off(name, handle);
    },
  };
}
