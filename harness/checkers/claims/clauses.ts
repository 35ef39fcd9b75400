import type { Quantity } from '../../quantities/index.ts';
import { readQuantities } from '../../quantities/index.ts';
import { CUES, type Cue } from './cues.ts';
import { type Found, findPhrases, folded, type PhraseIndex } from './phrases.ts';
import { readTimes, type TimeMention } from './times.ts';

/** A stretch of text that states one thing or few, with all that was found in it. */
export interface Clause<N> {
  start: number;
  end: number;
  text: string;
  sentence: number;
  /** Its sentence ends in a question mark. */
  asked: boolean;
  numbers: Quantity[];
  times: TimeMention[];
  names: Found<N>[];
  cues: Found<Cue>[];
}

interface Span {
  start: number;
  end: number;
}

const STOPS = new Set('\n。！？!?;；'.split(''));
const PAUSES = new Set(',，|'.split(''));

/** The clauses of a reply, in order. Copied lines of the question are left out: they state nothing of the writer's own. */
export function readClauses<N>(
  reply: string,
  question: string,
  names: readonly PhraseIndex<N>[],
): Clause<N>[] {
  const own = withoutCopies(reply, question);
  const text = folded(own);
  const times = readTimes(text);
  const numbers = outside(
    readQuantities(own).filter(({ role }) => role === 'value'),
    times,
  ).map((quantity) => asExtreme(quantity, text));
  const cues = findPhrases(text, CUES);
  const named = names.flatMap((index) => findPhrases(text, index)).sort((a, b) => a.start - b.start);
  const clauses = split(text, [...times, ...numbers]).map(
    ({ start, end, sentence, asked }): Clause<N> => ({
      start,
      end,
      text: own.slice(start, end).trim(),
      sentence,
      asked,
      numbers: [],
      times: [],
      names: [],
      cues: [],
    }),
  );
  deal(clauses, numbers, (clause, item) => clause.numbers.push(item));
  deal(clauses, times, (clause, item) => clause.times.push(item));
  deal(clauses, named, (clause, item) => clause.names.push(item));
  deal(clauses, cues, (clause, item) => item.meaning !== 'none' && clause.cues.push(item));
  return clauses.filter(({ text }) => text !== '');
}

const EXTREME = /(?:\b(?:max|min)(?:imum)?|最[高低大小])(?: of| is| at|:|为)?\s{0,2}$/;

/** "reaches its maximum of 900 MW" tells a maximum: 900 MW, not anything up to it. */
function asExtreme(quantity: Quantity, text: string): Quantity {
  const { kind, value, start } = quantity;
  return kind === 'bound' && value !== null && EXTREME.test(text.slice(Math.max(0, start - 16), start))
    ? { ...quantity, kind: 'point', low: value, high: value }
    : quantity;
}

/** Blanks for every line of the reply that the question has too; offsets stay. */
function withoutCopies(reply: string, question: string): string {
  const asked = new Set(question.split('\n').map((line) => line.trim()));
  asked.delete('');
  return reply
    .split('\n')
    .map((line) => (asked.has(line.trim()) ? ' '.repeat(line.length) : line))
    .join('\n');
}

/** What does not overlap any of the spans; both in order. */
function outside<T extends Span>(items: readonly T[], spans: readonly Span[]): T[] {
  let at = 0;
  return items.filter((item) => {
    while (at < spans.length && (spans[at] as Span).end <= item.start) at++;
    const span = spans[at];
    return !span || span.start >= item.end;
  });
}

/** Sentences end at stops and at a full stop before a blank; clauses at commas too. Nothing ends inside a figure. */
function split(text: string, figures: readonly Span[]): (Span & { sentence: number; asked: boolean })[] {
  const spans = [...figures].sort((a, b) => a.start - b.start);
  const parts: (Span & { sentence: number })[] = [];
  const questions = new Set<number>();
  let start = 0;
  let sentence = 0;
  let at = 0;
  for (let i = 0; i <= text.length; i++) {
    while (at < spans.length && (spans[at] as Span).end <= i) at++;
    const within = at < spans.length && (spans[at] as Span).start < i;
    const char = text.charAt(i);
    const full = char === '.' && /^\s?$/.test(text.charAt(i + 1)) && !abbreviated(text, i);
    const stop = i === text.length || (!within && (STOPS.has(char) || full));
    if (!stop && (within || !PAUSES.has(char))) continue;
    if (i > start) parts.push({ start, end: i, sentence });
    start = i + 1;
    if (char === '?') questions.add(sentence);
    if (stop) sentence++;
  }
  return parts.map((part) => ({ ...part, asked: questions.has(part.sentence) }));
}

/** "i.e. +609 MW", "approx. 900 MW": no sentence ends there. */
const abbreviated = (text: string, stop: number): boolean =>
  /\b(?:i\.e|e\.g|approx|ca|vs|incl|resp)$/.test(text.slice(Math.max(0, stop - 8), stop));

/** Hands each item to the clause it begins in; both in order. */
function deal<T extends Span, C extends Span>(
  clauses: readonly C[],
  items: readonly T[],
  give: (clause: C, item: T) => void,
): void {
  let at = 0;
  for (const item of items) {
    while (at < clauses.length && (clauses[at] as C).end <= item.start) at++;
    const clause = clauses[at];
    if (clause && clause.start <= item.start) give(clause, item);
  }
}
