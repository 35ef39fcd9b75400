import { Command } from 'commander';
import { nearest, UserError } from '../../core/errors.ts';
import { MatpowerError } from '../../engineering/grid/matpower-error.ts';
import { SolverError } from '../../engineering/optimise/solver.ts';
import type { Calc } from '../calc/calc.ts';
import { readJsonInput, readNetworkInput } from '../calc/input.ts';
import { calcs } from '../calc/registry.ts';
import { resultText } from '../calc/text.ts';
import type { Io } from '../io.ts';

/** `wattmark calc [name] [input] [options]` */
export async function calc(name: string | undefined, rest: string[], io: Io): Promise<void> {
  if (name === undefined || name === '--help' || name === '-h') {
    io.out(listing());
    return;
  }
  const found = calcs.find((candidate) => candidate.name === name);
  if (!found) {
    const near = nearest(
      name,
      calcs.map((candidate) => candidate.name),
    );
    throw new UserError(
      `no calculation is called "${name}"`,
      near ? `did you mean ${near}?` : 'wattmark calc lists them',
    );
  }
  await commandFor(found, io).parseAsync(rest, { from: 'user' });
}

function listing(): string {
  const groups = [...new Set(calcs.map(({ group }) => group))];
  const width = Math.max(...calcs.map(({ name }) => name.length));
  const blocks = groups.map((group) => {
    const lines = calcs
      .filter((calc) => calc.group === group)
      .map((calc) => `  ${calc.name.padEnd(width)}  ${calc.summary}`);
    return `${group}\n${lines.join('\n')}`;
  });
  return `${blocks.join('\n\n')}\n\nwattmark calc <name> --help shows its input, options and an example.\n`;
}

function commandFor(calc: Calc, io: Io): Command {
  const command = new Command(calc.name)
    .usage('<input> [options]')
    .description(calc.summary)
    .argument('<input>', inputHelp(calc))
    .option('--json', 'print JSON only')
    .addHelpText('after', `\nExample:\n  ${calc.example}`)
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .exitOverride();
  for (const option of calc.options ?? []) command.option(option.flags, option.describe, option.default);
  return command.action(async (input: string, options: Record<string, string>) => {
    const result = await compute(calc, input, options, io);
    io.out(options['json'] ? `${JSON.stringify(result, null, 2)}\n` : resultText(result));
  });
}

function inputHelp(calc: Calc): string {
  if (calc.input === 'network')
    return 'a MATPOWER case file (.m), a network in JSON, or the name of a built-in network';
  return `JSON: a file, - for standard input, or the text itself${calc.rows ? '; or a CSV file with one case a row' : ''}`;
}

async function compute(calc: Calc, input: string, options: Record<string, string>, io: Io): Promise<unknown> {
  try {
    if (calc.input === 'network') {
      const network = readNetworkInput(input, io);
      for (const note of network.notes ?? []) io.err(`note: ${note}\n`);
      return await calc.run(network, options);
    }
    const read = readJsonInput(input, calc, io);
    if (!('rows' in read)) return await calc.run(read.value, options);
    const results: unknown[] = [];
    for (const row of read.rows) results.push(await calc.run(row, options));
    return results;
  } catch (error) {
    if (error instanceof MatpowerError) {
      const { file, line, col, message, hint } = error;
      throw new UserError([{ place: { file, line, col }, message, ...(hint ? { hint } : {}) }]);
    }
    // The engineering code refuses what has no meaning (a negative impedance, an unknown bus) by RangeError; the solver
    // may run out of time.
    if (error instanceof RangeError || error instanceof SolverError) throw new UserError(error.message);
    throw error;
  }
}
