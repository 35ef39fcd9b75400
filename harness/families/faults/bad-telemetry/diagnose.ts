import { badMeters } from '../../../engineering/faults/telemetry/bad-meters.ts';
import {
  estimateFlows,
  expectedReadings,
  type Meter,
} from '../../../engineering/faults/telemetry/flow-meters.ts';
import { faultKinds, type MeterFault } from '../../../engineering/faults/telemetry/meter-faults.ts';
import type { BadTelemetryFacts } from './facts.ts';

export interface Diagnosis {
  faults: (MeterFault & { meter: Meter; expected: number[] })[];
  /** By line and snapshot. */
  flows: number[][];
}

/** A good meter and the estimate of it differ by less, MW. */
const TOLERANCE_MW = 1.2;

/** The smallest set of bad meters with the kind of each; undefined where either is not the only one possible. */
export function diagnose({ lines, meters, accuracy_mw, most }: BadTelemetryFacts): Diagnosis | undefined {
  const [bad, ...others] = badMeters(lines, meters, accuracy_mw, most);
  if (!bad || others.length > 0) return undefined;
  const flows = estimateFlows(
    lines,
    meters.filter(({ id }) => !bad.includes(id)),
  );
  if (!flows) return undefined;
  const suspects = meters
    .filter(({ id }) => bad.includes(id))
    .map((meter) => ({ meter, expected: expectedReadings(lines, meter, flows) }));
  const faults: Diagnosis['faults'] = [];
  for (const suspect of suspects) {
    const [kind, ...more] = faultKinds(suspect, suspects, TOLERANCE_MW);
    if (!kind || more.length > 0) return undefined;
    faults.push({ ...kind, ...suspect });
  }
  return { faults: faults.sort((a, b) => (a.meter.id < b.meter.id ? -1 : 1)), flows };
}
