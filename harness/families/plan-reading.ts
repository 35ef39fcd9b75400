import { withoutNoun } from '../core/nouns.ts';
import { fieldNumber, parseUnit, type Unit } from '../quantities/index.ts';

/** A proposed plan as numbers in the order of `names`, or why it cannot be read as one. */
export type PlanReading = { values: number[] } | { fault: string };

const plain = (name: string) =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]/g, '');

/** A key as one of the names, where it is one but for the noun before it. */
function knownAs(key: string, known: ReadonlySet<string>): string {
  const bare = plain(withoutNoun(key.normalize('NFKC').trim()));
  return !known.has(plain(key)) && known.has(bare) ? bare : plain(key);
}

/**
 * Reads what a model proposed for each of some named things: an object by name, or a list in their order.
 * A value is a number in `unit` or text with a unit of its own. Nothing of the proposal's shape is believed.
 */
export function readPlan(proposal: unknown, names: readonly string[], unit: string): PlanReading {
  if (Array.isArray(proposal)) {
    if (proposal.length !== names.length)
      return { fault: `${proposal.length} values for ${names.length} names` };
    return readValues(
      names.map((name, i) => [name, proposal[i]]),
      unit,
    );
  }
  if (typeof proposal !== 'object' || proposal === null)
    return { fault: 'the plan is neither an object nor a list' };
  const known = new Set(names.map(plain));
  const given = new Map(
    Object.entries(proposal).map(([key, value]) => [knownAs(key, known), value as unknown]),
  );
  const stranger = [...given.keys()].find((key) => !known.has(key));
  if (stranger !== undefined)
    return { fault: `the plan names "${stranger.slice(0, 40)}", which is not in the question` };
  const missing = names.find((name) => !given.has(plain(name)));
  if (missing !== undefined) return { fault: `the plan says nothing of ${missing}` };
  return readValues(
    names.map((name) => [name, given.get(plain(name))]),
    unit,
  );
}

function readValues(entries: readonly (readonly [string, unknown])[], unit: string): PlanReading {
  const parsed = parseUnit(unit) as Unit;
  const values: number[] = [];
  for (const [name, value] of entries) {
    const number = fieldNumber(value, parsed);
    if (number === undefined) return { fault: `the value for ${name} is not a number of ${unit}` };
    values.push(number);
  }
  return { values };
}
