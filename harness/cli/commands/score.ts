import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { repeated } from './options.ts';

export interface ScoreOptions {
  runs: string;
  checker?: string[];
  seedKeyEnv?: string;
  judgeAudit?: string;
  json?: boolean;
}

export function registerScore(program: Command, io: Io): void {
  program
    .command('score')
    .description("check the replies of a run again, with today's suites and checkers; asks nothing")
    .argument('<run>', 'a run: its id, a part of it, its folder, or latest')
    .option('--runs <folder>', 'where runs are kept', 'results/runs')
    .option('--checker <file>', 'a module with a checker of your own', repeated)
    .option('--seed-key-env <name>', "the secret's variable, where the run used private seeds")
    .option(
      '--judge-audit <file>',
      'what `judge audit` measured of the judge of this run: corrects the rubric mean; kept with the run',
    )
    .option('--json', 'print the summary as JSON, and nothing else')
    .addHelpText('after', '\nExample:\n  wattmark score latest')
    .action(async (run: string, options: ScoreOptions) => {
      const { score } = await import('../actions/score.ts');
      process.exitCode = await score(run, options, io);
    });
}
