import type { Random } from '../../../core/random.ts';
import { type Weather, weatherForecast } from '../../../engineering/forecast/weather.ts';
import { dayToDay } from '../day-to-day.ts';
import type { ProduceForecastFacts, Special } from './facts.ts';

interface WeatherPlan {
  series: ProduceForecastFacts['series'];
  /** Hours of history. */
  past: number;
  hours: number;
  special: Special;
}

const tenth = (value: number) => Number(value.toFixed(1)) + 0;

/**
 * Hourly weather of the history and of the hours that are asked, as the tables show it: days differ in temperature,
 * cloud and wind, and the last is none of the others. The law sees exactly these rounded figures.
 */
export function drawWeather({ series, past, hours, special }: WeatherPlan, random: Random): Weather[] {
  const season = seasonOf(series, special, random);
  const steps = past + hours;
  const base = weatherForecast(season, steps, 1, () => random.uniform());
  const all = Math.floor((steps - 1) / 24) + 1;
  // Seven levels in random order: no two days alike.
  const levels = random.shuffle(Array.from({ length: all }, (_, i) => (2 * i) / (all - 1) - 1));
  const wind = windOf(steps, past, special, random);
  return base.map((own, t) => {
    const level = levels[Math.floor(t / 24)] ?? 0;
    const ahead = t >= past;
    const cloud = 0.72 - 0.28 * level - 0.1 * Math.max(0, Math.sin(t * 1.7 + 3 * level));
    return {
      temp_c: tenth(
        own.temp_c +
          2.5 * dayToDay(levels, t) +
          (ahead ? shift(special) * Math.min(1, (t - past + 1) / 4) : 0),
      ),
      wind_ms: wind[t] as number,
      irradiance_wm2: Math.round(own.irradiance_wm2 * Math.min(1, Math.max(0.25, cloud))),
      humidity_pct: own.humidity_pct,
    };
  });
}

/** Other air takes four hours to come in. */
const shift = ({ kind }: Special) => (kind === 'heat_wave' ? 5.5 : kind === 'cold_snap' ? -8 : 0);

function seasonOf(
  series: WeatherPlan['series'],
  { kind }: Special,
  random: Random,
): 'summer' | 'mild' | 'winter' {
  if (kind === 'heat_wave') return 'summer';
  if (kind === 'cold_snap') return 'winter';
  if (kind === 'holiday') return random.pick(['mild', 'winter']);
  if (series === 'solar' || series === 'price') return random.pick(['summer', 'mild']);
  return random.pick(['summer', 'mild', 'winter']);
}

/** A wind that wanders between 4 and 13 m/s; before a typhoon it rises past cut-out and stays there. */
function windOf(steps: number, past: number, { kind }: Special, random: Random): number[] {
  let level = random.range(6, 9, 0.1);
  const storm = kind === 'typhoon' ? past + random.int(2, 6) : Number.POSITIVE_INFINITY;
  return Array.from({ length: steps }, (_, t) => {
    level += 0.25 * (7.5 - level) + random.normal(0, 1);
    const calm = Math.min(13, Math.max(3.2, level));
    if (t < storm)
      return tenth(kind === 'typhoon' && t >= past ? Math.min(24, calm + 6 + 3 * (t - past)) : calm);
    return tenth(26.5 + 4 * random.uniform());
  });
}
