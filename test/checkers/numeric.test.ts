import { describe, expect, it } from 'vitest';
import { check, problems, worthOf } from './kit.ts';

const power = {
  fields: [{ name: 'p', type: 'number' as const, unit: 'MW' }],
  targets: { p: 1200 },
  targetUnits: { p: 'MW' },
};
const score = (answer: unknown, config: object = { rel: '0.5%' }, given = power) =>
  worthOf(check('numeric', { field: 'p', ...config }, JSON.stringify({ p: answer }), given));

describe('numeric', () => {
  it('takes a bare number in the asked unit', () => expect(score(1203)).toBe(1));
  it('rejects 1200 kW for a 1200 MW target', () => expect(score('1200 kW')).toBe(0));
  it('accepts 1.2 GW for a 1200 MW target', () => expect(score('1.2 GW')).toBe(1));
  it('rejects 1200 MWh for a 1200 MW target', () => expect(score('1200 MWh')).toBe(0));
  it('rejects the right digits with the wrong sign', () => expect(score(-1200)).toBe(0));
  it('reads 120 万千瓦 as 1200 MW', () => expect(score('120 万千瓦')).toBe(1));
  it('rejects a value just outside the tolerance', () => expect(score(1206.1)).toBe(0));
  it('rejects a range around the target: it commits to nothing', () => expect(score('1000-1400 MW')).toBe(0));
  it('rejects a bound', () => expect(score('at least 1200 MW')).toBe(0));
  it('rejects NaN, null, objects and booleans', () => {
    for (const junk of ['NaN', null, {}, [], true, [1200]]) expect(score(junk)).toBe(0);
  });
  it('takes an absolute tolerance with a unit of its own', () => {
    expect(score(1200.9, { abs: '1000 kW' })).toBe(1);
    expect(score(1201.1, { abs: '1000 kW' })).toBe(0);
  });
  it('compares with a zero target by absolute tolerance only', () => {
    const zero = { ...power, targets: { p: 0 } };
    expect(score(0.4, { abs: 0.5, rel: '1%' }, zero)).toBe(1);
    expect(score(0.6, { abs: 0.5, rel: '1%' }, zero)).toBe(0);
  });
  it('accepts any value of an interval, since a degenerate price is not one number', () => {
    const interval = { ...power, targets: { p: { low: 10, high: 20 } } };
    expect([9, 10, 15, 20, 21].map((p) => score(p, { abs: 0.5 }, interval as never))).toEqual([
      0, 1, 1, 1, 0,
    ]);
  });
  it('converts between the unit asked and the unit of the key', () => {
    const given = {
      fields: [{ name: 'p', type: 'number' as const, unit: '万千瓦' }],
      targets: { p: 1200 },
      targetUnits: { p: 'MW' },
    };
    expect(score(120, { rel: '0.5%' }, given)).toBe(1);
    expect(score(1200, { rel: '0.5%' }, given)).toBe(0);
  });
  it('scores silence 0, and says that there was no answer', () => {
    const result = check('numeric', { field: 'p', rel: 0.01 }, '', power);
    expect(result).toMatchObject({
      status: 'scored',
      value: 0,
      reason: expect.stringContaining('no answer'),
    });
  });
  it('says what was read and in which unit', () => {
    const result = check('numeric', { field: 'p', rel: 0.01 }, '{"p": "1.2 GW"}', power);
    expect(result).toMatchObject({ extracted: { value: 1200, unit: 'MW' } });
  });

  describe('faults of a suite', () => {
    const context = {
      fields: { p: { name: 'p', type: 'number' as const, unit: 'MWh' } },
      targets: { p: { unit: 'MW' } },
    };
    it('names units that do not fit', () => {
      expect(problems('numeric', { field: 'p', rel: 0.01 }, context)[0]).toMatch(/MWh.*energy.*power/s);
    });
    it('names a field that does not exist', () => {
      expect(problems('numeric', { field: 'q', rel: 0.01 }, context)).toEqual([
        'the answer has no field "q"',
      ]);
    });
    it('names a tolerance in a foreign unit', () => {
      const fitting = { ...context, targets: { p: { unit: 'MWh' } } };
      expect(problems('numeric', { field: 'p', abs: '1 MW' }, fitting)).toHaveLength(1);
    });
    it('refuses a tolerance of 5, which could be 5 % or five times', () => {
      expect(() => check('numeric', { field: 'p', rel: 5 }, '', power)).toThrow();
    });
    it('refuses a check without any tolerance', () => {
      expect(() => check('numeric', { field: 'p' }, '', power)).toThrow();
    });
  });
});
