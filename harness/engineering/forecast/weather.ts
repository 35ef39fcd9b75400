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

/**
 * The weather that the forecaster expects: a cosine day of temperature, hottest at 15:00; irradiance of a clear day,
 * noon · sin(π(h − sunrise)/day)^1.2 and exactly 0 at night; wind as one slow wave of random phase and strength.
 * Takes two random numbers, however long the series.
 * @param step_h length of a step in hours; the value of a step is that at its middle
 */
export function weatherForecast(
  season: Season,
  steps: number,
  step_h: number,
  uniform: () => number,
): Weather[] {
  const { temp_c, swing_k, noon_wm2, day_h } = CLIMATE[season];
  const phase = 2 * Math.PI * uniform();
  const breeze = 8.6 + 1.4 * uniform();
  const sunrise = 12.25 - day_h / 2;
  return Array.from({ length: steps }, (_, t) => {
    const hour = ((t + 0.5) * step_h) % 24;
    const sun = Math.sin((Math.PI * (hour - sunrise)) / day_h);
    const lit = hour > sunrise && hour < sunrise + day_h;
    const cycle = Math.cos((2 * Math.PI * (hour - 15)) / 24);
    return {
      temp_c: temp_c + swing_k * cycle,
      wind_ms: breeze + 1.1 * Math.sin((2 * Math.PI * t * step_h) / 17 + phase),
      irradiance_wm2: lit ? noon_wm2 * Math.max(0, sun) ** 1.2 : 0,
      humidity_pct: 62 - 14 * cycle,
    };
  });
}
