import { type NumberMatch, numberMatch } from './digits.ts';

const table = (words: string, values: (index: number) => number): Map<string, number> =>
  new Map(words.split(' ').map((word, index) => [word, values(index)]));

const ONES = table('one two three four five six seven eight nine', (i) => i + 1);
const TEENS = table(
  'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
  (i) => i + 10,
);
const TENS = table('twenty thirty forty fifty sixty seventy eighty ninety', (i) => 20 + 10 * i);
TENS.set('fourty', 40);
export const SCALES: ReadonlyMap<string, number> = new Map([
  ['thousand', 1e3],
  ['lakh', 1e5],
  ['million', 1e6],
  ['crore', 1e7],
  ['billion', 1e9],
  ['trillion', 1e12],
]);
const ORDINALS = table(
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth',
  (i) => i + 1,
);
['thirtieth', 'fortieth', 'fiftieth', 'sixtieth', 'seventieth', 'eightieth', 'ninetieth'].forEach(
  (word, i) => {
    ORDINALS.set(word, 30 + 10 * i);
  },
);
ORDINALS.set('hundredth', 100)
  .set('thousandth', 1e3)
  .set('millionth', 1e6)
  .set('billionth', 1e9)
  .set('trillionth', 1e12);

const FRACTIONS: ReadonlyMap<string, number> = new Map(
  [...ORDINALS]
    .filter(([word]) => word !== 'first' && word !== 'second')
    .flatMap(([word, n]): [string, number][] => [
      [word, n],
      [`${word}s`, n],
    ]),
);
const SPECIAL_FRACTIONS: ReadonlyMap<string, number> = new Map([
  ['half', 2],
  ['halves', 2],
  ['quarter', 4],
  ['quarters', 4],
]);

/** Words that may begin a number. */
export const NUMBER_STARTS: ReadonlySet<string> = new Set([
  'zero',
  'a',
  'an',
  'half',
  ...ONES.keys(),
  ...TEENS.keys(),
  ...TENS.keys(),
  ...ORDINALS.keys(),
  'nought',
  'hundred',
]);

interface Word {
  text: string;
  end: number;
  /** Joined to the word before by a hyphen. */
  hyphen: boolean;
}

const WORD = /[A-Za-z]{1,14}(?![A-Za-z])/y;

function wordAt(text: string, at: number, hyphen: boolean): Word | undefined {
  WORD.lastIndex = at;
  const word = WORD.exec(text)?.[0];
  return word === undefined ? undefined : { text: word.toLowerCase(), end: at + word.length, hyphen };
}

function wordAfter(text: string, end: number): Word | undefined {
  const code = text.charCodeAt(end);
  if (code !== 32 && code !== 45 && code !== 0x2009) return undefined;
  // Tokenised text sets blanks around the hyphen: fifty - two.
  if (code === 32 && text.startsWith(' - ', end)) return spacedHyphen(text, end);
  let at = end + 1;
  while (code === 32 && at < end + 4 && text.charCodeAt(at) === 32) at++;
  return wordAt(text, at, code === 45);
}

/** Only a ten and a one are joined so; `ten - five` is a subtraction. */
function spacedHyphen(text: string, end: number): Word | undefined {
  let start = end;
  while (start > 0 && end - start < 8 && /[a-z]/i.test(text.charAt(start - 1))) start--;
  const word = TENS.has(text.slice(start, end).toLowerCase()) ? wordAt(text, end + 3, true) : undefined;
  return word && (ONES.has(word.text) || (ORDINALS.get(word.text) ?? 10) < 10) ? word : undefined;
}

const cardinal = (word: string): number | undefined => ONES.get(word) ?? TEENS.get(word) ?? TENS.get(word);

interface State {
  total: number;
  current: number;
  end: number;
  last: 'start' | 'one' | 'teen' | 'ten' | 'hundred' | 'scale' | 'article';
}

/**
 * A number in English words at `at`: cardinals, ordinals (twenty-first), fractions (three quarters), decimals (three
 * point five), `half a million`, `a dozen`. Vague words (hundreds, several, a few) are no number.
 */
export function matchEnglish(text: string, at: number): NumberMatch | undefined {
  const first = wordAt(text, at, false);
  if (!first || !NUMBER_STARTS.has(first.text)) return undefined;
  if (first.text === 'half') return half(text, first);
  const state: State = { total: 0, current: 0, end: at, last: 'start' };
  let word: Word | undefined = first;
  for (let count = 0; word && count < 24; count++) {
    const ended = finish(text, state, word);
    if (ended) return ended;
    if (!step(state, word)) {
      // one hundred and three quarters: the part is not counted with the hundred.
      const whole = numberMatch(state.total + state.current, state.end, 'words');
      const parted = word.text === 'and' && isAndPlace(state) ? andPart(text, whole) : whole;
      if (parted !== whole) return withScale(text, parted);
      const after: Word | undefined =
        word.text === 'and' && isAndPlace(state) ? wordAfter(text, word.end) : undefined;
      const last: NumberMatch | undefined =
        after && ORDINALS.has(after.text) ? finish(text, state, after) : undefined;
      if (last) return last;
      if (!after || cardinal(after.text) === undefined || !step(state, after)) break;
      word = wordAfter(text, state.end);
      continue;
    }
    word = wordAfter(text, state.end);
  }
  if (state.last === 'start' || state.last === 'article') return undefined;
  const over = outOf(text, state);
  if (over) return over;
  return withTail(text, numberMatch(state.total + state.current, state.end, 'words'), state.last);
}

const OUT_OF =
  /[ ](?:over ([a-z]{3,9})(?![A-Za-z]|[ -][a-z]+(?:s|ths?)\b)|out of ([a-z]{3,9})(?![A-Za-z]))(?![ -](?:hundred|thousand|million))/iy;

/** one over three, two out of five: parts of a whole; `one over three hours` is not. */
function outOf(text: string, { total, current, end }: State): NumberMatch | undefined {
  if (total > 0 || current <= 0 || current > 20) return undefined;
  OUT_OF.lastIndex = end;
  const match = OUT_OF.exec(text);
  const below = match ? cardinal((match[1] ?? match[2] ?? '').toLowerCase()) : undefined;
  if (!match || below === undefined || below <= current) return undefined;
  return numberMatch(current / below, end + match[0].length, 'fraction');
}

const isAndPlace = ({ last }: State): boolean => last === 'hundred' || last === 'scale';

/** Takes one more word into the number, or leaves the state as it is and says no. */
function step(state: State, { text, end }: Word): boolean {
  const { last } = state;
  const open = last === 'start' || last === 'hundred' || last === 'scale';
  const one = text === 'zero' || text === 'nought' ? 0 : ONES.get(text);
  if (one !== undefined && (open || last === 'ten')) return advance(state, end, state.current + one, 'one');
  const teen = TEENS.get(text);
  if (teen !== undefined && open) return advance(state, end, state.current + teen, 'teen');
  const ten = TENS.get(text);
  if (ten !== undefined && open) return advance(state, end, state.current + ten, 'ten');
  if ((text === 'a' || text === 'an') && last === 'start') return advance(state, end, 0, 'article');
  if (text === 'hundred' && last !== 'hundred' && last !== 'scale' && last !== 'start') {
    return advance(state, end, (state.current || 1) * 100, 'hundred');
  }
  // three hundred and two dozens: the dozens are counted by the last words only.
  const counted = state.current % 100;
  if ((text === 'dozen' || text === 'dozens') && last !== 'start') {
    return advance(state, end, state.current - counted + (counted || 1) * 12, 'one');
  }
  return stepScale(state, text, end);
}

function advance(state: State, end: number, current: number, last: State['last']): true {
  state.current = current;
  state.end = end;
  state.last = last;
  return true;
}

function stepScale(state: State, text: string, end: number): boolean {
  const scale = SCALES.get(text);
  if (scale === undefined || state.last === 'start') return false;
  const own = state.last === 'article' ? 1 : state.current;
  // "two hundred thousand million" multiplies on; "two million three thousand" adds.
  if (state.last === 'scale') state.total *= scale;
  else if (state.total > 0 && state.total < scale) state.total = (state.total + own) * scale;
  else state.total += own * scale;
  return advance(state, end, 0, 'scale');
}

/** Ordinals and fractions end a number: twenty-first, two thirds, a quarter. */
function finish(text: string, state: State, word: Word): NumberMatch | undefined {
  const { last } = state;
  const whole = state.total + state.current;
  const small =
    (last === 'one' || last === 'teen' || last === 'ten') && state.total === 0 && whole < 100 && whole > 0;
  const special = SPECIAL_FRACTIONS.get(word.text);
  if (special && (small || last === 'article'))
    return fraction(text, last === 'article' ? 1 : whole, special, word);
  const plural = FRACTIONS.get(word.text);
  const ordinal = ORDINALS.get(word.text);
  const afterTen = last === 'ten' && ordinal !== undefined && ordinal < 10;
  if (plural && small && !afterTen && (word.text.endsWith('s') || whole === 1)) {
    return fraction(text, whole, plural, word);
  }
  if (plural && plural >= 1e3 && last === 'article') return fraction(text, 1, plural, word);
  if (plural && plural >= 1e3 && word.text.endsWith('s') && last === 'hundred' && state.total === 0)
    return fraction(text, whole, plural, word);
  if (plural && last === 'article' && /^ of\b/.test(text.slice(word.end, word.end + 4)))
    return fraction(text, 1, plural, word);
  if (ordinal === undefined || last === 'article') return undefined;
  if (last === 'start') return ordinalMatch(ordinal, word.end);
  if (afterTen || ((last === 'hundred' || last === 'scale') && ordinal < 100)) {
    return ordinalMatch(whole + ordinal, word.end);
  }
  if (ordinal >= 100 && (last === 'one' || last === 'teen' || last === 'ten')) {
    return ordinalMatch(whole * ordinal, word.end);
  }
  return undefined;
}

function ordinalMatch(value: number, end: number): NumberMatch {
  return { ...numberMatch(value, end, 'words'), ordinal: true };
}

function fraction(text: string, above: number, below: number, word: Word): NumberMatch {
  return withScale(text, numberMatch(above / below, word.end, 'fraction'));
}

/** `half`, `half a million`, `half an hour`; in "the first half" it is a part of a year. */
function half(text: string, word: Word): NumberMatch | undefined {
  let end = word.end;
  const article = wordAfter(text, end);
  const scaled =
    article && (article.text === 'a' || article.text === 'an') ? wordAfter(text, article.end) : article;
  if (scaled?.text === 'dozen') return numberMatch(6, scaled.end, 'words');
  const scale = scaled && (SCALES.get(scaled.text) ?? (scaled.text === 'hundred' ? 100 : undefined));
  if (scaled && scale) return numberMatch(scale / 2, scaled.end, 'words');
  if (article && scaled !== article && article) end = article.end;
  return numberMatch(0.5, end, 'fraction');
}

const DECIMALS = /(?:[ -](?:zero|oh|one|two|three|four|five|six|seven|eight|nine)(?![A-Za-z])){1,18}/iy;
const DECIMAL_TENS =
  /[ -](twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](one|two|three|four|five|six|seven|eight|nine))?(?![A-Za-z])/iy;
const AND_PART =
  /(?:[ -]and)?[ -](?:(a|one|two|three|four|five|[1-9])[ -](half|halves|thirds?|quarters?|fourths?|fifths?|tenths?))(?![A-Za-z])/iy;

/** What may follow the whole part: `point five`, `and a half`, and a scale after either. */
function withTail(text: string, match: NumberMatch, last: State['last']): NumberMatch {
  const point = wordAfter(text, match.end);
  if (point?.text === 'point') {
    DECIMALS.lastIndex = point.end;
    DECIMAL_TENS.lastIndex = point.end;
    const tens = DECIMAL_TENS.exec(text);
    if (tens) {
      const figures =
        (TENS.get((tens[1] as string).toLowerCase()) ?? 0) + (ONES.get((tens[2] ?? '').toLowerCase()) ?? 0);
      return withScale(text, {
        ...match,
        value: Number(`${match.value}.${figures}`),
        end: point.end + tens[0].length,
      });
    }
    const spoken = DECIMALS.exec(text)?.[0];
    if (spoken) {
      const digits = spoken
        .trim()
        .split(/[ -]/)
        .filter(Boolean)
        .map((word) => ONES.get(word.toLowerCase()) ?? 0)
        .join('');
      return withScale(text, {
        ...match,
        value: Number(`${match.value}.${digits}`),
        end: point.end + spoken.length,
      });
    }
  }
  return last === 'scale' ? match : withScale(text, andPart(text, match));
}

/** `two and a half`, `3 and three quarters`. */
export function andPart(text: string, match: NumberMatch): NumberMatch {
  AND_PART.lastIndex = match.end;
  const part = AND_PART.exec(text);
  if (!part || !/and/i.test(part[0])) return match;
  const above = part[1] === 'a' ? 1 : (ONES.get((part[1] ?? '').toLowerCase()) ?? Number(part[1]));
  const name = (part[2] ?? '').toLowerCase();
  const below = SPECIAL_FRACTIONS.get(name) ?? FRACTIONS.get(name) ?? 1;
  return { ...match, value: match.value + above / below, end: match.end + part[0].length };
}

function withScale(text: string, match: NumberMatch): NumberMatch {
  const word = wordAfter(text, match.end);
  const scale = word && (SCALES.get(word.text) ?? (word.text === 'hundred' ? 100 : undefined));
  return word && scale ? { ...match, value: match.value * scale, end: word.end, form: 'words' } : match;
}
