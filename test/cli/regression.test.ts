import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../harness/core/event.ts';
import { everyEvalEverSchema } from '../../harness/report/exports/every-eval-ever.ts';
import { everyEvalEverRowSchema } from '../../harness/report/exports/every-eval-ever-samples.ts';
import { makeRun, type RunShape } from '../report/run-fixture.ts';
import { emptyFolder, wattmark } from './cli.ts';
import { command } from './in-process.ts';

const BASE = '20260501-000000-bbbb';
const SAME = '20260502-000000-cccc';
const WORSE = '20260503-000000-dddd';
const FEW = '20260504-000000-ffff';
const OTHER = '20260505-000000-gggg';

function writeRun(cwd: string, id: string, shape: RunShape): void {
  const folder = join(cwd, 'results', 'runs', id);
  mkdirSync(folder, { recursive: true });
  const day = `${id.slice(0, 4)}-${id.slice(4, 6)}-${id.slice(6, 8)}`;
  const events: RunEvent[] = makeRun({ run: id, at: `${day}T00:00:00.000Z`, seeds: 30, ...shape });
  writeFileSync(join(folder, 'journal.jsonl'), events.map((event) => `${JSON.stringify(event)}\n`).join(''));
}

describe('comparing and gating', () => {
  const cwd = emptyFolder();
  const models = ['lab/a', 'baseline/guess'];
  beforeAll(() => {
    const good: RunShape['fate'] = ({ seed }, model) => (model === 'lab/a' && seed % 5 > 0 ? 1 : 0);
    writeRun(cwd, BASE, { models, fate: good });
    writeRun(cwd, SAME, { models, fate: good });
    writeRun(cwd, WORSE, { models, fate: ({ seed }, model) => (model === 'lab/a' && seed % 2 > 0 ? 1 : 0) });
    writeRun(cwd, FEW, { models, seeds: 5, fate: ({ seed }) => (seed > 1 ? 1 : 0) });
    writeRun(cwd, OTHER, { models, checkers: { numeric: 2 } });
  });

  it('concludes in a sentence, and says how to read both replies', async () => {
    const { code, out, err } = await wattmark(['compare', BASE, WORSE], { cwd });
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/By 30\.0 points the later run is worse/);
    expect(out).toContain(`compare ${BASE} ${WORSE} --sample dispatch/merit/`);
  });
  it('shows both replies to a sample side by side, or one under the other where it is narrow', async () => {
    const args = ['compare', BASE, WORSE, '--sample', 'dispatch/merit/s1/zh'];
    const narrow = await command(args, { cwd, columns: 80 });
    expect(narrow.code).toBe(0);
    for (const part of [
      `lab/a of ${BASE}`,
      `lab/a of ${WORSE}`,
      'question dispatch/merit/s1/zh',
      'reply of lab/a',
    ])
      expect(narrow.out).toContain(part);
    const wide = await command(args, { cwd, columns: 140 });
    expect(wide.out).toMatch(new RegExp(`lab/a of ${BASE} +│ lab/a of ${WORSE}`));
    const lost = await command(['compare', BASE, WORSE, '--sample', 'dispatch/nothing/s1/zh'], { cwd });
    expect([lost.code, lost.err.includes('no sample')]).toEqual([2, true]);
  });
  it('compares rows of a leaderboard that was published with its samples, as it compares their runs', async () => {
    const publish = (...more: string[]) =>
      command(['leaderboard', BASE, '--force', '--out', 'board.json', ...more], { cwd });
    await publish();
    const bare = await command(['compare', 'board.json:lab/a', 'board.json:baseline/guess'], { cwd });
    expect([bare.code, bare.err.includes('published without its samples')]).toEqual([2, true]);
    await publish('--samples');
    const rows = await command(['compare', 'board.json:lab/a', 'board.json:baseline/guess', '--json'], {
      cwd,
    });
    const runs = await command(['compare', `${BASE}:lab/a`, `${BASE}:baseline/guess`, '--json'], { cwd });
    const [published, whole] = [JSON.parse(rows.out), JSON.parse(runs.out)];
    expect(published.overall).toEqual(whole.overall);
    expect(published.langs).toEqual(whole.langs);
    for (const [side, hint] of [
      ['board.json:lab/q', 'did you mean board.json:lab/a?'],
      ['board.json', 'which row?'],
      ['nothing.json:lab/a', 'cannot be read'],
    ] as const)
      expect((await command(['compare', side, 'board.json:lab/a'], { cwd })).err).toContain(hint);
  });
  it('prints JSON alone, and Markdown to a file', async () => {
    const { out } = await command(['compare', BASE, SAME, '--json', '--md', 'c.md'], { cwd });
    expect(JSON.parse(out)).toMatchObject({ status: 'compared', overall: { difference: 0, n: 60 } });
    expect(readFileSync(join(cwd, 'c.md'), 'utf8')).toContain('| overall |');
  });
  it('compares two models of one run', async () => {
    const { out } = await command(['compare', `${BASE}:baseline/guess`, `${BASE}:lab/a`], { cwd });
    expect(out).toMatch(/By 80\.0 points .*better/);
  });
  it('refuses what was judged by another checker, with the reason', async () => {
    const { code, out, err } = await command(['compare', BASE, OTHER], { cwd });
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('checker numeric is version 1');
  });
  it.each([
    [['compare', 'nothing.json:lab/a', BASE], 'cannot be read'],
    [['compare', `${BASE}:lab/b`, SAME], `did you mean ${BASE}:lab/a?`],
    [['compare', 'nothing', BASE], 'no run nothing'],
    [['gate', BASE, SAME, '--config', 'nothing.yaml'], 'there is no such file'],
    [['plan', BASE, '--points', '0'], 'points of 100'],
    [['plan', BASE, '--power', '1'], 'between 0 and 1'],
    [['report', BASE, '--eee', 'data'], '--organization'],
    [['report', BASE, '--junit', 'results/runs'], 'cannot be written'],
  ])('%j exits with 2 and says what would mend it', async (args, message) => {
    const { code, err } = await command(args, { cwd });
    expect(err).toContain(message);
    expect(code).toBe(2);
  });

  it.each([
    [SAME, 0, 'PASS'],
    [WORSE, 1, 'REGRESSED'],
    [FEW, 4, 'INCONCLUSIVE'],
  ])('a gate on %s exits with %i', async (next, expected, word) => {
    const base = next === FEW ? `${WORSE}` : BASE;
    const { code, out } = await wattmark(['gate', base, next], { cwd });
    expect(out).toContain(word);
    expect(code).toBe(expected);
  });
  it('a gate that cannot compare exits with 2, never with a verdict', async () => {
    const { code, out } = await command(['gate', BASE, OTHER, '--junit', 'refused.xml'], { cwd });
    expect([code, out]).toEqual([2, '']);
    expect(readFileSync(join(cwd, 'refused.xml'), 'utf8')).toContain('errors="1"');
  });
  it('takes its margin from the configuration, and locates a fault there', async () => {
    writeFileSync(join(cwd, 'wide.yaml'), 'gate: { margin: 0.6 }\n');
    writeFileSync(join(cwd, 'broken.yaml'), 'gate:\n  margn: 0.1\n');
    expect((await command(['gate', BASE, WORSE, '--config', 'wide.yaml'], { cwd })).code).toBe(0);
    const { code, err } = await command(['gate', BASE, WORSE, '--config', 'broken.yaml'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('broken.yaml:2:3');
  });
  it('writes for GitHub only where its variables exist, and keeps JSON clean', async () => {
    const quiet = await command(['gate', BASE, WORSE, '--json'], { cwd });
    expect([quiet.err, JSON.parse(quiet.out).verdict]).toEqual(['', 'regressed']);
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') };
    const loud = await command(['gate', BASE, WORSE, '--json', '--junit', 'g.xml', '--md', 'g.md'], {
      cwd,
      env,
    });
    expect(JSON.parse(loud.out).verdict).toBe('regressed');
    expect(loud.err).toContain('::error title=dispatch regressed::');
    expect(readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8')).toContain('### REGRESSED');
    expect(readFileSync(join(cwd, 'g.md'), 'utf8')).toContain('### REGRESSED');
    expect(readFileSync(join(cwd, 'g.xml'), 'utf8')).toContain('failures="1"');
  });
  it('appends to the history and never rewrites it, closing a line that a crash tore', async () => {
    const file = join(cwd, 'history.jsonl');
    await command(['gate', BASE, BASE, '--history', 'history.jsonl'], { cwd });
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, `${before}{"v":1,"torn`);
    const { out, err } = await wattmark(['gate', BASE, WORSE, '--history', 'history.jsonl'], { cwd });
    const lines = readFileSync(file, 'utf8').split('\n');
    expect(`${lines[0]}\n`).toBe(before);
    expect(JSON.parse(lines[2] as string)).toMatchObject({ run: WORSE, verdict: 'regressed' });
    expect(out).toContain('History: 2 comparable nights');
    expect(err).toContain('history.jsonl:2  damaged');

    const told = await wattmark(['history', 'history.jsonl', '--html', 'trend.html'], { cwd });
    expect([told.code, told.err]).toEqual([0, 'history.jsonl:2  damaged, left out\nWrote trend.html\n']);
    expect(told.out).toContain('lab/a: 2 comparable nights');
    expect(readFileSync(join(cwd, 'trend.html'), 'utf8')).toContain('Wattmark nightly trend');
    expect(
      JSON.parse((await command(['history', 'history.jsonl', '--json'], { cwd })).out)[0].nights,
    ).toHaveLength(2);
    const stranger = await command(['history', 'history.jsonl', '-m', 'lab/b'], { cwd });
    expect([stranger.code, stranger.err.includes('did you mean lab/a?')]).toEqual([2, true]);
    expect((await command(['history', 'none.jsonl'], { cwd })).code).toBe(2);
  });

  it('plans from one run or from two, and says what it assumed', async () => {
    const one = await wattmark(['plan', BASE, '--points', '5'], { cwd });
    expect(one.out).toContain('Assumed: two models');
    const two = await command(['plan', BASE, WORSE, '--points', '5,10', '--epochs', '1', '--json'], { cwd });
    const { rows } = JSON.parse(two.out);
    expect(rows).toHaveLength(2);
    expect(rows[0].samples / rows[1].samples).toBeCloseTo(4, 1);
  });

  it('exports JUnit, CSV and Every Eval Ever, and the same bytes again', async () => {
    const args = [
      'report',
      BASE,
      '--junit',
      'r.xml',
      '--csv',
      'r.csv',
      '--eee',
      'data',
      '--organization',
      'Example Lab',
    ];
    const read = () => {
      const folder = join(cwd, 'data', 'wattmark', 'lab', 'a');
      const files = readdirSync(folder);
      expect(files).toHaveLength(2);
      expect(files[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\.json$/);
      return readFileSync(join(folder, files[0] as string), 'utf8');
    };
    expect((await wattmark(args, { cwd })).code).toBe(0);
    const first = read();
    await command(args, { cwd });
    expect(read()).toBe(first);
    expect(everyEvalEverSchema.parse(JSON.parse(first)).source_metadata.source_organization_name).toBe(
      'Example Lab',
    );
    const folder = join(cwd, 'data', 'wattmark', 'lab', 'a');
    const samples = readFileSync(join(folder, readdirSync(folder)[1] as string), 'utf8');
    const rows = samples
      .trim()
      .split('\n')
      .map((line) => everyEvalEverRowSchema.parse(JSON.parse(line)));
    expect(JSON.parse(first).detailed_evaluation_results).toEqual({
      format: 'jsonl',
      file_path: readdirSync(folder)[1],
      hash_algorithm: 'sha256',
      checksum: createHash('sha256').update(samples).digest('hex'),
      total_rows: 60,
    });
    expect(rows.filter(({ evaluation }) => evaluation.is_correct)).toHaveLength(48);
    expect(rows[0]?.output.raw[0]).toContain('reply of lab/a to dispatch/merit/s1/en');
    expect(readFileSync(join(cwd, 'r.xml'), 'utf8')).toContain('tests="60"');
    expect(readFileSync(join(cwd, 'r.csv'), 'utf8')).toContain('lab/a');
  });
  it('writes Inspect logs, one a suite and model, with right replies from the suites at hand', async () => {
    const own = emptyFolder();
    await command(['run', 'dispatch', '--task', 'merit-order', '--seeds', '1', '--quiet'], { cwd: own });
    const { code, err } = await wattmark(['report', '--inspect', 'logs', '--work'], { cwd: own });
    expect([code, err.includes('Wrote logs/')]).toEqual([0, true]);
    const files = readdirSync(join(own, 'logs'));
    expect(files).toHaveLength(4);
    expect(files.find((name) => name.includes('guess'))).toMatch(
      /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\+00-00_wattmark-dispatch_baseline-guess\.json$/,
    );
    const log = JSON.parse(
      readFileSync(join(own, 'logs', files.find((name) => name.includes('reference'))!), 'utf8'),
    );
    expect(log.results.scores[0].metrics.mean.value).toBe(1);
    expect(log.samples.map(({ target }: { target: string }) => target.includes('"price"'))).toEqual([
      true,
      true,
    ]);
    const refused = await command(['report', '--inspect', 'logs', '--redact'], { cwd: own });
    expect([refused.code, refused.err.includes('--redact would leave none')]).toEqual([2, true]);
  });
  it('writes a run as a page with its worked solutions, and states its size', async () => {
    const own = emptyFolder();
    await command(['run', 'dispatch', '--task', 'merit-order', '--seeds', '1', '--quiet'], { cwd: own });
    const { code, err } = await wattmark(['report', '--html', 'run.html', '--work'], { cwd: own });
    expect(code).toBe(0);
    expect(err).toMatch(/Wrote run\.html \(\d+\.\d MB, \d+\.\d kB a sample\)/);
    const text = readFileSync(join(own, 'run.html'), 'utf8');
    const packed = text.match(/id="chunk-0">([^<]+)</)?.[1] ?? '';
    const samples = Object.values(JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString()));
    expect(samples).toHaveLength(2);
    for (const { work, attempts, prompt } of samples as {
      work: string;
      attempts: unknown[];
      prompt: unknown[];
    }[])
      expect([work.length > 100, attempts.length, prompt.length]).toEqual([true, 4, 1]);
  });
  it('writes a leaderboard as Markdown and CSV', async () => {
    const { code, out } = await wattmark(['leaderboard', BASE, '--force', '--md', 'l.md', '--csv', 'l.csv'], {
      cwd,
    });
    expect(code).toBe(0);
    expect(out).toContain('Wrote l.md, l.csv');
    expect(readFileSync(join(cwd, 'l.md'), 'utf8')).toContain('| lab/a |');
    expect(existsSync(join(cwd, 'l.csv'))).toBe(true);
  });
});
