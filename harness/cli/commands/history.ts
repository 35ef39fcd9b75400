import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { repeated } from './options.ts';

export interface HistoryOptions {
  model?: string[];
  html?: string;
  json?: boolean;
}

export function registerHistory(program: Command, io: Io): void {
  program
    .command('history')
    .description(
      'the trend of nightly results that "gate --history" has kept, and any drift behind an unchanged name',
    )
    .argument('<file>', 'the history file')
    .option('-m, --model <model>', 'only this model; repeat for several', repeated)
    .option('--html <file>', 'write the trend as one self-contained page here')
    .option('--json', 'print the trend as JSON, and nothing else')
    .addHelpText('after', '\nExample:\n  wattmark history nightly/history.jsonl --html trend.html')
    .action(async (file: string, options: HistoryOptions) => {
      const { history } = await import('../actions/history.ts');
      process.exitCode = history(file, options, io);
    });
}
