import type { Message } from '../harness/core/provider.ts';

/** Text beyond this is counted at the rate of what came before it: an estimate need not read a megabyte. */
const LONGEST_COUNTED = 32_000;
/** The merge is quadratic in the length of a word, and Chinese has no spaces: pieces keep a run of one character from taking seconds. */
const PIECE = 256;

/**
 * About how many tokens a text is, by the o200k vocabulary. Vendors' own counts differ by a tenth or two, in Chinese
 * by more: good enough to say what a run will cost before it starts, never recorded as usage. The vocabulary is
 * loaded with the first call.
 */
export async function estimateTokens(text: string): Promise<number> {
  return (await loadTokenCounter())(text);
}

/** A prompt with the few tokens that each message and the reply's opening take beside their text. */
export function promptTokens(messages: readonly Message[], count: (text: string) => number): number {
  return messages.reduce((sum, { content }) => sum + count(content) + 4, 3);
}

/** The same for many texts: loads the vocabulary, then counts at once. */
export async function loadTokenCounter(): Promise<(text: string) => number> {
  const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base');
  return (text) => {
    const counted = text.slice(0, LONGEST_COUNTED);
    let tokens = 0;
    for (let at = 0; at < counted.length; at += PIECE) {
      // Words such as <|endoftext|> in a prompt are plain text here; by default they throw.
      tokens += countTokens(counted.slice(at, at + PIECE), { disallowedSpecial: new Set() });
    }
    return Math.ceil((tokens * text.length) / Math.max(1, counted.length));
  };
}
