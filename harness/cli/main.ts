import { CommanderError } from 'commander';
import { UserError } from '../core/errors.ts';
import { EXIT } from './exit-codes.ts';
import { processIo } from './io.ts';
import { createProgram } from './program.ts';

const noColour = process.argv.includes('--no-color');
const io = processIo({ colour: !noColour });

// A closed pipe (`wattmark … | head`) is the reader's choice, not an error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.done);
  throw error;
});

try {
  await createProgram(io).parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

function report(error: unknown): number {
  // Commander has printed its own message already; asking for help is no fault.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof UserError) {
    io.err(`${error.message}\n`);
    return EXIT.usage;
  }
  io.err(
    `wattmark met a fault of its own; please report it.\n${error instanceof Error ? error.stack : String(error)}\n`,
  );
  return 70;
}
