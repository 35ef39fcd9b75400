import type { CheckInput } from '../../core/checker.ts';
import { matches } from '../text.ts';
import type { Criterion } from './config.ts';

const MAX_TEXT = 100_000;

/**
 * Whether a criterion's own evidence stands in the reply. It sees words, not meaning: a denial of the right thing,
 * or the right words in the wrong order, passes here and would not pass a judge. Scores say `judge: lexical`.
 */
export function lexicallyMet(criterion: Criterion, input: CheckInput): boolean {
  const body = ownWords(input.reply.slice(0, MAX_TEXT), input.question);
  const evidence = criterion.evidence[input.lang] ?? [];
  return evidence.some((item) =>
    (typeof item === 'string' ? [item] : item).every((source) => matches(source, body)),
  );
}

/** The reply without the lines and sentences it copied from the question: restating it proves nothing. */
function ownWords(reply: string, question: string): string {
  const asked = new Set(sentences(question));
  return sentences(reply)
    .filter((sentence) => !asked.has(sentence))
    .join('\n');
}

function sentences(text: string): string[] {
  return text
    .split(/(?<=[.!?])(?=\s|$)|(?<=[。！？；;])|\n/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}
