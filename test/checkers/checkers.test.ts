import { describe, expect, it } from 'vitest';
import type { AnswerField } from '../../harness/core/answer.ts';
import { check, problems, worthOf } from './kit.ts';

describe('choice', () => {
  const options = [
    { id: 'T2', labels: ['thermal 300-700 °C', '中温过热'] },
    { id: 'D1', labels: ['low-energy discharge', '低能放电'] },
    { id: 'D2', labels: ['high-energy discharge', '高能放电'] },
  ];
  const given = {
    fields: [{ name: 'cause', type: 'choice', options } as AnswerField],
    targets: { cause: 'D2' },
  };
  const score = (answer: unknown, config = {}) =>
    worthOf(check('choice', { field: 'cause', ...config }, JSON.stringify({ cause: answer }), given));
  it('takes the id, whatever its case', () => expect([score('D2'), score('d2')]).toEqual([1, 1]));
  it('takes the wording of either language', () =>
    expect([score('high-energy discharge'), score('高能放电')]).toEqual([1, 1]));
  it('finds the option inside a phrase', () => expect(score('D2 (high-energy discharge)')).toBe(1));
  it('refuses a phrase that names two options', () => expect(score('D1 or D2')).toBe(0));
  it('does not find D2 inside D21', () => expect(score('D21')).toBe(0));
  it('refuses a list that names every option', () => expect(score(['D1', 'D2'])).toBe(0));
  it('gives the credit the suite states to a near miss', () =>
    expect(score('D1', { credit: { D1: 0.3 } })).toBe(0.3));
  it('names a credit for an option that does not exist', () => {
    expect(
      problems(
        'choice',
        { field: 'cause', credit: { D9: 0.3 } },
        { fields: { cause: given.fields[0] as AnswerField }, targets: { cause: {} } },
      ),
    ).toHaveLength(1);
  });
  it('reads booleans in words', () => {
    const yes = { fields: [{ name: 'trips', type: 'boolean' } as AnswerField], targets: { trips: true } };
    const of = (answer: unknown) =>
      worthOf(check('choice', { field: 'trips' }, JSON.stringify({ trips: answer }), yes));
    expect([of(true), of('yes'), of('是'), of(false), of('否'), of('maybe')]).toEqual([1, 1, 1, 0, 0, 0]);
  });
});

describe('set', () => {
  const given = (target: string[]) => ({
    fields: [{ name: 'lines', type: 'set' } as AnswerField],
    targets: { lines: target },
  });
  const score = (answer: unknown, target: string[], config = {}) =>
    worthOf(check('set', { field: 'lines', ...config }, JSON.stringify({ lines: answer }), given(target)));
  it('takes an id and its label together, as the question lists them, and no label under another id', () => {
    const options = [
      { id: 'D1', labels: ['discharge of low energy', '低能放电'] },
      { id: 'D1T', labels: ['discharge of low energy with overheating', '低能放电兼过热'] },
      { id: 'T2', labels: ['thermal fault, 300 to 700 °C', '中温过热（300～700 ℃）'] },
    ];
    const fields = [{ name: 'a', type: 'set', options } as AnswerField];
    const worth = (item: string, target: string) =>
      worthOf(
        check('set', { field: 'a', score: 'exact' }, JSON.stringify({ a: [item] }), {
          fields,
          targets: { a: [target] },
        }),
      );
    for (const item of ['D1: discharge of low energy', '低能放电（D1）', 'D1 – 低能放电', 'd1'])
      expect(worth(item, 'D1'), item).toBe(1);
    expect(worth('T2：中温过热（300～700 ℃）', 'T2')).toBe(1);
    expect(worth('D1T: discharge of low energy with overheating', 'D1T')).toBe(1);
    for (const item of ['D1: discharge of low energy with overheating', 'T2: 低能放电', 'D1 or T2'])
      expect(worth(item, 'D1'), item).toBe(0);
  });

  it('knows a breaker by its number whatever it is called beside it, and no other breaker for it', () => {
    const beside = ['breaker', '断路器', '第', '行'];
    for (const item of ['A-01', 'breaker A-01', '断路器A-01', 'A-01 断路器'])
      expect(score([item], ['A-01'], { beside }), item).toBe(1);
    expect(score(['第 42 行'], ['42'], { beside })).toBe(1);
    expect(score(['breaker A-02'], ['A-01'], { beside })).toBe(0);
    expect(score(['breaker'], ['A-01'], { beside })).toBe(0);
    expect(score(['breaker A-01'], ['A-01'])).toBe(0);
  });

  it("takes a question's own words for nothing for the empty list, only where the check names them", () => {
    const answer = (none?: string[]) => score(['no diagnosis'], [], none ? { none } : {});
    expect(answer(['No diagnosis'])).toBe(1);
    expect(answer()).toBe(0);
  });

  it('is F1 unless told otherwise', () => {
    expect(score(['L1', 'L2', 'L9'], ['L1', 'L2', 'L3', 'L4'])).toBeCloseTo(
      (2 * (2 / 3) * 0.5) / (2 / 3 + 0.5),
      12,
    );
  });
  it('knows precision, recall and exactness', () => {
    const [answer, target] = [['L1', 'L9'], ['L1']];
    expect(
      ['precision', 'recall', 'exact'].map((score_) => score(answer, target, { score: score_ })),
    ).toEqual([0.5, 1, 0]);
  });
  it('gives nothing for naming all options where half of them are right, told to count right less wrong', () => {
    const right = ['L1', 'L2'];
    const net = (answer: string[], target = right) => score(answer, target, { score: 'net' });
    expect([net(right), net(['L1']), net(['L1', 'L9']), net(['L1', 'L2', 'L8', 'L9'])]).toEqual([
      1, 0.5, 0, 0,
    ]);
    expect([net([], []), net(['L1'], []), net([])]).toEqual([1, 0, 0]);
  });
  it('scores a false all-clear 0', () =>
    expect([score([], ['L1']), score('none', ['L1']), score('无', ['L1'])]).toEqual([0, 0, 0]));
  it('scores a right all-clear 1', () =>
    expect([score([], []), score('none', []), score(['无'], [])]).toEqual([1, 1, 1]));
  it('scores an alarm where there is none 0', () => expect(score(['L1'], [])).toBe(0));
  it('does not pay for saying one thing twice', () =>
    expect(score(['L1', 'l1', 'L 1'], ['L1', 'L2'])).toBeCloseTo(2 / 3, 12));
  it('reads numbers and joined text', () => {
    expect(score([3, 5], ['3', '5'])).toBe(1);
    expect(score('L1、L2和L3', ['L1', 'L2', 'L3'])).toBe(1);
    expect(score('L1, L2 and L3', ['L1', 'L2', 'L3'])).toBe(1);
  });
  it('refuses objects and dumps', () => {
    expect(score({ L1: true }, ['L1'])).toBe(0);
    expect(
      score(
        Array.from({ length: 2000 }, (_, i) => `L${i}`),
        ['L1'],
        { score: 'recall' },
      ),
    ).toBe(0);
  });
});

describe('fields', () => {
  const given = {
    fields: [{ name: 'plan', type: 'json', unit: 'MW' } as AnswerField],
    targets: { plan: { G1: 100, G2: 50, mode: 'peak' } },
  };
  const score = (answer: unknown, config = {}) =>
    worthOf(
      check('fields', { field: 'plan', rel: '1%', ...config }, JSON.stringify({ plan: answer }), given),
    );
  it('counts the entries that agree', () => {
    expect(score({ G1: 100.5, G2: '50 MW', mode: 'Peak' })).toBe(1);
    expect(score({ G1: 100, G2: 60, mode: 'peak' })).toBeCloseTo(2 / 3, 12);
  });
  it('does not pay for entries nobody asked for', () =>
    expect(score({ G1: 100, G2: 50, mode: 'peak', G3: 1 })).toBe(0.75));
  it('can ask for all', () => expect(score({ G1: 100, G2: 60, mode: 'peak' }, { require: 'all' })).toBe(0));
  it('reads a unit inside an entry', () =>
    expect(score({ G1: '0.1 GW', G2: '50 kW', mode: 'peak' })).toBeCloseTo(2 / 3, 12));
  it('survives absurd depth', () => {
    expect(score(JSON.parse(`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`))).toBe(0);
  });
});

describe('text', () => {
  const score = (config: object, reply: string, lang: 'en' | 'zh' = 'en') =>
    worthOf(check('text', config, reply, { lang }));
  it('counts the phrases found, without regard to case and width', () => {
    expect(score({ contains: ['earth', 'LOCK'] }, 'Lock it, then Ｅarth it.')).toBe(1);
    expect(score({ contains: ['earth', 'tag'] }, 'earth it')).toBe(0.5);
  });
  it('scores a banned phrase 0 however much else is right', () => {
    expect(score({ contains: ['earth'], absent: ['skip the test'] }, 'earth it, skip the test')).toBe(0);
  });
  it('looks for the phrases of the sample’s language', () => {
    const config = { contains: { en: ['earth'], zh: ['接地'] } };
    expect(score(config, '先验电，后接地', 'zh')).toBe(1);
    expect(score(config, '先验电，后接地', 'en')).toBe(0);
  });
  it('scores silence 0 even where only absence is asked', () =>
    expect(score({ absent: ['x'] }, '  ')).toBe(0));
  it('matches a hostile text in linear time', () => {
    expect(score({ regex: ['(a+)+$'] }, `${'a'.repeat(100_000)}b`)).toBe(0);
  });
  it('names a pattern that RE2 refuses', () => {
    expect(problems('text', { regex: ['(?=x)y'] }, {})).toHaveLength(1);
  });
});

describe('json', () => {
  const given = { fields: [{ name: 'rows', type: 'json' } as AnswerField] };
  const schema = {
    type: 'array',
    minItems: 2,
    items: { type: 'object', required: ['p'], properties: { p: { type: 'number' } } },
  };
  const score = (rows: unknown) =>
    worthOf(check('json', { field: 'rows', schema }, JSON.stringify({ rows }), given));
  it('accepts what fits and refuses what does not', () => {
    expect([
      score([{ p: 1 }, { p: 2 }]),
      score([{ p: 1 }]),
      score([{ p: 1 }, { p: 'x' }]),
      score('text'),
    ]).toEqual([1, 0, 0, 0]);
  });
  it('refuses patterns and references, which could hang or reach out', () => {
    const context = { fields: { rows: given.fields[0] as AnswerField } };
    expect(
      problems('json', { field: 'rows', schema: { items: { pattern: '(a+)+' } } }, context),
    ).toHaveLength(1);
    expect(problems('json', { field: 'rows', schema: { $ref: 'http://x' } }, context)).toHaveLength(1);
  });
});

describe('plan', () => {
  const fields = [{ name: 'plan', type: 'json' } as AnswerField];
  it('hands the proposal to the family and keeps its regret', () => {
    const verify = (field: string, proposal: unknown) => ({
      value: 0.5,
      reason: `${field} ${JSON.stringify(proposal)}`,
      regret: { amount: 12, currency: '$' },
    });
    const score = check('plan', { field: 'plan' }, '{"plan": {"G1": 1}}', { fields, verify });
    expect(score).toMatchObject({
      value: 0.5,
      reason: 'plan {"G1":1}',
      regret: { amount: 12, currency: '$' },
    });
  });
  it('never lets a verdict leave 0 to 1', () => {
    expect(
      worthOf(
        check('plan', { field: 'plan' }, '{"plan": []}', {
          fields,
          verify: () => ({ value: 7, reason: '' }),
        }),
      ),
    ).toBe(1);
  });
  it('names a field that the family cannot judge', () => {
    expect(
      problems(
        'plan',
        { field: 'plan' },
        { fields: { plan: fields[0] as AnswerField }, verifies: ['other'] },
      ),
    ).toHaveLength(1);
  });
});
