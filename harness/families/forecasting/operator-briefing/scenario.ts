import type { Random } from '../../../core/random.ts';
import type { SeriesKind } from '../../../engineering/forecast/causes.ts';
import { cycloneWind, eclipse } from '../../../engineering/forecast/passing.ts';
import { type PlantState, shareOf, springFestivalFactor } from '../../../engineering/forecast/plant.ts';
import {
  SEASONS,
  type Season,
  type Weather,
  weatherForecast,
} from '../../../engineering/forecast/weather.ts';
import { dayToDay } from '../day-to-day.ts';
import { AHEAD, type BriefingCause, type CauseRule, PAST } from './causes.ts';
import type { ActingCause, BriefingFacts, BriefingParams, BriefingRow } from './facts.ts';
import { isSupply } from './facts.ts';
import { solveBriefing } from './solve.ts';

const CAPACITY: Readonly<Record<SeriesKind, readonly [number, number, number]>> = {
  load: [4000, 9000, 500],
  wind: [150, 600, 50],
  solar: [100, 500, 50],
  price: [60, 90, 5],
  data_centre: [60, 240, 20],
};
const NOISE = 0.012;
const WEATHER = { load: 'temp', wind: 'wind', solar: 'sun', price: 'sun', data_centre: 'temp' } as const;
const CHATTER = ['patch', 'line', 'meeting', 'visitors', 'meter', 'drill'] as const;

/** One day or two to a week of hours, the causes acting in them; undefined where the draw fits no cause. */
export function drawScenario(
  { series: kinds, horizons, days: lengths }: BriefingParams,
  random: Random,
): BriefingFacts | undefined {
  const series = random.pick(kinds);
  const horizon = random.pick(horizons);
  const days = random.pick(lengths);
  const season = random.pick(SEASONS);
  const last = (days - 1) * 24;
  // A sun that has done its work by the afternoon leaves nothing to brief on.
  const issued = horizon === 'day_ahead' ? last : last + (series === 'solar' ? 9 : 12);
  const reviewed = horizon === 'day_ahead' ? last - 24 : last;
  const past = acting(PAST[series], season, reviewed, Math.min(reviewed + 24, issued), random);
  const ahead =
    past &&
    acting(
      AHEAD[series].filter(({ kind }) => kind !== past.kind),
      season,
      last,
      last + 24,
      random,
      issued,
    );
  if (!past || !ahead) return undefined;
  const capacity = random.range(...CAPACITY[series]);
  const rows = rowsOf({ series, season, capacity, days, issued, past, ahead }, random);
  const facts: BriefingFacts = {
    series,
    horizon,
    weather_kind: WEATHER[series],
    days,
    capacity,
    unit: series === 'price' ? '$/MWh' : 'MW',
    issued,
    rows,
    past,
    ahead,
    chatter: random.sample(CHATTER, 2),
    quantile: random.pick([0.9, 0.95]),
    limit: 0,
  };
  return { ...facts, limit: limitOf(facts, random) };
}

function acting(
  rules: readonly CauseRule[],
  season: Season,
  from: number,
  to: number,
  random: Random,
  after = from,
): ActingCause | undefined {
  const fitting = rules.filter(
    ({ seasons, hours, least }) =>
      seasons.includes(season) && (to - from >= 24 || (least < 24 && hours[0] + least <= to - from)),
  );
  if (fitting.length === 0) return undefined;
  const { kind, size, hours, least, most } = random.pick(fitting);
  const earliest = Math.max(hours[0], after - from);
  const latest = Math.min(hours[1], to - from);
  if (latest - earliest < Math.min(least, 12) - (after > from ? 6 : 0)) return undefined;
  const whole = least === 24;
  const length = whole
    ? latest - earliest
    : random.int(Math.min(least, latest - earliest), Math.min(most, latest - earliest));
  const start = whole ? 0 : random.int(earliest, latest - length);
  return { kind, from: from + start, to: from + (whole ? 24 : start + length), size: random.range(...size) };
}

interface World {
  series: SeriesKind;
  season: Season;
  capacity: number;
  days: number;
  issued: number;
  past: ActingCause;
  ahead: ActingCause;
}

function rowsOf(world: World, random: Random): BriefingRow[] {
  const { series, capacity, days, issued } = world;
  const uniform = () => random.uniform();
  const base = weatherForecast(world.season, days * 24, 1, uniform);
  const digits = capacity >= 1000 ? 0 : 1;
  const round = (value: number) => Number(value.toFixed(digits)) + 0;
  // Days differ a little, as days do: a shift of temperature, wind and haze that is known in advance.
  const shifts = Array.from({ length: days }, () => ({
    k: 4 * uniform() - 2,
    ms: 2 * uniform() - 1,
    clear: 0.86 + 0.14 * uniform(),
  }));
  return base.map((weather, t): BriefingRow => {
    const calm = {
      ...weather,
      temp_c:
        weather.temp_c +
        dayToDay(
          shifts.map(({ k }) => k),
          t,
        ),
      wind_ms: Math.max(
        0,
        weather.wind_ms +
          dayToDay(
            shifts.map(({ ms }) => ms),
            t,
          ),
      ),
      irradiance_wm2: weather.irradiance_wm2 * (shifts[Math.floor(t / 24)]?.clear ?? 1),
    };
    const known = stateAt(world, calm, [world.ahead], t);
    const real = stateAt(world, calm, [world.past, world.ahead], t);
    const swing =
      NOISE * (2 * uniform() - 1) * (series === 'solar' ? Math.min(1, 5 * shareOf(series, real)) : 1);
    const share = (state: PlantState, noise: number) =>
      Math.max(0, Math.min(state.limit, shareOf(series, state) + noise));
    const over = t < issued;
    return {
      day: Math.floor(t / 24),
      hour: t % 24,
      forecast: round(capacity * share(known, 0)),
      actual: over ? round(capacity * share(real, swing)) : null,
      weather_forecast: shown(series, known.weather),
      weather: over ? shown(series, missed(real.weather, 2 * uniform() - 1)) : null,
      available_pct: Math.round(100 * (over ? real : known).available),
    };
  });
}

/** No weather comes to the tenth as forecast: ±0.5 K, ±0.2 m/s, ±3 % of the sun on an ordinary day. */
const missed = ({ temp_c, wind_ms, irradiance_wm2, ...rest }: Weather, swing: number): Weather => ({
  ...rest,
  temp_c: temp_c + 0.5 * swing,
  wind_ms: Math.max(0, wind_ms + 0.2 * swing),
  irradiance_wm2: irradiance_wm2 * (1 + 0.03 * swing),
});

function shown(series: SeriesKind, weather: Weather): number {
  const kind = WEATHER[series];
  if (kind === 'sun') return Math.round(weather.irradiance_wm2);
  return Number((kind === 'wind' ? weather.wind_ms : weather.temp_c).toFixed(1)) + 0;
}

function stateAt({ series }: World, weather: Weather, causes: readonly ActingCause[], t: number): PlantState {
  const state: PlantState = {
    weather: { ...weather },
    hour: (t % 24) + 0.5,
    day_factor: 1,
    available: 1,
    derate: 1,
    limit: series === 'load' || series === 'price' ? Number.POSITIVE_INFINITY : 1,
    extra: 0,
  };
  for (const cause of causes)
    if (t >= cause.from && t < cause.to) ACT[cause.kind](state, cause, t + 0.5, series);
  return state;
}

type Act = (state: PlantState, cause: ActingCause, middle: number, series: SeriesKind) => void;

/** A cyclone's centre passes at 60 km, at 25 km/h, its strongest winds 45 km from the centre. */
const PASSING = { speed_kmh: 25, nearest_km: 60, r_max_km: 45 };

/** How much of another air mass has come, warm, cold or calm: it takes three hours to move in, and three to move out. */
const settled = ({ from, to }: ActingCause, middle: number) =>
  Math.min(1, (middle - from + 0.5) / 3, (to - middle + 0.5) / 3);

const ACT: Readonly<Record<BriefingCause, Act>> = {
  heat_wave: ({ weather }, cause, middle) => {
    weather.temp_c += cause.size * settled(cause, middle);
  },
  cold_snap: ({ weather }, cause, middle) => {
    weather.temp_c -= cause.size * settled(cause, middle);
  },
  holiday: (state, { size }) => {
    state.day_factor *= 1 - size;
  },
  spring_festival: (state, { size }) => {
    state.day_factor *= springFestivalFactor(1, state.hour, size);
  },
  typhoon: (state, { size, from, to }, middle, series) => {
    if (series === 'load') {
      state.day_factor *= 1 - size;
      state.weather.temp_c -= 4;
      return;
    }
    const along = PASSING.speed_kmh * (middle - (from + to) / 2);
    state.weather.wind_ms = Math.max(
      state.weather.wind_ms,
      cycloneWind(Math.hypot(PASSING.nearest_km, along), size, PASSING.r_max_km),
    );
  },
  lull: ({ weather }, cause, middle) => {
    weather.wind_ms = Math.max(0, weather.wind_ms - cause.size * settled(cause, middle));
  },
  icing: (state, { size }) => {
    state.derate *= 1 - size;
  },
  eclipse: ({ weather }, { size, from, to }, middle) => {
    weather.irradiance_wm2 *= 1 - eclipse(middle, from, to, size);
  },
  cloud: ({ weather }, { size }) => {
    weather.irradiance_wm2 *= 1 - size;
  },
  soiling: (state, { size }) => {
    state.derate *= 1 - size;
  },
  curtailment: (state, { size }) => {
    state.limit = size;
  },
  outage: (state, { size }) => {
    state.available *= 1 - size;
  },
  job: (state, { size }) => {
    state.extra += size;
  },
};

/** Round figures near the stressed value, on either side of it. */
function limitOf(facts: BriefingFacts, random: Random): number {
  const { stressed } = solveBriefing(facts);
  const step = facts.capacity >= 1000 ? 50 : facts.capacity > 100 ? 5 : 1;
  const away = facts.capacity * random.range(0.03, 0.08, 0.01) * random.pick([-1, 1]);
  const limit = Math.max(step, Math.round((stressed + away) / step) * step);
  return isSupply(facts) && limit >= facts.capacity ? facts.capacity - step : limit;
}
