/** A picture of a problem's data, for a reader of a report. Plain JSON; never shown to a model. */
export type Plot = SeriesPlot | NetworkPlot;

/** Lines over one common axis. `null` is a gap. */
export interface SeriesPlot {
  kind: 'series';
  title: string;
  unit: string;
  /** What stands under the axis, one for each value. */
  times: readonly string[];
  series: readonly { name: string; values: readonly (number | null)[] }[];
  /** An interval drawn as an area. */
  band?: { name: string; low: readonly (number | null)[]; high: readonly (number | null)[] };
  /** Stretches to point at, by index, both ends included. */
  windows?: readonly { name: string; from: number; to: number }[];
}

/** Buses and branches; the page lays them out. */
export interface NetworkPlot {
  kind: 'network';
  title: string;
  buses: readonly { id: string; note?: string }[];
  branches: readonly {
    from: string;
    to: string;
    name: string;
    note?: string;
    state?: 'binding' | 'overloaded' | 'out';
  }[];
}
