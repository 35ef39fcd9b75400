import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { repeated, wholeNumber } from './options.ts';

export interface ShowOptions {
  runs: string;
  model?: string;
  epoch?: number;
  checker?: string[];
  seedKeyEnv?: string;
  json?: boolean;
}

export function registerShow(program: Command, io: Io): void {
  program
    .command('show')
    .description(
      'one question of a run, whole: prompt, reply, what was read, each check, the worked solution',
    )
    .argument('<run>', 'a run: its id, a part of it, its folder, or latest')
    .argument('<sample>', 'a sample: its id (dispatch/merit-order/s1/en) or the start of it')
    .option('--runs <folder>', 'where runs are kept', 'results/runs')
    .option('-m, --model <model>', 'of this model only')
    .option('--epoch <n>', 'of this epoch only', wholeNumber)
    .option('--checker <file>', 'a module with a checker of your own', repeated)
    .option('--seed-key-env <name>', "the secret's variable, where the run used private seeds")
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  wattmark show latest dispatch/merit-order/s1/en -m baseline/guess')
    .action(async (run: string, sample: string, options: ShowOptions) => {
      const { show } = await import('../actions/show.ts');
      process.exitCode = await show(run, sample, options, io);
    });
}
