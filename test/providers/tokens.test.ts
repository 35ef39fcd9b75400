import { describe, expect, it } from 'vitest';
import { estimateTokens } from '../../providers/tokens.ts';

describe('estimateTokens', () => {
  it('counts as the vocabulary does', async () => {
    expect(await estimateTokens('')).toBe(0);
    expect(await estimateTokens('hello world')).toBe(2);
  });

  it('takes the words of a tokenizer in a prompt for plain text', async () => {
    expect(await estimateTokens('a <|endoftext|> b')).toBeGreaterThan(3);
  });

  it('grows with the text beyond what it counts, and does not choke on one character', async () => {
    const short = await estimateTokens('The price is 18.5 $/MWh. '.repeat(1000));
    const long = await estimateTokens('The price is 18.5 $/MWh. '.repeat(100_000));
    expect(long / short).toBeCloseTo(100, -1);
    for (const character of ['a', ' ', '功', '\u0000']) {
      expect(await estimateTokens(character.repeat(1_000_000))).toBeGreaterThan(1000);
    }
  });
});
