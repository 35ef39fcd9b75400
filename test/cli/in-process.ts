import { setFlagsFromString } from 'node:v8';
import { processIo } from '../../harness/cli/io.ts';
import { perform } from '../../harness/cli/perform.ts';
import { systemClock } from '../../providers/clock.ts';
import { type CliOptions, type Ended, emptyFolder } from './cli.ts';

interface CommandOptions extends Pick<CliOptions, 'cwd' | 'env'> {
  /** Of the terminal; none: the output goes into a pipe. */
  columns?: number;
  /** So many times faster its clock goes: for what waits by the second. */
  hurry?: number;
}

/** One at a time: the folder and the exit code belong to the whole process. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Runs the sources of the command line within this process: a start of the program costs more than most of what it is
 * asked. What lies in the process itself, its signals, its end and its bundle, is for `wattmark` to test.
 */
export function command(args: readonly string[], options: CommandOptions = {}): Promise<Ended> {
  const ended = last.then(() => performed(args, options));
  last = ended.catch(() => undefined);
  return ended;
}

/** As a user would at the terminal of a command that runs in this process. */
export const pressCtrlC = (): void => void process.emit('SIGINT', 'SIGINT');

async function performed(
  args: readonly string[],
  { cwd = emptyFolder(), env = {}, columns = Number.POSITIVE_INFINITY, hurry = 1 }: CommandOptions,
): Promise<Ended> {
  const home = process.cwd();
  let [out, err] = ['', ''];
  const clock = { ...systemClock };
  process.chdir(cwd);
  process.exitCode = undefined;
  try {
    systemClock.monotonicMs = () => clock.monotonicMs() * hurry;
    systemClock.sleep = (ms, signal) => clock.sleep(ms / hurry, signal);
    await perform(args, {
      ...processIo({ colour: false }),
      out: (text) => void (out += text),
      err: (text) => void (err += text),
      env: { PATH: process.env['PATH'], ...env },
      cwd,
      self: 'wattmark',
      columns,
      errIsTerminal: false,
      stdin: () => '',
    });
    return { code: Number(process.exitCode ?? 0), out, err };
  } finally {
    // Else the test run itself would end with it.
    process.exitCode = undefined;
    process.chdir(home);
    Object.assign(systemClock, clock);
    // A run keeps the heap of its process small, at the price of time: what comes after it here need not.
    setFlagsFromString('--heap-growing-percent=0');
    setFlagsFromString('--semi-space-growth-factor=2');
  }
}
