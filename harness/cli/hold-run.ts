import { randomBytes } from 'node:crypto';
import { systemClock } from '../../providers/clock.ts';
import { type OpenRun, openRun } from '../run/run-folder.ts';
import type { RunFolder } from '../run/run-id.ts';

/** Opens a run for writing under its lock. Hold it before reading it, so that nobody writes in between. */
export const holdRun = (folder: RunFolder): OpenRun =>
  openRun(folder, { clock: systemClock, token: randomBytes(8).toString('hex') });
