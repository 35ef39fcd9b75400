import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { repeated, share } from './options.ts';

export interface LeaderboardOptions {
  runs: string;
  out?: string;
  md?: string;
  html?: string;
  csv?: string;
  maxUnscored?: number;
  force?: boolean;
  samples?: boolean;
  checker?: string[];
  judgeAudit?: string[];
  json?: boolean;
}

export function registerLeaderboard(program: Command, io: Io): void {
  program
    .command('leaderboard')
    .description(
      'put runs in one leaderboard; what cannot be compared is never ranked together, and what suites cannot prove is refused',
    )
    .argument('<runs...>', 'runs: ids, parts of ids, folders, or latest')
    .option('--runs <folder>', 'where runs are kept', 'results/runs')
    .option('--out <file>', 'write the leaderboard JSON here')
    .option('--md <file>', 'write the tables as Markdown here')
    .option('--html <file>', 'write one self-contained page here: sortable, with plots, in two languages')
    .option('--csv <file>', 'write every row, suite, task, language and skill here, a line each')
    .option('--samples', 'publish the score of every sample too: ids and figures, never texts')
    .option('--max-unscored <share>', 'refuse rows with a larger share unscored (default: 0.05)', share)
    .option('--force', 'take refused rows after all, and mark them')
    .option('--checker <file>', 'a module with a checker of your own, as in the run', repeated)
    .option(
      '--judge-audit <file>',
      'what `judge audit` measured of the judge of these runs; repeat for several (default: what is kept with each run)',
      repeated,
    )
    .option('--json', 'print the leaderboard JSON, and nothing else')
    .addHelpText(
      'after',
      '\nExamples:\n  wattmark leaderboard 20261122 20261123 --out results/leaderboard.json --html results/leaderboard.html\n  wattmark leaderboard latest --md table.md --csv scores.csv',
    )
    .action(async (runs: string[], options: LeaderboardOptions) => {
      const { leaderboard } = await import('../actions/leaderboard.ts');
      process.exitCode = await leaderboard(runs, options, io);
    });
}
