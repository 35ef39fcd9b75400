import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { emptyFolder } from './cli.ts';
import { command } from './in-process.ts';

const env = { SECRET: 'a long and private secret of ours' };

/** Every text under a folder, by path. */
function texts(folder: string): [string, string][] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory()
      ? texts(path)
      : [[path, readFileSync(path, 'utf8')] as [string, string]];
  });
}

/** As they would stand in JSON, XML, HTML, CSV or Markdown: the longest piece that none of them escapes. */
const plainPiece = (text: string) =>
  text
    .split(/[^\p{L}\p{N} ]+/u)
    .reduce((longest, part) => (part.length > longest.length ? part : longest), '')
    .trim();

describe('what is published of a run with private seeds', () => {
  const cwd = emptyFolder();
  const out = join(cwd, 'published');
  let secrets: string[] = [];
  let printed = '';

  beforeAll(async () => {
    const run = [
      'run',
      'dispatch',
      '--task',
      'merit-order',
      '--task',
      'dispatch-orders',
      '--seeds',
      '1-2',
      '--quiet',
    ];
    const ended = await command([...run, '--seed-key-env', 'SECRET'], { cwd, env });
    expect(ended.code).toBe(0);
    const runs = join(cwd, 'results', 'runs');
    const journal = readFileSync(join(runs, readdirSync(runs)[0] as string, 'journal.jsonl'), 'utf8');
    const events = journal
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const found = events.flatMap((event) => {
      if (event.event === 'sample-start')
        return event.messages.map(({ content }: { content: string }) => content);
      if (event.event === 'completion-end') return [event.completion.text];
      if (event.event !== 'score-end' || event.score.value === 1) return [];
      return event.checks.map((check: { score: { reason: string } }) => check.score.reason);
    });
    secrets = [...new Set<string>(found.map(plainPiece))].filter((piece) => piece.length >= 8);
    const guess = 'latest:baseline/guess';
    const mistakes = 'latest:baseline/mistakes';
    const commands = [
      [
        'report',
        '--json',
        '--redact',
        '--html',
        'published/run.html',
        '--junit',
        'published/run.xml',
        '--csv',
        'published/run.csv',
        '--eee',
        'published/eee',
        '--organization',
        'Lab',
        '--work',
      ],
      ['report', '--md', '--redact'],
      ['report', '--redact'],
      [
        'leaderboard',
        'latest',
        '--json',
        '--samples',
        '--out',
        'published/l.json',
        '--html',
        'published/l.html',
        '--md',
        'published/l.md',
        '--csv',
        'published/l.csv',
      ],
      ['compare', mistakes, guess, '--json', '--redact', '--md', 'published/c.md'],
      ['compare', mistakes, guess, '--redact'],
      [
        'gate',
        mistakes,
        guess,
        '--json',
        '--redact',
        '--md',
        'published/g.md',
        '--junit',
        'published/g.xml',
        '--history',
        'published/h.jsonl',
      ],
    ];
    for (const args of commands) {
      const { code, out, err } = await command(args, { cwd });
      expect([0, 1, 4]).toContain(code);
      printed += out + err;
    }
  }, 60_000);

  it('looks for pieces that an open report does hold', async () => {
    expect(secrets.length).toBeGreaterThan(10);
    const open = await command(['report', '--junit', 'open.xml'], { cwd });
    expect(open.err).toContain('--redact leaves its questions out');
    const xml = readFileSync(join(cwd, 'open.xml'), 'utf8');
    expect(secrets.some((piece) => xml.includes(piece))).toBe(true);
  });
  it('tells no path of a private suite', async () => {
    const own = emptyFolder();
    await command(['init', 'substation-7/questions'], { cwd: own });
    await command(['run', './substation-7/questions', '--quiet', '-m', 'baseline/guess'], { cwd: own });
    const open = await command(['report', '--json'], { cwd: own });
    expect(open.out).toContain('substation-7');
    const args = [
      'report',
      '--json',
      '--redact',
      '--html',
      'out/run.html',
      '--csv',
      'out/run.csv',
      '--junit',
      'out/run.xml',
    ];
    const closed = await command([...args, '--eee', 'out/eee', '--organization', 'Lab'], { cwd: own });
    expect(closed.code).toBe(0);
    for (const [path, text] of [...texts(join(own, 'out')), ['printed', closed.out]] as [string, string][])
      expect([path, text.includes('substation-7')]).toEqual([path, false]);
  });
  it('holds no prompt, reply, reason or secret in any file or on any screen', () => {
    const all: [string, string][] = [...texts(out), ['printed', printed]];
    expect(all.length).toBeGreaterThan(10);
    for (const [path, text] of all)
      expect([path, [...secrets, env.SECRET].filter((piece) => text.includes(piece))]).toEqual([path, []]);
  });
});
