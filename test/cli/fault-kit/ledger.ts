import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { RunEvent } from '../../../harness/core/event.ts';
import { readJournal } from '../../../harness/run/journal-reader.ts';
import { type FaultyEndpoint, tally } from './faulty-endpoint.ts';

/** What a journal says of each question, by its text. */
export interface Ledger {
  replies: Map<string, number>;
  errors: Map<string, number>;
  scores: Map<string, number>;
  questions: Set<string>;
  events: RunEvent[];
}

/** By when it was last written: two runs of one second are told apart by nothing else. */
export const newestRun = (runs: string): string => {
  const writtenAt = (folder: string) => statSync(join(folder, 'journal.jsonl')).mtimeMs;
  const folders = readdirSync(runs)
    .filter((name) => /^\d{8}-/.test(name))
    .map((name) => join(runs, name));
  return folders.sort((x, y) => writtenAt(x) - writtenAt(y)).at(-1) ?? runs;
};

/** Reads the newest run below a folder; a damaged line fails the test, a torn last one does not. */
export async function readLedger(runs: string): Promise<Ledger> {
  const events: RunEvent[] = [];
  for await (const event of readJournal(join(newestRun(runs), 'journal.jsonl'))) events.push(event);
  const text = new Map<string, string>();
  for (const event of events)
    if (event.event === 'sample-start') text.set(event.sample, event.messages.at(-1)?.content ?? '');
  const of = (kind: RunEvent['event']) =>
    tally(
      events.flatMap((event) =>
        event.event === kind && 'epoch' in event ? [text.get(event.sample) ?? event.sample] : [],
      ),
    );
  return {
    replies: of('completion-end'),
    errors: of('completion-error'),
    scores: of('score-end'),
    questions: new Set(text.values()),
    events,
  };
}

/**
 * The three promises of a run, from what the server saw and what the journal holds. `lost`: how many requests may
 * have been in flight when the process was killed; such a reply was written by the server and read by nobody.
 */
export function expectKept(endpoint: FaultyEndpoint, ledger: Ledger, lost = 0): void {
  const answered = endpoint.answered();
  let unkept = 0;
  let again = 0;
  for (const [question, count] of answered) {
    const kept = ledger.replies.get(question) ?? 0;
    expect(kept, 'a reply was journalled twice').toBeLessThanOrEqual(1);
    unkept += count - kept;
    again += count - 1;
  }
  expect(unkept, 'replies that arrived and are not in the journal').toBeLessThanOrEqual(lost);
  expect(again, 'questions asked again though they had a reply').toBeLessThanOrEqual(lost);
  for (const question of ledger.replies.keys())
    expect(answered.has(question), 'a reply that no server gave').toBe(true);
  for (const [question, count] of ledger.scores) {
    expect(count, 'scored twice').toBe(1);
    expect(ledger.replies.has(question), 'scored without a reply').toBe(true);
  }
}

/** Every question has its reply and its score. */
export function expectComplete(ledger: Ledger, samples: number): void {
  expect(ledger.questions.size).toBe(samples);
  expect(ledger.replies.size).toBe(samples);
  expect(ledger.scores.size).toBe(samples);
  expect(ledger.events.at(-1)).toMatchObject({ event: 'run-end', status: 'done' });
}
