import type { VoltageRemedyFacts } from './facts.ts';

/** Something that can be set: its positions are whole numbers, each step between two of them is one operation. */
export interface Device {
  name: string;
  kind: 'tap' | 'capacitor' | 'setpoint';
  now: number;
  lowest: number;
  highest: number;
}

export function devicesOf({ transformer, capacitors, generator }: VoltageRemedyFacts): Device[] {
  const { name, position, lowest, highest } = transformer;
  return [
    { name, kind: 'tap', now: position, lowest, highest },
    ...capacitors.map(
      (one): Device => ({
        name: one.name,
        kind: 'capacitor',
        now: one.in_service,
        lowest: 0,
        highest: one.steps,
      }),
    ),
    {
      name: generator.name,
      kind: 'setpoint',
      now: generator.setpoint,
      lowest: generator.lowest,
      highest: generator.highest,
    },
  ];
}

/** A position as people give it: the set-point in p.u., the others as they are. */
export const shown = ({ kind }: Device, position: number): number =>
  kind === 'setpoint' ? position / 100 : position;

export const operations = (devices: readonly Device[], positions: readonly number[]): number =>
  devices.reduce((sum, { now }, i) => sum + Math.abs((positions[i] as number) - now), 0);
