import { withoutNoun } from '../../core/nouns.ts';
import { readPlan } from '../plan-reading.ts';

/** A proposed schedule as numbers by name, then hour, or why it cannot be read as one. */
export type ScheduleReading = { values: number[][] } | { fault: string };

/**
 * Reads a list of values by hour for each of some named things: an object by name. Names, shape and size are
 * those of the question or the schedule is refused; nothing is filled in.
 */
export function readSchedule(
  proposal: unknown,
  names: readonly string[],
  hours: number,
  unit: string,
): ScheduleReading {
  if (typeof proposal !== 'object' || proposal === null || Array.isArray(proposal))
    return { fault: 'the schedule is not an object by name' };
  const given = new Map(
    Object.entries(proposal).map(([key, value]) => [
      (names.includes(key) ? key : withoutNoun(key.normalize('NFKC').trim())).toUpperCase(),
      value as unknown,
    ]),
  );
  if (given.size !== names.length) return { fault: `${given.size} lists for ${names.length} names` };
  const slots = Array.from({ length: hours }, (_, t) => `${t + 1}`);
  const values: number[][] = [];
  for (const name of names) {
    const row = given.get(name.toUpperCase());
    if (typeof row !== 'object' || row === null) return { fault: `the schedule has no list for ${name}` };
    const reading = readPlan(row, slots, unit);
    if ('fault' in reading) return { fault: `${name}: ${reading.fault}` };
    values.push(reading.values);
  }
  return { values };
}
