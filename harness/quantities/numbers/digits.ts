import { isBlank, isDigit } from '../units/match-atom.ts';

/** A number read at a place, without its sign and unit. */
export interface NumberMatch {
  value: number;
  end: number;
  significant: number | undefined;
  /** How it is written; a bare word is weaker evidence of a quantity than digits are. */
  form: 'digits' | 'words' | 'chinese' | 'fraction';
  ordinal: boolean;
  /** Digits with nothing in them: what a year, a bus or a step is written like. */
  plain: boolean;
  /** 1.2.3 and 192.168.0.1: a version or an address. */
  dotted: boolean;
  /** 007 */
  padded: boolean;
  /** 百分之五, 三成. */
  percent: boolean;
  /** 20多, 三十余. */
  approximate: boolean;
  /** What the digits were multiplied by: a range lends it to its low end (1—2亿). */
  scale: number | undefined;
}

/** A match of one shape always, which is what keeps a text of half a million numbers under a second. */
export function numberMatch(value: number, end: number, form: NumberMatch['form']): NumberMatch {
  return {
    value,
    end,
    significant: undefined,
    form,
    ordinal: false,
    plain: false,
    dotted: false,
    padded: false,
    percent: false,
    approximate: false,
    scale: undefined,
  };
}

const THIN = 0x2009;
const APOSTROPHE = 39;
const COMMA = 44;
const DOT = 46;
const UNDERSCORE = 95;
const SPACE = 32;

function runEnd(text: string, at: number): number {
  while (isDigit(text.charCodeAt(at))) at++;
  return at;
}

/** End of groups of `size` digits that each follow `separator`; `at` itself where there is none. */
function groupsEnd(text: string, at: number, separator: number, size: number): number {
  let end = at;
  while (text.charCodeAt(end) === separator && runEnd(text, end + 1) === end + 1 + size) end += size + 1;
  return end;
}

/** End of the integer part with its thousands groups; the end of the first run where it has none. */
function integerEnd(text: string, at: number, first: number, spaced: boolean): number {
  const separator = text.charCodeAt(first);
  const size = first - at;
  if (size > 4 || !isDigit(text.charCodeAt(first + 1)) || text.charCodeAt(at) === 48) return first;
  if (separator === COMMA) return commaEnd(text, at, first);
  if (size > 3) return first;
  const end = groupsEnd(text, first, separator, 3);
  if (end === first) return first;
  if (separator === DOT) return dotGroups(text, first, end) ? end : first;
  if (separator === APOSTROPHE || separator === THIN || separator === UNDERSCORE) return end;
  if (separator !== SPACE || !spaced) return first;
  // Three full groups (100 200 300) are rather three numbers than one.
  const more = isBlank(text.charCodeAt(end)) && isDigit(text.charCodeAt(end + 1));
  const after = isBlank(text.charCodeAt(at - 1)) && isDigit(text.charCodeAt(at - 2));
  return more || after || (size === 3 && end > first + 4) ? first : end;
}

function commaEnd(text: string, at: number, first: number): number {
  const size = first - at;
  const threes = groupsEnd(text, first, COMMA, 3);
  const closed = (end: number) => !(text.charCodeAt(end) === COMMA && isDigit(text.charCodeAt(end + 1)));
  if (size <= 3 && threes > first) return closed(threes) ? threes : first;
  // Chinese groups of four, 1,2345,6789: only from two on, since 1,2345 may be a list.
  const fours = groupsEnd(text, first, COMMA, 4);
  if (fours >= first + 10 && closed(fours)) return fours;
  // Indian groups, 12,34,567.
  const twos = groupsEnd(text, first, COMMA, 2);
  const last = groupsEnd(text, twos, COMMA, 3);
  return size <= 2 && twos > first && last === twos + 4 && closed(last) ? last : first;
}

/** 1.234.567 and 1.234,5 group by dots; one group alone (1.234) is a decimal, four parts an address. */
function dotGroups(text: string, first: number, end: number): boolean {
  const comma = text.charCodeAt(end) === COMMA && isDigit(text.charCodeAt(end + 1));
  const groups = (end - first) / 4;
  return (
    (groups === 2 && !(text.charCodeAt(end) === DOT && isDigit(text.charCodeAt(end + 1)))) ||
    (comma && runEnd(text, end + 1) - end - 1 !== 3)
  );
}

export interface DigitRules {
  /** A blank may part thousands here: not after a word like `bus`. */
  spaced: boolean;
  /** Whether a comma may be a decimal comma: what follows at `end` says so (a unit), or the text does. */
  decimalComma(text: string, end: number): boolean;
}

const EXPONENT = /[eE][+-]?\d{1,3}(?!\d)/y;
const TIMES_TEN = /[ \u2009]?(?:[×xX*·]|\\times)[ \u2009]?10 ?(?:\^|\*\*)[({]?([+-]?\d{1,3})[)}]?/y;
/** 1.5 × 10-3 mol/L: text taken from a page loses the raised exponent; the unit tells it from a difference. */
const FLAT_TEN = /[ \u2009]?[×x][ \u2009]?10[-–](\d{1,2})(?= ?[A-Za-zμΩ°])/y;
const POWER = /\^[({]?([+-]?\d{1,3})[)}]?(?!\d)/y;

/** Reads an unsigned number in digits at `at`, with groups, decimals, `e3`, `×10^3` and powers. */
export function matchDigits(text: string, at: number, rules: DigitRules): NumberMatch | undefined {
  const first = runEnd(text, at);
  const whole = first === at ? at : integerEnd(text, at, first, rules.spaced);
  let end = whole;
  const grouped = whole > first;
  const mark = text.charCodeAt(whole);
  const decimals = isDigit(text.charCodeAt(whole + 1)) ? runEnd(text, whole + 1) : whole;
  if (decimals > whole && mark === DOT && !(grouped && text.charCodeAt(first) === DOT)) end = decimals;
  else if (decimals > whole && mark === COMMA && isDecimalComma(text, at, { first, whole, decimals }, rules))
    end = decimals;
  if (end === at || (first === at && end === at)) return undefined;
  if (end > whole && text.charCodeAt(end) === THIN) end = groupsEnd(text, end, THIN, 3);
  const dotted =
    end > whole && mark === DOT && text.charCodeAt(end) === DOT && isDigit(text.charCodeAt(end + 1));
  const mantissa = grouped || mark === COMMA ? cleaned(text, at, whole, end) : text.slice(at, end);
  const match = numberMatch(0, end, 'digits');
  match.significant = figures(text, at, end, whole);
  match.dotted = dotted;
  raise(text, mantissa, match);
  match.plain = !grouped && match.end === whole;
  match.padded = match.plain && end - at > 1 && text.charCodeAt(at) === 48;
  return match;
}

function isDecimalComma(
  text: string,
  at: number,
  { first, whole, decimals }: { first: number; whole: number; decimals: number },
  rules: DigitRules,
): boolean {
  const more = text.charCodeAt(decimals) === COMMA && isDigit(text.charCodeAt(decimals + 1));
  const before = text.charCodeAt(at - 1) === COMMA && isDigit(text.charCodeAt(at - 2));
  if (more || before) return false;
  // A whole part grouped by dots, or a lone 0 with figures behind it, can only mean a decimal comma.
  if (whole > first)
    return (
      text.charCodeAt(first) === DOT || text.charCodeAt(first) === SPACE || text.charCodeAt(first) === THIN
    );
  if (first === at + 1 && text.charCodeAt(at) === 48) return true;
  return decimals - whole - 1 !== 3 && rules.decimalComma(text, decimals);
}

function cleaned(text: string, at: number, whole: number, end: number): string {
  const integer = text.slice(at, whole).replace(/\D/g, '');
  return end > whole ? `${integer}.${text.slice(whole + 1, end).replace(/\D/g, '')}` : integer;
}

/** Significant figures as written: no leading zeros, and no trailing ones of an integer, which may only hold places. */
function figures(text: string, at: number, end: number, whole: number): number {
  let count = 0;
  let zeros = 0;
  for (let i = at; i < end; i++) {
    const code = text.charCodeAt(i);
    if (!isDigit(code)) continue;
    if (count > 0 || code !== 48) count++;
    zeros = code === 48 ? zeros + 1 : 0;
  }
  return Math.max(1, end > whole ? count : count - zeros);
}

const MAY_TIMES = /[×xX*·\\]/;
const MAY_RAISE = /[eE \u2009×xX*·\\^]/;

/** Sets the value and the end, with an exponent if there is one. */
function raise(text: string, mantissa: string, match: NumberMatch) {
  const at = match.end;
  match.value = Number(mantissa);
  if (at >= text.length || !MAY_RAISE.test(text.charAt(at))) return;
  // A blank before a figure raises nothing: only a times sign may follow a blank.
  if (text.charCodeAt(at) === SPACE && !MAY_TIMES.test(text.charAt(at + 1))) return;
  EXPONENT.lastIndex = at;
  const exponent = EXPONENT.exec(text);
  if (exponent) return raiseTo(match, Number(mantissa + exponent[0]), exponent[0]);
  TIMES_TEN.lastIndex = at;
  const ten = TIMES_TEN.exec(text);
  if (ten) return raiseTo(match, Number(`${mantissa}e${ten[1]}`), ten[0]);
  FLAT_TEN.lastIndex = at;
  const flat = mantissa.length > 1 && Number(mantissa) < 10 ? FLAT_TEN.exec(text) : null;
  if (flat) return raiseTo(match, Number(`${mantissa}e-${flat[1]}`), flat[0]);
  POWER.lastIndex = at;
  const power = POWER.exec(text);
  if (!power) return;
  const value = mantissa === '10' ? Number(`1e${power[1]}`) : Number(mantissa) ** Number(power[1]);
  raiseTo(match, value, power[0]);
}

function raiseTo(match: NumberMatch, value: number, written: string) {
  match.value = value;
  match.end += written.length;
}
