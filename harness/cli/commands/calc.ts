import type { Command } from 'commander';
import type { Io } from '../io.ts';

export function registerCalc(program: Command, io: Io): void {
  program
    .command('calc')
    .description('run an engineering calculation: recompute any key, or study your own network')
    .argument('[name]', 'the calculation; without it, all are listed')
    .argument('[rest...]', 'its input and options: wattmark calc <name> --help')
    // Options after a calculation's name belong to that calculation, --help among them.
    .helpOption(false)
    .allowUnknownOption()
    .action(async (name: string | undefined, rest: string[]) => {
      const { calc } = await import('../actions/calc.ts');
      await calc(name, rest, io);
    });
}
