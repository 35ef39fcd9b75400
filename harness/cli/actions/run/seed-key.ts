import { UserError } from '../../../core/errors.ts';
import type { Io } from '../../io.ts';

/** Shorter secrets could be guessed from the fingerprint that a run publishes. */
const SHORTEST = 16;

/**
 * The secret of private seeds, from the environment variable that is named. Only its fingerprint is ever recorded.
 * @throws UserError
 */
export function seedKeyFrom(variable: string | undefined, io: Io): string | undefined {
  if (variable === undefined) return undefined;
  const key = io.env[variable];
  if (!key)
    throw new UserError(
      `--seed-key-env: ${variable} is not set`,
      `export ${variable}=… (at least ${SHORTEST} characters)`,
    );
  if (key.length < SHORTEST)
    throw new UserError(
      `--seed-key-env: ${variable} holds fewer than ${SHORTEST} characters`,
      'use a long random secret',
    );
  return key;
}
