import type { Command } from 'commander';
import type { Io } from '../io.ts';

const EXAMPLES = `
Examples:
  wattmark read "总成本约 3.2 亿元，煤耗 300 g/kWh"
  wattmark read "Flow on line 4-5: 240 MW" --unit kW
  wattmark read --file answers.txt --unit $/MWh     one text a line in, one JSON a line out`;

export interface ReadFlags {
  unit?: string;
  lang?: string;
  json?: boolean;
  file?: string;
}

export function registerRead(program: Command, io: Io): void {
  program
    .command('read')
    .description('show every quantity that a checker would see in a text, and which one is the answer')
    .argument('[text]', 'the text to read; - reads it from standard input')
    .option('--unit <unit>', 'the unit asked: converts what can be converted, and helps to choose the answer')
    .option('--lang <lang>', 'language of the text: en or zh (default: as the text is written)')
    .option('--json', 'print only JSON')
    .option('--file <file>', 'read many texts, one a line; prints one JSON a line')
    .addHelpText('after', EXAMPLES)
    .action(async (text: string | undefined, flags: ReadFlags) => {
      const { read } = await import('../actions/read.ts');
      read(text, flags, io);
    });
}
