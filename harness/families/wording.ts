import type { Lang } from '../core/lang.ts';

/** A reply as models give it: a sentence or two, then the JSON object that was asked for. */
export function replyWith(prose: string, answer: Readonly<Record<string, unknown>>): string {
  return `${prose}\n\n\`\`\`json\n${JSON.stringify(answer)}\n\`\`\``;
}

/** A number as a careful person writes it: at most so many decimals, no trailing zeros, no exponent. */
export function decimals(value: number, digits: number): string {
  const text = value.toFixed(digits);
  const plain = digits > 0 ? text.replace(/\.?0+$/, '') : text;
  return plain === '-0' ? '0' : plain;
}

/** A number rounded for a reply, as a number. */
export const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

/** The wording of a language. */
export const inWords = <T>(lang: Lang, words: Readonly<Record<Lang, T>>): T => words[lang];
