import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chooseAnswer,
  convert,
  parseUnit,
  type Quantity,
  readOne,
  readQuantities,
  type Unit,
} from '../../harness/quantities/index.ts';

const UNITS = (
  'W kW MW GW TW mW kvar Mvar VA kVA MVA Wh kWh MWh GWh TWh J MJ GJ TJ PJ Btu MMBtu therm kcal tce Mtce toe V kV MV mV A kA mA Ω mΩ kΩ S Hz kHz ' +
  'p.u. deg rad mrad % ‰ pp bp ppm s ms min h d wk mo yr g kg t kt Mt lb kgCO2 tCO2 MtCO2 tCO2e gCO2 tC USD CNY EUR GBP JPY AUD ' +
  'USD/MWh CNY/MWh EUR/MWh CNY/kWh US¢/kWh 分/kWh GBp/kWh USD/MMBtu USD/kW USD/(kW·mo) CNY/(kW·yr) USD/h CNY/t EUR/tCO2 gCO2/kWh kgCO2/kWh ' +
  'tCO2e/MWh gce/kWh MW/min MW/Hz Hz/s Ω/km kV/m MWh/h kWh/m2 W/m2 m3/kWh m km mm m2 km2 ha m3 L bbl m/s km/h °C °F K Pa kPa MPa bar GB Ah Wh/token 万kW 亿kWh'
).split(' ');

const unit = fc.constantFrom(...UNITS).map((name) => parseUnit(name) as Unit);
/** Figures as texts write them: up to six decimals, no exponent. */
const figure = fc
  .tuple(fc.integer({ min: -9_999_999, max: 9_999_999 }), fc.integer({ min: 0, max: 6 }))
  .map(([digits, places]) => Number((digits / 10 ** places).toFixed(places)));

function grouped(text: string, mark: string): string {
  const [whole = '', rest] = text.split('.');
  const parted = whole.replace(/\B(?=(\d{3})+$)/g, mark);
  return rest === undefined ? parted : `${parted}.${rest}`;
}

/** Ways to write a figure; all mean the same. */
const WRITINGS: readonly ((value: number) => string)[] = [
  (value) => String(value),
  (value) => String(value).replace('-', '−'),
  (value) => grouped(String(value), ','),
  (value) => grouped(String(value), '\u2009'),
  (value) => String(value).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
  (value) => `**${value}**`,
  (value) => `$${value}$`,
];
const writing = fc.constantFrom(...WRITINGS);
const gap = fc.constantFrom(' ', '\u00a0', '\\ ', '');

const plain = ({ text: _text, start: _start, end: _end, ...rest }: Quantity) => rest;

describe('format, then parse', () => {
  it('gives back every unit by its own name', () => {
    for (const name of UNITS) expect(parseUnit(name)?.name, name).toBe(name);
  });

  it('gives back the value and the unit, in every writing of both', () => {
    fc.assert(
      fc.property(figure, unit, writing, gap, (value, own, write, between) => {
        // A letter glued to a digit may be an abbreviation (5K, 3E…): the rule for symbols is a blank before them.
        const space = /^[A-Za-z]/.test(own.name) && between === '' ? ' ' : between;
        const text = `${write(value)}${space}${own.name}`;
        const read = readQuantities(text);
        expect(
          read.map((quantity) => [quantity.value, quantity.unit.name]),
          text,
        ).toEqual(
          [[value, own.name.replace(/^[万亿]/, '')]].map(([v, name]) => [
            name === own.name ? v : expect.any(Number),
            name,
          ]),
        );
      }),
      { numRuns: 1500 },
    );
  });

  it('reads a field as it reads a text, and 万 and 亿 scale', () => {
    fc.assert(
      fc.property(
        figure,
        fc.constantFrom('千瓦', '千瓦时', '元'),
        fc.constantFrom(['万', 1e4], ['亿', 1e8]),
        (value, name, [scale, factor]) => {
          const read = readOne(`${value}${scale}${name}`);
          expect((read?.value ?? Number.NaN) / (factor as number)).toBeCloseTo(value, 6);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('converts there and back', () => {
    fc.assert(
      fc.property(figure, unit, unit, (value, from, to) => {
        const there = convert(value, from, to);
        if (there === undefined) return;
        expect(convert(there, to, from)).toBeCloseTo(value, 5);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('any text', () => {
  const PIECES = [
    '1',
    '2.5',
    ',',
    '.',
    '-',
    '–',
    '~',
    '至',
    '万',
    '亿',
    '一',
    '半',
    '点',
    '百分之',
    '个',
    '度',
    '元',
    '$',
    '¥',
    'MW',
    'kWh',
    '/',
    '(',
    ')',
    '\\frac{',
    '}',
    '{',
    '\\boxed{',
    '^',
    '_',
    '**',
    ' ',
    '\n',
    'and',
    'half',
    'million',
    'bus',
    'at least',
    '约',
    '±',
    '%',
    '|',
    'answer: ',
    '答案：',
    '\ud83d',
    '\u200b',
    '½',
    '²',
    'e5',
    ':',
    '年',
    '月',
    '=',
    '≈',
    '每',
    '</think>',
  ];
  const broken = fc
    .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 3, unit: 'binary' })), {
      maxLength: 40,
    })
    .map((parts) => parts.join(''));

  it('is read without a crash, in order, inside its bounds', () => {
    fc.assert(
      fc.property(broken, (text) => {
        let last = 0;
        for (const { start, end, text: own, value } of readQuantities(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(text.slice(start, end)).toBe(own);
          expect(Number.isNaN(value)).toBe(false);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 3000 },
    );
  });

  it('is chosen from without a crash, and only what is in it is chosen', () => {
    fc.assert(
      fc.property(broken, broken, (text, question) => {
        const choice = chooseAnswer(text, { labels: ['answer', '答案', 'a(b'], lang: 'en', question });
        if (choice.status === 'chosen')
          expect(text.slice(choice.quantity.start, choice.quantity.end)).toBe(choice.quantity.text);
      }),
      { numRuns: 1500 },
    );
  });

  it('reads names of object members as plain words', () => {
    for (const text of ['5 constructor', '5 __proto__', 'toString 5 hasOwnProperty', '5 valueOf/toString']) {
      expect(
        readQuantities(text).map(({ value, unit: own }) => [value, own.name]),
        text,
      ).toEqual([[5, '']]);
    }
  });
});

describe('prose around a quantity', () => {
  const CORES = [
    '350 MW',
    '$23.27/MWh',
    '3.2亿度',
    '1—2亿千瓦',
    '两千八百万千瓦',
    '10-15%',
    '(100±5) MW',
    '1.2×10³ kW',
    '0.38元/千瓦时',
    '$1.2\\times10^{3}\\ \\mathrm{MW}$',
    'one and a half million dollars',
    '三分之二',
    '5 kgCO2/kWh',
    '-12.5 kV',
    '3、5、7兆瓦',
  ];
  const BEFORE = [
    '',
    'The result is ',
    'After the merit order is applied, we get ',
    '计算得到，',
    '结果为：',
    '\n',
    'We find that it equals ',
    '- **Result**: ',
    '| x | ',
  ];
  const AFTER = [
    '',
    '.',
    '。',
    ', as expected.',
    '，符合要求。',
    '\n\nNext, we go on.',
    ' | y |',
    ' (see above)',
    '；',
  ];

  it.each(CORES)('does not change how %s is read', (core) => {
    const alone = readQuantities(core).map(plain);
    for (const before of BEFORE) {
      for (const after of AFTER) {
        expect(readQuantities(before + core + after).map(plain), before + core + after).toEqual(alone);
      }
    }
  });
});
