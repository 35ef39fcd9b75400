import * as z from 'zod';
import type { Lang } from '../../../core/lang.ts';
import type { Random } from '../../../core/random.ts';
import type { SeriesKind } from '../../../engineering/forecast/causes.ts';
import { shareOf } from '../../../engineering/forecast/plant.ts';
import type { Weather } from '../../../engineering/forecast/weather.ts';
import { clockTime } from '../clock.ts';
import { loss, naiveLoss } from './scoring.ts';
import { drawWeather } from './weather.ts';

const SERIES = ['load', 'wind', 'solar', 'price', 'data_centre'] as const satisfies readonly SeriesKind[];

export const produceForecastParams = z.strictObject({
  series: z.array(z.enum(SERIES)).min(1),
  /** Days of hourly history. */
  days: z.int().min(3).max(7),
  /** Hours to forecast: 24 for the day ahead, fewer for intraday. */
  hours: z.int().min(4).max(24),
  /** Share of draws in which something known beforehand is unlike the history. */
  special: z.number().min(0).max(1).default(0.7),
});
export type ProduceForecastParams = z.infer<typeof produceForecastParams>;

/** What is known beforehand and was not in the history. */
export type Special =
  | { kind: 'none' }
  /** Load over that of a working day in the same weather. */
  | { kind: 'holiday'; share_pct: number }
  | { kind: 'heat_wave' }
  | { kind: 'cold_snap' }
  /** Wind beyond cut-out: the farm shuts down. */
  | { kind: 'typhoon' }
  /** Units that will be out all of the forecast hours. */
  | { kind: 'maintenance'; out: number; units: number }
  /** Hours, by number, in which the Moon covers a share of the Sun. */
  | { kind: 'eclipse'; cover: { no: number; percent: number }[] }
  /** Supply that is out: prices stand so much above those of the same load and sun. */
  | { kind: 'supply_out'; percent: number }
  /** A computing job of so many MW at the racks, in hours first to last. */
  | { kind: 'training_job'; first: number; last: number; it_mw: number };

export interface ForecastHour {
  no: number;
  day: number;
  time: string;
  temp_c: number;
  wind_ms: number;
  irradiance_wm2: number;
}
export type HistoryHour = ForecastHour & { value: number };

export interface ProduceForecastFacts {
  series: (typeof SERIES)[number];
  /** MW; the price level in money per MWh where a price is asked. */
  capacity: number;
  unit: string;
  units: number;
  history: HistoryHour[];
  future: ForecastHour[];
  special: Special;
  /** The law's own quantiles of every hour, which the best possible forecaster would state. */
  ideal: { p10: number[]; p50: number[]; p90: number[] };
  /** What then came. */
  truth: number[];
}

/** Standard normal 90 % point. */
const Z90 = 1.2815515655;
/** Memory of the residual from hour to hour, and its stationary spread as a share of the size. */
const MEMORY = 0.6;
const SPREAD: Readonly<Record<ProduceForecastFacts['series'], number>> = {
  load: 0.012,
  wind: 0.035,
  solar: 0.03,
  price: 0.035,
  data_centre: 0.008,
};
const SIZES: Readonly<Record<ProduceForecastFacts['series'], readonly number[]>> = {
  load: [1200, 2400, 3600],
  wind: [99, 148.5, 201],
  solar: [50, 100, 200],
  price: [60, 75, 90],
  data_centre: [60, 90, 120],
};

const tenth = (value: number) => Number(value.toFixed(1)) + 0;

/**
 * Hourly history by a known law (weather, hour, calendar) and a residual with memory; the same law then makes the
 * hours that are asked. Drawn again until history alone would mislead: see `isTelling`.
 */
export function drawProduceForecast(params: ProduceForecastParams, random: Random): ProduceForecastFacts {
  const series = random.pick(params.series);
  const special = random.chance(params.special);
  for (let attempt = 0; attempt < 300; attempt++) {
    const facts = drawOnce(params, series, special, random.fork(`attempt ${attempt}`));
    if (isTelling(facts)) return facts;
  }
  throw new RangeError('produce-forecast: no draw');
}

/** Mean pinball loss of the three right quantiles of a normal distribution, in standard deviations: (2φ(z₉₀) + φ(0))/3. */
const IDEAL_LOSS = 0.25;

/**
 * Who only repeats yesterday or the last value loses at least twice what the best forecaster does on what came, and two and a half
 * times what the best one must expect, so that an honest fit of six hours is not sunk by their noise. The second is held
 * against the law and not against what came: choosing by luck would make the law's own intervals look too wide.
 */
function isTelling(facts: ProduceForecastFacts): boolean {
  const { truth, ideal } = facts;
  const best = loss(truth, ideal);
  const spread = ideal.p90.map((high, h) => (high - (ideal.p10[h] as number)) / (2 * Z90));
  const expected = (IDEAL_LOSS * spread.reduce((a, b) => a + b, 0)) / spread.length;
  return (
    best > 0 &&
    naiveLoss(facts) >= 2 * best &&
    naiveLoss({ ...facts, truth: ideal.p50 }) >= 2.5 * expected &&
    truth.filter((value) => value !== 0).length >= truth.length / 4
  );
}

function drawOnce(
  { days, hours }: ProduceForecastParams,
  series: ProduceForecastFacts['series'],
  isSpecial: boolean,
  random: Random,
): ProduceForecastFacts {
  const capacity = random.pick(SIZES[series]);
  const units = random.pick([20, 25, 33, 40]);
  const special = isSpecial
    ? drawSpecial(series, hours, capacity, units, random)
    : ({ kind: 'none' } as const);
  // The day ahead begins at midnight, the next hours in the middle of a day.
  const past = days * 24 + (hours === 24 ? 0 : random.int(7, 11));
  const weather = drawWeather({ series, past, hours, special }, random);
  const share = (t: number, of: Special) =>
    capacity * shareAt(series, weather[t] as Weather, t, past, of, capacity);
  const law = weather.map((_, t) => share(t, t < past ? { kind: 'none' } : special));
  const sd = SPREAD[series] * capacity;
  let residual = random.normal(0, sd);
  const residuals = weather.map(() => {
    const now = residual;
    residual = MEMORY * residual + random.normal(0, sd * Math.sqrt(1 - MEMORY ** 2));
    return now;
  });
  const shown = (value: number, t: number) => tenth(within(series, capacity, law[t] as number, value));
  // A low sun errs little: where a solar farm makes less than a fifth, errors shrink with what it makes.
  const dim = law.map((value) => (series === 'solar' ? Math.min(1, (5 * value) / capacity) : 1));
  const values = law.map((value, t) => shown(value + (dim[t] as number) * (residuals[t] as number), t));
  const last = residuals[past - 1] as number;
  const quantiles = (z: number) =>
    law.slice(past).map((value, h) => {
      const memory = MEMORY ** (h + 1);
      const error = memory * last + z * sd * Math.sqrt(1 - memory ** 2);
      return shown(value + (dim[past + h] as number) * error, past + h);
    });
  const rows = weather.map((own, t) => ({
    no: t < past ? t + 1 : t - past + 1,
    day: Math.floor(t / 24) + 1,
    time: clockTime(t % 24, 60),
    temp_c: own.temp_c,
    wind_ms: own.wind_ms,
    irradiance_wm2: own.irradiance_wm2,
  }));
  return {
    series,
    capacity,
    unit: series === 'price' ? '$/MWh' : 'MW',
    units,
    history: rows.slice(0, past).map((row, t) => ({ ...row, value: values[t] as number })),
    future: rows.slice(past),
    special,
    ideal: { p10: quantiles(-Z90), p50: quantiles(0), p90: quantiles(Z90) },
    truth: values.slice(past),
  };
}

/** Powers stay between nothing and what is in service; the sun makes none at night; a price may be anything. */
function within(
  series: ProduceForecastFacts['series'],
  capacity: number,
  law: number,
  value: number,
): number {
  if (series === 'price') return value;
  // A farm that makes nothing by law (night, calm, storm) makes nothing.
  if (law === 0) return 0;
  return Math.max(0, series === 'wind' || series === 'solar' ? Math.min(capacity, value) : value);
}

/** The law: share of the size, from what the tables show and what is known beforehand. */
function shareAt(
  series: ProduceForecastFacts['series'],
  weather: Weather,
  t: number,
  past: number,
  special: Special,
  capacity: number,
): number {
  const no = t - past + 1;
  const cover =
    special.kind === 'eclipse' ? (special.cover.find((one) => one.no === no)?.percent ?? 0) / 100 : 0;
  const job =
    special.kind === 'training_job' && no >= special.first && no <= special.last
      ? special.it_mw / capacity
      : 0;
  return shareOf(series, {
    weather: { ...weather, irradiance_wm2: weather.irradiance_wm2 * (1 - cover) },
    hour: (t % 24) + 0.5,
    day_factor: special.kind === 'holiday' ? special.share_pct / 100 : 1,
    available: special.kind === 'maintenance' ? (special.units - special.out) / special.units : 1,
    derate: 1,
    limit: 1,
    extra: special.kind === 'supply_out' ? special.percent / 100 : job,
  });
}

function drawSpecial(
  series: ProduceForecastFacts['series'],
  hours: number,
  capacity: number,
  units: number,
  random: Random,
): Special {
  const maintenance = (): Special => ({
    kind: 'maintenance',
    units,
    out: random.int(Math.ceil(0.25 * units), Math.floor(0.5 * units)),
  });
  switch (series) {
    case 'load':
      return random.pick([
        { kind: 'holiday', share_pct: random.int(68, 80) } as const,
        { kind: 'heat_wave' } as const,
        { kind: 'cold_snap' } as const,
      ]);
    case 'wind':
      return random.chance(0.5) ? { kind: 'typhoon' } : maintenance();
    case 'solar':
      // An eclipse needs the middle of a day.
      return hours === 24 && random.chance(0.5) ? drawEclipse(random) : maintenance();
    case 'price':
      return { kind: 'supply_out', percent: random.range(30, 60, 5) };
    case 'data_centre': {
      const first = random.int(1, Math.max(1, hours - 4));
      const last = Math.min(hours, first + random.int(3, 9));
      return { kind: 'training_job', first, last, it_mw: tenth(capacity * random.range(0.12, 0.25, 0.01)) };
    }
  }
}

/** Covered a little, much, a little: three to four hours around midday, as shares of the hour's irradiance. */
function drawEclipse(random: Random): Special {
  const middle = random.int(11, 14);
  const most = random.int(70, 95);
  const cover = [-1, 0, 1].map((step) => ({
    no: middle + step,
    percent: step === 0 ? most : random.int(Math.floor(0.35 * most), Math.floor(0.6 * most)),
  }));
  return { kind: 'eclipse', cover };
}

const YUAN = 7;

/** Chinese prices are yuan; all else is the same. */
export function localiseProduceForecast(facts: ProduceForecastFacts, lang: Lang): ProduceForecastFacts {
  if (lang === 'en' || facts.series !== 'price') return facts;
  const scaled = (values: readonly number[]) => values.map((value) => tenth(value * YUAN));
  const { p10, p50, p90 } = facts.ideal;
  return {
    ...facts,
    capacity: facts.capacity * YUAN,
    unit: '元/MWh',
    history: facts.history.map((hour) => ({ ...hour, value: tenth(hour.value * YUAN) })),
    ideal: { p10: scaled(p10), p50: scaled(p50), p90: scaled(p90) },
    truth: scaled(facts.truth),
  };
}
