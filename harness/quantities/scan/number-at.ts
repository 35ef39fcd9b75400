import { LARGE, matchParts, readDecimal, readPart, scaleAt, tenths } from '../numbers/chinese.ts';
import { type DigitRules, matchDigits, type NumberMatch, numberMatch } from '../numbers/digits.ts';
import { andPart, SCALES } from '../numbers/english.ts';
import { isBlank, isDigit, isHan, isUnitLetter } from '../units/match-atom.ts';
import { tidy } from '../units/units.ts';

const FRACTION = /\/(\d{1,4})(?![\d/.])/y;
const MIXED = /[ -](\d{1,2})\/(\d{1,3})(?![\d/.])/y;
const SCALE_WORD =
  /[ \u2009-]?(dozen|hundred|thousand|lakh|million|crore|billion|trillion|bn|mln|mn|mio|tn)s?(?![A-Za-z])/iy;
const LETTER = / ?(k)(?![A-Za-z0-9_·^Ωμ])|(K|M|MM|B|Bn)(?![A-Za-z0-9_·^Ωμ])/y;
const MONEY_LETTER = / ?(k|K|m|M|MM|mm|b|B|t|T)(?![A-Za-z0-9_])/y;
const ABBREVIATED: Readonly<Record<string, number>> = {
  k: 1e3,
  K: 1e3,
  m: 1e6,
  M: 1e6,
  MM: 1e6,
  mm: 1e6,
  b: 1e9,
  B: 1e9,
  Bn: 1e9,
  t: 1e12,
  T: 1e12,
  bn: 1e9,
  mln: 1e6,
  mn: 1e6,
  mio: 1e6,
  tn: 1e12,
  hundred: 100,
  dozen: 12,
};

/** First characters of all that may scale or extend a number: most numbers end before none of them. */
const MAY_SCALE = /[ \u2009/\-a-zA-Z分又成折多余来万萬亿億千百十]/;

/** A number in digits at `at` with all that scales it: fractions, million, 万, k, 成. `money`: a currency stands before. */
export function digitsAt(
  text: string,
  at: number,
  rules: DigitRules,
  money: boolean,
): NumberMatch | undefined {
  const plain = matchDigits(text, at, rules);
  if (!plain || plain.dotted || !MAY_SCALE.test(text.charAt(plain.end))) return plain;
  const match = withFraction(text, plain, money);
  // A blank before anything but a word ends the number: the common case in tables and vectors.
  if (match === plain && isBlank(text.charCodeAt(plain.end)) && !isWordStart(text.charCodeAt(plain.end + 1)))
    return plain;
  const tenth = tenths(text, match);
  if (tenth) return tenth;
  const more = moreThan(text, match);
  const scaled = withScale(text, more, money);
  return moreThan(text, scaled);
}

const isWordStart = (code: number): boolean => isUnitLetter(code) || isHan(code) || isBlank(code);

function withFraction(text: string, match: NumberMatch, money: boolean): NumberMatch {
  if (text.startsWith('分之', match.end)) return chineseFraction(text, match);
  if (text.charAt(match.end) === '又') {
    const parts = matchParts(text, match.end + 1);
    if (parts && !parts.percent) return { ...parts, value: parts.value + match.value };
  }
  if (!match.plain) return match;
  MIXED.lastIndex = match.end;
  const slash = text.charAt(match.end) === '/';
  const mayMix = !slash && isDigit(text.charCodeAt(match.end + 1)) && hasSlash(text, match.end + 2);
  const mixed = mayMix ? MIXED.exec(text) : null;
  if (mixed && Number(mixed[1]) < Number(mixed[2]) && Number(mixed[1]) > 0 && match.value < 1000) {
    const value = match.value + Number(mixed[1]) / Number(mixed[2]);
    return numberMatch(value, match.end + mixed[0].length, 'fraction');
  }
  FRACTION.lastIndex = match.end;
  const fraction = slash ? FRACTION.exec(text) : null;
  if (!fraction) return match;
  const below = Number(fraction[1]);
  const end = match.end + fraction[0].length;
  const named = /^ ?(?:k?V|千?伏|°C|MW|kW)/.test(text.slice(end, end + 4));
  // 110/10 kV names two voltages, 24/7 is no number, and 380/220 no fraction.
  if (below === 0 || (named && (match.value > below || below > 20))) return match;
  if (match.value > below && match.value > 100) return match;
  // $5/10 kWh is a price, $½ and $3/4 million are parts of a dollar.
  if (money && (match.value >= below || below > 16 || /^ ?[a-z]?[A-Z]/.test(text.slice(end, end + 3))))
    return match;
  return numberMatch(match.value / below, end, 'fraction');
}

const hasSlash = (text: string, at: number): boolean =>
  text.charCodeAt(at) === 47 || text.charCodeAt(at + 1) === 47;

/** 3分之1 */
function chineseFraction(text: string, match: NumberMatch): NumberMatch {
  const above = readPart(text, match.end + 2);
  return above && match.value !== 0 ? numberMatch(above.value / match.value, above.end, 'fraction') : match;
}

/** 20多, 30余: somewhat more than it says. */
function moreThan(text: string, match: NumberMatch): NumberMatch {
  const char = text.charAt(match.end);
  return char === '多' ||
    char === '余' ||
    (char === '来' && /[个台年天万人]/.test(text.charAt(match.end + 1)))
    ? { ...match, end: match.end + 1, approximate: true, plain: false }
    : match;
}

function withScale(text: string, match: NumberMatch, money: boolean): NumberMatch {
  const chinese =
    scaleAt(text, match.end) ??
    (isBlank(text.charCodeAt(match.end)) ? scaleAt(text, match.end + 1) : undefined);
  if (chinese) return chain(text, scaled(match, chinese.factor, chinese.end));
  SCALE_WORD.lastIndex = match.end;
  const word = SCALE_WORD.exec(text);
  if (word) {
    const name = (word[1] ?? '').toLowerCase();
    const one = scaled(match, SCALES.get(name) ?? (ABBREVIATED[name] as number), match.end + word[0].length);
    SCALE_WORD.lastIndex = one.end;
    const two = SCALE_WORD.exec(text);
    const factor = two && SCALES.get((two[1] ?? '').toLowerCase());
    return two && factor ? scaled(one, factor, one.end + two[0].length) : one;
  }
  const pattern = money ? MONEY_LETTER : LETTER;
  pattern.lastIndex = match.end;
  const letter = pattern.exec(text);
  if (letter && !(letter[2] === 'K' && isHeat(text, match.end)))
    return scaled(
      match,
      ABBREVIATED[(letter[1] ?? letter[2]) as string] as number,
      match.end + letter[0].length,
    );
  const part = match.plain ? andPart(text, match) : match;
  if (part === match) return match;
  SCALE_WORD.lastIndex = part.end;
  const last = SCALE_WORD.exec(text);
  const factor = last && SCALES.get((last[1] ?? '').toLowerCase());
  return last && factor ? scaled(part, factor, part.end + last[0].length) : part;
}

/** 温升65K is a temperature, 65K elsewhere a count. */
function isHeat(text: string, at: number): boolean {
  return /温|temperature|thermal|cooling|heat/i.test(text.slice(Math.max(0, at - 28), at));
}

function scaled(match: NumberMatch, factor: number, end: number): NumberMatch {
  return {
    ...match,
    value: tidy(match.value * factor),
    end,
    plain: false,
    scale: (match.scale ?? 1) * factor,
  };
}

const SMALLER = /(?:零)?(\d{1,4}(?:\.\d+)?)/y;

/** 3亿2千万 and 1万5千 go on with a smaller scale; 2万5 leaves it unsaid. */
function chain(text: string, match: NumberMatch): NumberMatch {
  let { value, end } = match;
  let scale = match.scale as number;
  for (let count = 0; count < 4; count++) {
    SMALLER.lastIndex = end;
    const digits = SMALLER.exec(text);
    if (!digits || (isDigit(text.charCodeAt(end)) && !isDigit(text.charCodeAt(end)))) break;
    const after = end + digits[0].length;
    const next = scaleAt(text, after);
    if (next && next.factor < scale) {
      value += Number(digits[1]) * next.factor;
      scale = next.factor;
      end = next.end;
      continue;
    }
    // 2万5 is 25000, 12万3456 is 123456; 3万 5 and 3万5.2 are not one number.
    const figures = (digits[1] as string).length;
    if (next || /[.年月日]/.test(text.charAt(after))) break;
    if (figures === 1 && !digits[0].startsWith('零')) value += (Number(digits[1]) * scale) / 10;
    else if (10 ** figures <= scale) value += Number(digits[1]);
    else break;
    end = after;
    break;
  }
  if (end === match.end) return match;
  return { ...match, scale: undefined, value: tidy(value), end };
}

/** 三千八百九十六 万: a blank before the scale of a numeral. */
function partedScale(text: string, end: number): { factor: number; end: number } | undefined {
  if (text.charCodeAt(end) !== 32 || !LARGE.has(text.charAt(end + 1))) return undefined;
  return text.startsWith('一', end + 2) ? undefined : scaleAt(text, end + 1);
}

/** A number in Chinese numerals, with 成 and 多. */
export function chineseAt(text: string, at: number): NumberMatch | undefined {
  const numeral = readDecimal(text, at);
  if (!numeral) return undefined;
  const match = numberMatch(numeral.value, numeral.end, 'chinese');
  match.scale = LARGE.get(text.charAt(numeral.end - 1));
  const parted = match.scale === undefined ? partedScale(text, numeral.end) : undefined;
  if (parted) return scaled(match, parted.factor, parted.end);
  const more = moreThan(text, match);
  if (more !== match) {
    const scale = scaleAt(text, more.end);
    return scale ? { ...more, value: tidy(more.value * scale.factor), end: scale.end } : more;
  }
  return tenths(text, match) ?? match;
}
