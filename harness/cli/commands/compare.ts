import type { Command } from 'commander';
import type { Io } from '../io.ts';

export interface CompareOptions {
  runs: string;
  redact?: boolean;
  json?: boolean;
  md?: string;
  sample?: string;
}

const HELP = `
A side is a run (its id, a part of it, its folder, or latest), one model of it: run:model, or a row of a leaderboard that
was published with --samples: leaderboard.json:model.

Examples:
  wattmark compare 20261122 20261123
  wattmark compare latest:openai/gpt-5 latest:openai/gpt-5-mini
  wattmark compare 20261122:lab/a latest:lab/b --json
  wattmark compare 20261122 latest --sample dispatch/merit-order/s3/zh
  wattmark compare results/leaderboard.json:lab/a results/leaderboard.json:lab/b`;

export function registerCompare(program: Command, io: Io): void {
  program
    .command('compare')
    .description('how two models differ on the same samples, and whether that is more than chance')
    .argument('<a>', 'the first side: a run, run:model, or leaderboard.json:model')
    .argument('<b>', 'the second side: a run, run:model, or leaderboard.json:model')
    .option('--runs <folder>', 'where runs are kept', 'results/runs')
    .option('--sample <id>', 'instead, both replies to this sample side by side, with every check')
    .option('--md <file>', 'write the comparison as Markdown here')
    .option('--redact', 'leave reasons out, which quote questions and replies')
    .option('--json', 'print everything as JSON, and nothing else')
    .addHelpText('after', HELP)
    .action(async (a: string, b: string, options: CompareOptions) => {
      const { compareSides } = await import('../actions/compare.ts');
      process.exitCode = await compareSides(a, b, options, io);
    });
}
