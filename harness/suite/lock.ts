import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { fullHash, shortHash } from '../core/canonical.ts';
import { UserError } from '../core/errors.ts';
import type { Sample } from '../core/sample.ts';
import { VARIANTS } from '../core/words.ts';
import { expand } from './expand.ts';
import type { Suite } from './suite.ts';

export const LOCK_FILE = 'suite.lock.json';

const floorSchema = z.number().min(0).max(1);
const lockSchema = z.strictObject({
  suite: z.string(),
  version: z.string(),
  /** Of every sample's hash and key hash, in order. */
  hash: z.string(),
  /** Versions of what draws and what checks. */
  families: z.record(z.string(), z.int()),
  checkers: z.record(z.string(), z.int()),
  /** Mean score of guessing, by task. */
  floors: z.record(z.string(), floorSchema),
  /** By task, then by problem and language, in the order in which they are drawn: the sample's hash and its key's. */
  samples: z.record(z.string(), z.record(z.string(), z.string())),
  /** Whether the suite had proved itself when this was written: every reference, silence, mistake and variant. */
  proved: z.boolean().default(false),
  /** Of the suite's files, as they then were. */
  files: z.string().default(''),
  /** The version of Wattmark that drew the samples. */
  wattmark: z.string().default(''),
  /** By task: of its variants, in order. They count for stability, not for the score, so `hash` leaves them out. */
  variants: z.record(z.string(), z.string()).default({}),
  /** By task, in the order of its samples: about how many tokens each asks. What a dry run adds up. */
  inputTokens: z.record(z.string(), z.array(z.int().min(0))).default({}),
});
export type SuiteLock = z.infer<typeof lockSchema>;

/** Of every sample's hash and key hash, in order: one text for all that a suite asks and takes for right. */
export function suiteHash(samples: Iterable<Pick<Sample, 'hash' | 'keyHash'>>): string {
  return fullHash([...samples].map(({ hash, keyHash }) => [hash, keyHash]));
}

interface LockOptions {
  variants?: boolean;
  proved?: boolean;
  wattmark?: string;
  /** About how many tokens a sample asks. Without it the lock tells no dry run anything. */
  inputTokens?: (sample: Sample) => number;
}

/** What a suite is now: all its public samples, drawn and solved. */
export function lockSuite(
  suite: Suite,
  floors: Readonly<Record<string, number>>,
  { variants: withVariants = true, proved = false, wattmark = '', inputTokens }: LockOptions = {},
): SuiteLock {
  const samples: SuiteLock['samples'] = {};
  const hashes: Pick<Sample, 'hash' | 'keyHash'>[] = [];
  const variants: Record<string, string[]> = {};
  const tokens: SuiteLock['inputTokens'] = {};
  for (const sample of expand(suite, withVariants ? { variants: VARIANTS } : {})) {
    const { id, task, variant, hash, keyHash } = sample;
    if (variant) {
      (variants[task] ??= []).push(hash, keyHash);
      continue;
    }
    (samples[task] ??= {})[id.split('/').slice(2).join('/')] = `${hash} ${keyHash}`;
    hashes.push({ hash, keyHash });
    if (inputTokens) (tokens[task] ??= []).push(inputTokens(sample));
  }
  const { name, version } = suite;
  return {
    suite: name,
    version,
    hash: suiteHash(hashes),
    ...versionsOf(suite),
    floors: { ...floors },
    samples,
    proved,
    files: suite.files,
    wattmark,
    variants: Object.fromEntries(Object.entries(variants).map(([task, own]) => [task, shortHash(own)])),
    inputTokens: tokens,
  };
}

/** Versions of what draws and what checks the problems of a suite. */
export function versionsOf({ tasks }: Suite): Pick<SuiteLock, 'families' | 'checkers'> {
  const families: Record<string, number> = {};
  const checkers: Record<string, number> = {};
  for (const { problems } of tasks) {
    if (problems.kind === 'generated') families[problems.family.name] = problems.family.version;
    const questions =
      problems.kind === 'generated' ? [problems.question] : problems.cases.map(({ question }) => question);
    for (const { checker } of questions.flatMap(({ checks }) => checks))
      checkers[checker.kind] = checker.version;
  }
  return { families: sorted(families), checkers: sorted(checkers) };
}

const sorted = <T>(record: Record<string, T>) =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

/** The lock of a suite's folder; undefined where it has none. @throws UserError where the file is no lock */
export async function readLock(dir: string): Promise<SuiteLock | undefined> {
  const file = join(dir, LOCK_FILE);
  const hint = 'take it away and run: wattmark suites lock';
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new UserError([{ place: { file }, message: 'could not be read' }]);
  }
  try {
    return lockSchema.parse(JSON.parse(text));
  } catch {
    throw new UserError([{ place: { file }, message: 'is not a suite lock', hint }]);
  }
}

/** Writes beside and renames, so that no reader ever sees half a lock. */
export async function writeLock(dir: string, lock: SuiteLock): Promise<void> {
  const beside = join(dir, `.${LOCK_FILE}.${randomUUID()}`);
  try {
    await writeFile(beside, `${JSON.stringify(lock, null, 1)}\n`, { flag: 'wx' });
    await rename(beside, join(dir, LOCK_FILE));
  } finally {
    await rm(beside, { force: true });
  }
}
