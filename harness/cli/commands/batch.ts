import type { Command } from 'commander';
import type { Io } from '../io.ts';

export interface BatchCancelOptions {
  config?: string;
  runs: string;
}

const HELP = `
What a batch has answered by then is paid for and comes with run --resume; the rest was never asked, and --resume asks it in a new batch.

Examples:
  wattmark batch cancel
  wattmark batch cancel 20261123`;

export function registerBatch(program: Command, io: Io): void {
  const batch = program.command('batch').description('see to what a run has left with a vendor in batches');
  batch
    .command('cancel')
    .description('cancel the batches that a run still has with its vendors')
    .argument('[run]', 'a run: its id, a part of it, its folder, or latest', 'latest')
    .option('--config <file>', 'configuration (default: wattmark.yaml, if there is one)')
    .option('--runs <folder>', 'where runs are kept', 'results/runs')
    .addHelpText('after', HELP)
    .action(async (run: string, options: BatchCancelOptions) => {
      const { cancelBatches } = await import('../actions/batch-cancel.ts');
      process.exitCode = await cancelBatches(run, options, io);
    });
}
