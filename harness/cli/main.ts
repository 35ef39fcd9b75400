import { EXIT } from './exit-codes.ts';
import { processIo } from './io.ts';
import { perform } from './perform.ts';

// A closed pipe (`wattmark … | head`) is the reader's choice, not an error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.done);
  throw error;
});

await perform(process.argv.slice(2), processIo({ colour: !process.argv.includes('--no-color') }));
