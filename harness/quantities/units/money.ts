import type { AtomSpec } from './atom.ts';

interface Currency {
  code: string;
  symbols?: readonly string[];
  words?: readonly string[];
  plurals?: readonly string[];
  zh?: readonly string[];
}

/** A bare `$` is the US dollar and a bare `¥` the Chinese yuan: the two languages of the suites. */
const CURRENCIES: readonly Currency[] = [
  {
    code: 'USD',
    symbols: ['$', 'US$', 'U.S.$', 'U.S. $', '$US', 'US $'],
    words: ['dollar', 'us dollar', 'u.s. dollar', 'american dollar', 'buck', 'united states dollar'],
    zh: ['美元', '美金', '美刀'],
  },
  {
    code: 'CNY',
    symbols: ['¥', 'RMB', 'CN¥', 'RMB¥', '元', 'Rmb', 'rmb', 'CNH'],
    words: ['yuan', 'renminbi', 'chinese yuan', 'yuan renminbi'],
    plurals: ['yuan', 'renminbi'],
    zh: ['元', '人民币', '元人民币', '块', '块钱', '圆', '人民币元', '元钱'],
  },
  { code: 'EUR', symbols: ['€', 'Euro'], words: ['euro'], zh: ['欧元'] },
  {
    code: 'GBP',
    symbols: ['£', 'GB£', 'UK£', '￡'],
    words: ['pound sterling', 'british pound', 'sterling'],
    plurals: ['pounds sterling'],
    zh: ['英镑'],
  },
  {
    code: 'JPY',
    symbols: ['JP¥', '円'],
    words: ['yen', 'japanese yen'],
    plurals: ['yen', 'japanese yen'],
    zh: ['日元', '日圆'],
  },
  { code: 'AUD', symbols: ['A$', 'AU$'], words: ['australian dollar'], zh: ['澳元', '澳大利亚元', '澳币'] },
  {
    code: 'CAD',
    symbols: ['C$', 'CA$', 'CAN$'],
    words: ['canadian dollar'],
    zh: ['加元', '加拿大元', '加币'],
  },
  { code: 'HKD', symbols: ['HK$'], words: ['hong kong dollar'], zh: ['港元', '港币'] },
  { code: 'TWD', symbols: ['NT$'], words: ['new taiwan dollar', 'taiwan dollar'], zh: ['新台币', '台币'] },
  { code: 'SGD', symbols: ['S$'], words: ['singapore dollar'], zh: ['新加坡元', '新元'] },
  { code: 'NZD', symbols: ['NZ$'], words: ['new zealand dollar'], zh: ['新西兰元'] },
  { code: 'INR', symbols: ['₹', 'Rs.', 'Rs'], words: ['rupee', 'indian rupee'], zh: ['卢比', '印度卢比'] },
  {
    code: 'KRW',
    symbols: ['₩'],
    words: ['won', 'korean won'],
    plurals: ['won', 'korean won'],
    zh: ['韩元', '韩圆'],
  },
  { code: 'RUB', symbols: ['₽'], words: ['ruble', 'rouble', 'russian ruble'], zh: ['卢布'] },
  { code: 'BRL', symbols: ['R$'], words: ['brazilian real'], zh: ['雷亚尔'] },
  { code: 'CHF', words: ['swiss franc', 'franc'], zh: ['瑞士法郎', '法郎'] },
  { code: 'SEK', words: ['swedish krona', 'krona'], plurals: ['swedish kronor', 'kronor'], zh: ['瑞典克朗'] },
  {
    code: 'NOK',
    words: ['norwegian krone', 'krone'],
    plurals: ['norwegian kroner', 'kroner'],
    zh: ['挪威克朗'],
  },
  { code: 'DKK', words: ['danish krone'], plurals: ['danish kroner'], zh: ['丹麦克朗'] },
  { code: 'PLN', symbols: ['zł'], words: ['zloty'], zh: ['兹罗提'] },
  { code: 'TRY', symbols: ['₺'], words: ['turkish lira', 'lira'], zh: ['里拉', '土耳其里拉'] },
  { code: 'ZAR', words: ['rand', 'south african rand'], zh: ['兰特', '南非兰特'] },
  { code: 'MXN', words: ['mexican peso', 'peso'], zh: ['比索', '墨西哥比索'] },
  { code: 'THB', symbols: ['฿'], words: ['baht', 'thai baht'], plurals: ['baht'], zh: ['泰铢'] },
  { code: 'VND', symbols: ['₫'], words: ['vietnamese dong'], zh: ['越南盾'] },
  { code: 'IDR', words: ['indonesian rupiah', 'rupiah'], zh: ['印尼盾'] },
  { code: 'MYR', words: ['ringgit', 'malaysian ringgit'], zh: ['林吉特', '令吉'] },
  { code: 'PHP', symbols: ['₱'], words: ['philippine peso'], zh: ['菲律宾比索'] },
  { code: 'ILS', symbols: ['₪'], words: ['shekel', 'israeli shekel'], zh: ['谢克尔'] },
  { code: 'AED', words: ['dirham', 'uae dirham'], zh: ['迪拉姆'] },
  { code: 'SAR', words: ['riyal', 'saudi riyal'], zh: ['沙特里亚尔', '里亚尔'] },
  { code: 'UAH', symbols: ['₴'], words: ['hryvnia'], zh: ['格里夫纳'] },
  { code: 'CZK', words: ['czech koruna', 'koruna'], plurals: ['czech koruny'], zh: ['捷克克朗'] },
  { code: 'HUF', words: ['forint', 'hungarian forint'], zh: ['福林'] },
  { code: 'EGP', words: ['egyptian pound'], zh: ['埃及镑'] },
  { code: 'NGN', symbols: ['₦'], words: ['naira', 'nigerian naira'], zh: ['奈拉'] },
  { code: 'KZT', symbols: ['₸'], words: ['tenge'], zh: ['坚戈'] },
  { code: 'BTC', symbols: ['₿'], words: ['bitcoin'], zh: ['比特币'] },
];

interface Part {
  name: string;
  of: string;
  factor: number;
  symbols?: readonly string[];
  words?: readonly string[];
  zh?: readonly string[];
  inner?: readonly string[];
  plurals?: readonly string[];
}

const PARTS: readonly Part[] = [
  { name: '角', of: 'CNY', factor: 0.1, zh: ['角', '毛', '毛钱', '角钱'] },
  // 分 alone may be a minute or a mark: it is money before a slash, after 角, or with 钱.
  {
    name: '分',
    of: 'CNY',
    factor: 0.01,
    inner: ['分'],
    zh: ['分钱', '分人民币'],
    words: ['fen'],
    plurals: ['fen'],
  },
  { name: '厘', of: 'CNY', factor: 0.001, zh: ['厘', '厘钱'] },
  {
    name: 'US¢',
    of: 'USD',
    factor: 0.01,
    symbols: ['¢'],
    words: ['cent', 'us cent', 'u.s. cent'],
    zh: ['美分'],
    inner: ['c'],
  },
  { name: 'US mill', of: 'USD', factor: 0.001, words: ['mill'] },
  {
    name: 'ct',
    of: 'EUR',
    factor: 0.01,
    symbols: ['€ct', '€¢', 'c€', 'ct.', 'cts', 'EURct'],
    words: ['euro cent', 'eurocent', 'eur cent'],
    zh: ['欧分'],
  },
  {
    name: 'GBp',
    of: 'GBP',
    factor: 0.01,
    words: ['pence', 'penny'],
    plurals: ['pence'],
    zh: ['便士'],
    inner: ['p'],
  },
  { name: 'AU¢', of: 'AUD', factor: 0.01, words: ['australian cent'], zh: ['澳分'] },
  { name: 'HK¢', of: 'HKD', factor: 0.01, words: ['hong kong cent'], zh: ['港仙'] },
];

const SCALES = [
  { symbol: 'k', factor: 1e3 },
  { symbol: 'M', factor: 1e6 },
  { symbol: 'bn', factor: 1e9 },
] as const;
const SCALED = new Set(['USD', 'CNY', 'EUR', 'GBP', 'AUD', 'CAD']);

function scaledAtoms({ code, symbols = [] }: Currency): AtomSpec[] {
  if (!SCALED.has(code)) return [];
  const signs = [code, ...symbols.filter((symbol) => symbol.length === 1)];
  return SCALES.map(({ symbol, factor }) => ({
    name: `${symbol}${code}`,
    dimensions: { [`money:${code}`]: 1 },
    factor,
    symbols: signs.map((sign) => `${symbol}${sign}`),
  }));
}

/** Each currency is a dimension of its own: no rate of exchange is ever assumed. */
export const MONEY: readonly AtomSpec[] = [
  ...CURRENCIES.flatMap((currency): AtomSpec[] => [
    { name: currency.code, dimensions: { [`money:${currency.code}`]: 1 }, factor: 1, ...currency },
    ...scaledAtoms(currency),
  ]),
  ...PARTS.map(({ of, ...part }): AtomSpec => ({ ...part, dimensions: { [`money:${of}`]: 1 } })),
];

/** Spellings of money that may stand before a number, longest first. */
export const MONEY_BEFORE: readonly string[] = CURRENCIES.flatMap(({ code, symbols = [], zh = [] }) => [
  code,
  ...symbols.filter((symbol) => symbol !== '元'),
  ...zh.filter((word) => word.length >= 2),
]).sort((a, b) => b.length - a.length);
