import { CommanderError } from 'commander';
import { UserError } from '../core/errors.ts';
import { EXIT } from './exit-codes.ts';
import type { Io } from './io.ts';
import { createProgram } from './program.ts';

/** Of a fault that is ours, as sysexits.h has it. */
const OWN_FAULT = 70;

/** Runs one command line, without the program's own name, and says what is amiss where it fails. Sets the exit code. */
export async function perform(args: readonly string[], io: Io): Promise<void> {
  try {
    await createProgram(io).parseAsync(args, { from: 'user' });
  } catch (error) {
    process.exitCode = report(error, io);
  }
}

function report(error: unknown, io: Io): number {
  // Commander has printed its own message already; asking for help is no fault.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof UserError) {
    io.err(`${error.message}\n`);
    return EXIT.usage;
  }
  io.err(
    `wattmark met a fault of its own; please report it.\n${error instanceof Error ? error.stack : String(error)}\n`,
  );
  return OWN_FAULT;
}
