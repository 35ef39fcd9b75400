import type { Command } from 'commander';
import type { Io } from '../io.ts';

export interface GateOptions {
  runs: string;
  config?: string;
  junit?: string;
  md?: string;
  history?: string;
  redact?: boolean;
  json?: boolean;
}

const HELP = `
A side is a run (its id, a part of it, its folder, or latest), or one model of it: run:model.
Margins and limits stand under "gate:" in wattmark.yaml:

  gate:
    margin: 0.05              # a loss of less than 5 points does not matter
    suites: { faults: { margin: 0.03 } }
    hard: { max_unscored: 0.02, max_format_drop: 0.05, max_cost_ratio: 1.5 }

Exit codes: 0 pass · 1 regressed · 2 cannot be compared · 4 inconclusive

Examples:
  wattmark gate results/baseline latest
  wattmark gate 20261101:lab/a latest:lab/a --history results/history.jsonl --junit gate.xml`;

export function registerGate(program: Command, io: Io): void {
  program
    .command('gate')
    .description('whether a new run may take the place of a base: regressed, pass or inconclusive')
    .argument('<base>', 'what must not be fallen behind: a run, or run:model')
    .argument('<new>', 'what is new: a run, or run:model')
    .option('--runs <folder>', 'where runs are kept', 'results/runs')
    .option('--config <file>', 'margins and limits (default: wattmark.yaml where there is one)')
    .option('--junit <file>', 'write the verdicts as JUnit XML here')
    .option('--md <file>', 'write the verdicts as Markdown here')
    .option(
      '--history <file>',
      'append the new run to this history, and tell its trend and any drift (wattmark history draws it)',
    )
    .option('--redact', 'leave reasons out, which quote questions and replies')
    .option('--json', 'print the verdicts as JSON, and nothing else')
    .addHelpText('after', HELP)
    .action(async (base: string, next: string, options: GateOptions) => {
      const { gateRuns } = await import('../actions/gate.ts');
      process.exitCode = await gateRuns(base, next, options, io);
    });
}
