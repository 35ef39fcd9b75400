import { describe, expect, it } from 'vitest';
import type { AnswerField } from '../../harness/core/answer.ts';
import { guessReply } from '../../providers/baseline/guess.ts';
import type { BaselineName } from '../../providers/baseline/names.ts';
import { createBaseline } from '../../providers/baseline/provider.ts';
import { systemClock } from '../../providers/clock.ts';
import { faultOf, never, request, sampleOf } from './requests.ts';

const answerOf = (reply: string): Record<string, unknown> =>
  JSON.parse(/```json\n([\s\S]*)\n```\s*$/.exec(reply)?.[1] as string);

const options = ['A', 'B', 'C', 'D'].map((id) => ({ id, labels: [id] }));
const withFields = (...fields: AnswerField[]) => sampleOf({ answer: { style: 'json', fields } });
const epochs = Array.from({ length: 200 }, (_, i) => i + 1);

function share(values: unknown[], wanted: unknown): number {
  return values.filter((value) => value === wanted).length / values.length;
}

describe('guessReply', () => {
  it('is the same for ever for a sample and an epoch, and another for another', () => {
    const sample = withFields({ name: 'x', type: 'number', unit: 'MW' });
    expect(guessReply(sample, 1)).toBe(guessReply(sample, 1));
    expect(new Set(epochs.map((epoch) => guessReply(sample, epoch))).size).toBeGreaterThan(1);
    const hashes = epochs.map((i) => guessReply(sampleOf({ ...sample, hash: `h${i}` }), 1));
    expect(new Set(hashes).size).toBeGreaterThan(1);
  });

  it('never looks at the answer', () => {
    const sample = withFields({ name: 'x', type: 'choice', options });
    const blind = { ...sample, oracle: undefined };
    expect(guessReply(blind, 1)).toBe(guessReply(sample, 1));
  });

  it('takes its numbers out of the question, with the asked unit, and not out of names', () => {
    const sample = withFields({ name: 'price', type: 'number', unit: '$/MWh' });
    const values = epochs.map((epoch) => answerOf(guessReply(sample, epoch))['price']);
    expect(new Set(values)).toEqual(new Set(['120 $/MWh', '18.5 $/MWh']));
  });

  it('reads thousands and minus signs as one number, in either language', () => {
    const messages = [{ role: 'user' as const, content: '负荷 1,200 万千瓦，净交换−35.5 MW，机组G12停机。' }];
    const sample = sampleOf({ messages, answer: { style: 'json', fields: [{ name: 'n', type: 'number' }] } });
    const values = epochs.map((epoch) => answerOf(guessReply(sample, epoch))['n']);
    expect(new Set(values)).toEqual(new Set([1200, -35.5]));
  });

  it('finds some number where the question holds none', () => {
    const messages = [{ role: 'user' as const, content: 'How much?' }];
    const sample = sampleOf({ messages, answer: { style: 'json', fields: [{ name: 'n', type: 'number' }] } });
    for (const epoch of epochs) {
      const n = answerOf(guessReply(sample, epoch))['n'] as number;
      expect(n).toBeGreaterThanOrEqual(1);
      expect(n).toBeLessThanOrEqual(1000);
    }
  });

  it('draws options evenly, so that the floor of a choice is one in as many as there are', () => {
    const sample = withFields({ name: 'x', type: 'choice', options });
    const picks = epochs.map((epoch) => answerOf(guessReply(sample, epoch))['x']);
    for (const { id } of options) expect(Math.abs(share(picks, id) - 0.25)).toBeLessThan(0.12);
    const yes = withFields({ name: 'b', type: 'boolean' });
    const truths = epochs.map((epoch) => answerOf(guessReply(yes, epoch))['b']);
    expect(Math.abs(share(truths, true) - 0.5)).toBeLessThan(0.15);
  });

  it('gives each field a draw of its own', () => {
    const sample = withFields({ name: 'x', type: 'choice', options }, { name: 'y', type: 'choice', options });
    const same = epochs.map((epoch) => answerOf(guessReply(sample, epoch))).map(({ x, y }) => x === y);
    expect(Math.abs(share(same, true) - 0.25)).toBeLessThan(0.12);
  });

  it('answers every kind of field, and one that is named like a prototype', () => {
    const sample = withFields(
      { name: 'set', type: 'set', options },
      { name: 'plan', type: 'json' },
      { name: 'why', type: 'text' },
      { name: '__proto__', type: 'boolean' },
    );
    const answer = answerOf(guessReply(sample, 1));
    expect(Object.keys(answer)).toEqual(['set', 'plan', 'why', '__proto__']);
    expect(JSON.stringify(answer['plan'])).toMatch(/^(\{\}|\[\])$/);
    expect(answer['why']).toBe('Units G1 and G2 offer 120 MW at 18.5 $/MWh.');
  });

  it('restates the first sentence where prose is asked, stopping at a Chinese full stop too', () => {
    const messages = [
      { role: 'system' as const, content: 'Be brief.' },
      { role: 'user' as const, content: '主变油温 3.5 小时内升高。请分析原因？' },
    ];
    const sample = sampleOf({ messages, answer: { style: 'text', fields: [] } });
    expect(guessReply(sample, 1)).toBe('主变油温 3.5 小时内升高。');
  });
});

describe('baseline provider', () => {
  const sample = sampleOf();
  const ask = async (name: BaselineName, epoch: number, from = sample) => {
    const provider = createBaseline({ id: `baseline/${name}`, name, lookup: () => from, clock: systemClock });
    return provider.complete(request({ sampleHash: from.hash, epoch }), never());
  };

  it('gives the right reply, a known wrong one, a guess, or nothing', async () => {
    expect((await ask('reference', 1)).text).toBe('The price is 18.5 $/MWh.');
    expect((await ask('mistakes', 1)).text).toMatch(/^wrong (one|two|three)$/);
    expect((await ask('guess', 4)).text).toBe(guessReply(sample, 4));
    expect((await ask('silent', 1)).text).toBe('');
  });

  it('makes every mistake in turn over the epochs, the same one for the same epoch', async () => {
    const made = await Promise.all(
      epochs.slice(0, 40).map(async (epoch) => (await ask('mistakes', epoch)).text),
    );
    expect(new Set(made).size).toBe(3);
    expect((await ask('mistakes', 7)).text).toBe(made[6]);
  });

  it('guesses where no mistake is known', async () => {
    const blank = sampleOf({ oracle: { ...sample.oracle, mistakes: () => [] } });
    expect((await ask('mistakes', 2, blank)).text).toBe(guessReply(blank, 2));
  });

  it('turns a family that throws into a fault of one sample', async () => {
    const broken = sampleOf({
      oracle: {
        ...sample.oracle,
        reply: () => {
          throw new Error('no solution');
        },
      },
    });
    expect(await faultOf(ask('reference', 1, broken))).toMatchObject({ fault: 'server', retryable: false });
  });

  it('knows no sample that is not loaded', async () => {
    const provider = createBaseline({
      id: 'baseline/guess',
      name: 'guess',
      lookup: () => undefined,
      clock: systemClock,
    });
    expect((await faultOf(provider.complete(request({ sampleHash: 'x' }), never()))).fault).toBe('not-found');
  });
});
