import type { AnswerField } from '../../harness/core/answer.ts';
import { createRandom, type Random } from '../../harness/core/random.ts';
import type { Sample } from '../../harness/core/sample.ts';

/** What guessing needs of a sample: nothing that knows the answer. */
export type Guessable = Pick<Sample, 'hash' | 'lang' | 'messages' | 'answer'>;

/**
 * A reply without work: the floor that skill is measured from. Options at random, a number out of the question with
 * the asked unit, an empty plan, and for prose the question's first sentence. The same sample and epoch give the same
 * guess for ever.
 */
export function guessReply(sample: Guessable, epoch: number): string {
  const random = createRandom(`guess/${sample.hash}/${epoch}`);
  const question = questionOf(sample);
  const opening = firstSentence(question);
  if (sample.answer.style === 'text') return opening;
  const numbers = numbersIn(question);
  const members = sample.answer.fields.map((field): [string, unknown] => [
    field.name,
    guessField(field, numbers, opening, random.fork(field.name)),
  ]);
  return `${opening}\n\n\`\`\`json\n${JSON.stringify(Object.fromEntries(members), null, 2)}\n\`\`\`\n`;
}

function questionOf({ messages }: Guessable): string {
  return messages.filter(({ role }) => role === 'user').at(-1)?.content ?? '';
}

function guessField(
  field: AnswerField,
  numbers: readonly string[],
  opening: string,
  random: Random,
): unknown {
  const options = field.options?.map(({ id }) => id) ?? [];
  switch (field.type) {
    case 'number':
      return guessNumber(field.unit, numbers, random);
    case 'choice':
      return options.length > 0 ? random.pick(options) : opening;
    case 'set':
      return options.filter(() => random.chance(0.5));
    case 'boolean':
      return random.chance(0.5);
    case 'text':
      return opening;
    case 'json':
      return random.pick([[], {}]);
  }
}

/** A number that stands in the question, or else some number between 1 and 1,000, small ones as likely as large. */
function guessNumber(unit: string | undefined, numbers: readonly string[], random: Random): number | string {
  const value = numbers.length > 0 ? random.pick(numbers) : (10 ** (3 * random.uniform())).toPrecision(3);
  return unit ? `${value} ${unit}` : Number(value);
}

// Not within words, so that neither G1 nor the 2026 of an identifier counts; 1,200 is one number.
const NUMBER = /(?<![\w.,])[-−]?(?:\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.\d{1,12})?(?![\d_]|,\d)/g;
const LONGEST_QUESTION = 100_000;

function numbersIn(question: string): string[] {
  const found = question.slice(0, LONGEST_QUESTION).match(NUMBER) ?? [];
  return [...new Set(found.map((text) => String(Number(text.replaceAll(',', '').replace('−', '-')))))];
}

/** Up to the first full stop of either script; a stop within 3.5 or before a lower-case letter ends nothing. */
function firstSentence(question: string): string {
  const line = question.trim().slice(0, 2000).replace(/\s+/g, ' ');
  const end = /[。！？]|[.!?](?=\s+[^a-z]|$)/.exec(line);
  return (end ? line.slice(0, end.index + 1) : line).slice(0, 300);
}
