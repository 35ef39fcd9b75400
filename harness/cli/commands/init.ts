import type { Command } from 'commander';
import type { Io } from '../io.ts';

export function registerInit(program: Command, io: Io): void {
  program
    .command('init')
    .description('write a working example suite, with comments, to start your own from')
    .argument('<folder>', 'a new folder')
    .addHelpText(
      'after',
      '\nExample:\n  wattmark init my-suite && wattmark suites check ./my-suite && wattmark run ./my-suite',
    )
    .action(async (folder: string) => {
      const { init } = await import('../actions/init.ts');
      process.exitCode = await init(folder, io);
    });
}
