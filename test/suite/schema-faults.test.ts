import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { loadSuite } from '../../harness/suite/load.ts';
import { registries, sumOfPowers } from './registries.ts';
import { DRAWN, faultsIn, faultsOf, HAND, marked, SUITE, taskFaults, writeSuite } from './suite-folder.ts';

const EN_ONLY = {
  prompt: "prompt: { en: 'Write {{ p }} MW.', zh: '写出 {{ p }} MW。' }",
  case: 'target: { p: 5 }',
};
const OPEN = '{ unit: MW }';
const CHECK = 'field: p }';

describe('suite.yaml', () => {
  it('tells every fault at once', async () => {
    expect(await faultsIn('test/fixtures/suites/broken')).toEqual([
      'suite.yaml:1:7  name: a suite is named by small letters, digits and dashes',
      'suite.yaml:2:10  version: is not a semantic version such as 1.0.0',
      'suite.yaml:4:17  languages[1]: "de" is not one of en, zh',
      'suite.yaml:5:1  license: unknown key | did you mean "licence"?',
    ]);
  });

  it.each([
    ['0.1.0', '§1.0', 'version: expected text, got 1 | YAML reads a bare 1.0 as a number: quote it, "1.0"'],
    ['0.1.0', '§01.2.3', 'version: is not a semantic version such as 1.0.0'],
    ['demo', '§Demo', 'name: a suite is named by small letters, digits and dashes'],
    ['demo', '§constructor', 'name: is a name that JavaScript keeps for itself'],
    [
      'demo',
      '§true',
      'name: expected text, got true | YAML reads a bare true as a truth value: quote it, "true"',
    ],
    ['name: demo', 'name:§', 'name: expected text, got nothing | the key has no value'],
    ['name: demo\n', '§', 'name: is missing | expected text'],
    ['[en, zh]', '§en', 'languages: expected a list, got "en"'],
    ['[en, zh]', '§[]', 'languages: must have at least 1 item'],
    ['[en, zh]', '§[en, en]', 'languages: names a language twice'],
    [
      'title: { en: Demo, zh: 示例 }',
      '§title: { en: Demo }',
      'title: has no zh text | add zh: …, or take zh out of the languages in suite.yaml',
    ],
    ['zh: 示例', 'zh: §""', 'title.zh: is empty'],
    ['title: {', 'homepage: §javascript:alert(1)\ntitle: {', 'homepage: is not a web address'],
    [
      'title: {',
      '§autor: me\ntitle: {',
      expect.stringMatching(/^autor: unknown key \| known keys: name, version, title,/),
    ],
  ])('%j → %j', async (from, to, fault) => {
    const { text, place } = marked(SUITE, from, to);
    const [first, ...more] = await faultsOf({ 'suite.yaml': text, 'tasks/t.yaml': HAND });
    expect(more).toEqual([]);
    const [at, said] = first?.split('  ') ?? [];
    expect(at).toBe(`suite.yaml:${place}`);
    expect(said).toEqual(fault);
  });

  it('lets a suite of one language leave the other out everywhere', async () => {
    const suite = SUITE.replace(', zh: 示例', '').replace('[en, zh]', '[en]');
    const task = HAND.replace(', zh: 手写', '').replace(", zh: '写出 {{ p }} MW。'", '');
    expect(await faultsOf({ 'suite.yaml': suite, 'tasks/t.yaml': task })).toEqual([]);
  });
});

describe('a task file', () => {
  it.each([
    ['an unknown key', 'cases:', '§chekcs: 3\ncases:', 'chekcs: unknown key | did you mean "checks"?'],
    [
      'an unknown key of a case',
      'target:',
      '§targets:',
      'cases[0].targets: unknown key | did you mean "target"?',
    ],
    [
      'an unknown key of a field',
      'unit: MW',
      '§units: MW',
      'answer.p.units: unknown key | did you mean "unit"?',
    ],
    [
      'a mistyped word',
      'cases:',
      'tier: §expret\ncases:',
      'tier: "expret" is not one of basic, advanced, expert | did you mean "expert"?',
    ],
    [
      'an id that would split sample ids',
      'id: hand',
      'id: §a/b',
      'id: a name has letters, digits, dots, dashes and underscores',
    ],
    [
      'an id that every object has',
      'id: hand',
      'id: §constructor',
      'id: is a name that JavaScript keeps for itself',
    ],
    [
      'a field that every object has',
      '{ p: {',
      '{ §toString: {}, p: {',
      'answer.toString: is a name that JavaScript keeps for itself',
    ],
    [
      'a numeric id',
      'id: hand',
      'id: §007',
      'id: expected text, got 7 | YAML reads a bare 007 as a number: quote it, "007"',
    ],
    [
      'yes for true',
      CHECK,
      'field: p, gate: §yes }',
      'checks[0].gate: expected true or false, got "yes" | YAML 1.2 reads yes as text: write true',
    ],
    [
      'a separated number',
      CHECK,
      'field: p, weight: §1_000 }',
      'checks[0].weight: expected a number, got "1_000" | write 1000, without quotes or separators',
    ],
    ['a weight of nothing', CHECK, 'field: p, weight: §0 }', 'checks[0].weight: must be more than 0'],
    ['a pass mark beyond 1', 'cases:', 'pass: §80\ncases:', 'pass: must be at most 1'],
    ['an empty list of checks', '[{ kind: near, field: p }]', '§[]', 'checks: must have at least 1 item'],
    [
      'a check without a kind',
      '{ kind: near, field',
      '§{ field',
      'checks[0].kind: is missing | expected text',
    ],
    [
      'an answer without fields',
      '{ p: { unit: MW } }',
      '§{}',
      'answer: names no field: leave the key out for a free reply',
    ],
    [
      'a field of an unknown type',
      OPEN,
      '{ type: §numbr }',
      expect.stringMatching(/did you mean "number"\?$/),
    ],
    [
      'a truth value as an option',
      OPEN,
      '{ type: choice, options: [§true, false] }',
      'answer.p.options[0]: expected text, got true | YAML reads a bare true as a truth value: quote it, "true"',
    ],
    [
      'a range of scores upside down',
      EN_ONLY.case,
      `${EN_ONLY.case}, mistakes: [{ name: x, reply: y, score: §[1, 0] }]`,
      'cases[0].mistakes[0].score: the lower score comes first',
    ],
    [
      'a score in per cent',
      EN_ONLY.case,
      `${EN_ONLY.case}, mistakes: [{ name: x, reply: y, score: §50 }]`,
      'cases[0].mistakes[0].score: must be at most 1',
    ],
    ['a text that is a list', "en: 'Write {{ p }} MW.'", 'en: §[a]', 'prompt.en: expected text, got a list'],
    ['no languages', EN_ONLY.prompt, 'prompt: §Write it.', 'prompt: expected a mapping, got "Write it."'],
    [
      'a prompt in one language',
      EN_ONLY.prompt,
      "§prompt: { en: 'Write {{ p }} MW.' }",
      'prompt: has no zh text | add zh: …, or take zh out of the languages in suite.yaml',
    ],
    [
      'a unit in one language',
      'unit: MW',
      '§unit: { zh: 万千瓦 }',
      'answer.p.unit: has no en text | add en: …, or take en out of the languages in suite.yaml',
    ],
    [
      'no title',
      'id: hand\ntitle: { en: Hand, zh: 手写 }\n',
      '§id: hand\n',
      'title: is missing | expected a mapping',
    ],
  ])('with %s', async (_, from, to, fault) => {
    const { text, place } = marked(HAND, from, to);
    const [at, said] = (await taskFaults(text))[0]?.split('  ') ?? [];
    expect(at).toBe(`tasks/t.yaml:${place}`);
    expect(said).toEqual(fault);
  });

  it('needs to say where its problems come from, once', async () => {
    expect(await taskFaults(HAND.slice(0, HAND.indexOf('cases:')))).toEqual([
      'tasks/t.yaml:1:1  has neither generate nor cases | draw problems from a family, or write cases',
    ]);
    const both = `${HAND}generate: { family: sum-of-powers, params: { units: [2, 4] }, seeds: 3 }\n`;
    expect(await taskFaults(both)).toEqual([
      'tasks/t.yaml:6:1  cases: a task has generate or cases, not both | split it into two tasks',
    ]);
  });

  it('collects the faults of every file in one error', async () => {
    const faults = await faultsOf({
      'tasks/a.yaml': 'id: [\n',
      'tasks/b.yaml': HAND.replace('id: hand', 'id: a b').replace('tier', 'x').replace('unit: MW', 'unt: MW'),
      'tasks/c.yaml': DRAWN.replace('sum-of-powers', 'sum-of-power'),
      'tasks/d.yaml': HAND.replace('kind: near', 'kind: nearr').replace('{{ p }} MW.', '{{ q }} MW.'),
    });
    expect(faults.map((fault) => fault.split('  ')[0])).toEqual([
      'tasks/a.yaml:2:1',
      'tasks/b.yaml:1:5',
      'tasks/b.yaml:4:16',
      'tasks/c.yaml:3:21',
      'tasks/d.yaml:3:25',
      'tasks/d.yaml:5:18',
    ]);
  });

  it('names both places of an id used twice', async () => {
    const dir = writeSuite({ 'tasks/a.yaml': HAND, 'tasks/b.yaml': HAND });
    expect(await faultsIn(dir)).toEqual([
      'tasks/b.yaml:1:5  id: "hand" is already the id of the task in tasks/a.yaml',
    ]);
    const twice = `${HAND}  - { id: one, vars: { p: 6 }, target: { p: 6 } }\n`;
    expect(await taskFaults(twice)).toEqual([
      'tasks/t.yaml:8:11  cases[1].id: "one" is already the id of cases[0]',
    ]);
  });
});

describe('families and their parameters', () => {
  it.each([
    [
      'an unknown family',
      'sum-of-powers',
      '§sum-of-power',
      'generate.family: no family "sum-of-power" | did you mean "sum-of-powers"?',
    ],
    [
      'a family name from the prototype',
      'sum-of-powers',
      '§constructor',
      'generate.family: no family "constructor" | there are: sum-of-powers',
    ],
    [
      'an unknown parameter',
      'units: [2, 4]',
      '§unit: [2, 4], units: [2, 4]',
      'generate.params.unit: unknown key | did you mean "units"?',
    ],
    ['a parameter out of bounds', '[2, 4]', '[§0, 4]', 'generate.params.units[0]: must be at least 1'],
    [
      'a parameter of another type',
      '[2, 4]',
      '[2, §four]',
      'generate.params.units[1]: expected a number, got "four"',
    ],
    [
      'a missing parameter',
      '{ units: [2, 4] }',
      '§{}',
      'generate.params.units: is missing | expected a list',
    ],
    ['no seeds', 'seeds: 3', 'seeds: §0', 'generate.seeds: must be at least 1'],
    ['a million seeds', 'seeds: 3', 'seeds: §1000000', 'generate.seeds: must be at most 10000'],
    [
      'a field it does not solve for',
      'total: { unit',
      '§totale: { unit',
      'answer.totale: the family sum-of-powers solves for no such field | did you mean "total"?',
    ],
    [
      'a field of another type',
      '{ unit: MW }',
      '{ type: §text }',
      'answer.total.type: the family sum-of-powers gives a number, not a text | leave the type out: the family tells it',
    ],
  ])('with %s', async (_, from, to, fault) => {
    const { text, place } = marked(DRAWN, from, to);
    const [at, said] = (await taskFaults(text))[0]?.split('  ') ?? [];
    expect(at).toBe(`tasks/t.yaml:${place}`);
    expect(said).toBe(fault);
  });

  it('tells of a family that cannot be loaded, prepared or drawn from', async () => {
    const unready = {
      ...sumOfPowers,
      name: 'unready',
      prepare: () => Promise.reject(new Error('no solver')),
    };
    const drawless = {
      ...sumOfPowers,
      name: 'drawless',
      draw() {
        throw new RangeError('no such network');
      },
    };
    const known = registries(unready, drawless);
    expect(await taskFaults(DRAWN.replace('sum-of-powers', 'unready'), known)).toEqual([
      'tasks/t.yaml:3:21  generate.family: the family could not be loaded: no solver',
    ]);
    expect(await taskFaults(DRAWN.replace('sum-of-powers', 'drawless'), known)).toEqual([
      'tasks/t.yaml:3:11  generate: family drawless, seed 1: draw: no such network | a fault of the family, not of the suite',
    ]);
  });

  it('prepares a family before it draws', async () => {
    let ready = false;
    const solver: typeof sumOfPowers = {
      ...sumOfPowers,
      name: 'with-solver',
      async prepare() {
        ready = true;
      },
      draw(params, random) {
        if (!ready) throw new Error('drawn before it was prepared');
        return sumOfPowers.draw(params, random);
      },
    };
    expect(await taskFaults(DRAWN.replace('sum-of-powers', 'with-solver'), registries(solver))).toEqual([]);
  });

  it('shows the words of a schema that words its own faults', async () => {
    const strict = {
      ...sumOfPowers,
      name: 'strict',
      params: z.strictObject({
        units: z.tuple([z.int(), z.int()]).refine(([lo, hi]) => lo <= hi, 'fewest units first'),
      }),
    };
    const { text, place } = marked(DRAWN.replace('sum-of-powers', 'strict'), '[2, 4]', '§[4, 2]');
    expect(await taskFaults(text, registries(strict))).toEqual([
      `tasks/t.yaml:${place}  generate.params.units: fewest units first`,
    ]);
  });
});

it('loads the sound suite without a word', async () => {
  const suite = await loadSuite('test/fixtures/suites/sound', registries(), 'builtin:sound');
  expect(suite).toMatchObject({
    name: 'sound',
    version: '1.2.0',
    source: 'builtin:sound',
    languages: ['en', 'zh'],
  });
  expect(suite.tasks.map(({ id }) => id)).toEqual(['drawn', 'free', 'hand']);
});
