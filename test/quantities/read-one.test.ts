import { describe, expect, it } from 'vitest';
import { parseUnit, readOne } from '../../harness/quantities/index.ts';
import { tell } from './tell.ts';

const told = (text: string, unit?: string) => {
  const asked = unit === undefined ? undefined : parseUnit(unit);
  const quantity = readOne(text, asked ? { unit: asked } : {});
  return quantity && tell(quantity);
};

describe('a short field', () => {
  it.each([
    ['a value with its unit', '23.27 $/MWh', '$/MWh', '23.27 USD/MWh'],
    ['an approximation', '约 3.2 万千瓦', 'MW', '~32000 kW'],
    ['groups', '1,234.5', 'MW', '1234.5'],
    ['a bare number that looks like a year', '2026', 'MW', '2026'],
    ['a bare number that looks like a step', '1.', 'MW', '1'],
    ['a number of JSON', '1.5e-3', 'MW', '0.0015'],
    ['the same value in two units', '0.35 GW (350 MW)', 'MW', '0.35 GW'],
    ['a degree where an angle is asked', '30度', 'deg', '30 deg'],
    ['a degree where a temperature is asked', '30度', '°C', '30 °C'],
    ['a degree where energy is asked', '30度', 'kWh', '30 kWh'],
    ['the fitting one of two kinds', '350 MW for 3 h', 'MW', '350 MW'],
    ['LaTeX', '$350\\ \\mathrm{MW}$', 'MW', '350 MW'],
    ['words', 'one and a half million dollars', 'USD', '1500000 USD'],
    ['Chinese numerals', '两千八百万千瓦', 'GW', '28000000 kW'],
    ['a negative number in accounts', '(1,234.5)', 'USD', '-1234.5'],
    ['a wrong unit is kept for the check to see', '350 MWh', 'MW', '350 MWh'],
  ])('reads %s', (_trap, text, unit, reading) => {
    expect(told(text, unit)).toBe(reading);
  });

  it.each([
    ['nothing', ''],
    ['words without a number', 'about half past never'.replace('half past ', '')],
    ['two values', '350 MW, 360 MW'],
    ['a name', 'bus 14'],
    ['a date', '2026-03-12'],
    ['an essay', 'The flow is 350 MW. '.repeat(40)],
    ['not a number', 'NaN'],
    ['a word of code', 'Infinity'],
  ])('reads nothing from %s', (_trap, text) => {
    expect(told(text, 'MW')).toBeUndefined();
  });
});
