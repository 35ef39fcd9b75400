import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Issue, nearest } from '../core/errors.ts';
import type { Located } from './located.ts';
import { type SuiteFolder, staysInside } from './read-file.ts';
import { issueAt } from './zod-issues.ts';

const MAX_FILES = 2_000;

/**
 * Paths of the files that `tasks:` of suite.yaml names, sorted, each once. A pattern is a path in which `*` stands
 * for any part of one name. What a pattern seems to have meant and did not catch is told: nothing is left out in silence.
 */
export async function findTaskFiles(
  folder: SuiteFolder,
  located: Located,
  patterns: string | readonly string[],
): Promise<{ paths: string[]; issues: Issue[] }> {
  const found = new Set<string>();
  const skipped = new Set<string>();
  const issues: Issue[] = [];
  for (const [index, pattern] of [patterns].flat().entries()) {
    const at = typeof patterns === 'string' ? ['tasks'] : ['tasks', index];
    if (!staysInside(pattern) || pattern.length > 200) {
      issues.push(
        issueAt(located, at, 'the path leaves the suite folder', 'keep every file of a suite inside it'),
      );
      continue;
    }
    const { paths, passedOver } = await matching(
      folder.real,
      pattern.split('/').filter((part) => part !== '' && part !== '.'),
    );
    for (const path of paths) found.add(path);
    for (const path of passedOver) skipped.add(path);
    if (paths.length === 0)
      issues.push(issueAt(located, at, `${pattern} matches no file`, await otherName(folder, pattern)));
  }
  for (const path of [...skipped].filter((path) => !found.has(path))) {
    const hint = `rename it to ${path.replace(/\.yml$/, '.yaml')}, or name it under tasks: in suite.yaml`;
    issues.push({
      place: { file: join(folder.shown, path) },
      message: 'is not loaded: tasks end in .yaml',
      hint,
    });
  }
  if (found.size > MAX_FILES) issues.push(issueAt(located, ['tasks'], `more than ${MAX_FILES} task files`));
  // By code unit, not by locale: the order of samples must not depend on the machine.
  return { paths: [...found].sort().slice(0, MAX_FILES), issues };
}

async function matching(
  root: string,
  segments: readonly string[],
): Promise<{ paths: string[]; passedOver: string[] }> {
  let paths = [''];
  for (const segment of segments.slice(0, -1)) {
    paths = (await Promise.all(paths.map(async (path) => names(root, path, segment)))).flat();
  }
  const last = segments.at(-1) ?? '';
  const files = (await Promise.all(paths.map(async (path) => names(root, path, last)))).flat();
  const short = last.endsWith('.yaml') && last.includes('*') ? last.replace(/\.yaml$/, '.yml') : undefined;
  const passedOver = short
    ? (await Promise.all(paths.map(async (path) => names(root, path, short)))).flat()
    : [];
  return { paths: files, passedOver };
}

async function names(root: string, path: string, pattern: string): Promise<string[]> {
  const prefix = path === '' ? '' : `${path}/`;
  const all = await readdir(join(root, path)).catch(() => [] as string[]);
  return all
    .filter((name) => (!name.startsWith('.') || pattern.startsWith('.')) && matches(name, pattern))
    .map((name) => prefix + name);
}

/** `*` matches any part of a name. Two pointers and one way back: no pattern can make it slow. */
export function matches(name: string, pattern: string): boolean {
  let [n, p, star, resume] = [0, 0, -1, 0];
  while (n < name.length) {
    if (pattern[p] === '*') {
      star = p++;
      resume = n;
    } else if (pattern[p] === name[n]) {
      p++;
      n++;
    } else if (star >= 0) {
      p = star + 1;
      n = ++resume;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(p));
}

async function otherName(folder: SuiteFolder, pattern: string): Promise<string> {
  const entries = await readdir(folder.real).catch(() => [] as string[]);
  const meant = nearest(pattern.split('/')[0] as string, entries);
  return meant && meant !== pattern.split('/')[0]
    ? `did you mean ${meant}/?`
    : 'a suite has at least one task';
}
