import * as z from 'zod';
import type { Random } from '../../../core/random.ts';
import type { BearingGeometry } from '../../../engineering/faults/equipment/rotating-machine.ts';
import { drawPeaks, isDistinct } from './spectrum.ts';
import { faultsOf, type MachineFault, type Train } from './train.ts';

export const machineVibrationParams = z.strictObject({ train: z.enum(['pump', 'gearbox']) });
export type MachineVibrationParams = z.infer<typeof machineVibrationParams>;

/** One line of the spectrum: velocity in mm/s rms. `source` says what made it, and is never shown. */
export interface Peak {
  name: string;
  hz: number;
  radial: number;
  axial: number;
  /** Radial, at the last survey; null where nothing stood above the noise. */
  before: number | null;
  source: 'fault' | 'background' | 'neighbour';
}

export interface MachineVibrationFacts {
  train: Train;
  neighbour_rpm: number;
  /** Whether the neighbour stood still at the last survey. */
  neighbour_new: boolean;
  fault: MachineFault;
  peaks: Peak[];
}

/**
 * Names of the streams from which faults are drawn. With these names the sixteen public seeds show every fault of their train
 * at least once; seeds of a secret draw as freely as with any other.
 */
const FAULT_STREAM: Readonly<Record<Train['kind'], string>> = { pump: 'fault 52', gearbox: 'fault 1175' };

/** Drawn again until no other fault of the list would show at the main line of the one that is there. */
export function drawMachineVibration(
  { train: kind }: MachineVibrationParams,
  random: Random,
): MachineVibrationFacts {
  // A stream of its own, so that what else is drawn never shifts the fault.
  const fault = random.fork(FAULT_STREAM[kind]).pick(faultsOf(kind));
  for (let attempt = 0; attempt < 500; attempt++) {
    const stream = random.fork(`attempt ${attempt}`);
    const train = drawTrain(kind, stream);
    const neighbour = { neighbour_rpm: stream.range(620, 1380, 5), neighbour_new: stream.chance(0.6) };
    const peaks = drawPeaks(train, fault, neighbour, stream);
    if (peaks && isDistinct(train, fault, neighbour.neighbour_rpm / 60, peaks))
      return { train, ...neighbour, fault, peaks };
  }
  throw new RangeError(`machine-vibration: no draw of ${fault} is distinct`);
}

function drawTrain(kind: Train['kind'], random: Random): Train {
  const poles = random.pick([2, 4, 4, 6]);
  const slip = random.range(0.008, 0.022, 0.001);
  const speed_rpm = Math.round((6000 / poles) * (1 - slip));
  const geared = kind === 'gearbox';
  // Coprime by primes: every tooth of the one meets every tooth of the other, as gears are made.
  const pinion = geared ? random.pick([19, 23, 29]) : 0;
  const wheel = geared ? random.pick([61, 67, 71, 79, 83]) : 0;
  return {
    kind,
    poles,
    speed_rpm,
    // Five vanes would hide the impeller among the harmonics of looseness.
    vanes: geared ? 0 : random.pick([6, 7, 8]),
    pinion,
    wheel,
    bearing_a: drawBearing(random, [0, 0, 15]),
    bearing_b: drawBearing(random, [0, 12, 25, 40]),
  };
}

function drawBearing(random: Random, angles: readonly number[]): BearingGeometry {
  const pitch_mm = random.range(55, 120, 0.5);
  const element_mm = Math.round(pitch_mm * random.range(0.15, 0.24, 0.01) * 10) / 10;
  // Elements fill the pitch circle to about three quarters, the cage takes the rest.
  const elements = Math.max(
    7,
    Math.floor((Math.PI * pitch_mm * random.range(0.66, 0.82, 0.02)) / element_mm),
  );
  return { elements, element_mm, pitch_mm, contact_deg: random.pick(angles) };
}
