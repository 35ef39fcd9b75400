import type { SeriesKind } from './causes.ts';
import type { Weather } from './weather.ts';

/** All that the power of a step depends on. */
export interface PlantState {
  weather: Weather;
  hour: number;
  /** Load of the day over that of a working day. */
  day_factor: number;
  /** Share of units, feeders or inverters in service. */
  available: number;
  /** Share of its output that a unit in service still makes: ice, dirt. */
  derate: number;
  /** Highest output allowed, as a share of capacity: kept by `simulate`, since the everyday error breaks no limit. */
  limit: number;
  /** Added as a share of capacity (computing jobs) or of the price. */
  extra: number;
}

/**
 * Wind turbine power curve, as a share of rated power: (v³ − 3³)/(12³ − 3³) between cut-in 3 and rated 12 m/s,
 * 1 up to cut-out at 25 m/s, 0 elsewhere: power grows with the cube of the speed.
 */
export function windShare(v_ms: number): number {
  if (v_ms < 3 || v_ms > 25) return 0;
  return v_ms >= 12 ? 1 : (v_ms ** 3 - 27) / (12 ** 3 - 27);
}

/**
 * Photovoltaic output as a share of rated power: G/1000 · (1 − 0.004·(T_cell − 25)) with T_cell = T + 0.03·G,
 * the usual linear temperature model of crystalline silicon; never negative, never above 1.
 */
export function solarShare({ irradiance_wm2, temp_c }: Weather): number {
  const cell_c = temp_c + 0.03 * irradiance_wm2;
  return Math.min(1, Math.max(0, (irradiance_wm2 / 1000) * (1 - 0.004 * (cell_c - 25))));
}

/** A hump of height 1 at `centre`, in hours of a day that closes on itself. */
function hump(hour: number, centre: number, width: number): number {
  const away = Math.abs(hour - centre);
  return Math.exp(-((Math.min(away, 24 - away) / width) ** 2));
}

/** Working-day load as a share of capacity: a low night, a forenoon and an evening peak. */
const workingDay = (hour: number) => 0.4 + 0.15 * hump(hour, 10.5, 3.5) + 0.19 * hump(hour, 19, 3.2);

/** Load grows by 1.6 % of capacity for every K above 24 °C (cooling) and by 1.2 % for every K below 12 °C (heating). */
const weatherLoad = (temp_c: number) => 0.016 * Math.max(0, temp_c - 24) + 0.012 * Math.max(0, 12 - temp_c);

/**
 * Load of a region with much industry around Chinese New Year, over that of a working day, 1 − depth · drop:
 * it falls on the Eve, is lowest on the first three days and comes back by the Lantern Festival (day 15) as factories
 * reopen. Factories being shut, the forenoon peak goes first; on the Eve the evening holds up, with lights
 * on past midnight.
 * @param day days after New Year's Eve, 0 for the Eve
 */
export function springFestivalFactor(day: number, hour: number, depth = 1): number {
  const back = Math.max(0, Math.min(1, (15 - day) / 12));
  const drop = (day <= 0 ? 0.26 : 0.36) * (day <= 3 ? 1 : back);
  const forenoon = 1 + 0.25 * hump(hour, 10.5, 3.5);
  const eve = day <= 0 ? 1 - 0.35 * hump(hour, 22, 3) : 1;
  return 1 - depth * drop * forenoon * eve;
}

/** The undisturbed, unlimited value of a step as a share of capacity; at least 0, except for prices, which may be anything. */
export function shareOf(series: SeriesKind, state: PlantState): number {
  const { weather, hour, day_factor, available, derate, extra } = state;
  switch (series) {
    case 'load':
      return Math.max(0, (workingDay(hour) * day_factor + weatherLoad(weather.temp_c)) * available);
    case 'wind':
      return windShare(weather.wind_ms) * available * derate;
    case 'solar':
      return solarShare(weather) * available * derate;
    case 'price':
      // Demand raises it, the sun lowers it; lost supply makes it dear.
      return (
        ((1.6 * workingDay(hour) * day_factor - 0.00035 * weather.irradiance_wm2) * (1 + extra)) /
        Math.max(0.2, available)
      );
    case 'data_centre': {
      // Cooling rides on the computers' own load: 12 % of it, and 1.2 points for every K above 15 °C.
      const cooling = 0.12 + 0.012 * Math.max(0, weather.temp_c - 15);
      return (0.55 + extra) * (1 + cooling) * available;
    }
  }
}
