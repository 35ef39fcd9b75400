import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { energyOf } from '../../../engineering/forecast/metrics.ts';
import { replyWith } from '../../wording.ts';
import type { SeriesFaultsFacts } from './facts.ts';
import { type SeriesFaultsAnswer, stated } from './family.ts';

const PROSE: Readonly<Record<Lang, string>> = { en: 'The series shows:', zh: '检查结果如下：' };

/** How near each field must come, and what it weighs: 12 in all. */
const CHECKS: Readonly<
  Record<keyof SeriesFaultsAnswer, { near: (right: number) => number; weight: number }>
> = {
  missing: { near: () => 0, weight: 1 },
  stuck_first: { near: () => 1, weight: 1 },
  stuck_last: { near: () => 1, weight: 1 },
  shift_first: { near: () => 1, weight: 1 },
  shift_last: { near: () => 1, weight: 1 },
  lag: { near: () => 0, weight: 2 },
  regime_first: { near: () => 1, weight: 1 },
  regime_mw: { near: (right) => 0.06 * Math.abs(right), weight: 2 },
  energy: { near: (right) => 0.003 * right, weight: 2 },
};

function worth(right: SeriesFaultsAnswer, given: SeriesFaultsAnswer): number {
  const points = Object.entries(CHECKS).map(([name, { near, weight }]) => {
    const [wanted, value] = [right, given].map((answer) => answer[name as keyof SeriesFaultsAnswer]);
    return Math.abs((value as number) - (wanted as number)) <= near(wanted as number) ? weight : 0;
  });
  return points.reduce((a, b) => a + b, 0) / 12;
}

export function seriesFaultsMistakes(
  { rows }: SeriesFaultsFacts,
  right: SeriesFaultsAnswer,
  lang: Lang,
): Mistake[] {
  const scada = rows.map((row) => row.scada);
  const asZero = energyOf(scada, 0.5);
  const changes: Record<string, Partial<SeriesFaultsAnswer>> = {
    'clock late for early': { lag: -right.lag },
    'lag in hours': { lag: right.lag / 2 },
    'lag in minutes': { lag: right.lag * 30 },
    'change of load with the wrong sign': { regime_mw: -right.regime_mw },
    'took the change of load for the clock': { regime_first: right.shift_first + 2, regime_mw: 0 },
    'took gaps for zeros and kept the stuck values': { energy: asZero },
    'added half-hours as hours': { energy: right.energy * 2 },
    'stuck stretch two hours late': { stuck_first: right.stuck_first + 4, stuck_last: right.stuck_last + 4 },
    'counted the stuck values as missing': {
      missing: right.missing + right.stuck_last - right.stuck_first + 1,
    },
    'saw no faults at all': {
      missing: 0,
      stuck_first: 0,
      stuck_last: 0,
      shift_first: 0,
      shift_last: 0,
      lag: 0,
      regime_first: 0,
      regime_mw: 0,
      energy: asZero,
    },
  };
  const list = Object.entries(changes).flatMap(([name, change]) => {
    const given = { ...right, ...change };
    const score = worth(right, given);
    return score === 1 ? [] : [{ name, reply: replyWith(PROSE[lang], stated(given, lang)), score }];
  });
  const kilowatts = replyWith(PROSE[lang], {
    ...stated(right, lang),
    regime_mw: `${stated(right, lang).regime_mw} kW`,
  });
  return [...list, { name: 'kW for MW', reply: kilowatts, score: 10 / 12 }];
}
