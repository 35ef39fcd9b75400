import type { Located } from '../read.ts';
import type { Quantity, Unit } from '../types.ts';
import { fitting, rounded } from './candidates.ts';
import { isCorrection, isExample, isFinal, type Sentence } from './context.ts';

/** What a labelled line states. */
export interface Claim {
  quantities: Quantity[];
  final: boolean;
  corrected: boolean;
  /** The label opens its line, as in `**Total cost**: 350`. */
  leading: boolean;
}

export interface Reply {
  text: string;
  located: readonly Located[];
  sentences: readonly Sentence[];
  unit: Unit | undefined;
}

const GENERIC =
  /(?:the )?(?:final |correct(?:ed)? )?(?:answer|result)s?(?=[*\s]*(?:[:=|]|is\b|are\b|was\b|≈|→))|(?:最终|正确|更正后的?|修正后的?)?(?:答案|结果)(?=[*\s]*(?:[:=|]|是|为|应为|≈))|(?:^|[\n。])\s*答[:：]/gi;
/** What may stand between a label and its value. */
const LINK =
  /^[*\s)\]"'”]*(?:\([^()\n]{0,30}\)[*\s]*)?(?:[:=|≈~→]|is\b|are\b|was\b|equals?\b|comes to\b|amounts to\b|will be\b|(?:of|at)\b(?=\s*[~≈$€£¥(-]?\s*\d)|是|为|约|等于|达|应为|共|合计|,)/i;
const MOST_LABELS = 200;

function pattern(label: string): RegExp | undefined {
  const words = label
    .normalize('NFKC')
    .trim()
    .split(/[\s_-]+/)
    .filter(Boolean);
  if (words.length === 0 || label.length > 80) return undefined;
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const body = escaped.join('[ _\\-\\u2009]?');
  const latin = /^[A-Za-z]/.test(words[0] as string);
  return new RegExp(latin ? `(?<![A-Za-z])${body}(?![A-Za-z])` : body, 'gi');
}

/**
 * Every statement of a label's value, in order. Examples and conditions state nothing; and where `total cost` is stated,
 * `cost` alone is the cost of something else.
 */
export function claims(reply: Reply, labels: readonly string[]): Claim[] {
  const stated: { label: string; found: Claim[] }[] = [];
  for (const label of [...labels].sort((a, b) => b.length - a.length)) {
    const own = pattern(label);
    const found = own ? claimsOf(reply, own) : [];
    const within = stated.some((longer) => longer.label.includes(label.toLowerCase()));
    if (found.length > 0 && !within) stated.push({ label: label.toLowerCase(), found });
  }
  return stated.flatMap(({ found }) => found);
}

/** Statements under the words every reply may use: answer, result, 答案. */
export function genericClaims(reply: Reply): Claim[] {
  return claimsOf(reply, GENERIC);
}

function claimsOf(reply: Reply, label: RegExp): Claim[] {
  const found: Claim[] = [];
  let index = 0;
  let count = 0;
  for (const match of reply.text.matchAll(label)) {
    if (++count > MOST_LABELS) break;
    const end = match.index + match[0].length;
    while (index < reply.sentences.length - 1 && (reply.sentences[index] as Sentence).end < end) index++;
    const sentence = reply.sentences[index];
    const claim = sentence && claimAt(reply, continued(reply, index), match.index, end);
    if (claim) found.push(claim);
  }
  return found;
}

/** A calculation goes on where the next line begins with an equals sign. */
function continued({ text, sentences }: Reply, index: number): Sentence {
  const { start } = sentences[index] as Sentence;
  let { end } = sentences[index] as Sentence;
  for (let next = index + 1; next < sentences.length && next < index + 12; next++) {
    const more = sentences[next] as Sentence;
    if (!/^[\s&*]{0,12}[=≈]/.test(text.slice(more.start, more.start + 14))) break;
    end = more.end;
  }
  return { start, end };
}

function claimAt(reply: Reply, sentence: Sentence, start: number, end: number): Claim | undefined {
  const { text } = reply;
  const whole = text.slice(sentence.start, Math.min(sentence.end, sentence.start + 600));
  const rest = text.slice(end, Math.min(sentence.end, end + 400));
  if (!LINK.test(rest) && !/[:：]$/.test(text.slice(start, end))) return undefined;
  const before = text.slice(sentence.start, start);
  if (isExample(whole)) return undefined;
  const within = segment(reply, end, Math.max(sentence.end, end));
  const quantities = stated(reply, within, rest, end);
  if (quantities.length === 0) return undefined;
  return {
    quantities,
    final: isFinal(whole),
    corrected: isCorrection(text.slice(Math.max(0, start - 80), start)),
    leading:
      /^[\s#>*|·\d.()-]*(?:the |final |so,? (?:the )?|therefore,? (?:the )?|thus,? (?:the )?|hence,? (?:the )?|因此,?|所以,?|故|最终|总|该)?\s*$/i.test(
        before,
      ),
  };
}

/** Quantities between two places, by binary search, since a long reply has many. */
export function segment({ located }: Reply, from: number, to: number): Located[] {
  let low = 0;
  let high = located.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((located[middle] as Located).from < from) low = middle + 1;
    else high = middle;
  }
  const found: Located[] = [];
  for (let i = low; i < located.length && found.length < 40; i++) {
    const next = located[i] as Located;
    if (next.from >= to) break;
    found.push(next);
  }
  return found;
}

/** The values a label is given: what follows the last equals sign of a calculation, else the first that fits. */
function stated({ text, unit }: Reply, within: readonly Located[], rest: string, from: number): Quantity[] {
  const equals = [...rest.matchAll(/[=≈→]/g)].map(({ index }) => from + index);
  for (const at of equals.reverse()) {
    const after = within.filter((located) => located.from > at);
    const [next] = after;
    if (
      !next ||
      !/^[=≈→][\s(~≈*$]*(?:约|about|approx\.?|approximately)?\s*$/i.test(
        text.slice(at, next.from).replace(/[A-Z]{3} ?$/, ''),
      )
    )
      continue;
    const [fit] = fitting([next], unit);
    // "349.83 MW ≈ 350 MW": the value before it was rounded is the one to judge.
    const [finer] = text.charAt(at) === '≈' ? within.filter(({ to }) => to <= at).slice(-1) : [];
    if (fit && finer && rounded(finer.quantity, fit.quantity)) return [finer.quantity];
    if (fit) return withAlternatives(text, after, fit, unit);
  }
  const [first] = fitting(within, unit);
  // 400×18.5 + …: a term of a calculation whose result is not told here.
  if (first && TERM.test(text.slice(first.to, first.to + 8))) return [];
  if (first) return withAlternatives(text, within, first, unit);
  // A value of the wrong kind is still what was stated, and the check will say what is wrong with it.
  const [other] = within.filter(({ quantity }) => quantity.role === 'value');
  return other ? [other.quantity] : [];
}

const TERM = /^[)\s]*[×*·+÷](?!\s*\/-)\s*[\d(A-Za-z]/;
const ALTERNATIVE = /^[^.。\n]{0,24}?(?:\bor\b|\b(?:could|might|may)\b|或|也可能)[^.。\n]{0,24}$/i;

/** "350 MW or 360 MW" states two values; so do two cells of one row. */
function withAlternatives(
  text: string,
  within: readonly Located[],
  first: Located,
  unit: Unit | undefined,
): Quantity[] {
  const [second] = fitting(
    within.filter(({ from }) => from >= first.to),
    unit,
  );
  if (!second) return [first.quantity];
  const between = text.slice(first.to, second.from);
  const cell = /^[^|]{0,12}\|[^|]{0,12}$/.test(between);
  return ALTERNATIVE.test(between) || cell ? [first.quantity, second.quantity] : [first.quantity];
}
