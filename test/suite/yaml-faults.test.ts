import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSuite } from '../../harness/suite/load.ts';
import { registries } from './registries.ts';
import {
  DRAWN,
  faultsIn,
  faultsOf,
  HAND,
  SUITE,
  taskFaults,
  temporaryFolder,
  writeSuite,
} from './suite-folder.ts';

const lines = (...all: string[]) => `${all.join('\n')}\n`;

describe('text that is no suite YAML', () => {
  it.each([
    ['a list that is never closed', 'id: [a, b\ntitle: x\n', /^tasks\/t\.yaml:2:1 {2}not YAML: /],
    [
      'a tab as indentation',
      'title:\n\ten: a\n',
      /^tasks\/t\.yaml:2:1 {2}a tab is used as indentation \| YAML indents with spaces$/,
    ],
    [
      'a colon in bare text',
      'title: What: now\n',
      /^tasks\/t\.yaml:1:8 {2}a mapping inside a one-line value \| quote text that holds ": "$/,
    ],
    [
      'two documents',
      'id: a\n---\nid: b\n',
      /^tasks\/t\.yaml:2:1 {2}a second YAML document \| one file, one document$/,
    ],
    ['a list as a key', '? [a]\n: b\n', /^tasks\/t\.yaml:1:3 {2}a key must be plain text/],
    [
      'a YAML 1.1 directive, under which "no" is false',
      '%YAML 1.1\n---\nid: no\n',
      /^tasks\/t\.yaml:1:1 {2}YAML directives/,
    ],
    [
      'a tag',
      'id: !!binary aGk=\n',
      /^tasks\/t\.yaml:1:14 {2}the tag tag:yaml\.org,2002:binary is not used \| write plain values$/,
    ],
    [
      'a merge key',
      'a: &a { x: 1 }\nb:\n  <<: *a\n',
      /^tasks\/t\.yaml:3:3 {2}merge keys \(<<\) are not used/,
    ],
    [
      'a key of every object',
      'vars:\n  __proto__: { polluted: 1 }\n',
      /^tasks\/t\.yaml:2:3 {2}the key "__proto__" is not allowed$/,
    ],
    ['infinity', 'pass: .inf\n', /^tasks\/t\.yaml:1:7 {2}\.inf is not a finite number$/],
    ['a number beyond doubles', 'pass: 1e999\n', /^tasks\/t\.yaml:1:7 {2}1e999 is not a finite number$/],
    [
      'a number that would lose digits',
      'id: 12345678901234567890\n',
      /^tasks\/t\.yaml:1:5 {2}12345678901234567890 has more digits than a number keeps \| quote it/,
    ],
    [
      'an alias without an anchor',
      'id: *nowhere\n',
      /^tasks\/t\.yaml:1:5 {2}\*nowhere has no anchor before it$/,
    ],
    [
      'an alias to what it stands in',
      'id: &a [*a]\n',
      /^tasks\/t\.yaml:1:9 {2}\*a stands inside its own anchor$/,
    ],
    ['comments only', '# nothing\n', /^tasks\/t\.yaml {2}is empty$/],
    ['nothing', '', /^tasks\/t\.yaml {2}is empty$/],
    ['a bare word', 'hello\n', /^tasks\/t\.yaml:1:1 {2}expected a mapping, got "hello"$/],
  ])('tells the place of %s', async (_, text, message) => {
    const faults = await taskFaults(text);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(message);
  });

  it('names a duplicate key and goes on to the other faults of the file', async () => {
    const faults = await taskFaults(
      HAND.replace('answer:', 'id: again\nanswer:').replace('cases:', 'tiers: basic\ncases:'),
    );
    expect(faults).toEqual([
      'tasks/t.yaml:4:1  the key "id" stands here a second time | keep one of them',
      'tasks/t.yaml:7:1  tiers: unknown key | did you mean "tier"?',
    ]);
  });

  it('stops an alias bomb at its fuse instead of writing it out', async () => {
    const letters = [...'abcdefghijklmnop'];
    const bomb = letters.map((letter, i) => {
      const items = Array(10).fill(i === 0 ? 'boom' : `*${letters[i - 1]}`);
      return `${letter}: &${letter} [${items.join(', ')}]`;
    });
    expect(await taskFaults(lines(...bomb))).toEqual([
      'tasks/t.yaml:5:7  holds more than 100000 values once its aliases are written out | repeat less through aliases',
    ]);
  });

  it('stops a chain of aliases that would be deeper than any stack', async () => {
    const chain = Array.from({ length: 3000 }, (_, i) => `k${i}: &k${i} ${i === 0 ? 'x' : `[*k${i - 1}]`}`);
    const [fault] = await taskFaults(lines(...chain));
    expect(fault).toMatch(
      /^tasks\/t\.yaml:\d+:\d+ {2}is deeper than 64 levels once its aliases are written out/,
    );
  });

  it('takes thousands of honest aliases', async () => {
    const powers = Array(3000).fill('*five').join(', ');
    expect(
      await taskFaults(HAND.replace('{ p: 5 }, target', `{ p: &five 5, all: [${powers}] }, target`)),
    ).toEqual([]);
  });

  it.each([
    ['brackets', '['.repeat(900_000)],
    ['braces', '{a: '.repeat(100_000)],
    ['dashes', `${'- '.repeat(100_000)}a`],
    ['question marks', `${'? '.repeat(100_000)}a`],
    ['indented keys', Array.from({ length: 900 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ])('sees the depth of nested %s before a recursive reader meets it', async (_, text) => {
    const faults = await taskFaults(text);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^tasks\/t\.yaml:\d+:\d+ {2}is nested deeper than 64 levels/);
  });

  it('takes nesting as deep as a long table of facts has', async () => {
    const deep = `${'['.repeat(40)}1${']'.repeat(40)}`;
    expect(await taskFaults(HAND.replace('{ p: 5 }, target', `{ p: 5, deep: ${deep} }, target`))).toEqual([]);
  });

  it('reads dates, versions in quotes, and a bare no as the text they are', async () => {
    const dir = writeSuite({
      'tasks/t.yaml': HAND.replace(
        '{ p: 5 }, target',
        '{ p: 5, day: 2026-01-01, answer: no }, target',
      ).replace('Write {{ p }} MW.', '{{ day }} {{ answer }}'),
    });
    const { tasks } = await loadSuite(dir, registries());
    const problems = tasks[0]?.problems;
    expect(problems?.kind === 'cases' && problems.cases[0]?.vars).toEqual({
      p: 5,
      day: '2026-01-01',
      answer: 'no',
    });
  });
});

describe('files that are no text', () => {
  it('shows where UTF-8 ends', async () => {
    const bytes = Buffer.concat([Buffer.from('id: a\ntitle: 机'), Buffer.from([0xbb, 0xfa, 0x0a])]);
    expect(await taskFaults(bytes)).toEqual([
      'tasks/t.yaml:2:9  is not UTF-8 from here | save the file as UTF-8',
    ]);
  });

  it('names UTF-16 by its byte order mark', async () => {
    expect(await taskFaults(Buffer.from(`\uFEFF${HAND}`, 'utf16le'))).toEqual([
      'tasks/t.yaml  is UTF-16 | save the file as UTF-8',
    ]);
  });

  it('takes the UTF-8 byte order mark that some editors write, and counts columns without it', async () => {
    expect(await taskFaults(`\uFEFF${HAND}`)).toEqual([]);
    expect(await taskFaults(`\uFEFF${HAND.replace('id: hand', 'id: a b')}`)).toEqual([
      'tasks/t.yaml:1:5  id: a name has letters, digits, dots, dashes and underscores',
    ]);
  });

  it('takes the line ends of Windows', async () => {
    expect(await taskFaults(HAND.replaceAll('\n', '\r\n'))).toEqual([]);
    expect(await taskFaults(DRAWN.replace('unit.p_mw', 'unit.p_nw').replaceAll('\n', '\r\n'))).toEqual([
      'tasks/t.yaml:7:31  prompt.en: nothing gives "unit.p_nw" | did you mean "p_mw"?',
    ]);
  });

  it('refuses a file of 10 MB without reading it', async () => {
    expect(await taskFaults(Buffer.alloc(10_000_000, '# '))).toEqual([
      'tasks/t.yaml  is 10.0 MB or more; a suite file may have 1 MB | split it into several tasks, or let a family draw the problems',
    ]);
  });

  it('refuses a folder where a file should be', async () => {
    expect(await faultsOf({ 'tasks/t.yaml/inner.txt': 'x' })).toEqual(['tasks/t.yaml  is not a file']);
  });
});

describe('paths', () => {
  it.each(['../other/*.yaml', '/etc/*.yaml', 'tasks/../../x.yaml', 'C:/x.yaml', 'tasks\\x.yaml'])(
    'refuses the path %s that leaves the suite folder',
    async (path) => {
      const suite = `${SUITE}tasks: '${path}'\n`;
      expect(await faultsOf({ 'suite.yaml': suite, 'tasks/t.yaml': HAND })).toEqual([
        'suite.yaml:5:8  tasks: the path leaves the suite folder | keep every file of a suite inside it',
      ]);
    },
  );

  it('refuses a link that leads out of the suite folder, and takes one that stays inside', async () => {
    const secret = join(temporaryFolder(), 'secret.yaml');
    writeFileSync(secret, HAND);
    const dir = writeSuite({ 'tasks/t.yaml': HAND, 'shared/drawn.yaml': DRAWN });
    symlinkSync(secret, join(dir, 'tasks/stolen.yaml'));
    symlinkSync('../shared/drawn.yaml', join(dir, 'tasks/inside.yaml'));
    expect(await faultsIn(dir)).toEqual([
      'tasks/stolen.yaml  this link leads out of the suite folder | copy the file into the suite',
    ]);
  });

  it('refuses a tasks folder that is a link out of the suite', async () => {
    const elsewhere = writeSuite({ 'tasks/t.yaml': HAND });
    const dir = writeSuite({});
    symlinkSync(join(elsewhere, 'tasks'), join(dir, 'tasks'));
    expect(await faultsIn(dir)).toEqual([
      'tasks/t.yaml  this link leads out of the suite folder | copy the file into the suite',
    ]);
  });

  it('tells of links that are broken or go round', async () => {
    const dir = writeSuite({ 'tasks/t.yaml': HAND });
    symlinkSync('nowhere.yaml', join(dir, 'tasks/a.yaml'));
    symlinkSync('b.yaml', join(dir, 'tasks/b.yaml'));
    expect(await faultsIn(dir)).toEqual([
      'tasks/a.yaml  no such file',
      'tasks/b.yaml  the link leads round in a circle',
    ]);
  });

  it('does not leave a .yml file out in silence', async () => {
    expect(await faultsOf({ 'tasks/t.yaml': HAND, 'tasks/u.yml': DRAWN })).toEqual([
      'tasks/u.yml  is not loaded: tasks end in .yaml | rename it to tasks/u.yaml, or name it under tasks: in suite.yaml',
    ]);
    const named = `${SUITE}tasks: [tasks/*.yaml, tasks/u.yml]\n`;
    expect(await faultsOf({ 'suite.yaml': named, 'tasks/t.yaml': HAND, 'tasks/u.yml': DRAWN })).toEqual([]);
  });

  it('tells of a pattern that matches nothing', async () => {
    expect(await faultsOf({ 'task/t.yaml': HAND })).toEqual([
      'suite.yaml:1:1  tasks: tasks/*.yaml matches no file | did you mean task/?',
    ]);
  });

  it('tells what is missing where there is no suite', async () => {
    expect(await faultsIn('/nowhere/at/all')).toEqual(['/nowhere/at/all  no such suite folder']);
    expect(await faultsIn(temporaryFolder())).toEqual(['suite.yaml  no such file']);
    const dir = writeSuite({});
    expect(await faultsIn(join(dir, 'suite.yaml'))).toEqual([
      `${dir}/suite.yaml  is a file, not a suite folder | name the folder that it lies in`,
    ]);
  });
});
