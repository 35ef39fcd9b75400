import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { pointsList, share, wholeList } from './options.ts';

export interface PlanOptions {
  runs: string;
  points: number[];
  epochs: number[];
  power: number;
  alpha: number;
  correlation: number;
  json?: boolean;
}

const HELP = `
A run is its id, a part of it, its folder, or latest; run:model names one model of it.

Examples:
  wattmark plan latest:lab/a                        one model; how alike another is, is assumed
  wattmark plan latest:lab/a latest:lab/b           both sides of the comparison are known
  wattmark plan latest --points 2,5 --epochs 1,4`;

export function registerPlan(program: Command, io: Io): void {
  program
    .command('plan')
    .description('how many samples and epochs find a difference, from the noise of an earlier run')
    .argument('<run>', 'an earlier run, or run:model')
    .argument('[other]', 'the other side of the comparison, where it has run')
    .option('--runs <folder>', 'where runs are kept', 'results/runs')
    .option('--points <list>', 'differences to find, in points of 100', pointsList, [1, 2, 3, 5, 10])
    .option('--epochs <list>', 'numbers of epochs', wholeList, [1, 2, 4])
    .option('--power <share>', 'chance to find the difference where it is there', share, 0.8)
    .option('--alpha <share>', 'two-sided level of the test', share, 0.05)
    .option('--correlation <share>', "of two models' scores, where only one has run", share, 0.5)
    .option('--json', 'print the plan as JSON, and nothing else')
    .addHelpText('after', HELP)
    .action(async (run: string, other: string | undefined, options: PlanOptions) => {
      const { plan } = await import('../actions/plan.ts');
      process.exitCode = await plan(run, other, options, io);
    });
}
