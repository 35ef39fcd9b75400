import { describe, expect, it } from 'vitest';
import { type Choice, chooseAnswer, parseUnit } from '../../harness/quantities/index.ts';
import { CHOICES } from './cases/choices.ts';
import { tell } from './tell.ts';

const told = (choice: Choice): string =>
  choice.status === 'chosen' ? `${choice.way}: ${tell(choice.quantity)}` : choice.status;

describe('the answer of a reply', () => {
  it.each(CHOICES.map((one) => ({ trap: one[0], one })))('$trap', ({ one }) => {
    const [, reply, spelling, labels, chosen, question] = one;
    const unit = spelling === '' ? undefined : parseUnit(spelling);
    const lang = /[\u4e00-\u9fff]/.test(reply) ? 'zh' : 'en';
    const choice = chooseAnswer(reply, {
      labels,
      lang,
      ...(unit ? { unit } : {}),
      ...(question ? { question } : {}),
    });
    expect(told(choice)).toBe(chosen);
  });

  it('names both values where two final answers differ', () => {
    const choice = chooseAnswer('The answer is 350 MW. The answer is 360 MW.', { labels: [], lang: 'en' });
    expect(choice).toMatchObject({ status: 'ambiguous', reason: expect.stringContaining('"360 MW"') });
  });

  it('gives offsets into the whole reply, thinking included', () => {
    const reply = '<think>12 MW</think>Answer: 350 MW';
    const choice = chooseAnswer(reply, { labels: [], lang: 'en' });
    expect(choice.status).toBe('chosen');
    if (choice.status === 'chosen')
      expect(reply.slice(choice.quantity.start, choice.quantity.end)).toBe('350 MW');
  });
});
