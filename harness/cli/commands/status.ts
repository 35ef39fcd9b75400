import type { Command } from 'commander';
import type { Io } from '../io.ts';

export interface StatusOptions {
  runs: string;
  watch?: boolean;
  json?: boolean;
}

const HELP = `
Examples:
  wattmark status
  wattmark status latest --watch
  wattmark status 20261123 --json`;

export function registerStatus(program: Command, io: Io): void {
  program
    .command('status')
    .description('say how far a run is, from another terminal; asks nothing and disturbs nothing')
    .argument('[run]', 'a run: its id, a part of it, its folder, or latest', 'latest')
    .option('--runs <folder>', 'where runs are kept', 'results/runs')
    .option('--watch', 'go on until the run ends')
    .option('--json', 'as JSON, one line a look')
    .addHelpText('after', HELP)
    .action(async (run: string, options: StatusOptions) => {
      const { status } = await import('../actions/status.ts');
      process.exitCode = await status(run, options, io);
    });
}
