import { describe, expect, it } from 'vitest';
import { claims } from '../../../harness/checkers/claims/claims.ts';
import type { ClaimFactsInput } from '../../../harness/checkers/claims/facts.ts';
import type { Lang } from '../../../harness/core/lang.ts';
import type { Scored } from '../../../harness/core/score.ts';
import { day } from './worlds.ts';

interface Labelled {
  label: string;
  text: string;
  reason: string;
}

function judge(reply: string, lang: Lang, facts: ClaimFactsInput = day) {
  const { value, details } = claims.check(claims.config.parse({}), {
    reply,
    question: '',
    targets: { facts },
    targetUnits: {},
    answer: { fields: {}, obeyed: true },
    spec: { style: 'text', fields: [] },
    lang,
  }) as Scored;
  const found = (details as { claims?: Labelled[] } | undefined)?.claims ?? [];
  return { value, found, contradicted: found.filter(({ label }) => label === 'contradicted') };
}

const RIGHT = {
  en: 'Load peaks tomorrow at 18:00 at 4820 MW. Between 14:00 and 18:00 load rises by 900 MW. Yesterday the forecast was on average 120 MW below the actual load, caused by the heat wave. I recommend a reserve of 250 MW.',
  zh: '明日负荷在18:00达到最高，为4820 MW。14:00至18:00负荷上升900 MW。昨日预测平均比实际负荷低120 MW，原因是高温。建议备用250 MW。',
} as const;

/** The day with a limit and a margin, and a cause of two words. */
const limited: ClaimFactsInput = {
  ...day,
  quantities: [
    ...(day.quantities ?? []),
    { id: 'limit', names: { en: ['firm capacity'], zh: ['可用容量'] }, value: 5200, unit: 'MW' },
    { id: 'margin', names: { en: ['margin'], zh: ['裕度'] }, value: 130, unit: 'MW' },
  ],
  causes: [
    ...(day.causes ?? []),
    { id: 'cloud', names: { en: ['cloud'], zh: ['云层'] }, holds: true },
    { id: 'job', names: { en: ['training job'], zh: ['训练作业'] }, holds: true },
  ],
};

describe('what is written and not asserted is worth nothing', () => {
  it.each([
    [
      'en',
      'Does the load peak tomorrow at 18:00 at 4820 MW? Does it rise by 900 MW between 14:00 and 18:00? Is a reserve of 250 MW due to the heat wave?',
    ],
    ['zh', '明日负荷峰值是否在18:00，为4820 MW？14:00至18:00负荷是否上升900 MW？备用是250 MW吗？'],
    [
      'en',
      'If load peaks tomorrow at 18:00 at 4820 MW, watch it. Suppose load rises by 900 MW between 14:00 and 18:00. Assuming a reserve of 250 MW, wait.',
    ],
    [
      'zh',
      '如果明日负荷在18:00达到最高4820 MW，请注意。若14:00至18:00负荷上升900 MW，请汇报。假设备用为250 MW。',
    ],
    [
      'en',
      'It is false that load peaks tomorrow at 18:00 at 4820 MW. It is wrong that load rises by 900 MW between 14:00 and 18:00.',
    ],
    ['zh', '明日负荷在18:00达到最高4820 MW的说法有误。14:00至18:00负荷上升900 MW是错的。'],
  ] as const)('questions, conditions and denials in %s: %s', (lang, reply) => {
    const { value, found } = judge(reply, lang);
    expect(value).toBe(0);
    expect(found.map(({ label }) => label)).not.toContain('supported');
  });

  it.each([
    ['en', `${RIGHT.en} All of the above is false.`],
    ['en', `${RIGHT.en}\n\nDisregard everything above.`],
    ['zh', `${RIGHT.zh}以上全部是错的。`],
  ] as const)('a right reply that is taken back in %s', (lang, reply) => {
    expect(judge(reply, lang).value).toBe(0);
  });

  it.each([
    ['en', `${RIGHT.en} Call the shift leader if the load climbs above 4900 MW. Questions? Ask the desk.`],
    ['en', `Why so high? It is the heat. ${RIGHT.en} If a unit is lost, use the reserve.`],
    ['zh', `${RIGHT.zh}若负荷超过4900 MW，立即汇报值长。有疑问？请询问预测班。`],
    ['zh', `${RIGHT.zh}如遇机组非停，启用备用。`],
  ] as const)('yet a right reply keeps its worth beside an if and a question in %s', (lang, reply) => {
    expect(judge(reply, lang)).toMatchObject({ value: 1, contradicted: [] });
  });
});

describe('what a forecaster writes is read as meant', () => {
  it('a bullet below a figure is no minus sign', () => {
    const list =
      '- Peak of the load tomorrow: 4820 MW at 18:00\n- Reserve: 250 MW\n- Ramp of the load: 14:00 → 18:00, up 900 MW\n- Yesterday the forecast was 120 MW below the actual load on average\n- Cause: heat wave';
    expect(judge(list, 'en')).toMatchObject({ value: 1, contradicted: [] });
  });

  it('a full stop inside "i.e." ends no sentence', () => {
    const reply = 'Between 14:00 and 18:00 load rises from 3920 MW to 4820 MW, i.e. by 900 MW.';
    expect(judge(reply, 'en').found.some(({ reason }) => reason.includes('900 MW'))).toBe(true);
  });

  it('what stands beside a limit in brackets is the limit, not the margin', () => {
    for (const [lang, reply] of [
      ['en', 'Margin to the firm capacity (5,200 MW): 130 MW.'],
      ['zh', '裕度（可用容量 5200 MW）：130 MW。'],
    ] as const) {
      const { found, contradicted } = judge(reply, lang, limited);
      expect(contradicted).toEqual([]);
      expect(found.some(({ reason }) => reason.includes('margin'))).toBe(true);
    }
  });

  it('what a figure is held against, or stands beside, is not what it tells', () => {
    for (const [lang, reply] of [
      ['en', 'The margin against the firm capacity is 130 MW.'],
      ['en', 'If all of the reserve is called on, the margin is 130 MW.'],
      ['en', 'Tomorrow load peaks at 18:00 with 4820 MW versus 4760 MW at 19:00.'],
      ['zh', '与可用容量相比，裕度为 130 MW。'],
    ] as const) {
      const { found, contradicted } = judge(reply, lang, limited);
      expect([reply, contradicted]).toEqual([reply, []]);
      expect([reply, found.some(({ label }) => label === 'supported')]).toEqual([reply, true]);
    }
  });

  it('cloud over a site lies above nothing, and a job that was not announced is not denied', () => {
    for (const [lang, reply] of [
      [
        'en',
        'Yesterday the forecast was on average 120 MW below the actual load because of cloud over the site.',
      ],
      ['en', 'A training job not announced to us caused the error.'],
      ['zh', '昨日预测偏低，系未报备的训练作业所致。'],
      ['zh', '昨日预测偏低，原因在于未预报的云层。'],
    ] as const)
      expect([reply, judge(reply, lang, limited).contradicted]).toEqual([reply, []]);
  });

  it('"overshot" and "undershot" have the sign of the error', () => {
    expect(
      judge('Yesterday the forecast undershot the actual load by 120 MW on average.', 'en').contradicted,
    ).toEqual([]);
    expect(
      judge('Yesterday the forecast overshot the actual load by 120 MW on average.', 'en').contradicted,
    ).not.toEqual([]);
  });

  it('"a maximum of 5,300 MW" tells a maximum of 5,300 MW, not one of anything below', () => {
    for (const [lang, right, wrong] of [
      [
        'en',
        'Load reaches its maximum of 4820 MW at 18:00.',
        'Load reaches its maximum of 5000 MW at 18:00.',
      ],
      ['zh', '明日负荷最高 4820 MW，出现在 18:00。', '明日负荷最高 5000 MW，出现在 18:00。'],
    ] as const) {
      expect(judge(right, lang).contradicted).toEqual([]);
      expect(judge(wrong, lang).contradicted.length).toBe(1);
    }
  });

  it('a mean error is the difference of two means, whichever way round it is counted', () => {
    for (const [lang, right, wrong] of [
      ['en', 'Yesterday the mean error was −120 MW.', 'Yesterday the mean error was −210 MW.'],
      [
        'en',
        'Yesterday the mean error (actual minus forecast) was +120 MW.',
        'Yesterday the mean error (actual minus forecast) was −120 MW.',
      ],
      ['zh', '昨日平均误差为 −120 MW。', '昨日平均误差为 −210 MW。'],
      ['zh', '昨日实际高于预测，平均相差 120 MW。', '昨日实际高于预测，平均相差 210 MW。'],
    ] as const) {
      expect([right, judge(right, lang).contradicted]).toEqual([right, []]);
      expect([wrong, judge(wrong, lang).contradicted.length]).toEqual([wrong, 1]);
    }
  });

  it('the steepest stretch is no peak, and "downwards" has a direction', () => {
    const steepest = '变化最大的一段为 14:00 到 18:00，负荷增加 900 MW。';
    expect(judge(steepest, 'zh').contradicted).toEqual([]);
    const wrong = {
      en: 'The steepest ramp of the load, 14:00 to 18:00, is 900 MW downwards.',
      zh: '最大爬坡方向向下，自14:00至18:00，幅度900 MW。',
    };
    for (const lang of ['en', 'zh'] as const) expect(judge(wrong[lang], lang).contradicted).not.toEqual([]);
  });

  it('"4 MW" is 4.04 MW as one writes it, and 4.4 MW is not', () => {
    const small = (value: number): ClaimFactsInput => ({
      ...day,
      quantities: [{ id: 'reserve', names: { en: ['reserve'], zh: ['备用'] }, value, unit: 'MW' }],
    });
    const labels = (value: number) =>
      judge('The reserve is 4 MW.', 'en', small(value)).found.map(({ label }) => label);
    expect(labels(4.04)).toEqual(['supported']);
    expect(labels(4.4)).toEqual(['contradicted']);
  });
});
