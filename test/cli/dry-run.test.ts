import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { emptyFolder, wattmark } from './cli.ts';
import { command } from './in-process.ts';

const CONFIG = `providers:
  local: { base_url: http://127.0.0.1:9/v1, prices: { input: 3, output: 15, currency: CNY } }
`;
const MODELS = ['-m', 'local/a', '-m', 'local/b', '-m', 'baseline/guess'];

/** Draws every question where the suite has no proved lock, and adds up the lock where it has one. */
async function bothWays(more: readonly string[], cwds: { locked: string; open: string }) {
  const args = ['run', './mine', ...MODELS, '--dry-run', ...more];
  const [locked, drawn] = await Promise.all([
    command(args, { cwd: cwds.locked }),
    command(args, { cwd: cwds.open }),
  ]);
  return { locked, drawn };
}

describe('a dry run of a locked suite', () => {
  const cwds = { locked: emptyFolder(), open: emptyFolder() };
  beforeAll(async () => {
    for (const cwd of Object.values(cwds)) {
      writeFileSync(join(cwd, 'wattmark.yaml'), CONFIG);
      await command(['init', 'mine'], { cwd });
    }
    expect((await command(['suites', 'lock', './mine'], { cwd: cwds.locked })).code).toBe(0);
  });

  it.each([
    [[]],
    [['--lang', 'zh', '--epochs', '3', '--json']],
    [['--limit', '3', '--json']],
    [['--limit', '4', '--lang', 'en', '--max-tokens', '100', '--json']],
    [['--task', 'line-loss', '--json']],
    [['--seeds', '1-2', '--json']],
    [['--variants', 'all', '--json']],
    [['--tag', 'nothing']],
    [['--max-cost', '1 CNY']],
    [['--max-cost', '1 USD']],
  ])('says what drawing every question says, with %j', async (more) => {
    const { locked, drawn } = await bothWays(more, cwds);
    expect(locked).toEqual(drawn);
    if (more.length === 0) expect(locked.out).toMatch(/local\/b: \d+ requests, about [1-9]/);
  });

  it('tells two suites of one name apart, as a run does', async () => {
    const { code, err } = await command(['run', './mine', join(cwds.open, 'mine'), '--dry-run'], {
      cwd: cwds.locked,
    });
    expect(code).toBe(2);
    expect(err).toContain('two suites are called "mine"');
  });

  it('believes no lock of files that have changed since', async () => {
    const cwd = emptyFolder();
    await command(['init', 'mine'], { cwd });
    await command(['suites', 'lock', './mine'], { cwd });
    const requests = async () => {
      const { out } = await command(['run', './mine', '--dry-run', '--json'], { cwd });
      return (JSON.parse(out) as { requests: number }).requests;
    };
    const before = await requests();
    const task = join(cwd, 'mine', 'tasks', 'line-loss.yaml');
    const text = readFileSync(task, 'utf8');
    const first = text.slice(text.indexOf('  - id: cable-200a'));
    writeFileSync(task, text + first.replaceAll('cable-200a', 'cable-again').split(/\n {2}- id/)[0]);
    expect(await requests()).toBe(before + 8);
    writeFileSync(task, 'id: [');
    const { code, err } = await wattmark(['run', './mine', '--dry-run'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('line-loss.yaml:1');
  });
});
