import { describe, expect, it } from 'vitest';
import { registries, sumOfPowers } from './registries.ts';
import { DRAWN, HAND, marked, taskFaults } from './suite-folder.ts';

const CHOICE = `id: choice
title: { en: Choice, zh: 选择 }
prompt: { en: 'Which?', zh: '哪个？' }
answer:
  which: { type: choice, options: { a: { en: Alpha, zh: 甲 }, b: { en: Beta, zh: 乙 } } }
  all: { type: set, options: [x, y, z] }
checks: [{ kind: pick, field: which }]
cases:
  - { id: one, target: { which: a, all: [x, y] } }
`;

async function only(text: string, from: string, to: string) {
  const { text: changed, place } = marked(text, from, to);
  const faults = await taskFaults(changed);
  return { faults, at: (said: string) => [`tasks/t.yaml:${place}  ${said}`] };
}

describe('checks', () => {
  it.each([
    [
      'an unknown checker',
      'kind: near',
      'kind: §neer',
      'checks[0].kind: no checker "neer" | did you mean "near"?',
    ],
    [
      'a checker named like a member of every object',
      'kind: near',
      'kind: §toString',
      'checks[0].kind: no checker "toString" | there are: near, pick, says',
    ],
    [
      'a field that nobody asks for',
      'field: total',
      'field: §totals',
      'checks[0].field: the answer has no field "totals" | did you mean "total"?',
    ],
    [
      'a field from the prototype',
      'field: total',
      'field: §constructor',
      'checks[0].field: the answer has no field "constructor" | its fields: total',
    ],
    [
      'an unknown setting',
      'field: total',
      'field: total, §rell: 0.1',
      'checks[0].rell: unknown key | did you mean "rel"?',
    ],
    [
      'a setting of another type',
      'field: total',
      'field: total, rel: §high',
      'checks[0].rel: expected a number, got "high"',
    ],
    [
      'what only the checker can see',
      'field: total',
      'field: total, unit: §MWh',
      'checks[0].unit: "MWh" is not the MW that is asked for | use MW',
    ],
  ])('with %s', async (_, from, to, said) => {
    const { faults, at } = await only(DRAWN, from, to);
    expect(faults).toEqual(at(said));
  });

  it('tells one fault once, though both languages have it', async () => {
    const { faults, at } = await only(DRAWN, 'field: total', 'field: total, unit: §GW');
    expect(faults).toEqual(at('checks[0].unit: "GW" is not the MW that is asked for | use MW'));
  });

  it('tells a fault that only one language has', async () => {
    const text = DRAWN.replace('unit: MW', 'unit: { en: MW, zh: 万千瓦 }');
    const { faults, at } = await only(text, 'field: total', 'field: total, unit: §MW');
    expect(faults).toEqual(at('checks[0].unit: "MW" is not the 万千瓦 that is asked for | use 万千瓦'));
  });

  it('tells the fault of a shared check once, however many cases there are', async () => {
    const text = `${HAND}  - { id: two, vars: { p: 6 }, target: { p: 6 } }\n`;
    const { faults, at } = await only(text, 'kind: near', 'kind: §neer');
    expect(faults).toEqual(at('checks[0].kind: no checker "neer" | did you mean "near"?'));
  });

  it('needs at least one, and a prompt', async () => {
    expect(await taskFaults(HAND.replace(/checks:.*\n/, ''))).toEqual([
      'tasks/t.yaml:1:1  checks: is missing | a question without a check has no score',
    ]);
    expect(await taskFaults(HAND.replace(/prompt:.*\n/, ''))).toEqual([
      'tasks/t.yaml:1:1  prompt: is missing | what the model is asked, in each language',
    ]);
  });
});

describe('templates', () => {
  it.each([
    [
      'a name nobody gives',
      '{{ unit.p_mw }}',
      '{{ §demand }}{{ unit.p_mw }}',
      'prompt.en: nothing gives "demand" | it may name: units, lang',
    ],
    ['a name mistyped', 'in units', 'in §unitz', 'prompt.en: nothing gives "unitz" | did you mean "units"?'],
    [
      'a member mistyped',
      '{{ unit.p_mw }}',
      '{{ §unit.p_nw }}',
      'prompt.en: nothing gives "unit.p_nw" | did you mean "p_mw"?',
    ],
    [
      'a member of every object',
      '{{ unit.p_mw }}',
      '{{ §unit.constructor }}',
      'prompt.en: nothing gives "unit.constructor" | no draw and no case has it',
    ],
    ['a tag that is not closed', '{% endfor %}', '§{% endfr %}', 'prompt.en: tag "endfr" not found'],
    [
      'an output that is not closed',
      '{{ unit.p_mw }}',
      '§{{ unit.p_mw',
      /^prompt\.en: output "{{ unit\.p_mw/,
    ],
    [
      'a filter nobody knows',
      '{{ unit.p_mw }}',
      '§{{ unit.p_mw | fxed: 1 }}',
      'prompt.en: undefined filter: fxed',
    ],
    [
      'a filter that refuses its value',
      '{{ unit.p_mw }}',
      '§{{ unit.name | fixed: 1 }}',
      'prompt.en: "G1" is not a number',
    ],
    ['reading another file', 'Add up:', '§{% include "/etc/passwd" %}', 'prompt.en: tag "include" not found'],
    [
      'a date, which is another every day',
      'Add up:',
      '§{{ "now" | date }}',
      'prompt.en: undefined filter: date',
    ],
    ['a random pick', 'Add up:', '§{{ units | sample }}', 'prompt.en: undefined filter: sample'],
  ])('with %s', async (_, from, to, said) => {
    const { text, place } = marked(DRAWN, from, to);
    const faults = await taskFaults(text);
    expect(faults).toHaveLength(1);
    const [at, message] = faults[0]?.split('  ') ?? [];
    expect(at).toBe(`tasks/t.yaml:${place}`);
    expect(message).toEqual(typeof said === 'string' ? said : expect.stringMatching(said));
  });

  it('lets a condition ask for a fact that only some draws have, and finds a name that none has', async () => {
    const sometimes = {
      ...sumOfPowers,
      name: 'sometimes',
      vars: ({ powers }: { powers: number[] }) => ({
        units: powers.map((p_mw) => (powers.length === 4 && p_mw > 60 ? { p_mw, must_run_mw: 5 } : { p_mw })),
      }),
    };
    const known = registries(sometimes);
    const text = DRAWN.replace('sum-of-powers', 'sometimes').replace('seeds: 3', 'seeds: 40');
    const asks = '{% if unit.must_run_mw %}{{ unit.must_run_mw }}{% endif %}{{ unit.p_mw }}';
    expect(await taskFaults(text.replace('{{ unit.p_mw }}', asks), known)).toEqual([]);
    const { text: wrong, place } = marked(text, '{{ unit.p_mw }}', '{% if §unit.must_rum_mw %}x{% endif %}');
    expect(await taskFaults(wrong, known)).toEqual([
      `tasks/t.yaml:${place}  prompt.en: nothing gives "unit.must_rum_mw" | did you mean "must_run_mw"?`,
    ]);
  });

  it('names every unknown name of a prompt at once', async () => {
    const text = DRAWN.replace('Add up:', 'Add {{ what }} up\n    for {{ whom }}:');
    expect((await taskFaults(text)).map((fault) => fault.split(' |')[0])).toEqual([
      'tasks/t.yaml:6:12  prompt.en: nothing gives "what"',
      'tasks/t.yaml:7:12  prompt.en: nothing gives "whom"',
    ]);
  });

  it('finds the line below blank lines, and under an indentation that is stated', async () => {
    const blank = marked(DRAWN, 'Add up:', '\n\n    Add {{ §what }} up:');
    expect((await taskFaults(blank.text))[0]).toContain(`tasks/t.yaml:${blank.place}  `);
    const stated = marked(DRAWN.replace('en: |', 'en: |2'), 'Add up:', 'Add {{ §what }} up:');
    expect((await taskFaults(stated.text))[0]).toContain(`tasks/t.yaml:${stated.place}  `);
  });

  it('points at the whole text where lines were folded', async () => {
    const { text, place } = marked(DRAWN, 'en: |\n    Add up:', 'en: §>\n    Add {{ what }} up:');
    expect((await taskFaults(text))[0]).toContain(`tasks/t.yaml:${place}  prompt.en: nothing gives "what"`);
  });

  it('words every case, not only the first', async () => {
    const text = `${HAND}  - { id: two, vars: { q: 6 }, target: { p: 6 } }\n`;
    expect(await taskFaults(text)).toEqual([
      'tasks/t.yaml:3:25  prompt.en: nothing gives "p" | did you mean "q"?',
      'tasks/t.yaml:3:47  prompt.zh: nothing gives "p" | did you mean "q"?',
    ]);
  });

  it('finds the fault in the prompt of the case that words its own', async () => {
    const own = `${HAND}  - id: two\n    vars: { p: 6 }\n    target: { p: 6 }\n    prompt:\n      zh: 写出 {{ p }}。\n      en: |\n        Write\n        {{ §pp }}.\n`;
    const { text, place } = marked(own, '', '');
    expect((await taskFaults(text))[0]).toContain(
      `tasks/t.yaml:${place}  cases[1].prompt.en: nothing gives "pp"`,
    );
  });

  it('ends a template that would never end', async () => {
    const loop = '{% for i in (1..100000000) %}{% for j in (1..100000000) %}x{% endfor %}{% endfor %}';
    const [fault] = await taskFaults(DRAWN.replace('Add up:', loop));
    expect(fault).toMatch(/^tasks\/t\.yaml:6:5 {2}prompt\.en: .*limit/);
    const doubling =
      '{% assign s = "xxxxxxxxxx" %}{% for i in (1..40) %}{% assign s = s | append: s %}{% endfor %}';
    expect((await taskFaults(DRAWN.replace('Add up:', doubling)))[0]).toMatch(
      /^tasks\/t\.yaml:6:\d+ {2}prompt\.en: .*limit/,
    );
  });
});

describe('targets of hand-written cases', () => {
  it.each([
    [
      'a field that nobody asks for',
      HAND,
      'target: { p:',
      'target: { §q: 5, p:',
      'cases[0].target.q: the answer has no such field | did you mean "p"?',
    ],
    [
      'a quantity nobody can read',
      HAND,
      'target: { p: 5 }',
      'target: { p: §5 parsecs }',
      'cases[0].target.p: "5 parsecs" is not a quantity: no unit "parsecs" | write a number, or a number and its unit as text',
    ],
    [
      'a list for a number',
      HAND,
      'target: { p: 5 }',
      'target: { p: §[5] }',
      'cases[0].target.p: expected a number, or a quantity as text, got a list',
    ],
    [
      'an option that is none',
      CHOICE,
      'which: a',
      'which: §Alpha',
      'cases[0].target.which: "Alpha" is not one of the options | they are: a, b',
    ],
    [
      'a set with a stranger',
      CHOICE,
      'all: [x, y]',
      'all: §[x, w]',
      'cases[0].target.all: "w" is not one of the options | did you mean "x"?',
    ],
    [
      'a truth value for a choice',
      CHOICE,
      'which: a',
      'which: §true',
      'cases[0].target.which: expected an option id, got true | quote it, if text is meant',
    ],
    [
      'no for false',
      CHOICE.replace('type: set, options: [x, y, z]', 'type: boolean'),
      'all: [x, y]',
      'all: §no',
      'cases[0].target.all: expected true or false, got "no" | YAML 1.2 reads yes and no as text: write true or false',
    ],
  ])('with %s', async (_, text, from, to, said) => {
    const { faults, at } = await only(text, from, to);
    expect(faults).toEqual(at(said));
  });

  it('must carry their unit where the languages ask in different ones', async () => {
    const { faults, at } = await only(
      HAND.replace('unit: MW', 'unit: { en: MW, zh: 万千瓦 }'),
      'target: { p: 5 }',
      'target: { p: §5 }',
    );
    expect(faults).toEqual(
      at(
        'cases[0].target.p: 5 may be in MW or in 万千瓦: the field\'s unit differs between the languages | write the unit with it, "5 MW"',
      ),
    );
  });

  it('must be there for what a check compares', async () => {
    const { faults, at } = await only(
      HAND.replace('target: { p: 5 }', 'target: {}'),
      'field: p }',
      'field: §p }',
    );
    expect(faults).toEqual(at('checks[0].field: no right value for "p"'));
  });
});

describe('answers', () => {
  it.each([
    [
      'options of a number',
      'type: set, options',
      'type: number, §options',
      'answer.all.options: a number has no options | say type: choice or type: set',
    ],
    ['a unit of a choice', 'type: set,', 'type: set, §unit: MW,', 'answer.all.unit: a set has no unit'],
    ['one option', '[x, y, z]', '§[x]', 'answer.all.options: must have at least 2 items'],
    [
      'two options of one label',
      'zh: 乙',
      'zh: 甲',
      'answer.which.options.b: "甲" also names the option "a" | each label must tell one option',
    ],
    [
      'a label that is another id',
      'en: Beta',
      'en: A',
      'answer.which.options.b: "a" also names the option "a" | each label must tell one option',
    ],
  ])('with %s', async (_, from, to, said) => {
    const faults = await taskFaults(CHOICE.replace(from, to.replace('§', '')));
    expect(faults.map((fault) => fault.split('  ')[1])).toContain(said);
  });

  it('need options where one is to be chosen, given by the suite or by the family', async () => {
    expect(await taskFaults(CHOICE.replace(/, options: \{.*\} \}\n/, ' }\n'))).toEqual([
      'tasks/t.yaml:5:10  answer.which: a choice needs its options | list them under options:',
    ]);
    const bare = { ...sumOfPowers, name: 'bare' };
    delete bare.options;
    const largest = DRAWN.replace('total: { unit: MW }', 'largest: {}').replace(
      'near, field: total',
      'pick, field: largest',
    );
    expect(await taskFaults(largest)).toEqual([]);
    expect(await taskFaults(largest.replace('sum-of-powers', 'bare'), registries(bare))).toEqual([
      'tasks/t.yaml:10:12  answer.largest: a choice needs its options | list them under options:',
    ]);
  });

  it('of free replies need a reply that is right, in each language', async () => {
    const free = HAND.replace(/answer:.*\n/, '')
      .replace(/checks:.*\n/, 'checks: [{ kind: says, words: [a] }]\n')
      .replace(', target: { p: 5 }', '');
    expect(await taskFaults(free)).toEqual([
      'tasks/t.yaml:6:5  cases[0].reference: is missing, and the task asks for no fields | write a reply that is fully right, in each language: the suite is tested against it',
    ]);
    const half = marked(free, 'vars: { p: 5 }', 'vars: { p: 5 }, §reference: { en: a }');
    expect(await taskFaults(half.text)).toEqual([
      `tasks/t.yaml:${half.place}  cases[0].reference: has no zh text | add zh: …, or take zh out of the languages in suite.yaml`,
    ]);
    const field = marked(free, 'says, words', 'near, field: §p, words');
    expect(await taskFaults(field.text)).toContain(
      `tasks/t.yaml:${field.place}  checks[0].field: the task asks for no field "p" | add an answer: with its fields, or check the whole reply`,
    );
  });
});
