/** What is simulated. Powers in MW; a price in money per MWh. */
export const SERIES_KINDS = ['load', 'wind', 'solar', 'price', 'data_centre'] as const;
export type SeriesKind = (typeof SERIES_KINDS)[number];

/** What goes wrong in the world: the power itself differs from the forecast. */
const PHYSICAL_CAUSES = [
  'heat_wave',
  'cold_snap',
  'holiday',
  'spring_festival',
  'ramp',
  'icing',
  'soiling',
  'curtailment',
  'outage',
] as const;
/** What goes wrong on the way to the control room: the power is right, the record of it is not. */
const TELEMETRY_CAUSES = ['stuck', 'missing', 'spike', 'clock_shift'] as const;
type PhysicalCause = (typeof PHYSICAL_CAUSES)[number];
export type TelemetryCause = (typeof TELEMETRY_CAUSES)[number];
export type CauseKind = PhysicalCause | TelemetryCause;

/**
 * One injected cause, acting on the steps from ≤ t < to. What `size` means:
 * heat_wave, cold_snap: K above or below the forecast temperature. holiday: share of a working day's load that is gone.
 * spring_festival: 1 for the full drop of an industrial region, less for less; `from` is 0:00 of New Year's Eve.
 * ramp: m/s by which the wind falls at a front that comes at `from` and was forecast for `to`; share of the
 * irradiance taken by a cloud bank; share of capacity added by a computing job; share added to a price.
 * icing, soiling, outage: share of output lost. curtailment: the limit as a share of capacity.
 * spike: the false addition as a share of capacity. clock_shift: whole steps by which the record lags (negative: leads).
 * stuck, missing: not used, 0.
 */
export interface Cause {
  kind: CauseKind;
  from: number;
  to: number;
  size: number;
}

const TELEMETRY: ReadonlySet<CauseKind> = new Set(TELEMETRY_CAUSES);
export const isTelemetry = (kind: CauseKind): kind is TelemetryCause => TELEMETRY.has(kind);

const PHYSICAL_OF: Readonly<Record<SeriesKind, readonly PhysicalCause[]>> = {
  load: ['heat_wave', 'cold_snap', 'holiday', 'spring_festival', 'outage'],
  wind: ['ramp', 'icing', 'curtailment', 'outage'],
  solar: ['ramp', 'soiling', 'curtailment', 'outage'],
  price: ['ramp', 'holiday', 'spring_festival', 'outage'],
  data_centre: ['heat_wave', 'ramp', 'outage'],
};

/** The causes that a kind of series can show. Ice on a load curve is a mistake of the caller. */
export const causesOf = (series: SeriesKind): readonly CauseKind[] => [
  ...PHYSICAL_OF[series],
  ...TELEMETRY_CAUSES,
];

/** Shares lie in (0, 1]; a curtailment may ask for nothing at all. */
const SHARES: ReadonlySet<CauseKind> = new Set(['holiday', 'spring_festival', 'icing', 'soiling', 'outage']);

/**
 * @throws RangeError for a cause that the series cannot show, a window outside the series, or a size without meaning
 */
export function checkCauses(series: SeriesKind, causes: readonly Cause[], steps: number): void {
  const possible = causesOf(series);
  for (const { kind, from, to, size } of causes) {
    const name = `${kind} on ${series}`;
    if (!possible.includes(kind))
      throw new RangeError(`${name}: no such cause; one of ${possible.join(', ')}`);
    if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || from >= to || to > steps)
      throw new RangeError(`${name}: the window ${from} to ${to} does not lie within ${steps} steps`);
    if (!Number.isFinite(size)) throw new RangeError(`${name}: the size is not a number`);
    if (SHARES.has(kind) && !(size > 0 && size <= 1))
      throw new RangeError(`${name}: a share lies above 0 and not above 1`);
    if (kind === 'curtailment' && !(size >= 0 && size < 1))
      throw new RangeError(`${name}: a limit lies from 0 to below 1 of capacity`);
    if (kind === 'clock_shift' && (!Number.isInteger(size) || size === 0))
      throw new RangeError(`${name}: a clock is off by whole steps`);
  }
}
