import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { repeated } from './options.ts';

export interface ModelsOptions {
  ping?: boolean;
  model?: string[];
  config?: string;
  json?: boolean;
}

export function registerModels(program: Command, io: Io): void {
  program
    .command('models')
    .description('the providers at hand, and whether each has what it needs')
    .option('-m, --model <model>', 'a model to look at; repeat for several', repeated)
    .option('--ping', 'ask each model named with -m for one word')
    .option('--config <file>', 'configuration (default: wattmark.yaml, if there is one)')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  wattmark models --ping -m openai/gpt-5.2 -m local/qwen3')
    .action(async (options: ModelsOptions) => {
      const { models } = await import('../actions/models.ts');
      process.exitCode = await models(options, io);
    });
}
