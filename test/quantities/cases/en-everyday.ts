import type { Case } from '../case.ts';

/** Everyday and scientific turns of phrase, in English. */
export const EN_EVERYDAY: readonly Case[] = [
  ['dollars and cents in words', 'three dollars and fifty cents', '3.5 USD'],
  ['dozens counted by the last words', 'three hundred and two dozens', '324'],
  ['dozens after digits', '3 dozens', '36'],
  ['point and tens', 'two hundred point seventy-one', '200.71'],
  ['blanks inside a spelled number', 'fifty   two', '52'],
  ['k after a blank', '2.33 k', '2330'],
  ['kilohm is no thousand', '5 kΩ', '5 kΩ'],
  ['bigger than', 'bigger than 10', '>=10'],
  ['less or equal', 'less than or equal to 30', '<=30'],
  ['ASCII exponents in a compound', '10 mA cm-2', '10 mA/cm2'],
  ['exponent of a variable is no number', 'x^2 + y^-2', ''],
  ['product in brackets below a slash', '4.2 kJ/(kg K)', '4.2 kJ/(kg·K)'],
  ['weight per cent', '10 wt%', '10 %'],
  ['ratio is no time of day', '50:50', '50 | 50'],
  ['spread with both units', '25°C ± 2°C', '25 (23..27) °C'],
  ['range with an approximation', 'approximately 30% to 40%', '~30..40 %'],
  ['mixed sum of a half', 'Five hundred and thirty-five and a half', '535.5'],
  ['fraction in words with hyphen', 'a three-fifths share', '0.6'],
  ['whole and fraction', 'one hundred and three and two thirds', '103.6666667'],
  ['million and hundreds', 'twenty-one million three hundred', '21000300'],
  ['ordinal after hundreds', 'three hundred and first', 'ordinal 301'],
  ['volume with a leading point', 'the .25ml liquid', '0.25 mL'],
  ['month and day', 'May 4th', 'date'],
];
