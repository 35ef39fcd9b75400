import type { AttemptRecord, RunRecords } from './records.ts';

/**
 * A run without the words that would give its questions away: reasons quote prompts, keys and replies, and a path
 * tells where a private suite lies. What is left are ids, scores and counts. Summaries and leaderboards hold no such words in the first place.
 */
export function redactRecords(records: RunRecords): RunRecords {
  const without = (attempts: readonly AttemptRecord[]) =>
    attempts.map(({ reason: _reason, ...attempt }) => attempt);
  return {
    ...records,
    // A folder's path tells of its owner's machine; a built-in suite has none.
    suites: records.suites.map((suite) =>
      suite.source.startsWith('builtin:') ? suite : { ...suite, source: suite.name },
    ),
    attempts: without(records.attempts),
    variantAttempts: without(records.variantAttempts),
  };
}
