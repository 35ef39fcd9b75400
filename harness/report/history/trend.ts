import { type Drift, driftOf } from './drift.ts';
import type { HistoryRecord } from './record.ts';

/** One night of one model, as a trend shows it. */
export interface TrendNight {
  run: string;
  started: string;
  /** Whether it asked and judged as the newest night did: other nights stand beside the line, never on it. */
  comparable: boolean;
  overall?: { score: number; interval: [number, number] };
  suites: { name: string; score: number; interval: [number, number] }[];
  served: string;
  verdict?: HistoryRecord['verdict'];
}

export interface ModelTrend {
  model: string;
  nights: TrendNight[];
  drift: Drift;
}

/** Every model of a history, its nights oldest first. */
export function trends(history: readonly HistoryRecord[]): ModelTrend[] {
  return [...new Set(history.map(({ model }) => model))].map((model) => {
    const own = history.filter((record) => record.model === model);
    const key = own.at(-1)?.key;
    return {
      model,
      drift: driftOf(history, model),
      nights: own.map(({ run, started, overall, suites, served_models, verdict, ...record }) => ({
        run,
        started,
        comparable: record.key === key,
        ...(overall ? { overall } : {}),
        suites,
        served: served_models.join(', '),
        ...(verdict ? { verdict } : {}),
      })),
    };
  });
}
