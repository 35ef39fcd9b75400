import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import type { ProtectionCommsFacts } from '../../../harness/families/faults/protection-comms/facts.ts';
import { protectionCommsFamily as family } from '../../../harness/families/faults/protection-comms/family.ts';

const draws = Array.from({ length: 150 }, (_, seed) =>
  family.draw({ troubles: [1, 4] }, createRandom(`goose ${seed}`)),
);

/** A subscriber that lives through the log tenth by tenth of a millisecond, knowing nothing of what comes. */
function live({ rows, conf_rev }: ProtectionCommsFacts) {
  const inbox = new Map(rows.map((row) => [Math.round(row.arrival_ms * 10), row]));
  const end = Math.max(...inbox.keys());
  let valid = Number.POSITIVE_INFINITY;
  let [dead, opened] = [0, false];
  let delay: number | undefined;
  const seen = new Map<number, Set<number>>();
  let epoch = 0;
  let last: string | undefined;
  const flags = { restart: false, test: false, revision: false, duplicate: false };
  for (let tick = Math.min(...inbox.keys()); tick <= end; tick++) {
    if (tick > valid) dead++;
    const row = inbox.get(tick);
    if (!row) continue;
    const key = `${row.st}/${row.sq}`;
    if (key === last) {
      flags.duplicate = true;
      continue;
    }
    last = key;
    valid = tick + Math.round(row.live_ms * 10);
    if (row.st === 1 && row.sq === 1) {
      flags.restart = true;
      epoch = 1000;
    }
    flags.test ||= row.test;
    flags.revision ||= row.conf_rev !== conf_rev;
    const numbers = seen.get(epoch + row.st) ?? new Set<number>();
    seen.set(epoch + row.st, numbers.add(row.sq));
    if (row.trip) delay ??= tick / 10 - row.changed_ms;
    if (row.trip && !row.test && row.conf_rev === conf_rev) opened = true;
  }
  // Numbers that are missing below the highest of a state; the first state was under way before the log.
  let lost = 0;
  [...seen].forEach(([state, numbers], i) => {
    const from = i === 0 ? Math.min(...numbers) : state > 1000 ? 1 : 0;
    for (let sq = from; sq < Math.max(...numbers); sq++) if (!numbers.has(sq)) lost++;
  });
  return { lost, dead: dead / 10, delay, opened, flags };
}

describe('protection-comms', () => {
  it('agrees with a subscriber that lives through the log', () => {
    for (const facts of draws) {
      const lived = live(facts);
      const answer = family.solve(facts);
      expect(answer.lost, JSON.stringify(facts)).toBe(lived.lost);
      expect(Math.abs(answer.dead - lived.dead)).toBeLessThan(0.11);
      expect(answer.delay).toBeCloseTo(lived.delay ?? Number.NaN, 6);
      expect(answer.operates).toBe(lived.opened ? 'yes' : 'no');
      const named = { ...lived.flags, lost: lived.lost > 0, expired: lived.dead > 0.05 };
      const expected = Object.entries(named).flatMap(([name, there]) => (there ? [name] : []));
      expect([...answer.anomalies].sort()).toEqual(expected.sort());
    }
  });

  it('draws every anomaly, trips obeyed and refused, losses with and without expiry', () => {
    const answers = draws.map((facts) => family.solve(facts));
    expect(new Set(answers.flatMap(({ anomalies }) => anomalies)).size).toBe(6);
    expect(new Set(answers.map(({ operates }) => operates)).size).toBe(2);
    expect(answers.some(({ lost, dead }) => lost > 0 && dead === 0)).toBe(true);
    expect(answers.some(({ lost, dead }) => lost > 0 && dead > 0)).toBe(true);
  });

  it('numbers a publisher that starts anew from 1, since 0 marks a change of state', () => {
    const again = draws.flatMap(({ rows }) => rows.filter(({ st }) => st === 1));
    expect(again.length).toBeGreaterThan(0);
    expect(again.every(({ sq }) => sq >= 1)).toBe(true);
  });

  it('gives nothing for finding a failed stream sound', () => {
    const { anomalies } = family.verify ?? {};
    const facts = draws[0] as ProtectionCommsFacts;
    const answer = family.solve(facts);
    expect(anomalies?.(facts, answer, []).value).toBe(0);
    expect(anomalies?.(facts, answer, 'none').value).toBe(0);
    expect(anomalies?.(facts, answer, answer.anomalies.slice(0, 1)).value).toBe(1);
  });

  it('sends every message in the order of its time, and none twice at one tenth', () => {
    for (const { rows } of draws)
      for (let i = 1; i < rows.length; i++)
        expect(rows[i]?.arrival_ms ?? 0).toBeGreaterThan(rows[i - 1]?.arrival_ms ?? 0);
  });
});
