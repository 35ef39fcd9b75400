import type { Command } from 'commander';
import type { Io } from '../io.ts';

export interface ReportOptions {
  runs: string;
  json?: boolean;
  md?: boolean;
}

export function registerReport(program: Command, io: Io): void {
  program
    .command('report')
    .description('show the table of a run again')
    .argument('[run]', 'a run: its id, a part of it, its folder, or latest', 'latest')
    .option('--runs <folder>', 'where runs are kept', 'results/runs')
    .option('--json', 'the whole summary as JSON')
    .option('--md', 'the table as Markdown')
    .addHelpText('after', '\nExamples:\n  wattmark report\n  wattmark report 20261123 --json')
    .action(async (run: string, options: ReportOptions) => {
      const { report } = await import('../actions/report.ts');
      process.exitCode = await report(run, options, io);
    });
}
