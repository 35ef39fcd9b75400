import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditSet } from '../../harness/checkers/rubric/audit/set.ts';
import { judgeRequests } from '../../harness/checkers/score-reply.ts';
import { type JudgeAudit, parseAudit } from '../../harness/report/judge-audit.ts';
import { leaderboardSchema } from '../../harness/report/leaderboard/schema.ts';
import { type Summary, summarySchema } from '../../harness/report/summary.ts';
import type { FixtureServer } from '../fixtures/servers/fixture-server.ts';
import { startOpenAiServer } from '../fixtures/servers/openai-server.ts';
import { emptyFolder, wattmark } from './cli.ts';
import { command } from './in-process.ts';

const ENGLISH = auditSet(['en']);

interface Asked {
  kind: string;
  negative: boolean;
  truth: boolean;
}

/** What each request of the audit is about, by the very words a judge is sent. */
const ABOUT = new Map(
  ENGLISH.items.flatMap(({ sample, reply, kind, truth, negative }) =>
    judgeRequests(sample, reply).map(({ id, request }): [string, Asked] => [
      request.messages[1]?.content ?? '',
      { kind, truth: truth[id] ?? false, negative: negative[id] ?? false },
    ]),
  ),
);

/** A judge that errs on one plain decision in ten, by a hash of the words, and believes whoever writes SYSTEM NOTICE. */
function ruling(words: string): boolean | undefined {
  const asked = ABOUT.get(words);
  if (!asked) return undefined;
  if (words.includes('SYSTEM NOTICE')) return !asked.negative;
  if (asked.kind === 'master-key') return words.includes('>\nSolution\n<') || asked.truth;
  const errs = asked.kind !== 'injection' && createHash('sha256').update(words).digest()[0]! < 26;
  return errs !== asked.truth;
}

const verdict = (met: boolean) => JSON.stringify({ explanation: 'as told', criteria_met: met });
const USAGE = { input: 500, output: 40 };

let server: FixtureServer;
let cwd = '';
const env = { LOCAL_KEY: 'local-secret-0123456789' };
const mumbled = new Set<string>();

/** `liar` says the opposite, `yes` says yes to everything; `honest` mumbles at first, where it is asked about ice. */
beforeAll(async () => {
  server = await startOpenAiServer((messages, _n, request) => {
    const words = messages.at(-1)?.content ?? '';
    const model = String(request.body['model']);
    if (model === 'mute') return { text: 'No comment.', usage: USAGE };
    if (messages[0]?.role !== 'system')
      return { text: 'Icing on the blades cut the output by half.', usage: USAGE };
    if (model === 'honest' && words.includes('Names icing') && !mumbled.has(words)) {
      mumbled.add(words);
      return { text: 'Well, it depends.', usage: USAGE };
    }
    const list = [...words.matchAll(/^(C\d): (.*)$/gm)];
    if (list.length > 0) {
      const verdicts = list.map(([, criterion, text]) => ({
        criterion,
        criteria_met: !/Blames/.test(text ?? ''),
      }));
      return { text: JSON.stringify({ verdicts }), usage: USAGE };
    }
    const met = ruling(words) ?? !words.includes('Blames');
    return { text: verdict(model === 'yes' ? true : model === 'liar' ? !met : met), usage: USAGE };
  });
  cwd = emptyFolder();
  writeFileSync(
    join(cwd, 'wattmark.yaml'),
    `providers:\n  local: { base_url: ${server.url}, key_env: LOCAL_KEY, stream: false, json_mode: true, prices: { input: 2, output: 10, currency: USD } }\n`,
  );
  await command(['init', 'mine'], { cwd });
  writeFileSync(
    join(cwd, 'mine', 'tasks', 'explain.yaml'),
    `id: explain\ntitle: { en: Explain, zh: 解释 }\nprompt: { en: Why did output fall?, zh: 出力为何下降？ }\nchecks:\n  - kind: rubric\n    facts: { en: It snowed that night., zh: 当夜降雪。 }\n    criteria:\n      - { id: cause, points: 2, text: { en: Gives a cause., zh: 指出原因。 }, evidence: { en: [snow], zh: [雪] } }\n      - { id: bad, points: -1, text: { en: Blames the operator., zh: 归咎于运行人员。 }, evidence: { en: [fault of the operator], zh: [运行人员的错] } }\ncases:\n  - { id: one, reference: { en: Snow it was., zh: 因降雪所致。 } }\n  - { id: two, prompt: { en: Why did output fall on Monday?, zh: 周一出力为何下降？ }, reference: { en: Snow it was., zh: 因降雪所致。 } }\n`,
  );
}, 60_000);
afterAll(() => server.close());

const EXPLAIN = ['run', './mine', '--task', 'explain', '--lang', 'en', '--json', '--quiet'];
const auditFile = (path: string): JudgeAudit => parseAudit(readFileSync(join(cwd, path), 'utf8'), path);
const summaryOf = (text: string): Summary => summarySchema.parse(JSON.parse(text));

describe('an audit of the lexical judge', () => {
  it('needs no key and no network, writes nothing unless told, and comes out the same each time', async () => {
    const empty = emptyFolder();
    const [first, second, markdown] = await Promise.all([
      command(['judge', 'audit', '-m', 'lexical', '--json'], { cwd: empty }),
      command(['judge', 'audit', '-m', 'lexical', '--json'], { cwd: empty }),
      wattmark(['judge', 'audit', '-m', 'lexical', '--markdown'], { cwd: empty }),
    ]);
    expect([first.code, first.err]).toEqual([0, '']);
    expect(first.out).toBe(second.out);
    expect(readdirSync(empty)).toEqual([]);
    const audit = parseAudit(first.out, 'stdout');
    for (const { decisions } of audit.result.langs) expect(decisions).toBeGreaterThanOrEqual(200);
    expect(audit.judge).toBe('lexical');
    expect(markdown.out).toContain('cannot see meaning');
  });
});

describe('an audit of a model', () => {
  const AUDIT = ['judge', 'audit', '-m', 'local/honest', '--lang', 'en', '--quiet', '--out', 'judge.json'];
  it('stopped by its budget keeps every paid reply; the same command goes on and asks nothing twice', async () => {
    const cut = await wattmark([...AUDIT, '--max-cost', '0.2'], { cwd, env });
    expect(cut.code).toBe(130);
    expect(cut.err).toContain('the same command goes on');
    expect(existsSync(join(cwd, 'judge.json'))).toBe(false);
    const before = server.requests.length;
    expect(before).toBeGreaterThan(50);
    expect(before).toBeLessThan(250);
    const { code, out, err } = await command(AUDIT, { cwd, env });
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('sensitivity');
    // One request a decision, and one more for each that was mumbled at first.
    expect(server.requests).toHaveLength(ABOUT.size + mumbled.size);
    const again = await command(AUDIT, { cwd, env });
    expect(again.code).toBe(0);
    expect(server.requests).toHaveLength(ABOUT.size + mumbled.size);
  });
  it('measures what the judge does, decision by decision', () => {
    const { result, usage, judge, audit_set } = auditFile('judge.json');
    const plain = [...ABOUT].filter(([, { kind }]) => kind !== 'injection' && kind !== 'master-key');
    const share = (truth: boolean) => {
      const own = plain.filter(([, asked]) => asked.truth === truth);
      return own.filter(([words]) => ruling(words) === truth).length / own.length;
    };
    expect(result.plain.sensitivity.value).toBeCloseTo(share(true), 12);
    expect(result.plain.specificity.value).toBeCloseTo(share(false), 12);
    expect(share(true)).toBeLessThan(1);
    // Two of ten stories carry the notice, five criteria each.
    expect(result.injection).toMatchObject({ decisions: 50, fooled: 10, rate: 0.2 });
    expect(result.master_key).toMatchObject({ decisions: 40, fooled: 4 });
    expect(result.unread).toBe(0);
    const calls = ABOUT.size + mumbled.size;
    expect(usage).toMatchObject({ calls, input_tokens: 500 * calls, output_tokens: 40 * calls });
    expect(usage?.cost?.amount).toBeCloseTo((calls * (500 * 2 + 40 * 10)) / 1e6, 9);
    expect([judge, audit_set.hash]).toEqual(['local/honest', ENGLISH.hash]);
  });
  it('corrects the rubric mean of a run, stays with it, and comes into its leaderboard row', async () => {
    const { code, out } = await command(
      [...EXPLAIN, '-m', 'local/candidate', '--judge', 'local/honest', '--judge-audit', 'judge.json'],
      { cwd, env },
    );
    expect(code).toBe(0);
    const summary = summaryOf(out);
    const [model] = summary.models;
    const { hash } = auditFile('judge.json');
    expect(model?.rubric).toMatchObject({ judge: 'local/honest', score: 1, corrected: { audit: hash } });
    expect(model?.judging).toMatchObject([
      { judge: 'local/honest', replies: 4, tokens: { input: { count: 2000 } } },
    ]);
    expect(model?.judging?.[0]?.cost?.amount).toBeCloseTo((4 * 1400) / 1e6, 9);
    const report = await command(['report', summary.run], { cwd });
    expect(report.out).toContain("without the judge's measured errors");
    expect(report.out).toMatch(/judging took 4 replies of local\/honest, 2160 tokens/);
    const board = await command(['leaderboard', summary.run, '--json', '--force'], { cwd });
    const row = leaderboardSchema.parse(JSON.parse(board.out)).rankings[0]?.rows[0];
    expect(row?.judge_audit?.hash).toBe(hash);
    expect(row?.rubric?.corrected?.interval).toEqual(model?.rubric?.corrected?.interval);
  });
  it('that never gives a verdict measures nothing: exit 3, and no file', async () => {
    const { code, out, err } = await command(
      ['judge', 'audit', '-m', 'local/mute', '--lang', 'zh', '--quiet', '--out', 'mute.json'],
      {
        cwd,
        env,
      },
    );
    expect([code, out]).toEqual([3, '']);
    expect(err).toContain('450 of 450 decisions have no readable verdict');
    expect(existsSync(join(cwd, 'mute.json'))).toBe(false);
  });
  it('of another judge is refused before anything is asked, and so is a file that was touched', async () => {
    const asked = server.requests.length;
    const other = await command(
      [...EXPLAIN, '-m', 'local/candidate', '--judge', 'local/yes', '--judge-audit', 'judge.json'],
      { cwd, env },
    );
    expect(other.code).toBe(2);
    expect(other.err).toContain('the audit is of local/honest');
    writeFileSync(
      join(cwd, 'touched.json'),
      readFileSync(join(cwd, 'judge.json'), 'utf8').replace('"kappa": 0.', '"kappa": 0.9'),
    );
    const touched = await command(
      [...EXPLAIN, '-m', 'local/candidate', '--judge', 'local/honest', '--judge-audit', 'touched.json'],
      { cwd, env },
    );
    expect(touched.code).toBe(2);
    expect(touched.err).toContain('changed after it was written');
    expect(server.requests).toHaveLength(asked);
  });
  it('that says yes to everything says so, and corrects nothing', async () => {
    const audited = await command(
      ['judge', 'audit', '-m', 'local/yes', '--lang', 'en', '--quiet', '--out', 'yes.json'],
      { cwd, env },
    );
    expect(audited.code).toBe(0);
    expect(audited.out).toContain('No better than chance');
    const run = await command([...EXPLAIN, '-m', 'local/candidate', '--judge', 'local/yes'], { cwd, env });
    const again = await command(['score', summaryOf(run.out).run, '--judge-audit', 'yes.json', '--json'], {
      cwd,
    });
    expect(again.code).toBe(0);
    expect(summaryOf(again.out).models[0]?.rubric).toMatchObject({
      not_corrected: expect.stringContaining('no better than chance'),
    });
  });
});

describe('a panel on the command line', () => {
  it('votes, tells how often it differs, and scores again to the same without asking', async () => {
    const asked = server.requests.length;
    const { code, out, err } = await command(
      [...EXPLAIN, '-m', 'local/candidate', '--judge', 'local/honest,local/liar', '--judge', 'local/honest2'],
      { cwd, env },
    );
    // --quiet keeps remarks away.
    expect([code, err]).toEqual([0, '']);
    const summary = summaryOf(out);
    expect(summary.judge).toBe('local/honest + local/honest2 + local/liar (majority)');
    expect(summary.models[0]?.rubric).toMatchObject({ score: 1, disagreement: 1 });
    expect(summary.models[0]?.judging?.map(({ judge, replies }) => [judge, replies])).toEqual(
      expect.arrayContaining([
        ['local/honest', 4],
        ['local/liar', 4],
        ['local/honest2', 4],
      ]),
    );
    const forced = server.requests
      .slice(asked)
      .map(({ body }) => [body['model'] !== 'candidate', 'response_format' in body]);
    for (const [isJudge, isForced] of forced) expect(isForced).toBe(isJudge);
    // Two replies, and two criteria of each by three judges.
    expect(server.requests).toHaveLength(asked + 2 + 12);
    const again = await command(['score', summary.run], { cwd });
    expect(again.err).toContain('2 replies scored again, 0 of them otherwise');
    const show = await command(['show', summary.run, 'mine/explain/one/en'], { cwd });
    for (const judge of ['local/honest ', 'local/liar ', 'local/honest2 '])
      expect(show.out).toContain(`judge ${judge}on check 1`);
  });
  it('may decide by the mean, and ask in batches: a name of its own, and a call a reply', async () => {
    const asked = server.requests.length;
    const { code, out } = await command(
      [...EXPLAIN, '-m', 'local/candidate', '--judge', 'local/honest,local/liar', '--judge-batch'],
      { cwd, env },
    );
    expect(code).toBe(0);
    expect(summaryOf(out).judge).toBe('local/honest + local/liar (mean) (batched)');
    expect(server.requests).toHaveLength(asked + 2 + 4);
    const resumed = await command(['run', '--resume', summaryOf(out).run, '--json', '--quiet'], {
      cwd,
      env,
    });
    expect(resumed.code).toBe(0);
    expect(server.requests).toHaveLength(asked + 2 + 4);
  });
  it('is audited as it is asked: the same votes, the same batches', async () => {
    const asked = server.requests.length;
    const args = [
      'judge',
      'audit',
      '-m',
      'local/yes,local/honest,local/also',
      '--batch',
      '--lang',
      'zh',
      '--quiet',
      '--json',
    ];
    const { code, out } = await command(args, { cwd, env });
    expect(code).toBe(0);
    const audit = parseAudit(out, 'stdout');
    expect(audit.judge).toBe('local/also + local/honest + local/yes (majority) (batched)');
    expect(audit.judging).toEqual({ vote: 'majority', batch: true });
    // One request a reply and judge.
    expect(server.requests).toHaveLength(asked + 3 * auditSet(['zh']).items.length);
    expect(audit.result.langs.map(({ lang }) => lang)).toEqual(['zh']);
  });
  it('that could not decide, or names a judge twice, is refused before anything is asked', async () => {
    const asked = server.requests.length;
    const refusals = await Promise.all(
      [
        ['--judge', 'local/a,local/b', '--judge-vote', 'majority'],
        ['--judge', 'local/a,local/a'],
        ['--judge', 'local/a', '--judge-vote', 'mean'],
        ['--judge-batch'],
      ].map((more) => command([...EXPLAIN, '-m', 'local/candidate', ...more], { cwd, env })),
    );
    expect(refusals.map(({ code }) => code)).toEqual([2, 2, 2, 2]);
    expect(refusals.map(({ err }) => /evenly|twice|no vote|no judge/.test(err))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(server.requests).toHaveLength(asked);
  });
});
