import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeRequest, readVerdict } from '../../../harness/checkers/rubric/judge.ts';
import { rubric } from '../../../harness/checkers/rubric/rubric.ts';
import { check, inputOf, problems, worthOf } from '../kit.ts';

const criteria = [
  {
    id: 'cause',
    points: 3,
    text: { en: 'Names the cause.', zh: '指出原因。' },
    evidence: { en: ['icing'], zh: ['覆冰'] },
  },
  {
    id: 'size',
    points: 1,
    text: { en: 'States the size.', zh: '给出大小。' },
    evidence: { en: [['reserve', '\\d+ MW']], zh: ['备用'] },
  },
  {
    id: 'unsafe',
    points: -2,
    text: { en: 'Proposes an unsafe act.', zh: '提出不安全操作。' },
    evidence: { en: ['bypass the interlock'], zh: ['解除闭锁'] },
  },
];
const config = { criteria };
const judged = (met: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(met).map(([id, text]) => [id, { status: 'replied' as const, text, judge: 'x/judge' }]),
  );
const verdict = (met: boolean) => JSON.stringify({ explanation: 'because', criteria_met: met });

describe('rubric', () => {
  it('without a judge looks for the evidence, and says so', () => {
    const score = check('rubric', config, 'Icing stopped the turbines; hold a reserve of 120 MW.');
    expect(score).toMatchObject({ value: 1, reason: expect.stringContaining('judge: lexical') });
  });
  it('takes points off for what must not be there', () => {
    expect(worthOf(check('rubric', config, 'Icing; reserve 5 MW; bypass the interlock.'))).toBe(0.5);
  });
  it('does not tear a decimal apart, and folds patterns as it folds the text', () => {
    const one = (evidence: string) => ({
      criteria: [
        { id: 'x', points: 1, text: { en: 'x', zh: 'x' }, evidence: { en: [evidence], zh: [evidence] } },
      ],
    });
    expect(worthOf(check('rubric', one('10\\.3 MW'), 'It fell by 10.3 MW. Then it rose.'))).toBe(1);
    expect(worthOf(check('rubric', one('降温，覆冰'), '原因是降温，覆冰导致停机。', { lang: 'zh' }))).toBe(1);
    expect(worthOf(check('rubric', one('-5℃'), '气温降至-5℃以下。', { lang: 'zh' }))).toBe(1);
  });
  it('never goes below 0', () =>
    expect(worthOf(check('rubric', config, 'bypass the interlock now'))).toBe(0));
  it('gives nothing for repeating the question', () => {
    const question = 'Explain the icing event. How much reserve, in MW, say 100 MW?';
    expect(worthOf(check('rubric', config, question, { question }))).toBe(0);
  });
  it('gives nothing for silence, and asks no judge about it', () => {
    expect(worthOf(check('rubric', config, '  \n'))).toBe(0);
    expect(rubric.judgeRequests?.(rubric.config.parse(config), inputOf('…', {}))).toEqual([]);
  });
  it('wants facts in every language of the suite, or in none', () => {
    const told = (facts: object) => problems('rubric', { ...config, facts }, {});
    expect(told({ en: 'It froze.', zh: '气温在零下。' })).toEqual([]);
    expect(told({ en: 'It froze.' })).toEqual(['the facts are not told in zh']);
  });
  it('asks the judge once a criterion', () => {
    expect(
      rubric.judgeRequests?.(rubric.config.parse(config), inputOf('Icing it was.', {})).map(({ id }) => id),
    ).toEqual(['cause', 'size', 'unsafe']);
  });
  it('adds up what the judge found', () => {
    const judgements = judged({ cause: verdict(true), size: verdict(false), unsafe: verdict(false) });
    expect(check('rubric', config, 'Some reply.', { judgements })).toMatchObject({
      value: 0.75,
      reason: expect.stringContaining('x/judge'),
    });
  });
  it('leaves an unreadable judgement unscored, never passed', () => {
    for (const text of ['yes, met', '{"criteria_met": "true"}', '', `${verdict(true)} ${verdict(false)}`]) {
      const judgements = judged({ cause: text, size: verdict(true), unsafe: verdict(false) });
      expect(check('rubric', config, 'Some reply.', { judgements })).toMatchObject({
        status: 'unscored',
        fault: 'judge',
      });
    }
  });
  it('leaves a missing judgement unscored, and does not fall back to words', () => {
    expect(check('rubric', config, 'Icing; reserve 5 MW.', { judgements: {} })).toMatchObject({
      status: 'unscored',
    });
  });
  it('leaves a failed judge unscored', () => {
    const judgements = {
      ...judged({ size: verdict(true), unsafe: verdict(false) }),
      cause: { status: 'failed' as const, reason: 'timeout' },
    };
    expect(check('rubric', config, 'Some reply.', { judgements })).toMatchObject({
      status: 'unscored',
      reason: expect.stringContaining('timeout'),
    });
  });
});

describe('judge request', () => {
  it('fences the reply with a marker that the reply cannot hold', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (reply) => {
        const input = inputOf(reply, {});
        const { request } = judgeRequest(criteria[0] as never, config, input);
        const content = request.messages[1]?.content ?? '';
        const marker = content.match(/<(REPLY-[0-9a-f]+)>\n/)?.[1] ?? '';
        expect(marker).not.toBe('');
        expect(reply.includes(marker)).toBe(false);
        expect(content.split(marker)).toHaveLength(3);
      }),
      { numRuns: 100 },
    );
  });
  it('speaks the language of the sample', () => {
    const { request } = judgeRequest(criteria[0] as never, config, inputOf('覆冰', { lang: 'zh' }));
    expect(request.messages[0]?.content).toContain('请判断');
    expect(request.messages[1]?.content).toContain('指出原因');
  });
  it('reads a verdict out of a fence, and none out of prose', () => {
    expect(readVerdict(`\`\`\`json\n${verdict(true)}\n\`\`\``)?.met).toBe(true);
    expect(readVerdict('criteria_met: true')).toBeUndefined();
  });
});
