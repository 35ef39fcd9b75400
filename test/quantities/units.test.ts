import { describe, expect, it } from 'vitest';
import { convert, parseUnit, type Unit, unitMismatch } from '../../harness/quantities/index.ts';

const unit = (spelling: string): Unit => {
  const found = parseUnit(spelling);
  if (!found) throw new Error(`${spelling} is no unit`);
  return found;
};

/** Published or defined conversions: value, from, value, to. */
const EQUAL: readonly [number, string, number, string][] = [
  [1, '万千瓦', 10, 'MW'],
  [1, '亿千瓦', 100, 'GW'],
  [1, '万千瓦时', 10, 'MWh'],
  [1, '亿千瓦时', 100, 'GWh'],
  [1, '度', 1, 'kWh'],
  [1, '元/kWh', 1000, '元/MWh'],
  [1, '分/kWh', 10, '元/MWh'],
  [1, '厘/kWh', 1, '元/MWh'],
  [1, 'kgCO2/kWh', 1, 'tCO2/MWh'],
  [1, 'kgCO2/kWh', 1000, 'gCO2/kWh'],
  [1, '吨标准煤', 29.3076, 'GJ'],
  [1, 'MWh', 3.6, 'GJ'],
  [1, 'MMBtu', 293.07107, 'kWh'],
  [1, 'toe', 41.868, 'GJ'],
  [1, 'MWh/h', 1, 'MW'],
  [1, 'MW·h', 1, 'MWh'],
  [1, 'MW·min', 1 / 60, 'MWh'],
  [1, 'kV·A', 1, 'kVA'],
  [60, 'MW/h', 1, 'MW/min'],
  [12, '$/kW-month', 144, '$/kW-yr'],
  [100, '°C', 212, '°F'],
  [0, '°C', 273.15, 'K'],
  [180, 'deg', Math.PI, 'rad'],
  [50, '%', 0.5, ''],
  [5, '‰', 0.5, '%'],
  [25, 'bp', 0.25, 'pp'],
  [1, 'mi', 1.609344, 'km'],
  [1, 'bbl', 158.987294928, 'L'],
  [1, '亩', 2000 / 3, 'm2'],
  [1, 'V/A', 1, 'Ω'],
  [100, '¢', 1, 'USD'],
  [36, 'km/h', 10, 'm/s'],
];

describe('conversion', () => {
  it.each(EQUAL)('%d %s is %d %s, and back', (from, fromUnit, to, toUnit) => {
    expect(convert(from, unit(fromUnit), unit(toUnit))).toBeCloseTo(to, 4);
    expect(convert(to, unit(toUnit), unit(fromUnit))).toBeCloseTo(from, 4);
  });

  it.each([
    ['MW', 'mW', 1e9],
    ['GW', 'MW', 1e3],
  ])('keeps the case of a prefix: 1 %s in %s', (a, b, ratio) => {
    expect(convert(1, unit(a), unit(b))).toBe(ratio);
  });

  it('leaves no binary dust: 0.38 元/千瓦时 is 380 元/MWh exactly', () => {
    expect(convert(0.38, unit('元/千瓦时'), unit('CNY/MWh'))).toBe(380);
  });

  it.each([
    ['MW', 'MWh'],
    ['MW', 'Mvar'],
    ['MW', 'MVA'],
    ['Mvar', 'MVA'],
    ['$/MWh', '€/MWh'],
    ['元/MWh', '$/MWh'],
    ['tCO2', 'tCO2e'],
    ['tCO2', 'tC'],
    ['t', 'tCO2'],
    ['%', 'pp'],
    ['p.u.', ''],
    ['p.u.', 'kV'],
    ['$/kW-month', '$/kWh'],
    ['$/MW/h', '$/MWh'],
    ['Hz', 'Hz/s'],
    ['kV', 'kA'],
    ['deg', '°C'],
  ])('never turns %s into %s', (a, b) => {
    expect(convert(1, unit(a), unit(b))).toBeUndefined();
    expect(convert(1, unit(b), unit(a))).toBeUndefined();
  });

  it('says in prose why two units do not compare', () => {
    expect(unitMismatch(unit('MWh'), unit('MW'))).toBe('"MWh" is energy, the target is power');
    expect(unitMismatch(unit('€/MWh'), unit('$/MWh'))).toContain('not of one kind');
  });
});

/** One unit and the many ways it is written. */
const SPELLINGS: readonly [name: string, spellings: readonly string[]][] = [
  [
    'MW',
    [
      'megawatt',
      'Megawatts',
      '兆瓦',
      '\\mathrm{MW}',
      '$\\mathrm{MW}$',
      '**MW**',
      '㎿',
      '[MW]',
      'MWe',
      ' MW ',
    ],
  ],
  ['kW', ['KW', '千瓦', 'kilowatts']],
  [
    'MWh',
    [
      'MW·h',
      'MW-h',
      'MW h',
      'MW*h',
      'megawatt-hours',
      'megawatt hour',
      '兆瓦时',
      '兆瓦·时',
      '兆瓦小时',
      '\\text{MWh}',
      'MWH',
    ],
  ],
  ['kWh', ['kwh', 'KWH', '千瓦时', '千瓦·时', '度', '度电', 'kilowatthours']],
  ['kVA', ['KVA', 'kV·A', '千伏安', 'kV*A']],
  ['Mvar', ['MVAR', 'MVAr', '兆乏', 'megavars']],
  ['kV', ['KV', '千伏', 'kilovolts']],
  ['p.u.', ['pu', 'per unit', '标幺值', '标幺', 'p.u']],
  ['deg', ['°', 'degrees', '电角度']],
  [
    'CNY/MWh',
    [
      '元/兆瓦时',
      '元/MWh',
      '¥/MWh',
      'RMB/MWh',
      'yuan per MWh',
      '元每兆瓦时',
      '\\frac{元}{MWh}',
      '元/（兆瓦·时）',
    ],
  ],
  [
    'USD/MWh',
    [
      '$/MWh',
      'US$/MWh',
      '\\$/\\text{MWh}',
      'dollars per megawatt-hour',
      '美元/兆瓦时',
      '\\frac{\\$}{\\text{MWh}}',
      '$ / MWh',
      '$ MWh^{-1}',
      'USD/MWh',
    ],
  ],
  ['EUR/MWh', ['€/MWh', 'euros per MWh', '欧元/兆瓦时', '€·MWh⁻¹']],
  [
    'USD/(kW·mo)',
    ['$/kW-month', '$/kW-mo', '$/(kW·month)', '$/kW/month', 'dollars per kW per month', 'USD/(kW·mo)'],
  ],
  [
    'kgCO2/kWh',
    [
      'kgCO₂/kWh',
      'kg CO2/kWh',
      'kg CO2 per kWh',
      '千克二氧化碳/千瓦时',
      'kg$\\text{CO}_2$/kWh',
      'kg of CO2 per kilowatt-hour',
    ],
  ],
  ['tCO2e', ['tCO2eq', 't CO2-eq', 'tonnes CO2e', '吨二氧化碳当量', 'tonnes of carbon dioxide equivalent']],
  ['%', ['percent', 'per cent', '％', '\\%', 'pct']],
  ['pp', ['percentage points', '个百分点', '百分点', 'percentage point']],
  ['MW/min', ['兆瓦/分钟', '兆瓦/分', 'MW per minute', 'MW·min^-1']],
  ['m2', ['m²', 'm^2', 'square metres', '平方米', 'm<sup>2</sup>', '㎡']],
  ['°C', ['℃', 'degrees Celsius', '摄氏度', '$^\\circ$C', '^{\\circ}\\text{C}']],
];

describe('spellings', () => {
  it.each(SPELLINGS)('reads every spelling of %s', (name, spellings) => {
    expect(spellings.map((spelling) => parseUnit(spelling)?.name)).toEqual(spellings.map(() => name));
  });

  it('takes no word or half a unit for a unit', () => {
    for (const text of [
      'MWx',
      'megawattish',
      'per',
      '/',
      'MW/',
      '/MWh',
      'constructor',
      '__proto__',
      'mw',
      '时',
      '350 MW',
      'MW MW',
      '(MW',
    ]) {
      expect(parseUnit(text), text).toBeUndefined();
    }
  });

  it('reads an empty unit as the bare number', () => {
    expect(parseUnit('')).toMatchObject({ name: '', dimensions: {} });
  });
});
