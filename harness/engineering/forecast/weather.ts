export const SEASONS = ['summer', 'mild', 'winter'] as const;
export type Season = (typeof SEASONS)[number];

/** Weather of one step. */
export interface Weather {
  temp_c: number;
  wind_ms: number;
  /** Global irradiance in the plane of the modules. */
  irradiance_wm2: number;
  humidity_pct: number;
}

interface Climate {
  temp_c: number;
  swing_k: number;
  noon_wm2: number;
  day_h: number;
}

/** A mid-latitude inland site: mean and half-range of the day's temperature, clear noon irradiance, length of the day. */
const CLIMATE: Readonly<Record<Season, Climate>> = {
  summer: { temp_c: 26, swing_k: 5, noon_wm2: 950, day_h: 14.5 },
  mild: { temp_c: 17, swing_k: 4.5, noon_wm2: 780, day_h: 12 },
  winter: { temp_c: 2, swing_k: 4, noon_wm2: 540, day_h: 9.5 },
};

/** Height in m/s and period in h of the waves that make the wind of a site: passing lows, the day, gusts of weather. */
const WIND_WAVES = [
  [0.85, 31.3],
  [0.5, 13.7],
  [0.3, 5.3],
] as const;

/**
 * The weather that the forecaster expects: a cosine day of temperature, hottest at 15:00; irradiance of a clear day,
 * noon · sin(π(h − sunrise)/day)^1.2 and exactly 0 at night; wind as three waves of random phases about a random mean,
 * whose periods have no common multiple within a week, so that no stretch of a table repeats another.
 * Takes four random numbers, however long the series.
 * @param step_h length of a step in hours; the value of a step is that at its middle
 */
export function weatherForecast(
  season: Season,
  steps: number,
  step_h: number,
  uniform: () => number,
): Weather[] {
  const { temp_c, swing_k, noon_wm2, day_h } = CLIMATE[season];
  const waves = WIND_WAVES.map(([ms, hours]) => ({ ms, hours, phase: 2 * Math.PI * uniform() }));
  const breeze = 8.6 + 1.4 * uniform();
  const sunrise = 12.25 - day_h / 2;
  return Array.from({ length: steps }, (_, t) => {
    const hour = ((t + 0.5) * step_h) % 24;
    const sun = Math.sin((Math.PI * (hour - sunrise)) / day_h);
    const lit = hour > sunrise && hour < sunrise + day_h;
    const wave = ({ ms, hours, phase }: (typeof waves)[number]) =>
      ms * Math.sin((2 * Math.PI * t * step_h) / hours + phase);
    const cycle = Math.cos((2 * Math.PI * (hour - 15)) / 24);
    return {
      temp_c: temp_c + swing_k * cycle,
      wind_ms: waves.reduce((sum, own) => sum + wave(own), breeze),
      irradiance_wm2: lit ? noon_wm2 * Math.max(0, sun) ** 1.2 : 0,
      humidity_pct: 62 - 14 * cycle,
    };
  });
}
