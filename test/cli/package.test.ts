import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { emptyFolder, wattmark } from './cli.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface Packed {
  filename: string;
  size: number;
  files: { path: string }[];
}

describe('the package as users install it', () => {
  const home = emptyFolder();
  let packed: Packed;
  beforeAll(() => {
    // Scripts would build again under the feet of tests that run the built command line beside this one.
    const out = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', home], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    packed = (JSON.parse(out) as Packed[])[0] as Packed;
  }, 60_000);

  it('holds what a run needs, and neither tests, sources nor anybody’s runs', () => {
    const paths = packed.files.map(({ path }) => path);
    for (const needed of ['dist/wattmark.js', 'README.md', 'LICENSE', 'results/leaderboard.schema.json'])
      expect(paths).toContain(needed);
    for (const suite of ['dispatch', 'faults', 'forecasting']) {
      for (const file of ['suite.yaml', 'suite.lock.json', 'README.md'])
        expect(paths).toContain(`suites/${suite}/${file}`);
    }
    expect(
      paths.filter((path) => /^(test|harness|providers|scripts|results\/runs|coverage|\.ci)\//.test(path)),
    ).toEqual([]);
    expect(packed.size).toBeLessThan(3_000_000);
  });

  it('runs a part of the default job from an empty folder', async () => {
    execFileSync('tar', ['-xzf', join(home, packed.filename), '-C', home]);
    const installed = join(home, 'node_modules', 'wattmark');
    mkdirSync(dirname(installed), { recursive: true });
    execFileSync('mv', [join(home, 'package'), installed]);
    // What npm would have installed beside it.
    symlinkSync(join(ROOT, 'node_modules'), join(installed, 'node_modules'));
    const cwd = emptyFolder();
    const { code, out } = await wattmark(['run', '--limit', '60', '--quiet'], {
      cwd,
      bin: join(installed, 'dist', 'wattmark.js'),
    });
    expect(code).toBe(0);
    for (const text of ['baseline/reference †', 'dispatch', 'faults', 'forecasting', 'results/runs/'])
      expect(out).toContain(text);
  }, 60_000);
});
