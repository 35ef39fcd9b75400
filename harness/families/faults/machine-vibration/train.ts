import {
  type BearingGeometry,
  bearingFrequencies,
  polePassHz,
} from '../../../engineering/faults/equipment/rotating-machine.ts';

/** A motor with what it drives: bearing A on shaft 1 (motor), bearing B on the driven shaft. 50 Hz. */
export interface Train {
  kind: 'pump' | 'gearbox';
  poles: number;
  speed_rpm: number;
  /** Vanes of the pump's impeller; 0 behind a gearbox. */
  vanes: number;
  /** Teeth of pinion and wheel; 0 without a gearbox. */
  pinion: number;
  wheel: number;
  bearing_a: BearingGeometry;
  bearing_b: BearingGeometry;
}

export const LINE_HZ = 50;

const COMMON = [
  'unbalance_1',
  'misalignment',
  'looseness',
  'stator',
  'rotor_bars',
  'outer_a',
  'inner_a',
  'element_a',
  'outer_b',
  'inner_b',
  'element_b',
] as const;
const OF_PUMP = ['impeller'] as const;
const OF_GEARBOX = ['unbalance_2', 'gear_pinion', 'gear_wheel'] as const;
export type MachineFault = (typeof COMMON)[number] | (typeof OF_PUMP)[number] | (typeof OF_GEARBOX)[number];

export const faultsOf = (kind: Train['kind']): readonly MachineFault[] =>
  kind === 'pump' ? [...COMMON, ...OF_PUMP] : [...COMMON, ...OF_GEARBOX];

export const shaft1Hz = ({ speed_rpm }: Train): number => speed_rpm / 60;
/** Speed of the driven shaft: that of the motor, or less by the ratio of teeth. */
export const shaft2Hz = (train: Train): number =>
  train.kind === 'pump' ? shaft1Hz(train) : (shaft1Hz(train) * train.pinion) / train.wheel;

/** The frequency that stands for a fault in the question: computed from the data of the machine, rolling without slip. */
export function characteristicHz(train: Train, fault: MachineFault): number {
  const [f1, f2] = [shaft1Hz(train), shaft2Hz(train)];
  const a = bearingFrequencies(train.bearing_a, f1);
  const b = bearingFrequencies(train.bearing_b, f2);
  const table: Record<MachineFault, number> = {
    unbalance_1: f1,
    unbalance_2: f2,
    misalignment: 2 * f1,
    looseness: f1,
    stator: 2 * LINE_HZ,
    rotor_bars: polePassHz(LINE_HZ, train.poles, f1),
    outer_a: a.bpfo_hz,
    inner_a: a.bpfi_hz,
    element_a: 2 * a.bsf_hz,
    outer_b: b.bpfo_hz,
    inner_b: b.bpfi_hz,
    element_b: 2 * b.bsf_hz,
    impeller: train.vanes * f1,
    gear_pinion: train.pinion * f1,
    gear_wheel: train.pinion * f1,
  };
  return table[fault];
}

/** A line of a fault's pattern: its strength against the main one, and whether slip of the elements moves it. */
export interface PatternLine {
  hz: number;
  share: number;
}

/**
 * Where a fault shows, main line first. `slip` shortens what rolling elements strike by that share, as load and
 * lubricant do; shafts, fields and teeth do not slip.
 */
export function patternOf(train: Train, fault: MachineFault, slip: number): PatternLine[] {
  const main = characteristicHz(train, fault);
  const [f1, f2] = [shaft1Hz(train), shaft2Hz(train)];
  const lines = (...entries: [number, number][]) => entries.map(([hz, share]) => ({ hz, share }));
  const struck = main * (1 - slip);
  const own = fault.endsWith('_a') ? f1 : f2;
  switch (fault) {
    case 'misalignment':
      return lines([main, 1], [f1, 0.6], [3 * f1, 0.3]);
    case 'looseness':
      return lines([f1, 1], [f1 / 2, 0.45], [2 * f1, 0.8], [3 * f1, 0.65], [4 * f1, 0.5], [5 * f1, 0.4]);
    case 'rotor_bars':
      return lines([f1, 1], [f1 - main, 0.45], [f1 + main, 0.4]);
    case 'outer_a':
    case 'outer_b':
      return lines([struck, 1], [2 * struck, 0.6], [3 * struck, 0.35]);
    case 'inner_a':
    case 'inner_b':
      return lines([struck, 1], [struck - own, 0.5], [struck + own, 0.45], [2 * struck, 0.55]);
    case 'element_a':
    case 'element_b': {
      const bearing = fault === 'element_a' ? train.bearing_a : train.bearing_b;
      const cage = bearingFrequencies(bearing, own).ftf_hz * (1 - slip);
      return lines([struck, 1], [struck - cage, 0.5], [struck + cage, 0.45]);
    }
    case 'impeller':
      return lines([main, 1], [2 * main, 0.4]);
    case 'gear_pinion':
      return lines([main, 1], [main - f1, 0.5], [main + f1, 0.45], [main - 2 * f1, 0.25]);
    case 'gear_wheel':
      return lines([main, 1], [main - f2, 0.5], [main + f2, 0.45], [main - 2 * f2, 0.25]);
    default:
      return lines([main, 1]);
  }
}
