import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { formatIssue, type Issue, UserError } from '../../harness/core/errors.ts';
import { loadSuite } from '../../harness/suite/load.ts';
import type { Registries } from '../../harness/suite/suite.ts';
import { registries } from './registries.ts';

const made: string[] = [];
afterAll(() => {
  for (const dir of made) rmSync(dir, { recursive: true, force: true });
});

export function temporaryFolder(): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'suite-')));
  made.push(dir);
  return dir;
}

export const SUITE = `name: demo
version: 0.1.0
title: { en: Demo, zh: 示例 }
languages: [en, zh]
`;

/** A task without a fault, drawn or written by hand, to change one thing in. */
export const DRAWN = `id: drawn
title: { en: Sum, zh: 求和 }
generate: { family: sum-of-powers, params: { units: [2, 4] }, seeds: 3 }
prompt:
  en: |
    Add up:
    {% for unit in units %}{{ unit.p_mw }} {% endfor %}
  zh: 求和。
answer:
  total: { unit: MW }
checks:
  - { kind: near, field: total }
`;
export const HAND = `id: hand
title: { en: Hand, zh: 手写 }
prompt: { en: 'Write {{ p }} MW.', zh: '写出 {{ p }} MW。' }
answer: { p: { unit: MW } }
checks: [{ kind: near, field: p }]
cases:
  - { id: one, vars: { p: 5 }, target: { p: 5 } }
`;

export function writeSuite(files: Readonly<Record<string, string | Buffer>>): string {
  const dir = temporaryFolder();
  for (const [path, content] of Object.entries({ 'suite.yaml': SUITE, ...files })) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), content);
  }
  return dir;
}

/** Every fault as a terminal would show it, with the suite's folder taken off. */
export async function faultsOf(
  files: Readonly<Record<string, string | Buffer>>,
  known: Registries = registries(),
): Promise<string[]> {
  return faultsIn(writeSuite(files), known);
}

export async function faultsIn(dir: string, known: Registries = registries()): Promise<string[]> {
  try {
    await loadSuite(dir, known);
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.issues.map((issue) => shown(issue, dir));
  }
}

export const shown = (issue: Issue, dir: string) =>
  formatIssue(issue).replaceAll(`${dir}/`, '').replaceAll('\n  hint:', ' |');

/** One task's faults. */
export const taskFaults = (text: string | Buffer, known?: Registries) =>
  faultsOf({ 'tasks/t.yaml': text }, known);

/**
 * Puts `to` in the place of `from`; where `to` has the mark §, that is where the fault must be told.
 * Counts lines and columns by itself, so that a test holds the loader to the text and not to itself.
 */
export function marked(text: string, from: string, to: string): { text: string; place: string } {
  if (!text.includes(from)) throw new Error(`no "${from}" in the text`);
  const changed = text.replace(from, () => to);
  const before = changed.slice(0, changed.indexOf('§')).split('\n');
  return {
    text: changed.replace('§', ''),
    place: `${before.length}:${(before.at(-1) as string).length + 1}`,
  };
}
