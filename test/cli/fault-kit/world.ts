import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Ended, emptyFolder, meritOrderSuite, wattmark } from '../cli.ts';
import { type FaultyEndpoint, startFaultyEndpoint } from './faulty-endpoint.ts';

/** Seeds asked, each in two languages: a few in CI, thousands by hand. */
const SEEDS = Number(process.env['WATTMARK_FAULT_SEEDS'] ?? 6);
export const SAMPLES = 2 * SEEDS;
export const CONCURRENCY = SEEDS > 100 ? 50 : 5;
/** Share of requests that fail in the storm. */
export const RATE = Number(process.env['WATTMARK_FAULT_RATE'] ?? 0.45);
export const SEED = process.env['WATTMARK_FAULT_SEED'] ?? 'wattmark';
/** For one test, in ms. */
export const PATIENCE = 60_000 + 500 * SEEDS;

export interface World {
  endpoint: FaultyEndpoint;
  cwd: string;
  runs: string;
  /** Writes wattmark.yaml anew: another address, or more requests at once. */
  configure(settings: { url?: string; concurrency?: number }): void;
  /** Begins a run of all samples. */
  begin(options?: Invocation): Promise<Ended>;
  resume(options?: Invocation): Promise<Ended>;
}

export interface Invocation {
  args?: readonly string[];
  env?: Record<string, string>;
  onStart?(child: ChildProcess): void;
}

/** A folder with a configuration, and the endpoint it names. */
export async function createWorld(name: string, rate: number): Promise<World> {
  const endpoint = await startFaultyEndpoint(`${SEED}/${name}`, rate);
  const cwd = emptyFolder();
  const configure: World['configure'] = ({ url = endpoint.url, concurrency = CONCURRENCY }) =>
    writeFileSync(
      join(cwd, 'wattmark.yaml'),
      `providers:\n  local: { base_url: '${url}', limits: { concurrency: ${concurrency} } }\n`,
    );
  configure({});
  const suite = meritOrderSuite(cwd);
  // Only what hangs is given up soon: where nothing does, a slow machine must not make it seem so.
  const patience = () => (endpoint.mood.rate > 0 ? '3s' : '1m');
  const call = (args: readonly string[], { args: more = [], onStart, env = {} }: Invocation = {}) =>
    wattmark(['run', ...args, '--attempt-timeout', patience(), ...more], {
      cwd,
      env,
      ...(onStart && { onStart }),
    });
  return {
    endpoint,
    configure,
    cwd,
    runs: join(cwd, 'results', 'runs'),
    begin: (options) => call([suite, '--seeds', `1-${SEEDS}`, '-m', 'local/m'], options),
    resume: (options) => call(['--resume', 'latest'], options),
  };
}

/** Does something to a process once its run has begun, whether or not it reaches a server. */
export function whenBegun(
  { runs }: World,
  act: (child: ChildProcess) => void,
): Required<Pick<Invocation, 'onStart'>> {
  return {
    onStart(child) {
      const timer = setInterval(() => {
        const begun =
          existsSync(runs) && readdirSync(runs).some((run) => existsSync(join(runs, run, 'journal.jsonl')));
        if (!begun) return;
        clearInterval(timer);
        setTimeout(() => act(child), 500);
      }, 20);
      child.once('exit', () => clearInterval(timer));
    },
  };
}

/** Does something to a process once its server has seen `count` requests in all. */
export function whenAsked(
  { endpoint }: World,
  count: number,
  act: (child: ChildProcess) => void,
): Required<Pick<Invocation, 'onStart'>> {
  return {
    onStart(child) {
      const timer = setInterval(() => {
        if (endpoint.requests.length < count) return;
        clearInterval(timer);
        act(child);
      }, 1);
      child.once('exit', () => clearInterval(timer));
    },
  };
}
