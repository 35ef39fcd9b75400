import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, wattmark } from './cli.ts';
import { command } from './in-process.ts';

describe('usage', () => {
  it('lists commands and exit codes', async () => {
    const { code, out } = await wattmark(['--help']);
    expect(code).toBe(0);
    for (const text of ['run', 'suites', 'Exit codes', '130']) expect(out).toContain(text);
  });
  it.each([
    [['rnu'], 'Did you mean run?'],
    [['run', '--epoch', '2'], 'Did you mean --epochs?'],
    [['run', '--epochs', '0'], 'whole number'],
    [['run', '--lang', 'fr'], '"fr" is not one of en, zh'],
    [['run', '--seeds', '5-1'], 'range such as 1-5'],
    [['run', 'dispach'], 'did you mean "dispatch"?'],
    [['run', 'dispatch', '--task', 'merit-ordr'], 'did you mean "merit-order"?'],
    [['run', 'dispatch', '--tag', 'quik'], 'did you mean "quick"?'],
    [['run', '-m', 'opnai/gpt'], 'did you mean openai/gpt?'],
    [['run', '-m', 'baseline/gues'], 'did you mean baseline/guess?'],
    [['report'], 'no runs under'],
    [['calc', 'dcopf', 'x'], 'did you mean dc-opf?'],
    [['calc', 'dc-opf', 'nothing.m'], 'there is no such file'],
    [['run', 'dispatch', '--seed-key-env', 'NOT_SET'], 'NOT_SET is not set'],
    [['run', '--config', 'nothing.yaml'], 'there is no such file'],
    [['run', 'dispatch', '-m', 'command:cat', '--max-cost', '5'], 'the price of command:cat is unknown'],
  ])('%j exits with 2 and says what would mend it', async (args, message) => {
    const { code, out, err } = await command(args);
    expect(err).toContain(message);
    expect([code, out]).toEqual([2, '']);
  });
  it('locates every fault of the configuration', async () => {
    const cwd = emptyFolder();
    writeFileSync(
      join(cwd, 'wattmark.yaml'),
      'providers:\n  local:\n    base_url: localhost:8000\n    headers: { authorization: Bearer x }\n    strem: true\n',
    );
    const { code, err } = await command(['run', '-m', 'local/x'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('wattmark.yaml:5:5');
    expect(err).toContain('did you mean "stream"?');
    expect(err).toContain('wattmark.yaml:4:');
  });
});

describe('a suite of one’s own', () => {
  it('works as it was made: check, lock, run', async () => {
    const cwd = emptyFolder();
    expect((await wattmark(['init', 'my-suite'], { cwd })).code).toBe(0);
    expect((await command(['init', 'my-suite'], { cwd })).code).toBe(2);
    const locked = await wattmark(['suites', 'lock', './my-suite'], { cwd });
    expect(locked.code).toBe(0);
    const checked = await wattmark(['suites', 'check', './my-suite'], { cwd });
    expect([checked.code, checked.err]).toEqual([0, '']);
    expect(checked.out).toContain('holds, lock verified');
    expect((await command(['run', './my-suite', '--quiet'], { cwd })).code).toBe(0);
  });
  it('reports every fault of every file with its place, before any model is asked', async () => {
    const cwd = emptyFolder();
    await command(['init', 'mine'], { cwd });
    writeFileSync(
      join(cwd, 'mine', 'tasks', 'broken.yaml'),
      'id: broken\ntitel: { en: x, zh: x }\nprompt: { en: a, zh: b }\nanswer: { p: { unit: MWh } }\nchecks:\n  - { kind: numerc, field: p, rel: 1% }\ncases:\n  - { id: one, target: { p: 1 } }\n',
    );
    const { code, err } = await command(['run', './mine'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('mine/tasks/broken.yaml:2:1');
    expect(err).toContain('did you mean "title"?');
  });
  it('finds a drift under an unchanged version, and refuses to lock it away', async () => {
    const cwd = emptyFolder();
    await command(['init', 'mine'], { cwd });
    await command(['suites', 'lock', './mine'], { cwd });
    mkdirSync(join(cwd, 'mine', 'tasks'), { recursive: true });
    writeFileSync(
      join(cwd, 'mine', 'tasks', 'more.yaml'),
      'id: more\ntitle: { en: More, zh: 更多 }\nprompt: { en: "1 MW + 1 MW?", zh: "1 MW + 1 MW？" }\nanswer: { p: { unit: MW } }\nchecks:\n  - { kind: numeric, field: p, rel: 1% }\ncases:\n  - { id: one, target: { p: 2 } }\n',
    );
    const checked = await command(['suites', 'check', './mine'], { cwd });
    expect(checked.code).toBe(2);
    expect(checked.err).toContain('without a new version');
    const locked = await command(['suites', 'lock', './mine'], { cwd });
    expect(locked.code).toBe(2);
    expect(locked.err).toContain('raise the version');
  });
  it('takes a checker of the user’s own, named on the command line', async () => {
    const cwd = emptyFolder();
    await command(['init', 'mine'], { cwd });
    writeFileSync(
      join(cwd, 'even.mjs'),
      `import { z } from ${JSON.stringify(import.meta.resolve('zod'))};\nexport default { kind: 'even', version: 1, config: z.strictObject({ field: z.string() }), check: (config, { answer }) => { const read = answer.fields[config.field]; const ok = read.status === 'read' && read.value % 2 === 0; return { status: 'scored', value: ok ? 1 : 0, reason: ok ? 'even' : 'odd' }; } };\n`,
    );
    writeFileSync(
      join(cwd, 'mine', 'tasks', 'even.yaml'),
      'id: even\ntitle: { en: Even, zh: 偶数 }\nprompt: { en: An even number?, zh: 一个偶数？ }\nanswer: { n: {} }\nchecks:\n  - { kind: even, field: n }\ncases:\n  - { id: one, target: { n: 4 } }\n',
    );
    expect((await command(['suites', 'check', './mine', '--task', 'even'], { cwd })).err).toContain('even');
    const checked = await wattmark(['suites', 'check', './mine', '--task', 'even', '--checker', 'even.mjs'], {
      cwd,
    });
    expect([checked.code, checked.err]).toEqual([0, '']);
  });
});

describe('other commands', () => {
  it('lists the built-in suites', async () => {
    const { out } = await wattmark(['suites', 'list']);
    for (const name of ['dispatch', 'faults', 'forecasting']) expect(out).toContain(name);
  });
  it('lists providers with what each needs, and pings one', async () => {
    expect((await wattmark(['models'])).out).toContain('needs OPENAI_API_KEY');
    expect((await command(['models'], { env: { OPENAI_API_KEY: 'x' } })).out).toContain(
      'OPENAI_API_KEY is set',
    );
  });
  it('prints a calculation as JSON', async () => {
    const { code, out } = await wattmark([
      'calc',
      'dga',
      '--method',
      'duval1',
      '{"H2":10,"CH4":50,"C2H2":1,"C2H4":10,"C2H6":20}',
      '--json',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toBeTruthy();
  });
  it('reads the quantities of a text', async () => {
    const { out } = await wattmark(['read', '装机容量3.2亿千瓦', '--unit', 'GW', '--json']);
    const { quantities } = JSON.parse(out);
    expect(quantities[0].in).toEqual({ value: 320, unit: 'GW' });
  });
  it('draws private seeds from a secret, records its fingerprint alone, and resumes only with it', async () => {
    const cwd = emptyFolder();
    const env = { SECRET: 'a long and private secret of ours' };
    const args = [
      'run',
      'dispatch',
      '--task',
      'merit-order',
      '--seeds',
      '1-2',
      '--quiet',
      '--json',
      '-m',
      'baseline/reference',
    ];
    const open = await command(args, { cwd });
    const closed = await command([...args, '--seed-key-env', 'SECRET'], { cwd, env });
    const [a, b] = [JSON.parse(open.out), JSON.parse(closed.out)];
    expect(a.suites[0].hash).not.toBe(b.suites[0].hash);
    expect(b.selection.seedKey).toMatch(/^[0-9a-f]{12}$/);
    expect(readFileSync(join(cwd, 'results', 'runs', b.run, 'journal.jsonl'), 'utf8')).not.toContain(
      env.SECRET,
    );
    expect((await command(['run', '--resume', b.run, '--quiet'], { cwd })).code).toBe(2);
    expect(
      (await command(['run', '--resume', b.run, '--quiet', '--seed-key-env', 'SECRET'], { cwd, env })).code,
    ).toBe(0);
  });
});
