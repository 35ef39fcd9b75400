import { readFileSync } from 'node:fs';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { beforeAll, describe, expect, it } from 'vitest';

/** Who may import whom, as the design has it. A folder may always import itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'harness/engineering': [],
  'harness/quantities': [],
  'harness/core': ['harness/quantities'],
  'harness/families': ['harness/core', 'harness/engineering', 'harness/quantities'],
  'harness/checkers': ['harness/core', 'harness/engineering', 'harness/quantities'],
  'harness/suite': ['harness/core'],
  'harness/run': ['harness/core'],
  'harness/report': ['harness/core'],
  providers: ['harness/core'],
};
const FREE = 'harness/cli';

const layerOf = (path: string) =>
  path
    .split('/')
    .slice(0, path.startsWith('harness/') ? 2 : 1)
    .join('/');

describe('layers', () => {
  let edges: { from: string; to: string }[] = [];
  let modules = 0;
  beforeAll(async () => {
    const result = await cruise(
      ['harness', 'providers'],
      {
        doNotFollow: { path: 'node_modules' },
        tsPreCompilationDeps: true,
        tsConfig: { fileName: 'tsconfig.json' },
      },
      undefined,
      { tsConfig: extractTSConfig('tsconfig.json') },
    );
    const output = result.output as ICruiseResult;
    modules = output.modules.length;
    edges = output.modules.flatMap(({ source, dependencies }) =>
      dependencies
        .filter(({ resolved }) => /^(harness|providers)\//.test(resolved))
        .map(({ resolved }) => ({ from: source, to: resolved })),
    );
  }, 60_000);

  it('sees the tree: an analyser that reads nothing finds no violation either', () => {
    expect(modules).toBeGreaterThan(100);
    expect(edges.length).toBeGreaterThan(100);
  });

  it('imports only downwards', () => {
    const wrong = edges.filter(({ from, to }) => {
      const [own, other] = [layerOf(from), layerOf(to)];
      return own !== FREE && own !== other && !MAY_IMPORT[own]?.includes(other);
    });
    expect(wrong).toEqual([]);
  });

  it('knows every folder: a new one must be given its place in the table', () => {
    const known = new Set([...Object.keys(MAY_IMPORT), FREE]);
    const folders = new Set(edges.flatMap(({ from, to }) => [layerOf(from), layerOf(to)]));
    expect([...folders].filter((folder) => !known.has(folder))).toEqual([]);
  });

  it('prints, reads the environment and exits in the command line alone', () => {
    const files = [...new Set(edges.flatMap(({ from, to }) => [from, to]))].filter(
      (file) => layerOf(file) !== FREE,
    );
    const loud = files.filter((file) =>
      /\bprocess\.(env|exit|exitCode|argv|stdout|stderr|stdin)\b|\bconsole\.\w+\(/.test(
        readFileSync(file, 'utf8'),
      ),
    );
    expect(loud).toEqual([]);
  });
});
