import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findObjects } from '../../harness/checkers/answer/json-objects.ts';
import { readAnswer } from '../../harness/checkers/answer/read-answer.ts';
import type { AnswerField } from '../../harness/core/answer.ts';

const price: AnswerField = { name: 'price', type: 'number', unit: '$/MWh' };
const total: AnswerField = { name: 'total_cost', type: 'number', unit: '$/h' };
const read = (reply: string, fields: AnswerField[] = [price], question = 'What is the price?') =>
  readAnswer(reply, { style: 'json', fields }, { lang: 'en', question });

describe('reading an answer', () => {
  it('takes the object that ends the reply, and says the form was obeyed', () => {
    const answer = read('Some steps.\n```json\n{"price": 23.27}\n```');
    expect(answer).toMatchObject({
      obeyed: true,
      fields: { price: { status: 'read', value: 23.27, way: 'json' } },
    });
  });
  it('does not call the form obeyed where prose follows', () => {
    expect(read('{"price": 23.27} I hope this helps!').obeyed).toBe(false);
  });
  it('passes over braces of LaTeX and prose', () => {
    expect(read('\\frac{1}{2} {so on} {"price": 1}').fields.price).toMatchObject({ value: 1 });
  });
  it('passes over an echoed template', () => {
    expect(read('I must end with {"price": <number>}.\n{"price": 7}').fields.price).toMatchObject({
      value: 7,
    });
  });
  it('looks into a wrapper, once', () => {
    expect(read('{"answer": {"price": 7}}').fields.price).toMatchObject({ value: 7 });
  });
  it('takes the outer object, not a row of a table inside it', () => {
    expect(read('{"units": [{"price": 1}, {"price": 2}], "price": 3}').fields.price).toMatchObject({
      value: 3,
    });
  });
  it('calls two different objects ambiguous', () => {
    expect(read('{"price": 7}\n{"price": 9}').fields.price?.status).toBe('ambiguous');
  });
  it('lets the same answer be said twice, rounded or with its unit', () => {
    expect(read('{"price": 23.2701}\n{"price": "23.27 $/MWh"}').fields.price?.status).toBe('read');
  });
  it('repairs trailing commas and single quotes, and says so', () => {
    const answer = read("{'price': 7,}");
    expect(answer).toMatchObject({ obeyed: false, fields: { price: { value: 7, way: 'json-repaired' } } });
  });
  it('does not take a number out of an object that was cut off', () => {
    expect(read('{"price": 23', [price, total]).fields.price?.status).toBe('missing');
  });
  it('finds a field whose name differs in case and spacing', () => {
    expect(read('{"Total Cost": 5}', [total]).fields.total_cost).toMatchObject({ value: 5 });
  });
  it('does not read prototype members as fields', () => {
    const answer = read('{"price": 1}', [price, { name: 'constructor', type: 'number' }]);
    expect(answer.fields).toMatchObject({ constructor: { status: 'missing' } });
  });
  it('reads a labelled line where no object was given', () => {
    expect(read('**Price:** 23.27 $/MWh', [price, total]).fields.price).toMatchObject({
      status: 'read',
      way: 'labelled',
    });
  });
  it('does not hand one unlabelled number to one of two fields', () => {
    expect(read('It comes to 23.27 $/MWh.', [price, total]).fields.price?.status).toBe('missing');
  });
  it('reads a choice from its labelled line, and refuses two', () => {
    const field: AnswerField = {
      name: 'cause',
      type: 'choice',
      options: [
        { id: 'arc', labels: ['arcing'] },
        { id: 'pd', labels: ['partial discharge'] },
      ],
    };
    expect(read('Cause: partial discharge', [field]).fields.cause).toMatchObject({ value: 'pd' });
    expect(read('Cause: arcing or partial discharge', [field]).fields.cause?.status).toBe('ambiguous');
  });
});

describe('reading around the form', () => {
  const cause: AnswerField = {
    name: 'cause',
    type: 'choice',
    options: [
      { id: 'T1', labels: ['thermal fault'] },
      { id: 'D1', labels: ['discharge'] },
    ],
  };
  it('takes no draft out of shown thinking', () => {
    expect(read('<think>{"price": 99}</think>{"price": 23.5}').fields.price).toMatchObject({
      value: 23.5,
      way: 'json',
      start: 28,
    });
  });
  it('says that a reply broke off, not that it was empty', () => {
    expect(read('{"price": 23.5, "total_cost": 12', [price, total]).fields.price).toMatchObject({
      status: 'missing',
      reason: expect.stringContaining('breaks off'),
    });
  });
  it('reads the one option that the last line names, where one option is all that was asked', () => {
    expect(read('Hot spot, so:\nThe answer is T1 (thermal fault).', [cause]).fields.cause).toMatchObject({
      value: 'T1',
      way: 'option-named',
    });
    expect(read('The answer is T1.', [cause, price]).fields.cause?.status).toBe('missing');
  });
  it('does not read a denial as a choice', () => {
    for (const reply of ['It is not T1.', "It isn't T1.", '不是 T1。', 'It cannot be a discharge'])
      expect(read(reply, [cause]).fields.cause?.status).toBe('missing');
  });
});

describe('finding objects', () => {
  it('finds what JSON.stringify wrote, in any prose without braces', () => {
    const prose = fc.string().map((text) => text.replace(/[{}]/g, ''));
    const value = fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue(), {
      minKeys: 1,
      noNullPrototype: true,
    });
    fc.assert(
      fc.property(prose, value, (before, object) => {
        const found = findObjects(`${before}\n${JSON.stringify(object)}`);
        expect(found.map((one) => JSON.stringify(one.value))).toEqual([
          JSON.stringify(JSON.parse(JSON.stringify(object))),
        ]);
      }),
      { numRuns: 200 },
    );
  });
  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('{', '}', '[', '"', '\\', ':', ',', 'a', '1', ' '),
          maxLength: 300,
        }),
        (text) => void findObjects(text),
      ),
      { numRuns: 500 },
    );
  });
  it('stays linear on opening braces without end', () => {
    expect(findObjects('{"a":'.repeat(200_000))).toEqual([]);
    expect(findObjects(`${'{"a":1,'.repeat(50_000)}{"price": 1}`).length).toBeLessThan(3);
  });
});
