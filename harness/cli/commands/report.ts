import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { oneOf, repeated } from './options.ts';

const RELATIONSHIPS = ['first_party', 'third_party', 'collaborative', 'other'] as const;

export interface ReportOptions {
  runs: string;
  json?: boolean;
  md?: boolean;
  html?: string;
  work?: boolean;
  checker?: string[];
  seedKeyEnv?: string;
  redact?: boolean;
  junit?: string;
  csv?: string;
  eee?: string;
  inspect?: string;
  organization?: string;
  relationship: (typeof RELATIONSHIPS)[number];
}

const HELP = `
Examples:
  wattmark report
  wattmark report 20261123 --json
  wattmark report latest --junit results.xml --csv scores.csv
  wattmark report latest --html run.html --work
  wattmark report latest --html public.html --junit public.xml --redact
  wattmark report latest --eee data --organization "Example Lab" --relationship first_party`;

export function registerReport(program: Command, io: Io): void {
  program
    .command('report')
    .description('show the table of a run again, and write it down in the forms of other tools')
    .argument('[run]', 'a run: its id, a part of it, its folder, or latest', 'latest')
    .option('--runs <folder>', 'where runs are kept', 'results/runs')
    .option('--json', 'the whole summary as JSON')
    .option('--md', 'the table as Markdown')
    .option('--html <file>', 'write one self-contained page here: every sample, failures first')
    .option(
      '--work',
      "with worked solutions in --html and right replies in --inspect and --eee, from today's suites",
    )
    .option('--checker <file>', 'with --work: a module with a checker of your own', repeated)
    .option('--seed-key-env <name>', "with --work: the secret's variable, where the run used private seeds")
    .option('--redact', 'leave prompts, replies and reasons out of all that is written')
    .option('--junit <file>', 'write every attempt as a JUnit test case here')
    .option('--csv <file>', 'write scores by model, suite, task, language and skill here')
    .option('--eee <folder>', 'write Every Eval Ever records under this folder, one a model')
    .option('--inspect <folder>', 'write Inspect logs (JSON) under this folder, one a suite and model')
    .option('--organization <name>', 'who ran the evaluation, as --eee records must say')
    .option(
      '--relationship <kind>',
      `of who ran it to the model (${RELATIONSHIPS.join(', ')})`,
      oneOf(RELATIONSHIPS),
      'other',
    )
    .addHelpText('after', HELP)
    .action(async (run: string, options: ReportOptions) => {
      const { report } = await import('../actions/report.ts');
      process.exitCode = await report(run, options, io);
    });
}
