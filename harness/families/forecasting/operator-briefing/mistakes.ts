import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import type { BriefingFacts } from './facts.ts';
import { briefing, figure, type Saying, sayingOf } from './reply.ts';
import { type Briefing, RAMP_H } from './solve.ts';
import { clock } from './words.ts';

const NEAR_ZERO = [0, 0.08] as const;

/** Replies that are not briefings, and briefings with one thing wrong. */
export function briefingMistakes(facts: BriefingFacts, right: Briefing, lang: Lang): Mistake[] {
  const saying = sayingOf(facts, right);
  const say = (change: Partial<Saying>) => briefing(facts, { ...saying, ...change }, lang);
  const { peak, ramp } = right;
  const later = peak.step + 2 < facts.days * 24 ? peak.step + 2 : peak.step - 2;
  return [
    { name: 'a list of the right numbers', reply: numbers(saying), score: NEAR_ZERO },
    { name: 'copies the table', reply: table(facts), score: NEAR_ZERO },
    { name: 'hedges everything', reply: hedged(say({}), lang), score: NEAR_ZERO },
    { name: 'names every hour as the peak', reply: everyHour(facts, lang), score: NEAR_ZERO },
    {
      name: 'says nothing',
      reply:
        lang === 'zh'
          ? '请结合实际情况，加强监视，确保安全。'
          : 'The situation calls for attention. Safety comes first.',
      score: NEAR_ZERO,
    },
    { name: 'wrong hour of the peak', reply: say({ peak: { ...peak, step: later } }), score: [0.6, 0.88] },
    {
      name: 'ramp in the wrong direction',
      reply: say({ ramp: { ...ramp, change: -ramp.change } }),
      score: [0.45, 0.8],
    },
    { name: 'sign of the error flipped', reply: say({ error: -right.error }), score: [0.4, 0.8] },
    {
      name: 'the two causes swapped',
      reply: say({ past: saying.ahead, ahead: saying.past }),
      score: facts.horizon === 'day_ahead' ? [0.4, 0.8] : [0.4, 1],
    },
    {
      name: 'reserve taken from the largest error of all',
      reply: say(largest(facts, right)),
      score: [0.2, 0.75],
    },
    { name: 'everything ten times too large', reply: say(scaled(saying, 10)), score: [0, 0.35] },
  ]
    .filter(
      ({ name }) =>
        name !== 'reserve taken from the largest error of all' ||
        Math.abs(largest(facts, right).reserve - right.reserve) > 0.05 * right.reserve,
    )
    .filter(({ name }) => name !== 'the two causes swapped' || facts.horizon === 'day_ahead') as Mistake[];
}

function numbers({ peak, ramp, error, reserve, stressed, margin, unit }: Saying): string {
  const q = (value: number) => `${figure(value)} ${unit}`;
  return [
    q(peak.value),
    clock(peak.step),
    q(ramp.change),
    clock(ramp.step),
    clock(ramp.step + RAMP_H),
    q(error),
    q(reserve),
    q(stressed),
    q(margin),
  ].join(', ');
}

const table = ({ rows }: BriefingFacts): string =>
  rows
    .map(
      ({ hour, forecast, actual, weather_forecast, available_pct }) =>
        `| ${clock(hour)} | ${forecast} | ${actual ?? ''} | ${weather_forecast} | ${available_pct} |`,
    )
    .join('\n');

/** Every statement weakened: a reader could act on none of it. */
function hedged(reply: string, lang: Lang): string {
  return lang === 'zh'
    ? reply.replace(/([。，：\n])(?!$)/g, '$1可能').replace(/^/, '可能')
    : reply.replace(/(: |\. |, )/g, '$1possibly ').replace(/^|\n(?=.)/g, '$&Perhaps ');
}

function everyHour({ rows, issued, unit, series }: BriefingFacts, lang: Lang): string {
  const what = { en: series === 'price' ? 'The price' : 'Power', zh: series === 'price' ? '电价' : '功率' }[
    lang
  ];
  return rows
    .slice(issued)
    .map(({ hour, forecast }) =>
      lang === 'zh'
        ? `${what}于 ${clock(hour)} 达到峰值 ${forecast} ${unit}。`
        : `${what} peaks at ${clock(hour)} at ${forecast} ${unit}.`,
    )
    .join('\n');
}

function largest(
  { rows, series, limit }: BriefingFacts,
  { peak }: Briefing,
): Pick<Saying, 'reserve' | 'stressed' | 'margin'> {
  const supply = series === 'wind' || series === 'solar';
  const short = rows.flatMap(({ forecast, actual }) =>
    actual === null ? [] : [supply ? forecast - actual : actual - forecast],
  );
  const reserve = Math.max(...short);
  const stressed = supply ? peak.value - reserve : peak.value + reserve;
  return { reserve, stressed, margin: supply ? stressed - limit : limit - stressed };
}

const scaled = ({ peak, ramp, error, reserve, stressed, margin }: Saying, by: number): Partial<Saying> => ({
  peak: { ...peak, value: peak.value * by },
  ramp: { ...ramp, change: ramp.change * by },
  error: error * by,
  reserve: reserve * by,
  stressed: stressed * by,
  margin: margin * by,
});
