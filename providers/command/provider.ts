import { type Provider, ProviderError } from '../../harness/core/provider.ts';
import { onAbort } from '../abort.ts';
import type { Clock } from '../clock.ts';
import type { Reply } from '../dialect.ts';
import { cancelled } from '../faults/network-fault.ts';
import { completion } from '../sdk-provider.ts';
import { type Child, startChild } from './child.ts';
import { requestLine } from './protocol.ts';

/** Deaths in a row, without one answer between them, after which the program is not started again. */
const MOST_DEATHS = 3;
const GRACE_MS = 2000;

export interface CommandOptions {
  id: string;
  program: string;
  args: readonly string[];
  clock: Clock;
}

/**
 * A program of the user's as a model: requests as JSON lines on its stdin, answers as JSON lines on its stdout, in any order,
 * matched by id. It is started with the first request, without a shell and with the user's environment, and stays; one that dies
 * is started again for the requests that follow.
 */
export function createCommand({ id, program, args, clock }: CommandOptions): Provider {
  let child: Child | undefined;
  let deaths = 0;
  let count = 0;
  const living = (): Child => {
    if (child?.alive) return child;
    if (child) deaths++;
    if (deaths >= MOST_DEATHS) {
      const message = `the program died ${deaths} times without an answer: it is not started again`;
      throw new ProviderError('server', message, { retryable: false });
    }
    child = startChild(program, args);
    return child;
  };
  return {
    id,
    async complete(request, signal) {
      if (signal.aborted) throw cancelled();
      const startedAt = clock.monotonicMs();
      const reply = await ask(living(), ++count, requestLine(count, request), signal);
      deaths = 0;
      return completion({ reply }, startedAt, clock.monotonicMs(), undefined);
    },
    async close() {
      await child?.end(GRACE_MS);
      child = undefined;
    },
  };
}

function ask(child: Child, id: number, line: string, signal: AbortSignal): Promise<Reply> {
  const linesBefore = child.lines;
  return new Promise((resolve, reject) => {
    const stop = () => {
      child.forget(id);
      // Not one line to anybody since this was asked: it hangs, and would hang for whatever is asked next.
      if (isTimeout(signal.reason) && child.lines === linesBefore) child.kill();
      reject(cancelled());
    };
    const forget = onAbort(signal, stop);
    child.ask(id, line, {
      resolve: (reply) => {
        forget();
        resolve(reply);
      },
      reject: (error) => {
        forget();
        reject(error);
      },
    });
  });
}

const isTimeout = (reason: unknown) => reason instanceof ProviderError && reason.fault === 'timeout';
