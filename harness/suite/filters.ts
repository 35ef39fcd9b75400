import type { Context } from 'liquidjs';
import type { Lang } from '../core/lang.ts';

/**
 * The filters that prompts have beyond Liquid's own. Each refuses what is not a number, since a prompt
 * with "NaN MW" in it would ask an unanswerable question:
 *
 *     {{ p_mw | fixed: 1 }}        1234.5 → "1234.5"; always that many decimals
 *     {{ p_mw | thousands }}       1234567.8 → "1,234,567.8"; `thousands: 2` fixes the decimals
 *     {{ p_mw | scale: 0.1 }}      1234 → 123.4, without binary dust (MW to 万千瓦)
 *     {{ x_pu | significant: 3 }}  0.012345 → "0.0123"
 *     {{ flow | signed: 1 }}       5 → "+5.0"; -5 → "-5.0"
 *     {{ share | percent: 1 }}     0.123 → "12.3%"
 *     {{ names | list }}           "a, b and c"; in Chinese "a、b和c"; `list: 'or'` for or/或
 */
export const FILTERS: Readonly<Record<string, (this: { context: Context }, ...args: unknown[]) => unknown>> =
  {
    fixed: (value, digits = 0) => withoutMinusZero(numberOf(value).toFixed(count(digits))),
    thousands(value, digits) {
      const number = numberOf(value);
      const plain = digits === undefined ? decimal(number) : withoutMinusZero(number.toFixed(count(digits)));
      const [whole = '', fraction] = plain.split('.');
      const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
      return fraction === undefined ? grouped : `${grouped}.${fraction}`;
    },
    scale: (value, factor) => Number((numberOf(value) * numberOf(factor)).toPrecision(12)),
    significant: (value, digits = 3) =>
      decimal(Number(numberOf(value).toPrecision(Math.max(1, count(digits))))),
    signed(value, digits = 0) {
      const shown = withoutMinusZero(numberOf(value).toFixed(count(digits)));
      return shown.startsWith('-') || Number(shown) === 0 ? shown : `+${shown}`;
    },
    percent: (value, digits = 0) => `${withoutMinusZero((numberOf(value) * 100).toFixed(count(digits)))}%`,
    list(value, conjunction = 'and') {
      if (!Array.isArray(value)) throw new TypeError('list: not a list');
      if (conjunction !== 'and' && conjunction !== 'or')
        throw new TypeError("list: joins with 'and' or 'or'");
      return joinList(value.map(String), langOf(this.context), conjunction);
    },
  };

const CONJUNCTIONS = { en: { and: ' and ', or: ' or ' }, zh: { and: '和', or: '或' } } as const;

function joinList(items: readonly string[], lang: Lang, conjunction: 'and' | 'or' = 'and'): string {
  if (items.length < 2) return items[0] ?? '';
  return (
    items.slice(0, -1).join(lang === 'zh' ? '、' : ', ') + CONJUNCTIONS[lang][conjunction] + items.at(-1)
  );
}

const langOf = (context: Context): Lang => (context.getSync(['lang']) === 'zh' ? 'zh' : 'en');

function numberOf(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new TypeError(`${JSON.stringify(value)} is not a number`);
  return value;
}

function count(digits: unknown): number {
  if (!Number.isInteger(digits) || (digits as number) < 0 || (digits as number) > 20) {
    throw new TypeError(`${JSON.stringify(digits)} is not a number of digits from 0 to 20`);
  }
  return digits as number;
}

const withoutMinusZero = (shown: string) => (/^-0(\.0*)?$/.test(shown) ? shown.slice(1) : shown);

/** The shortest decimal that reads back as the number, never in exponent form, which a reader may take for a product. */
function decimal(value: number): string {
  const [, sign = '', whole = '', fraction = '', exponent] =
    /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(String(value)) ?? [];
  if (exponent === undefined) return String(value);
  const shift = Number(exponent);
  const digits = whole + fraction;
  return shift < 0
    ? `${sign}0.${'0'.repeat(-shift - whole.length)}${digits}`
    : `${sign}${digits.padEnd(whole.length + shift, '0')}`;
}
