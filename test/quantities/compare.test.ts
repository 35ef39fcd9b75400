import { describe, expect, it } from 'vitest';
import {
  compare,
  parseUnit,
  type Quantity,
  readOne,
  type Tolerance,
  type Unit,
} from '../../harness/quantities/index.ts';

const unit = (spelling: string): Unit => parseUnit(spelling) as Unit;
const read = (text: string): Quantity => {
  const quantity = readOne(text);
  if (!quantity) throw new Error(`${text} was not read`);
  return quantity;
};
const verdict = (text: string, value: number, spelling: string, tolerance?: Tolerance) => {
  const result = compare(read(text), { value, unit: unit(spelling) }, tolerance);
  return result.ok ? 'ok' : result.fault;
};

describe('comparison with a target', () => {
  it.each<
    [trap: string, text: string, value: number, unit: string, tolerance: Tolerance | undefined, fault: string]
  >([
    ['the same in the same unit', '350 MW', 350, 'MW', undefined, 'ok'],
    ['the same in another unit', '0.35 GW', 350, 'MW', undefined, 'ok'],
    ['万千瓦 against MW', '3.2 万千瓦', 32, 'MW', undefined, 'ok'],
    ['1200 kW is not 1200 MW', '1200 kW', 1200, 'MW', { rel: 0.01 }, 'value'],
    ['mW is not MW', '350 mW', 350, 'MW', { rel: 0.01 }, 'value'],
    ['MWh is not MW', '350 MWh', 350, 'MW', { rel: 0.01 }, 'unit'],
    ['Mvar is not MW', '350 Mvar', 350, 'MW', { rel: 0.01 }, 'unit'],
    ['MVA is not MW', '350 MVA', 350, 'MW', { rel: 0.01 }, 'unit'],
    ['€ is not $', '30 €/MWh', 30, '$/MWh', { rel: 0.01 }, 'unit'],
    ['CO2e is not CO2', '30 tCO2e', 30, 'tCO2', { rel: 0.01 }, 'unit'],
    ['a mass that does not say of what takes the substance asked', '30 t', 30, 'tCO2', undefined, 'ok'],
    ['and keeps its prefix', '30 kg', 30, 'tCO2', { rel: 0.01 }, 'value'],
    ['points are not per cent', '3 percentage points', 3, '%', { rel: 0.01 }, 'unit'],
    ['a bare number takes the unit asked', '350', 350, 'MW', undefined, 'ok'],
    ['a bare number takes per cent', '60', 60, '%', undefined, 'ok'],
    ['a bare 0.6 is not 60 %', '0.6', 60, '%', { rel: 0.01 }, 'value'],
    ['60 % is 0.6 where a bare number is asked', '60%', 0.6, '', undefined, 'ok'],
    ['wrong sign with the right digits', '-5 MW', 5, 'MW', { rel: 0.01 }, 'sign'],
    ['U+2212 is a sign', '−5 MW', -5, 'MW', undefined, 'ok'],
    ['wrong sign within an absolute tolerance is right', '-0.001 MW', 0.001, 'MW', { abs: 0.01 }, 'ok'],
    ['zero target, relative tolerance alone', '0.001 MW', 0, 'MW', { rel: 0.01 }, 'value'],
    ['zero target, absolute tolerance', '0.001 MW', 0, 'MW', { abs: 0.01 }, 'ok'],
    ['zero for zero', '0 MW', 0, 'MW', undefined, 'ok'],
    ['negative zero', '-0', 0, 'MW', undefined, 'ok'],
    ['just inside the relative tolerance', '351.75 MW', 350, 'MW', { rel: 0.005 }, 'ok'],
    ['just outside the relative tolerance', '351.76 MW', 350, 'MW', { rel: 0.005 }, 'value'],
    ['relative tolerance of a negative target', '-351 MW', -350, 'MW', { rel: 0.005 }, 'ok'],
    ['just inside the absolute tolerance despite binary dust', '0.3', 0.2, '', { abs: 0.1 }, 'ok'],
    ['absolute tolerance is in the unit of the target', '351000 kW', 350, 'MW', { abs: 1 }, 'ok'],
    ['significant figures', '9.15 $/MWh', 9.14826, '$/MWh', { significant: 3 }, 'ok'],
    ['significant figures differ', '9.14 $/MWh', 9.14826, '$/MWh', { significant: 3 }, 'value'],
    ['no tolerance and nearly right', '350.1 MW', 350, 'MW', undefined, 'value'],
    ['a range is no point', '340-360 MW', 350, 'MW', { rel: 0.1 }, 'range'],
    ['a bound is no point', 'at least 350 MW', 350, 'MW', { rel: 0.1 }, 'bound'],
    ['a list is no point', '350、360 MW', 350, 'MW', { rel: 0.1 }, 'range'],
    ['a spread has a middle', '350±5 MW', 350, 'MW', undefined, 'ok'],
    ['an approximation is a point', '约350兆瓦', 350, 'MW', undefined, 'ok'],
    ['Fahrenheit against Celsius', '212 °F', 100, '°C', undefined, 'ok'],
    ['line kV against phase kV', '115.47 kV', 200, 'kV', { rel: 0.01 }, 'value'],
  ])('%s: %s for %d %s', (_trap, text, value, spelling, tolerance, fault) => {
    expect(verdict(text, value, spelling, tolerance)).toBe(fault);
  });

  it('says what was compared, in the unit of the target', () => {
    const result = compare(read('0.36 GW'), { value: 350, unit: unit('MW') }, { rel: 0.01 });
    expect(result).toMatchObject({
      ok: false,
      fault: 'value',
      value: 360,
      reason: '360 MW against 350 MW: off by 2.85714 %',
    });
  });

  it('never calls a number that is not finite right', () => {
    const huge: Quantity = { ...read('350 MW'), value: Number.POSITIVE_INFINITY };
    expect(compare(huge, { value: 350, unit: unit('MW') }, { rel: Number.POSITIVE_INFINITY })).toMatchObject({
      ok: false,
    });
  });
});
