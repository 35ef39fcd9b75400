import type { Random } from '../../../core/random.ts';
import type { Cause, CauseKind } from '../../../engineering/forecast/causes.ts';
import type { Scenario } from '../../../engineering/forecast/simulate.ts';
import type { Calendar } from './facts.ts';

type Series = 'load' | 'wind' | 'solar';

/** Half-hours in which the sun is strong enough for a loss to show. */
const CORE: Readonly<Record<Series, readonly [number, number]>> = {
  load: [2, 46],
  wind: [2, 46],
  solar: [17, 32],
};
const CAPACITY: Readonly<Record<Series, readonly number[]>> = {
  load: [900, 1200, 1600, 2400],
  wind: [99, 150, 200, 300],
  solar: [60, 80, 120, 200],
};

interface Plan {
  scenario: Scenario;
  units: number;
  calendar: Calendar;
}

/** What happens on the day. A holiday lasts all day, so nothing else of the load goes with it. */
export function drawScenario(series: Series, random: Random): Plan {
  const season = random.pick(
    series === 'solar' ? (['summer', 'mild'] as const) : (['summer', 'mild', 'winter'] as const),
  );
  const units = random.pick([20, 25, 40, 50]);
  const calendar = random.chance(0.6)
    ? 'working_day'
    : season === 'winter'
      ? 'new_year_eve'
      : season === 'mild'
        ? 'may_day'
        : 'working_day';
  const holiday = series === 'load' && calendar !== 'working_day';
  const count = holiday ? 1 : random.pick([0, 1, 1, 2, 2]);
  const physical: Cause[] = holiday
    ? [wholeDay(calendar, random)]
    : slots(series, count, random).map(([from, to], i, all) => {
        const kinds = random.fork('kinds').sample(kindsOf(series, season), all.length);
        const kind = kinds[i % kinds.length] as CauseKind;
        return { kind, from, to, size: sizeOf(kind, series, units, random) };
      });
  const faults = count === 0 || random.chance(0.75) ? [fault(series, random)] : [];
  return {
    scenario: {
      series,
      season,
      capacity: random.pick(CAPACITY[series]),
      steps: 48,
      step_min: 30,
      noise: 0.012,
      // Two slots with one possible kind would name it twice: one window a kind.
      causes: [...uniqueKinds(physical), ...faults],
    },
    units,
    calendar: series === 'load' ? calendar : 'working_day',
  };
}

const uniqueKinds = (causes: readonly Cause[]) =>
  causes.filter(({ kind }, i) => causes.findIndex((cause) => cause.kind === kind) === i);

function kindsOf(series: Series, season: Scenario['season']): CauseKind[] {
  if (series === 'wind')
    return season === 'winter'
      ? ['icing', 'icing', 'ramp', 'curtailment', 'outage']
      : ['ramp', 'curtailment', 'outage'];
  if (series === 'solar') return ['ramp', 'soiling', 'curtailment', 'outage'];
  return season === 'summer'
    ? ['heat_wave', 'outage']
    : season === 'winter'
      ? ['cold_snap', 'outage']
      : ['outage'];
}

const wholeDay = (calendar: Calendar, random: Random): Cause =>
  calendar === 'new_year_eve'
    ? { kind: 'spring_festival', from: 0, to: 48, size: 1 }
    : { kind: 'holiday', from: 0, to: 48, size: random.range(0.2, 0.3, 0.02) };

/** Windows that do not touch, one in each part of the hours that count. */
function slots(series: Series, count: number, random: Random): [number, number][] {
  const [start, end] = CORE[series];
  const part = Math.floor((end - start - 3 * (count - 1)) / Math.max(1, count));
  return Array.from({ length: count }, (_, i) => {
    const length = random.int(Math.min(5, part), Math.min(13, part));
    const from = start + i * (part + 3) + random.int(0, part - length);
    return [from, from + length];
  });
}

function sizeOf(kind: CauseKind, series: Series, units: number, random: Random): number {
  switch (kind) {
    case 'heat_wave':
    case 'cold_snap':
      return random.range(5, 9, 0.5);
    case 'ramp':
      return series === 'wind' ? random.range(2.5, 4.5, 0.5) : random.range(0.35, 0.65, 0.05);
    case 'icing':
      return random.range(0.4, 0.8, 0.05);
    case 'soiling':
      return random.range(0.22, 0.35, 0.01);
    case 'curtailment':
      return random.range(0.1, 0.4, 0.05);
    default: {
      // A whole number of units, so that the count in service says the share lost.
      const share = series === 'load' ? random.range(0.2, 0.35, 0.05) : random.range(0.4, 0.7, 0.1);
      return Math.round(share * units) / units;
    }
  }
}

const FAULT_LENGTH = { stuck: [6, 12], missing: [3, 8], spike: [1, 1], clock_shift: [10, 20] } as const;

function fault(series: Series, random: Random): Cause {
  const kind = random.pick(['stuck', 'missing', 'spike', 'clock_shift'] as const);
  const [start, end] = CORE[series];
  const [least, most] = FAULT_LENGTH[kind];
  const length = random.int(least, Math.min(most, end - start - 1));
  const from = random.int(start + 1, end - length);
  const sign = random.pick([-1, 1]);
  const size =
    kind === 'spike' ? random.range(0.3, 0.6, 0.05) : kind === 'clock_shift' ? sign * random.int(2, 4) : 0;
  return { kind, from, to: from + length, size };
}
