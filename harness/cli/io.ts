import { readFileSync } from 'node:fs';
import { basename, relative } from 'node:path';

/** The outside world as commands see it: what a test replaces. Results go to `out`, everything else to `err`. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** How this command is typed here: `wattmark` where it is installed, `node dist/wattmark.js` in a clone. */
  readonly self: string;
  /** Columns of the terminal; Infinity where output is no terminal. */
  readonly columns: number;
  readonly errIsTerminal: boolean;
  readonly colour: boolean;
  stdin(): string;
}

export function processIo({ colour }: { colour: boolean }): Io {
  const { stdout, stderr, env } = process;
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    env,
    cwd: process.cwd(),
    self: selfName(process.argv[1] ?? '', process.cwd()),
    columns: stdout.isTTY ? stdout.columns : Number.POSITIVE_INFINITY,
    errIsTerminal: stderr.isTTY === true,
    colour: colour && wantsColour(stdout, env),
    stdin: () => readFileSync(0, 'utf8'),
  };
}

/** NO_COLOR and FORCE_COLOR as no-color.org and Node have them; otherwise a terminal that is not dumb. */
function wantsColour(stream: { isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0';
  return stream.isTTY === true && env.TERM !== 'dumb';
}

function selfName(script: string, cwd: string): string {
  if (!script.endsWith('.js') || /[\\/]node_modules[\\/]/.test(script)) return basename(script, '.js');
  const path = relative(cwd, script);
  return `node ${path.startsWith('..') ? script : path}`;
}
