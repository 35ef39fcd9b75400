import type { Lang } from '../core/lang.ts';
import type { NetworkPlot, SeriesPlot } from '../core/plot.ts';

interface Row {
  time: string;
}

/** Columns of a table with a time in every row, as lines: numbers and gaps. */
export function rowsPlot<R extends Row>(
  rows: readonly R[],
  columns: Readonly<Partial<Record<keyof R & string, string>>>,
  about: Pick<SeriesPlot, 'title' | 'unit' | 'windows' | 'band'>,
): SeriesPlot {
  return {
    kind: 'series',
    ...about,
    times: rows.map(({ time }) => time),
    series: Object.entries(columns).map(([column, name]) => ({
      name: name as string,
      values: rows.map((row) => {
        const value = row[column as keyof R];
        return typeof value === 'number' ? value : null;
      }),
    })),
  };
}

/** Buses named by number with what is drawn and fed there, and lines with what is said of each. */
export function gridPlot(
  buses: readonly { id: number; load_mw: number; generation_mw?: number }[],
  lines: readonly { name: string; from: number; to: number }[],
  about: {
    title: string;
    note?(line: string): string | undefined;
    state?(line: string): NetworkPlot['branches'][number]['state'];
  },
): NetworkPlot {
  const power = ({ load_mw, generation_mw = 0 }: (typeof buses)[number]) =>
    [generation_mw > 0 ? `+${generation_mw}` : '', load_mw > 0 ? `−${load_mw}` : '']
      .filter(Boolean)
      .join(' ');
  return {
    kind: 'network',
    title: about.title,
    buses: buses.map((bus) => ({ id: String(bus.id), ...(power(bus) ? { note: `${power(bus)} MW` } : {}) })),
    branches: lines.map(({ name, from, to }) => {
      const [note, state] = [about.note?.(name), about.state?.(name)];
      return {
        from: String(from),
        to: String(to),
        name,
        ...(note === undefined ? {} : { note }),
        ...(state === undefined ? {} : { state }),
      };
    }),
  };
}

/** What the pictures call the usual columns. */
export const SERIES_WORDS: Readonly<Record<Lang, Readonly<Record<string, string>>>> = {
  en: {
    actual: 'actual',
    forecast: 'forecast',
    scada: 'telemetry',
    meter: 'meter',
    a: 'forecast A',
    b: 'forecast B',
    yesterday: 'day before',
    median: 'median',
    interval: 'interval',
    power: 'Power',
  },
  zh: {
    actual: '实测',
    forecast: '预测',
    scada: '遥测',
    meter: '计量',
    a: '预测 A',
    b: '预测 B',
    yesterday: '前一日',
    median: '中位数',
    interval: '区间',
    power: '功率',
  },
};
