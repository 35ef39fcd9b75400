import * as z from 'zod';
import type { Lang } from '../../../core/lang.ts';
import type { Random } from '../../../core/random.ts';
import { drawGrid } from '../../../engineering/faults/records/draw-grid.ts';
import { evidenceIn, readRecord } from '../../../engineering/faults/records/explain.ts';
import type { SignalName } from '../../../engineering/faults/records/signals.ts';
import type { SubstationGrid, Zone } from '../../../engineering/faults/records/substation-grid.ts';
import { drawEvents } from './draw-events.ts';
import { drawFaults } from './draw-faults.ts';

export const eventRecordParams = z.strictObject({
  stations: z.tuple([z.int().min(3).max(12), z.int().min(3).max(12)]),
  /** Sections that may be faulted at once. */
  faults: z.int().min(1).max(2),
  /** Signals lost and untrue ones, as many as the question says there may be. */
  lost: z.int().min(0).max(3),
  untrue: z.int().min(0).max(3),
  /** Rows of the record. */
  events: z.tuple([z.int().min(5), z.int().max(250)]),
  /** Clocks of the stations are off by up to so much either way. */
  clock_ms: z.int().min(0).max(2000),
  /** Share of draws in which a device fails. */
  failure: z.number().min(0).max(1),
});
export type EventRecordParams = z.infer<typeof eventRecordParams>;

export interface EventRow {
  no: number;
  /** By the station's clock, `14:23:07.412`. */
  time: string;
  station: string;
  device: string;
  signal: SignalName;
}

export interface EventRecordFacts {
  lang: Lang;
  sections: Zone[];
  breakers: { id: string; station: string; a: string; b: string }[];
  rows: EventRow[];
  /** No more faults, lost and untrue signals than these. */
  most: { faults: number; lost: number; untrue: number };
  /** Two stations whose clocks are to be compared. */
  clocks: { ahead: string; than: string };
}

/** The grid as the engineering code has it, in an order that rows of a table do not decide. */
export function gridOf({
  sections,
  breakers,
}: Pick<EventRecordFacts, 'sections' | 'breakers'>): SubstationGrid {
  const byId = <T extends { id: string }>(rows: readonly T[]) =>
    rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return {
    stations: [...new Set(sections.flatMap(({ stations }) => stations))].sort(),
    zones: byId(sections),
    breakers: byId(breakers).map(({ id, station, a, b }) => ({ id, station, between: [a, b] })),
  };
}

const TRIES = 400;

/** Draws a disturbance until its record has exactly one reading. */
export function drawEventRecord(params: EventRecordParams, random: Random): EventRecordFacts {
  const { faults, lost, untrue } = params;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const uniform = () => random.uniform();
    const { zones, breakers } = drawGrid(uniform, random.int(...params.stations));
    const tables = {
      sections: zones,
      breakers: breakers.map(({ id, station, between: [a, b] }) => ({ id, station, a, b })),
    };
    const grid = gridOf(tables);
    const scenario = drawFaults(grid, params, random);
    const drawn = scenario && drawEvents(grid, scenario, params, random);
    if (!drawn) continue;
    const readings = readRecord(grid, evidenceIn(drawn.rows), { faults, lost, untrue });
    if (readings.length !== 1) continue;
    return { lang: 'en', ...tables, ...drawn, most: { faults, lost, untrue } };
  }
  throw new Error(`no record with one reading in ${TRIES} draws`);
}
