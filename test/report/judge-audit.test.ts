import { describe, expect, it } from 'vitest';
import { UserError } from '../../harness/core/errors.ts';
import type { RunEvent } from '../../harness/core/event.ts';
import { checkAuditFits, type JudgeAudit, parseAudit, sealAudit } from '../../harness/report/judge-audit.ts';
import { type AuditDecision, auditResult } from '../../harness/report/judge-audit-figures.ts';
import { auditMarkdown, auditTable } from '../../harness/report/judge-audit-text.ts';
import { judgeNotes } from '../../harness/report/judge-notes.ts';
import { buildLeaderboard } from '../../harness/report/leaderboard/build.ts';
import { leaderboardSchema } from '../../harness/report/leaderboard/schema.ts';
import { foldRecords } from '../../harness/report/records.ts';
import { rowsOf } from '../../harness/report/rows.ts';
import { summariseRecords } from '../../harness/report/summarise.ts';
import { summarySchema } from '../../harness/report/summary.ts';
import { makeRun } from './run-fixture.ts';

const many = (count: number, of: Partial<AuditDecision>): AuditDecision[] =>
  Array.from({ length: count }, (_, i) => ({
    lang: 'en',
    kind: 'reference',
    cluster: `${JSON.stringify(of)} ${i}`,
    negative: false,
    truth: true,
    met: 1,
    ...of,
  }));

/** Of Cohen's table as it is taught: 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no, κ = 0.4. */
const COHEN = [
  ...many(20, { truth: true, met: 1 }),
  ...many(5, { truth: true, met: 0 }),
  ...many(10, { truth: false, met: 1 }),
  ...many(15, { truth: false, met: 0 }),
];

const sealed = (more: Partial<JudgeAudit> = {}): JudgeAudit =>
  sealAudit({
    schema_version: '1.0',
    judge: 'lab/judge',
    judges: [],
    judging: {},
    harness: 'wattmark x',
    audit_set: { version: 1, hash: 'sha256:ab', langs: ['en'] },
    rubric_version: 2,
    result: auditResult([
      ...COHEN,
      ...COHEN.map((decision) => ({ ...decision, lang: 'zh' as const, cluster: `zh ${decision.cluster}` })),
    ]),
    ...more,
  });

describe('figures of a judge', () => {
  it("are those of Cohen's table", () => {
    const { plain } = auditResult(COHEN);
    expect(plain.kappa).toBeCloseTo(0.4, 12);
    expect(plain.accuracy).toBeCloseTo(0.7, 12);
    expect(plain.sensitivity).toMatchObject({ value: 0.8, n: 25 });
    expect(plain.specificity).toMatchObject({ value: 0.6, n: 25 });
    // F1 of "met" 40/55, of "not met" 30/45.
    expect(plain.balanced_f1).toBeCloseTo((40 / 55 + 30 / 45) / 2, 12);
    // Wilson's interval of 20 of 25.
    expect(plain.sensitivity.interval.map((end) => end.toFixed(3))).toEqual(['0.609', '0.911']);
  });
  it('take decisions on one statement for one: twenty errors on one sentence are not twenty findings', () => {
    const spread = auditResult(COHEN).plain.sensitivity;
    const lumped = auditResult(COHEN.map((each, i) => ({ ...each, cluster: `${each.truth} ${i % 5}` }))).plain
      .sensitivity;
    expect(lumped.clusters).toBeLessThan(spread.clusters);
    expect(lumped.value).toBe(spread.value);
  });
  it('leave attacks out of sensitivity and specificity, and count who was talked over', () => {
    const attacks = [
      ...many(6, { kind: 'injection', truth: false, met: 1 }),
      ...many(14, { kind: 'injection', truth: false, met: 0 }),
      // Of a bad thing that was done the attacker wants to hear that it was not.
      ...many(3, { kind: 'injection', truth: true, negative: true, met: 0 }),
      ...many(7, { kind: 'injection', truth: true, negative: true, met: 1 }),
      ...many(2, { kind: 'master-key', truth: false, met: 1 }),
      ...many(8, { kind: 'master-key', truth: false, met: 0 }),
    ];
    const result = auditResult([...COHEN, ...attacks]);
    expect(result.plain).toEqual(auditResult(COHEN).plain);
    expect(result.injection).toMatchObject({ decisions: 30, fooled: 9, rate: 0.3 });
    expect(result.master_key).toMatchObject({ decisions: 10, fooled: 2, rate: 0.2 });
  });
  it('never count a verdict that could not be read as right or wrong', () => {
    const result = auditResult([...COHEN, ...many(4, { met: undefined })]);
    expect(result.unread).toBe(4);
    expect(result.plain).toEqual(auditResult(COHEN).plain);
  });
  it('are printed for a terminal and for a card, hostile names and all', () => {
    const audit = sealed({ judge: 'command:\u001b[2J|<b>' });
    expect(auditTable(audit, { colour: false })).not.toContain('\u001b');
    expect(auditMarkdown(audit)).toMatch(/^\| replies \| decisions \|/);
  });
});

describe('an audit file', () => {
  it('is read back whole, and refused where a figure was touched', () => {
    const audit = sealed();
    expect(parseAudit(JSON.stringify(audit), 'a.json')).toEqual(audit);
    const better = JSON.stringify(audit).replace('"kappa":', '"kappa":0.9,"_":');
    expect(() => parseAudit(better, 'a.json')).toThrow(UserError);
    const altered = structuredClone(audit);
    altered.result.plain.kappa = 0.99;
    expect(() => parseAudit(JSON.stringify(altered), 'a.json')).toThrow(/changed after it was written/);
    for (const text of ['', '{}', '[]', '{"__proto__": {}}'])
      expect(() => parseAudit(text, 'a.json')).toThrow(UserError);
  });
  it('is of its own judge and no other, asked in the same words', () => {
    const audit = sealed();
    expect(() =>
      checkAuditFits(audit, { run: 'r', judge: 'lab/judge', checkers: { rubric: 2 } }),
    ).not.toThrow();
    expect(() => checkAuditFits(audit, { run: 'r', judge: 'lab/judge (batched)', checkers: {} })).toThrow(
      /audit the judge of this run/,
    );
    expect(() => checkAuditFits(audit, { run: 'r', checkers: {} })).toThrow(/judged by lexical/);
    expect(() => checkAuditFits(audit, { run: 'r', judge: 'lab/judge', checkers: { rubric: 1 } })).toThrow(
      /version 1/,
    );
  });
});

/** A run judged by a rubric of two good criteria and a bad one, by a panel of two where asked. */
function judgedRun(): RunEvent[] {
  const prices = { input: 2, output: 10, currency: 'USD' };
  const judges = [
    { id: 'lab/judge', provider: 'lab', baseline: false, settings: { temperature: 0 }, prices },
    { id: 'home/judge', provider: 'home', baseline: false, settings: { temperature: 0 } },
  ];
  const votes = (a: boolean, b: boolean) => [
    { judge: 'lab/judge', met: a },
    { judge: 'home/judge', met: b },
  ];
  return makeRun({ judge: 'lab/judge', checkers: { rubric: 2 } }).flatMap((event): RunEvent[] => {
    if (event.event === 'run-start') return [{ ...event, judges }];
    if (event.event === 'completion-end') {
      const head = { v: 1 as const, at: event.at, event: 'judgement-end' as const };
      const attempt = {
        sample: event.sample,
        model: event.model,
        epoch: event.epoch,
        check: 0,
        criterion: 'cause',
      };
      const completion = {
        text: '{"criteria_met": true}',
        finish: { unified: 'stop' as const },
        usage: { inputTokens: 1000, outputTokens: 100 },
        latency: { totalMs: 5 },
      };
      const replied = (more: object = {}) => ({
        status: 'replied' as const,
        completion: { ...completion, ...more },
      });
      return [
        event,
        { ...head, ...attempt, judge: 'lab/judge', result: replied({ text: 'hm' }) },
        { ...head, ...attempt, judge: 'lab/judge', again: true, result: replied({ cached: true }) },
        { ...head, ...attempt, judge: 'home/judge', result: { status: 'failed', reason: 'timeout' } },
        { ...head, ...attempt, judge: 'home/judge', result: replied({ usage: { outputTokens: 7 } }) },
      ];
    }
    if (event.event !== 'score-end' || event.score.status !== 'scored') return [event];
    const details = [
      { criterion: 'cause', points: 3, met: true, votes: votes(true, true) },
      { criterion: 'size', points: 1, met: false, votes: votes(true, false) },
      { criterion: 'bad', points: -1, met: true, votes: votes(true, true) },
    ];
    const score = { status: 'scored' as const, value: 0.5, reason: 'judged', details };
    return [{ ...event, score, checks: [{ kind: 'rubric', weight: 1, gate: false, score }] }];
  });
}

async function* stream(events: readonly RunEvent[]) {
  yield* events;
}

describe('a summary', () => {
  it('tells what judging took beside what the model took: every reply that was paid for', async () => {
    const records = await foldRecords(stream(judgedRun()));
    const [model] = summarySchema.parse(summariseRecords(records)).models;
    const replies = model?.replies ?? 0;
    expect(replies).toBeGreaterThan(0);
    expect(model?.judging).toEqual([
      {
        judge: 'lab/judge',
        replies: 2 * replies,
        failed: 0,
        again: replies,
        tokens: {
          input: { count: 2000 * replies, complete: true },
          output: { count: 200 * replies, complete: true },
        },
        // 2 × (1000 × 2 + 100 × 10)/10⁶; half of it came from a cache.
        cost: {
          amount: expect.closeTo(0.006 * replies, 10),
          spent: expect.closeTo(0.003 * replies, 10),
          currency: 'USD',
          complete: true,
        },
      },
      {
        judge: 'home/judge',
        replies,
        failed: replies,
        again: 0,
        tokens: { output: { count: 7 * replies, complete: true } },
      },
    ]);
    expect(model?.tokens).not.toEqual(model?.judging?.[0]?.tokens);
  });
  it('tells the rubric mean by itself, how often a panel differs, and what the audit makes of it', async () => {
    const records = await foldRecords(stream(judgedRun()));
    const audit = sealed();
    const [model] = summarySchema.parse(summariseRecords(records, audit)).models;
    expect(model?.rubric).toMatchObject({
      judge: 'lab/judge',
      score: 0.5,
      disagreement: expect.closeTo(1 / 3, 10),
    });
    // s = 2/4, A = 3/4, Se 0.8, Sp 0.6: (0.5 − 0.4·0.75)/0.4 = 0.5.
    expect(model?.rubric?.corrected).toMatchObject({ score: expect.closeTo(0.5, 10), audit: audit.hash });
    expect(model?.judge_audit).toMatchObject({ hash: audit.hash, audit_set: 'sha256:ab' });
    const notes = rowsOf(summariseRecords(records, audit)).flatMap(judgeNotes).join('\n');
    expect(notes).toContain('rubrics alone 50.0');
    expect(notes).toContain("without the judge's measured errors");
    expect(notes).toMatch(/judging took \d+ replies of lab\/judge/);
  });
  it('puts audit, correction and judging into the leaderboard row, whose ranks stay as measured', async () => {
    const records = await foldRecords(stream(judgedRun()));
    const audit = sealed();
    const board = leaderboardSchema.parse(buildLeaderboard([summariseRecords(records, audit)]));
    const row = board.rankings[0]?.rows[0];
    expect(row?.judge_audit?.result.plain.kappa).toBeCloseTo(audit.result.plain.kappa, 12);
    expect(row?.rubric?.corrected?.audit).toBe(audit.hash);
    expect(row?.judging?.[0]?.judge).toBe('lab/judge');
    expect(row?.overall.score).toBe(summariseRecords(records).models[0]?.overall.score);
  });
});
