import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRunFolder, listRuns, newRunId, resolveRun } from '../../harness/run/run-id.ts';
import { tempFolder } from './kit.ts';

const now = Date.UTC(2026, 10, 23, 10, 22, 33);

function runsWith(...names: string[]): string {
  const runs = tempFolder();
  for (const name of names) {
    mkdirSync(join(runs, name));
    writeFileSync(join(runs, name, 'journal.jsonl'), '');
  }
  return runs;
}

describe('the name of a run', () => {
  it('is its UTC second and four letters', () => {
    expect(newRunId(now, () => 0.5)).toMatch(/^20261123-102233-[0-9a-z]{4}$/);
  });

  it('sorts by time', () => {
    const time = fc.integer({ min: 0, max: 4e12 });
    fc.assert(
      fc.property(time, time, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (a, b, u) => {
        const [first, second] = [a, b].map((t) => newRunId(t, () => u)) as [string, string];
        if (Math.floor(a / 1000) < Math.floor(b / 1000)) expect(first < second).toBe(true);
      }),
    );
  });

  it('is never given twice, though two runs begin in one second with the same luck', () => {
    const runs = join(tempFolder(), 'deep', 'runs');
    let draws = 0;
    const uniform = () => (draws++ < 8 ? 0 : 0.9);
    const first = createRunFolder(runs, now, uniform);
    const second = createRunFolder(runs, now, uniform);
    expect(first.id).not.toBe(second.id);
  });
});

describe('naming a run', () => {
  const names = ['20261123-102233-x7k2', '20261123-110000-b2b2', '20261124-090000-c3c3'];

  it('finds the latest, a whole name, a beginning, an ending, a path', () => {
    const runs = runsWith(...names);
    for (const [text, name] of [
      ['latest', names[2]],
      [names[0] as string, names[0]],
      ['20261124', names[2]],
      ['x7k2', names[0]],
      [join(runs, names[1] as string), names[1]],
      [join(runs, names[1] as string, 'journal.jsonl'), names[1]],
    ] as const) {
      expect(resolveRun(runs, text).id).toBe(name);
    }
  });

  it('does not choose between two', () => {
    const runs = runsWith(...names);
    expect(() => resolveRun(runs, '20261123')).toThrow(
      'could be 2 runs: 20261123-102233-x7k2, 20261123-110000-b2b2',
    );
    expect(() => resolveRun(runs, '')).toThrow('no run');
  });

  it('offers the nearest name for a misspelt one', () => {
    const runs = runsWith(...names);
    expect(() => resolveRun(runs, '20261123-102233-x7k3')).toThrow('did you mean 20261123-102233-x7k2?');
  });

  it('says how to begin where there is none, and passes over what is no run', () => {
    const runs = tempFolder();
    mkdirSync(join(runs, '20261123-102233-x7k2'));
    mkdirSync(join(runs, 'notes'));
    expect(listRuns(runs)).toEqual([]);
    expect(() => resolveRun(runs, 'latest')).toThrow('wattmark run makes one');
    expect(() => resolveRun(join(runs, 'gone'), 'latest')).toThrow('no runs under');
  });
});
