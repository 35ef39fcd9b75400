import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Leaderboard, leaderboardSchema } from '../../harness/report/leaderboard/schema.ts';
import { type Summary, summarySchema } from '../../harness/report/summary.ts';
import { startAnthropicServer } from '../fixtures/servers/anthropic-server.ts';
import type { FixtureServer } from '../fixtures/servers/fixture-server.ts';
import { startOpenAiServer } from '../fixtures/servers/openai-server.ts';
import { emptyFolder, FINISHING, meritOrderSuite, said, wattmark } from './cli.ts';
import { command } from './in-process.ts';

const SMALL = ['dispatch', '--task', 'merit-order', '--seeds', '1-3', '--quiet'];
const HOSTILE = '\u001b]0;owned\u0007\u001b[2J<script>alert(1)</script>\r\u202eevil {"price": 1}';
const KEYS = {
  OPENAI_API_KEY: 'sk-test-0123456789abcdef',
  ANTHROPIC_API_KEY: 'sk-ant-test-0123456789abcdef',
  LOCAL_KEY: 'local-secret-0123456789',
};

/** A folder with a small suite. */
function merit(): string {
  const cwd = emptyFolder();
  meritOrderSuite(cwd);
  return cwd;
}

const summaryOf = (text: string): Summary => summarySchema.parse(JSON.parse(text));
const journalOf = (cwd: string) => {
  const runs = join(cwd, 'results', 'runs');
  return readFileSync(join(runs, readdirSync(runs).sort().at(-1) ?? '', 'journal.jsonl'), 'utf8');
};

describe('a run of the baselines', () => {
  const cwd = emptyFolder();
  let json = '';
  beforeAll(async () => {
    const { code, out } = await wattmark(['run', ...SMALL, '--json'], { cwd });
    expect(code).toBe(0);
    json = out;
  });

  it('prints JSON and nothing else, reference 1 and silence 0', () => {
    const scores = Object.fromEntries(summaryOf(json).models.map(({ id, overall }) => [id, overall.score]));
    expect(scores['baseline/reference']).toBe(1);
    expect(scores['baseline/silent']).toBe(0);
    expect(scores['baseline/guess']).toBeLessThan(0.2);
    expect(scores['baseline/mistakes']).toBeLessThan(1);
  });
  it('sums up as it goes what its journal holds: reading that again gives the same to the last digit', async () => {
    const again = await command(['report', 'latest', '--json'], { cwd });
    expect(JSON.parse(again.out)).toEqual(JSON.parse(json));
  });
  it('shows the same table again, as text and as Markdown', async () => {
    const [text, markdown] = await Promise.all([
      command(['report'], { cwd }),
      wattmark(['report', 'latest', '--md'], { cwd }),
    ]);
    expect(text.out).toContain('baseline/reference †');
    expect(text.out).toContain('Next:');
    expect(markdown.out).toMatch(/^\| model \|/m);
  });
  it('scores again to the same, asking nothing', async () => {
    const { code, out, err } = await wattmark(['score', 'latest', '--json'], { cwd });
    expect([code, err]).toEqual([0, '24 replies scored again, 0 of them otherwise than before.\n']);
    expect(summaryOf(out).models.map(({ overall }) => overall)).toEqual(
      summaryOf(json).models.map(({ overall }) => overall),
    );
  });
  it('shows one question whole, with the worked solution', async () => {
    const { out } = await wattmark(['show', 'latest', 'dispatch/merit-order/s1/zh', '-m', 'baseline/guess'], {
      cwd,
    });
    for (const part of ['某调度机构', 'baseline/guess', 'numeric', '系统边际电价为'])
      expect(out).toContain(part);
  });
  it('names the sample that was meant', async () => {
    const { code, err } = await command(['show', 'latest', 'dispatch/merit-order/s1/fr'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('did you mean dispatch/merit-order/s1/');
  });
  it('has nothing to do when it is resumed', async () => {
    const { code, err } = await command(['run', '--resume', 'latest'], { cwd });
    expect(code).toBe(0);
    expect(err).toContain('6 done, 0 to ask');
  });
  it('refuses to resume as another run', async () => {
    const { code, err } = await command(['run', '--resume', 'latest', '--epochs', '2'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('--epochs cannot change it');
  });
  it('writes a leaderboard that fits its schema, and keeps runs of other questions apart', async () => {
    await command(['run', 'dispatch', '--task', 'merit-order', '--seeds', '4-5', '--quiet'], { cwd });
    const runs = readdirSync(join(cwd, 'results', 'runs'));
    const { code, out } = await wattmark(['leaderboard', ...runs, '--out', 'board.json'], { cwd });
    expect(code).toBe(0);
    const board: Leaderboard = leaderboardSchema.parse(
      JSON.parse(readFileSync(join(cwd, 'board.json'), 'utf8')),
    );
    expect(board.rankings).toHaveLength(2);
    expect(board.rankings[1]?.apart).not.toEqual([]);
    expect(out).toContain('seeds');
  });
});

describe('a suite that changes after its run', () => {
  it('is told by the run that is scored again, and kept apart from runs of the old key', async () => {
    const cwd = emptyFolder();
    await command(['init', 'mine'], { cwd });
    const args = [
      'run',
      './mine',
      '--task',
      'line-loss',
      '--quiet',
      '--json',
      '-m',
      'baseline/reference',
      '-m',
      'baseline/mistakes',
    ];
    const [old, other] = [await command(args, { cwd }), await command(args, { cwd })].map(({ out }) =>
      summaryOf(out),
    );
    const task = join(cwd, 'mine', 'tasks', 'line-loss.yaml');
    writeFileSync(task, readFileSync(task, 'utf8').replace('energy, rel: 0.5%', 'energy, rel: 0.4%'));
    const again = await command(['score', other?.run ?? '', '--json'], { cwd });
    expect(again.code).toBe(0);
    expect(again.err).toContain('4 replies scored again, 4 of them otherwise');
    const now = summaryOf(again.out);
    expect(now.suites[0]?.hash).not.toBe(old?.suites[0]?.hash);
    expect(now.status).toBe('done');
    const both = ['leaderboard', old?.run ?? '', other?.run ?? '', '--json'];
    const forced = await command([...both, '--force'], { cwd });
    expect(leaderboardSchema.parse(JSON.parse(forced.out)).rankings).toHaveLength(2);
  });
});

describe('a leaderboard stands behind the suites of its rows', () => {
  it('refuses a suite without a lock or with a wrong key, takes it once its check passes, and marks what was forced', async () => {
    const cwd = emptyFolder();
    await command(['init', 'mine'], { cwd });
    await command(['run', './mine', '--quiet', '-m', 'baseline/guess'], { cwd });
    const board = async (...more: string[]) => {
      const { code, out } = await command(['leaderboard', 'latest', '--json', ...more], { cwd });
      expect(code).toBe(0);
      return leaderboardSchema.parse(JSON.parse(out));
    };
    const reasons = ({ refused }: Leaderboard) => refused.map(({ reason }) => reason).join('\n');
    expect(reasons(await board())).toMatch(/suite mine is not as locked: is missing/);
    const { rankings } = await board('--force');
    expect(rankings[0]?.rows[0]?.marks).toEqual([expect.stringContaining('not as locked')]);

    await command(['suites', 'lock', './mine'], { cwd });
    const good = await board();
    expect(good.refused).toEqual([]);
    expect(good.rankings[0]?.rows[0]?.marks).toEqual([]);

    // A mistake that is said to be right: no lock is written for it, and an unproved one is not believed.
    const task = join(cwd, 'mine', 'tasks', 'line-loss.yaml');
    writeFileSync(task, readFileSync(task, 'utf8').replace(/score: 0\b/, 'score: 1'));
    const refused = await command(['suites', 'lock', './mine'], { cwd });
    expect([refused.code, refused.err.includes('does not pass its check')]).toEqual([2, true]);
    const lock = join(cwd, 'mine', 'suite.lock.json');
    writeFileSync(lock, readFileSync(lock, 'utf8').replace('"proved": true', '"proved": false'));
    expect(reasons(await board())).toMatch(/suite mine does not pass its check: .*the mistake/);
  });
});

describe('a run of a locked suite', () => {
  const folder = async (): Promise<string> => {
    const cwd = emptyFolder();
    await command(['init', 'mine'], { cwd });
    await command(['suites', 'lock', './mine'], { cwd });
    return cwd;
  };
  const run = (cwd: string, ...more: string[]) =>
    command(
      ['run', './mine', '--json', '--quiet', '-m', 'baseline/guess', '-m', 'baseline/mistakes', ...more],
      {
        cwd,
      },
    );

  it.each([[[]], [['--limit', '4']], [['--task', 'line-loss', '--lang', 'zh', '--epochs', '2']]])(
    'is the run of the same suite drawn beforehand: %j',
    async (more) => {
      const cwd = await folder();
      const told = async () => {
        const { code, out } = await run(cwd, ...more);
        expect(code).toBe(0);
        const { suites, models, checkers } = summaryOf(out);
        const scores = models.map(({ id, overall, tasks, repeats }) => ({ id, overall, tasks, repeats }));
        return { scores, checkers, suites };
      };
      const locked = await told();
      // Of another version of Wattmark, which may have drawn otherwise.
      const path = join(cwd, 'mine', 'suite.lock.json');
      writeFileSync(path, readFileSync(path, 'utf8').replace(/"wattmark": ".*?"/, '"wattmark": "0.0.0"'));
      expect(await told()).toEqual(locked);
    },
  );

  it('ends where a question is not as the lock has it, keeps what was asked, and goes on', async () => {
    const cwd = await folder();
    const path = join(cwd, 'mine', 'suite.lock.json');
    const text = readFileSync(path, 'utf8');
    const [task, samples] = Object.entries(
      (JSON.parse(text) as { samples: Record<string, Record<string, string>> }).samples,
    ).at(-1)!;
    const [label, hashes = ''] = Object.entries(samples).at(-1)!;
    writeFileSync(path, text.replace(hashes, hashes.split('').reverse().join('')));
    const { code, err } = await run(cwd);
    expect(code).toBe(130);
    expect(err).toContain(`mine/${task}/${label} is not as the lock of its suite has it`);
    expect(err).toContain('wattmark suites lock');
    const resumed = await command(['run', '--resume', 'latest', '--quiet', '--json'], { cwd });
    expect(resumed.code).toBe(0);
    const { models, status } = summaryOf(resumed.out);
    expect([status, ...models.map(({ overall }) => overall.unscored)]).toEqual(['done', 0, 0]);
  });
});

describe('real models over HTTP', () => {
  const ASK = ['./merit', '--seeds', '1-3', '--quiet'];
  const servers: FixtureServer[] = [];
  afterAll(() => Promise.all(servers.map((server) => server.close())));
  const answer = '{"price": 30, "total_cost": 1000, "dispatch": {}}';
  const reply = () => ({
    text: `Worked out.\n${answer}`,
    usage: { input: 500, output: 40 },
    model: 'served-1',
  });

  async function world(stream: boolean) {
    const openai = await startOpenAiServer(reply);
    const anthropic = await startAnthropicServer(reply);
    servers.push(openai, anthropic);
    const cwd = merit();
    const prices = '{ input: 1, output: 10, currency: USD, as_of: 2026-11-01 }';
    writeFileSync(
      join(cwd, 'wattmark.yaml'),
      `providers:\n  local: { base_url: ${openai.url}, key_env: LOCAL_KEY, stream: ${stream}, prices: ${prices} }\n  openai: { stream: ${stream}, prices: ${prices} }\n  anthropic: { stream: ${stream} }\n`,
    );
    const env = { ...KEYS, OPENAI_BASE_URL: openai.url, ANTHROPIC_BASE_URL: anthropic.url };
    return { openai, anthropic, cwd, env };
  }
  const MODELS = ['-m', 'openai/gpt-test', '-m', 'anthropic/claude-test', '-m', 'local/org/model:tag'];

  it.each([false, true])(
    'asks OpenAI, Anthropic and a compatible endpoint alike (streaming: %s)',
    async (stream) => {
      const { openai, anthropic, cwd, env } = await world(stream);
      const { code, out } = await wattmark(['run', ...ASK, ...MODELS, '--json'], { cwd, env });
      expect(code).toBe(0);
      const models = summaryOf(out).models;
      expect(models.map(({ id }) => id)).toEqual([
        'openai/gpt-test',
        'anthropic/claude-test',
        'local/org/model:tag',
      ]);
      for (const model of models) {
        expect(model).toMatchObject({
          overall: { n: 6, unscored: 0 },
          tokens: { input: { count: 3000, complete: true }, output: { count: 240, complete: true } },
        });
        expect(model.served_models).toEqual(['served-1']);
      }
      expect(models[0]?.cost?.amount).toBeCloseTo((3000 + 2400) / 1e6, 12);
      expect(models[1]?.cost).toBeUndefined();
      expect([openai.requests.length, anthropic.requests.length]).toEqual([12, 6]);
    },
  );

  it('never lets a key into the journal, a report or an error', async () => {
    const { cwd, env } = await world(false);
    const ran = await command(['run', ...ASK, ...MODELS], { cwd, env });
    const shown = await command(['show', 'latest', 'dispatch/merit-order/s1/en'], { cwd, env });
    const everything = [ran.out, ran.err, shown.out, shown.err, journalOf(cwd)].join('\n');
    for (const key of Object.values(KEYS)) expect(everything).not.toContain(key);
  });

  it('asks nothing in a dry run, and says what it would cost', async () => {
    const { openai, anthropic, cwd, env } = await world(false);
    const { code, out } = await command(['run', ...ASK, ...MODELS, '--dry-run'], { cwd, env });
    expect(code).toBe(0);
    expect(out).toContain('It would take 18 requests');
    expect(out).toMatch(/about 0\.\d+ USD; unknown for anthropic\/claude-test/);
    expect([openai.requests.length, anthropic.requests.length]).toEqual([0, 0]);
    expect(readdirSync(cwd).sort()).toEqual(['merit', 'wattmark.yaml']);
  });

  it('says which variable a missing key belongs in, before anything is asked', async () => {
    const { openai, cwd } = await world(false);
    const { code, err } = await command(['run', ...ASK, ...MODELS], { cwd });
    expect(code).toBe(2);
    for (const name of ['OPENAI_API_KEY', 'ANTHROPIC_API_KEY', 'LOCAL_KEY']) expect(err).toContain(name);
    expect(openai.requests).toEqual([]);
  });

  it('shows hostile replies as harmless text', async () => {
    const server = await startOpenAiServer(() => ({ text: HOSTILE }));
    servers.push(server);
    const cwd = merit();
    const env = { ...KEYS, OPENAI_BASE_URL: server.url };
    await command(['run', ...ASK, '-m', 'openai/gpt-test'], { cwd, env });
    const shown = await command(['show', 'latest', 'dispatch/merit-order/s1/en'], { cwd, env });
    expect(shown.out).toContain('<script>alert(1)</script>');
    expect(shown.out).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });

  it('leaves failures unscored with exit 3, and resume asks only those', async () => {
    let broken = true;
    const server = await startOpenAiServer((_messages, n) =>
      broken && n % 2 === 0
        ? {
            fault: 'status',
            status: 400,
            body: { error: { message: 'no such thing', type: 'invalid_request_error' } },
          }
        : reply(),
    );
    servers.push(server);
    const cwd = merit();
    const env = { ...KEYS, OPENAI_BASE_URL: server.url };
    const first = await command(['run', ...ASK, '-m', 'openai/gpt-test', '--concurrency', '1', '--json'], {
      cwd,
      env,
    });
    expect(first.code).toBe(3);
    expect(summaryOf(first.out).models[0]?.overall).toMatchObject({ unscored: 3 });
    broken = false;
    const second = await command(['run', '--resume', 'latest', '--json', '--quiet'], { cwd, env });
    expect(second.code).toBe(0);
    expect(summaryOf(second.out).models[0]?.overall).toMatchObject({ n: 6, unscored: 0 });
    expect(server.requests).toHaveLength(9);
  });

  it('keeps every reply when it is interrupted, and resume asks each other question once', async () => {
    let child: ChildProcess | undefined;
    let heard = () => {};
    // Else the rest might be done before the signal gets through.
    const hearing = new Promise<void>((resolve) => (heard = resolve));
    const server = await startOpenAiServer(async (_messages, n) => {
      if (n === 4) child?.kill('SIGINT');
      if (n >= 4) await hearing;
      return reply();
    });
    servers.push(server);
    const cwd = merit();
    const env = { ...KEYS, OPENAI_BASE_URL: server.url };
    const args = [
      'run',
      meritOrderSuite(cwd),
      '--seeds',
      '1-6',
      '-m',
      'openai/gpt-test',
      '--concurrency',
      '2',
    ];
    const first = await wattmark(args, {
      cwd,
      env,
      onStart: (started) => {
        child = started;
        void said(started, FINISHING).then(heard);
      },
    });
    expect(first.code).toBe(130);
    expect(first.err).toContain('run --resume');
    const asked = server.requests.length;
    const second = await command(['run', '--resume', 'latest', '--json', '--quiet'], { cwd, env });
    expect(second.code).toBe(0);
    expect(asked).toBeLessThan(12);
    expect(server.requests).toHaveLength(12);
  });

  it('replays a run without its server', async () => {
    const { cwd, env } = await world(false);
    const first = await command(['run', ...ASK, '-m', 'local/one', '--json'], { cwd, env });
    await servers.at(-2)?.close();
    const run = summaryOf(first.out).run;
    const again = await command(['run', ...ASK, '-m', `replay:${run}`, '--json'], { cwd });
    expect(again.code).toBe(0);
    expect(summaryOf(again.out).models[0]?.overall.score).toBe(summaryOf(first.out).models[0]?.overall.score);
  });

  it('asks a judge once a criterion, journals it, and scores again without it', async () => {
    const verdict = { text: '{"explanation": "it does", "criteria_met": true}' };
    const server = await startOpenAiServer((messages) =>
      messages[0]?.role === 'system' ? verdict : { text: 'Icing on the blades cut the output.' },
    );
    servers.push(server);
    const cwd = emptyFolder();
    const env = { ...KEYS, OPENAI_BASE_URL: server.url };
    await command(['init', 'mine'], { cwd });
    writeFileSync(
      join(cwd, 'mine', 'tasks', 'explain.yaml'),
      `id: explain\ntitle: { en: Explain, zh: 解释 }\nprompt: { en: Why did output fall?, zh: 出力为何下降？ }\nchecks:\n  - kind: rubric\n    criteria:\n      - { id: cause, points: 1, text: { en: Names the cause., zh: 指出原因。 }, evidence: { en: [snow], zh: [雪] } }\n      - { id: bad, points: -1, text: { en: Blames the operator., zh: 归咎于运行人员。 }, evidence: { en: [fault of the operator], zh: [运行人员的错] } }\ncases:\n  - { id: one, reference: { en: Snow it was., zh: 因降雪所致。 } }\n`,
    );
    const args = [
      'run',
      './mine',
      '--task',
      'explain',
      '--lang',
      'en',
      '-m',
      'openai/a',
      '--judge',
      'openai/j',
      '--json',
      '--quiet',
    ];
    const { code, out, err } = await command(args, { cwd, env });
    expect([code, err]).toEqual([0, '']);
    // Both criteria are met, says the judge: 1 − 1 of 1 point.
    expect(summaryOf(out).models[0]?.overall.score).toBe(0);
    expect(server.requests).toHaveLength(3);
    const again = await command(['score', 'latest'], { cwd });
    expect(again.err).toContain('1 replies scored again, 0 of them otherwise');
    expect(server.requests).toHaveLength(3);
  });
});
