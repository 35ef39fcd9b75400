import { type Located, locate } from '../read.ts';
import { same } from '../read-one.ts';
import { normalise } from '../text/normalise.ts';
import type { Choice, Quantity, Unit } from '../types.ts';
import { boxedSpans } from './boxed.ts';
import { fitting, settle } from './candidates.ts';
import { withColumns } from './columns.ts';
import { isChecking, isConclusion, isExample, isGiven, isTakenBack, sentences } from './context.ts';
import { type Claim, claims, genericClaims, type Reply, segment } from './labelled.ts';

export interface ChooseOptions {
  /** The unit asked; absent where a bare number is. */
  unit?: Unit;
  /** Names and wordings of the field, in the languages it may be told in. */
  labels: readonly string[];
  /** What was asked: a figure of it that is only repeated is no answer. */
  question?: string;
  lang: 'en' | 'zh';
}

/**
 * The quantity that a reply gives as its answer: in a box, after a label, or as its last fitting quantity, in this order.
 * Examples, conditions and checks are passed over, and so are repeated figures of the question. Two different final
 * answers are ambiguous; a later one is taken only where it is marked as final.
 */
export function chooseAnswer(text: string, options: ChooseOptions): Choice {
  const source = afterThinking(text);
  const normalised = normalise(source.text);
  const read = locate(normalised).map((one) => shift(one, source.offset));
  const located = withColumns(normalised.text, read);
  const reply: Reply = {
    text: normalised.text,
    located,
    sentences: sentences(normalised.text),
    unit: options.unit,
  };
  const chosen = boxed(source, reply) ?? labelled(reply, options.labels) ?? last(reply, options);
  if (!chosen) return { status: 'missing', reason: missing(located, options.unit) };
  return contradiction(reply, chosen) ?? chosen;
}

const LONGEST_AFTERTHOUGHT = 40;

/** "Answer: 350 MW. Wait, no: 360 MW": a later value that takes the first one back without being marked as final. */
function contradiction(reply: Reply, choice: Choice): Choice | undefined {
  if (choice.status !== 'chosen' || choice.way === 'last-quantity') return undefined;
  const { quantity } = choice;
  const place = reply.located.find((one) => one.quantity === quantity);
  if (!place) return undefined;
  let looked = 0;
  for (const { start, end } of reply.sentences) {
    if (end <= place.to || ++looked > LONGEST_AFTERTHOUGHT) continue;
    const from = Math.max(start, place.to);
    const words = reply.text.slice(from, Math.min(end, from + 400));
    if (!isTakenBack(words)) continue;
    const other = fitting(segment(reply, from, end), reply.unit).find((one) => !same(one.quantity, quantity));
    if (!other) continue;
    const reason = `"${quantity.text}" is taken back by a later "${other.quantity.text}" that is not marked as final`;
    return { status: 'ambiguous', reason, candidates: [quantity, other.quantity] };
  }
  return undefined;
}

/** An answer stands near the end of its reply: of a longer one only the last part is looked at. */
const LONGEST_REPLY = 200_000;

/** Reasoning that a reply shows before its answer is not the answer. */
function afterThinking(text: string): { text: string; offset: number } {
  const close = text.lastIndexOf('</think>');
  const offset = Math.max(close < 0 ? 0 : close + 8, text.length - LONGEST_REPLY);
  return { text: text.slice(offset), offset };
}

function shift(located: Located, offset: number): Located {
  if (offset === 0) return located;
  const { quantity } = located;
  return {
    ...located,
    quantity: { ...quantity, start: quantity.start + offset, end: quantity.end + offset },
  };
}

function boxed(source: { text: string; offset: number }, { located, unit }: Reply): Choice | undefined {
  const spans = boxedSpans(source.text);
  const inside = spans.map(({ start, end }) =>
    located.filter(
      ({ quantity }) => quantity.start - source.offset >= start && quantity.start - source.offset < end,
    ),
  );
  const fit = inside.flatMap((within) => fitting(within, unit).map(({ quantity }) => quantity));
  const any = inside
    .flatMap((within) => within.map(({ quantity }) => quantity))
    .filter(({ role }) => role === 'value');
  return settle(fit.length > 0 ? fit : any, 'boxed', 'several different values are boxed');
}

function labelled(reply: Reply, labels: readonly string[]): Choice | undefined {
  const own = claims(reply, labels);
  return settleClaims(own) ?? settleClaims(genericClaims(reply));
}

/** Claims marked as final count before others; a label that opens its line before one inside a sentence. */
function settleClaims(found: readonly Claim[]): Choice | undefined {
  if (found.length === 0) return undefined;
  const final = found.filter((claim) => claim.final);
  const corrected = final.filter((claim) => claim.corrected);
  const leading = found.filter((claim) => claim.leading);
  const ranked = [corrected, final, leading, found].find((claimsOfRank) => claimsOfRank.length > 0) ?? [];
  return settle(
    ranked.flatMap(({ quantities }) => quantities),
    'labelled',
    'different values are given for one label',
  );
}

/** The last fitting quantity, where nothing around it makes it an example, a check or a given figure. */
function last(reply: Reply, { question, unit }: ChooseOptions): Choice | undefined {
  const given = question === undefined ? [] : locate(normalise(question)).map(({ quantity }) => quantity);
  for (let index = reply.sentences.length - 1; index >= 0; index--) {
    const sentence = reply.sentences[index];
    if (!sentence) continue;
    const words = reply.text.slice(sentence.start, Math.min(sentence.end, sentence.start + 800));
    if (isExample(words) || isChecking(words)) continue;
    const within = segment(reply, sentence.start, sentence.end);
    const candidates = fitting(within, unit).filter((one) => !isRestated(one.quantity, given, words));
    if (candidates.length === 0) continue;
    return settle(
      concluded(reply.text, candidates),
      'last-quantity',
      'the last statement gives different values',
    );
  }
  return undefined;
}

/** A figure of the question, unless the sentence draws it as a conclusion: a price may well be one of the offers. */
function isRestated(quantity: Quantity, given: readonly Quantity[], words: string): boolean {
  if (!given.some((figure) => same(figure, quantity))) return false;
  return isGiven(words) || !isConclusion(words);
}

/** Of `a = b + c = d` only what follows the last equals sign. */
function concluded(text: string, candidates: readonly Located[]): Quantity[] {
  const end = candidates[candidates.length - 1] as Located;
  const start = (candidates[0] as Located).from;
  const equals = Math.max(
    text.lastIndexOf('=', end.from),
    text.lastIndexOf('≈', end.from),
    text.lastIndexOf('→', end.from),
  );
  const mark = equals > start ? equals : onlyColon(text, start, end.from);
  const after = mark > start ? candidates.filter(({ from }) => from > mark) : candidates;
  return (after.length > 0 ? after : candidates).map(({ quantity }) => quantity);
}

/** "Cost for 3 units: 8194": what stands before the only colon says what is told, not how much. */
function onlyColon(text: string, start: number, end: number): number {
  const colon = text.lastIndexOf(':', end);
  if (colon <= start || !/^:[\s*~≈$€£¥]*$/.test(text.slice(colon, end))) return -1;
  // G1: 350, G2: 200 tells two values.
  return /[:,;，；、|\n]/.test(text.slice(start, colon)) ? -1 : colon;
}

function missing(located: readonly Located[], unit: Unit | undefined): string {
  const values = located.filter(({ quantity }) => quantity.role === 'value').length;
  if (values === 0) return 'the reply states no quantity';
  return unit?.name
    ? `none of the ${values} quantities is clearly an answer in ${unit.name}`
    : 'no quantity is clearly the answer';
}
