import { type NumberMatch, numberMatch } from './digits.ts';

const DIGITS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    零: 0,
    〇: 0,
    一: 1,
    二: 2,
    两: 2,
    三: 3,
    四: 4,
    五: 5,
    六: 6,
    七: 7,
    八: 8,
    九: 9,
    壹: 1,
    贰: 2,
    貳: 2,
    叁: 3,
    參: 3,
    肆: 4,
    伍: 5,
    陆: 6,
    陸: 6,
    柒: 7,
    捌: 8,
    玖: 9,
    弌: 1,
    兩: 2,
  }),
);
const SMALL: ReadonlyMap<string, number> = new Map(
  Object.entries({ 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000, 廿: 20, 卅: 30 }),
);
export const LARGE: ReadonlyMap<string, number> = new Map(
  Object.entries({ 万: 1e4, 萬: 1e4, 亿: 1e8, 億: 1e8 }),
);

const STARTS = 1;
const PART = 2;
/** What each character may be, by its code: asked of every character of a Chinese text. */
const KINDS = new Uint8Array(0x10000);
for (const char of [...DIGITS.keys(), '十', '拾', '廿', '卅', '○']) KINDS[char.charCodeAt(0)] = STARTS;
for (const char of [...DIGITS.keys(), ...SMALL.keys(), ...LARGE.keys()]) {
  KINDS[char.charCodeAt(0)] = (KINDS[char.charCodeAt(0)] as number) | PART;
}

/** Characters that may begin a numeral; 百, 千, 万, 亿 never do alone (百万千瓦级, 千瓦, 万一). */
export function startsChinese(char: string): boolean {
  return char !== '' && ((KINDS[char.charCodeAt(0)] as number) & STARTS) !== 0;
}
export const isNumeral = (char: string): boolean =>
  char !== '' && ((KINDS[char.charCodeAt(0)] as number) & PART) !== 0;

const isPlace = (char: string): boolean => SMALL.has(char) || LARGE.has(char);

interface Numeral {
  value: number;
  end: number;
  /** Count of characters, and whether they are digits only (二〇二六). */
  length: number;
  positional: boolean;
}

const LONGEST = 40;

/** The whole numeral at `at`, by places: 一百二十万零五百, 两万五 (= 25000), 二〇二六. */
export function readNumeral(text: string, at: number): Numeral | undefined {
  let end = at;
  while (end - at < LONGEST && isNumeral(text.charAt(end))) end++;
  if (end === at) return undefined;
  let digitsOnly = true;
  for (let i = at; i < end; i++) if (!DIGITS.has(text.charAt(i))) digitsOnly = false;
  if (digitsOnly && end - at > 1) {
    let digits = '';
    for (let i = at; i < end; i++) digits += DIGITS.get(text.charAt(i));
    return { value: Number(digits), end, length: end - at, positional: true };
  }
  return byPlaces(text, at, end);
}

function byPlaces(text: string, at: number, limit: number): Numeral | undefined {
  let [total, section, digit, place, zero] = [0, 0, -1, 0, false];
  let end = at;
  for (; end < limit; end++) {
    const char = text.charAt(end);
    const value = DIGITS.get(char);
    if (value !== undefined) {
      if (digit >= 0 && value !== 0 && digit !== 0) break;
      // 三十两 is a weight: 两 counts only what comes after it.
      if ((char === '两' || char === '兩') && place > 0 && !isPlace(text.charAt(end + 1))) break;
      if (value === 0) zero = true;
      digit = value;
      continue;
    }
    const small = SMALL.get(char);
    if (small !== undefined) {
      // 千 begins 千瓦 and 千米 where no digit stands before it.
      if (digit <= 0 && small >= 100) break;
      section += small === 20 || small === 30 ? small : (digit > 0 ? digit : 1) * small;
      place = small >= 20 && small <= 30 ? 10 : small;
    } else {
      const large = LARGE.get(char) as number;
      const own = section + Math.max(digit, 0);
      if (own === 0 && total === 0) break;
      total =
        own === 0 || (large > 1e4 && total > 0 && total < large)
          ? (total + own) * large
          : total + own * large;
      section = 0;
      place = large;
    }
    digit = -1;
    zero = false;
  }
  if (end === at) return undefined;
  // 两万五 and 三千二 leave the last place unsaid; 一百零五 and 二十五 do not.
  const tail = digit < 0 ? 0 : !zero && place >= 100 ? (digit * place) / 10 : digit;
  return { value: total + section + tail, end, length: end - at, positional: false };
}

/** A numeral with its 点 decimals, and a large scale after them: 十二点五亿. */
export function readDecimal(text: string, at: number): Numeral | undefined {
  const whole = readNumeral(text, at);
  if (!whole || text.charAt(whole.end) !== '点') return whole;
  let end = whole.end + 1;
  let digits = '';
  while (DIGITS.has(text.charAt(end)) && digits.length < 18) digits += DIGITS.get(text.charAt(end++));
  if (!digits) return whole;
  const value = Number(`${whole.value}.${digits}`);
  const scale = scaleAt(text, end);
  return {
    value: scale ? tidy(value * scale.factor) : value,
    end: scale?.end ?? end,
    length: (scale?.end ?? end) - at,
    positional: false,
  };
}

const tidy = (value: number): number => Number(value.toPrecision(15));

const SCALE = /(?:万亿|萬億|万万|千亿|百亿|十亿|亿|億|千万|百万|十万|万|萬|千|百)/y;
const SCALE_VALUES: Readonly<Record<string, number>> = {
  万亿: 1e12,
  萬億: 1e12,
  万万: 1e8,
  千亿: 1e11,
  百亿: 1e10,
  十亿: 1e9,
  亿: 1e8,
  億: 1e8,
  千万: 1e7,
  百万: 1e6,
  十万: 1e5,
  万: 1e4,
  萬: 1e4,
  千: 1e3,
  百: 100,
};
/** What 千 and 百 begin as a prefix of a unit, where they are no scale of the number before. */
const PREFIXED = /[瓦伏乏安赫焦卡克米帕牛欧时字比升]/;

/** A Chinese scale after digits: 3.2万, 5千, 1.5 亿. */
export function scaleAt(text: string, at: number): { factor: number; end: number } | undefined {
  SCALE.lastIndex = at;
  const word = SCALE.exec(text)?.[0];
  if (!word) return undefined;
  const end = at + word.length;
  const last = word.charAt(word.length - 1);
  if ((last === '千' || last === '百') && PREFIXED.test(text.charAt(end))) return undefined;
  if (last === '百' && text.startsWith('分', end)) return undefined;
  return { factor: SCALE_VALUES[word] as number, end };
}

const NUMBER = /\d+(?:[.点]\d+)?/y;

/** A numeral in digits or characters, inside a fraction. */
export function readPart(text: string, at: number): { value: number; end: number } | undefined {
  NUMBER.lastIndex = at;
  const digits = NUMBER.exec(text)?.[0];
  if (digits) return { value: Number(digits.replace('点', '.')), end: at + digits.length };
  return readDecimal(text, at);
}

/** A blank may stand inside where a text was cut into words. */
const PARTS_HEAD = /([百千万]) ?分之 ?/y;
const PARTS_BASE: Readonly<Record<string, number>> = { 百: 100, 千: 1e3, 万: 1e4 };

/** 百分之三点五, 千分之二, 万分之5, 三分之二, 一又二分之一; a sign after 之 counts. */
export function matchParts(text: string, at: number): NumberMatch | undefined {
  PARTS_HEAD.lastIndex = at;
  const head = PARTS_HEAD.exec(text);
  if (head) return ofHundred(text, at + head[0].length, PARTS_BASE[head[1] as string] as number);
  const below = readPart(text, at);
  if (!below) return undefined;
  if (text.charAt(below.end) === '又') {
    const inner = matchParts(text, below.end + 1);
    return inner && { ...inner, value: below.value + inner.value };
  }
  if (!text.startsWith('分之', below.end) || below.value === 0) return undefined;
  const above = readPart(text, below.end + 2);
  return above && numberMatch(above.value / below.value, above.end, 'fraction');
}

function ofHundred(text: string, at: number, base: number): NumberMatch | undefined {
  const sign = text.charAt(at) === '负' || text.charAt(at) === '-' ? -1 : 1;
  const from = sign < 0 ? at + 1 : at;
  const whole =
    base === 100 && text.charAt(from) === '百' ? { value: 100, end: from + 1 } : readPart(text, from);
  if (!whole) return undefined;
  // Everything is told in per cent, so that 千分之三 compares with 0.3 %.
  return { ...numberMatch(tidy((sign * whole.value * 100) / base), whole.end, 'chinese'), percent: true };
}

const NO_TENTH = /[本为功立果交员型长套熟分都人年就绩份立]/;

/** 三成, 三成五, 两成半, 3成, 八折: tenths, told in per cent. */
export function tenths(text: string, match: NumberMatch): NumberMatch | undefined {
  const mark = text.charAt(match.end);
  // 六折 is 60 %, 九五折 95 %.
  if (mark === '折' && match.value >= 10 && match.value < 100)
    return { ...match, end: match.end + 1, percent: true };
  if (mark === '折' && match.value < 10)
    return { ...match, value: tidy(match.value * 10), end: match.end + 1, percent: true };
  if (mark !== '成' || match.value > 10 || match.value <= 0 || NO_TENTH.test(text.charAt(match.end + 1)))
    return undefined;
  const more = text.charAt(match.end + 1);
  const extra = more === '半' ? 5 : (DIGITS.get(more) ?? 0);
  return {
    ...match,
    value: tidy(match.value * 10 + extra),
    end: match.end + (extra > 0 ? 2 : 1),
    percent: true,
  };
}
