import type { Command } from 'commander';
import type { Lang, Variant } from '../../core/words.ts';
import type { Io } from '../io.ts';
import { languages, listed, repeated, seedRange, variantNames, wholeNumber } from './options.ts';

export interface SuitesOptions {
  checker?: string[];
  seeds?: { from: number; to: number };
  lang?: Lang[];
  task?: string[];
  limit?: number;
  variants?: Variant[];
  json?: boolean;
}

export function registerSuites(program: Command, io: Io): void {
  const suites = program.command('suites').description('list, check, read and lock suites');
  suites
    .command('list')
    .description('the suites at hand')
    .option('--json', 'as JSON')
    .action(async (options: SuitesOptions) => {
      const { listSuites } = await import('../actions/suites.ts');
      process.exitCode = await listSuites(options, io);
    });
  suites
    .command('check')
    .description(
      'prove of every question: the reference reply scores 1, silence 0, each mistake what its family says',
    )
    .argument('[suites...]', 'names or folders (default: all built-in suites)')
    .option('--seeds <range>', 'seeds of generated tasks (default: what each task says)', seedRange)
    .option('--task <ids>', 'only these tasks', listed)
    .option('--variants <kinds>', 'their variants too: rows, noise, paraphrase, units or all', variantNames)
    .option('--checker <file>', 'a module with a checker of your own', repeated)
    .option('--json', 'findings as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  wattmark suites check\n  wattmark suites check dispatch --seeds 1-50 --variants all',
    )
    .action(async (names: string[], options: SuitesOptions) => {
      const { checkSuites } = await import('../actions/suites.ts');
      process.exitCode = await checkSuites(names, options, io);
    });
  suites
    .command('show')
    .description('questions of a suite as a model sees them, with the right answer and the worked solution')
    .argument('<suite>', 'a name or a folder')
    .argument(
      '[sample]',
      'the id of a sample, such as dispatch/merit-order/s3~rows/zh, or the start of it (default: the first of each task)',
    )
    .option('--lang <languages>', 'en, zh or en,zh', languages)
    .option('--seeds <range>', 'seeds of generated tasks', seedRange)
    .option('--limit <n>', 'at most n questions', wholeNumber)
    .option('--checker <file>', 'a module with a checker of your own', repeated)
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  wattmark suites show dispatch dispatch/merit-order/s3/zh')
    .action(async (name: string, sample: string | undefined, options: SuitesOptions) => {
      const { showSuite } = await import('../actions/suites.ts');
      process.exitCode = await showSuite(name, sample, options, io);
    });
  suites
    .command('lock')
    .description(
      'write suite.lock.json: hashes and floors; a later drift without a new version fails the check',
    )
    .argument('<suites...>', 'folders of suites')
    .option('--checker <file>', 'a module with a checker of your own', repeated)
    .action(async (names: string[], options: SuitesOptions) => {
      const { lockSuites } = await import('../actions/suites.ts');
      process.exitCode = await lockSuites(names, options, io);
    });
}
