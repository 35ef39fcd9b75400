import { type ChildProcess, spawn } from 'node:child_process';
import { ProviderError } from '../../harness/core/provider.ts';
import type { Reply } from '../dialect.ts';
import { redact } from '../faults/redact.ts';
import { createLineSplitter } from './line-splitter.ts';
import { readLine } from './protocol.ts';

const LONGEST_LINE = 16 * 1024 * 1024;
const STDERR_KEPT = 2000;

export interface Waiting {
  resolve(reply: Reply): void;
  reject(error: ProviderError): void;
}

/** One run of the user's program, from its start to its end. */
export interface Child {
  readonly alive: boolean;
  /** Counts the lines it has answered with: one that does not grow while requests wait is a hung program. */
  readonly lines: number;
  ask(id: number, line: string, waiting: Waiting): void;
  /** Stops waiting for an answer; one that comes late is dropped. */
  forget(id: number): void;
  kill(): void;
  /** Closes its stdin, and kills it if it has not ended after `graceMs`. */
  end(graceMs: number): Promise<void>;
}

export function startChild(program: string, args: readonly string[]): Child {
  const child = spawn(program, args, { shell: false, stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
  const waiting = new Map<number, Waiting>();
  const state = { alive: true, lines: 0 };
  const fail = (error: ProviderError) => {
    const all = [...waiting.values()];
    waiting.clear();
    for (const one of all) one.reject(error);
  };
  const died = (error: ProviderError) => {
    state.alive = false;
    fail(error);
  };
  watchEnd(child, program, died);
  readLines(child, waiting, fail, () => state.lines++);
  return {
    get alive() {
      return state.alive;
    },
    get lines() {
      return state.lines;
    },
    ask(id, line, one) {
      waiting.set(id, one);
      child.stdin?.write(line);
    },
    forget: (id) => void waiting.delete(id),
    kill: () => {
      state.alive = false;
      child.kill('SIGKILL');
    },
    end: (graceMs) => endChild(child, () => state.alive, graceMs),
  };
}

function watchEnd(child: ChildProcess, program: string, died: (error: ProviderError) => void): void {
  let stderr = '';
  child.stderr?.on('data', (bytes: Buffer) => {
    stderr = (stderr + bytes.toString('utf8')).slice(-STDERR_KEPT);
  });
  child.on('error', (error: NodeJS.ErrnoException) => died(startFault(program, error)));
  child.on('close', (code, signal) => {
    const said = redact(stderr.slice(-300));
    const how = signal ? `was killed by ${signal}` : `ended with code ${code}`;
    died(new ProviderError('server', `the program ${how}${said ? `, saying: ${said}` : ''}`));
  });
  // A write to a program that has gone raises EPIPE here; its close tells why.
  child.stdin?.on('error', () => {});
}

function readLines(
  child: ChildProcess,
  waiting: Map<number, Waiting>,
  fail: (error: ProviderError) => void,
  count: () => void,
): void {
  const splitter = createLineSplitter(LONGEST_LINE);
  child.stdout?.on('data', (bytes: Buffer) => {
    const lines = splitter.push(bytes);
    if (lines === 'too-long') {
      fail(
        new ProviderError('bad-response', 'the program wrote a line of more than 16 MB', {
          retryable: false,
        }),
      );
      child.kill('SIGKILL');
      return;
    }
    for (const line of lines) {
      if (line.trim() === '') continue;
      count();
      const read = readLine(line);
      if (read.status === 'garbage') {
        // It may have been the answer to any of them, so none can be trusted to come.
        const hint = 'stdout is for answers, one JSON object a line; logs go to stderr';
        fail(
          new ProviderError(
            'bad-response',
            `the program wrote a line that is no answer (${read.reason}): ${hint}`,
          ),
        );
        continue;
      }
      const one = waiting.get(read.id);
      waiting.delete(read.id);
      if (read.status === 'reply') one?.resolve(read.reply);
      else one?.reject(read.error);
    }
  });
}

function startFault(program: string, error: NodeJS.ErrnoException): ProviderError {
  const why =
    error.code === 'ENOENT'
      ? 'there is no such program'
      : error.code === 'EACCES'
        ? 'it may not be executed'
        : redact(error.message);
  return new ProviderError('not-found', `cannot start ${redact(program, [], 120)}: ${why}`);
}

async function endChild(child: ChildProcess, alive: () => boolean, graceMs: number): Promise<void> {
  if (!alive() || child.exitCode !== null || child.signalCode !== null) return;
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.stdin?.end();
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await closed;
  clearTimeout(timer);
}
