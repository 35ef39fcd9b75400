import type { Verdict } from '../../../core/checker.ts';
import { GASSING_CAUSES, type GassingCause } from '../../../engineering/faults/dga/gassing-causes.ts';
import { fieldNumber, parseUnit, type Unit } from '../../../quantities/index.ts';
import type { DgaCauseFacts } from './facts.ts';
import { CAUSE_WORDS } from './words.ts';

/** Σ(p − o)² of equal probabilities: what knowing nothing costs. */
const UNIFORM = 1 - 1 / GASSING_CAUSES.length;
/** What probabilities may miss 1 by, for rounding; they are scaled to 1. */
const SLACK = 0.02;
/** More entries than this are no answer. */
const MAX_ENTRIES = 64;

type Probabilities = Record<GassingCause, number>;

/** Brier score against the cause that acted, as a share of what equal probabilities would lose: 1 for certainty that is right, 0 for them, negative where surely wrong. */
export function brierSkill(p: Readonly<Probabilities>, cause: GassingCause): number {
  const brier = GASSING_CAUSES.reduce((sum, name) => sum + (p[name] - Number(name === cause)) ** 2, 0);
  return 1 - brier / UNIFORM;
}

/**
 * The mean skill over the transformers, a negative mean counting 0. One that is missing or cannot be read counts 0 by itself.
 * `details` keep what was said and what happened, so that calibration can be seen over many samples.
 */
export function scoreProbabilities({ units }: DgaCauseFacts, proposal: unknown): Verdict {
  const given = entriesOf(proposal);
  if (!given) return { value: 0, reason: 'the answer is no object of transformers' };
  const known = new Set(units.map(({ name }) => plain(name)));
  const stranger = [...given.keys()].find((name) => !known.has(name));
  if (stranger !== undefined)
    return { value: 0, reason: `"${stranger.slice(0, 40)}" is no transformer of the question` };
  const read = units.map(({ name, cause }) => {
    const p = readProbabilities(given.get(plain(name)));
    if ('fault' in p) return { unit: name, cause, skill: 0, fault: p.fault };
    const top = GASSING_CAUSES.reduce((best, id) => (p.values[id] > p.values[best] ? id : best));
    const right = top === cause && GASSING_CAUSES.every((id) => id === top || p.values[id] < p.values[top]);
    return {
      unit: name,
      cause,
      skill: brierSkill(p.values, cause),
      p_cause: p.values[cause],
      top,
      p_top: p.values[top],
      p: p.values,
      right,
    };
  });
  const mean = read.reduce((sum, { skill }) => sum + skill, 0) / read.length;
  const named = read.filter((unit) => 'right' in unit && unit.right).length;
  const faults = read.flatMap((unit) => ('fault' in unit ? [`${unit.unit}: ${unit.fault}`] : []));
  const reason = `${named} of ${read.length} causes held likeliest, mean skill ${mean.toFixed(3)}`;
  return { value: Math.max(0, mean), reason: [reason, ...faults].join('; '), details: { units: read } };
}

/** Own entries of a plain object by normalised name; undefined for anything else, for too many, and where two names meet. */
function entriesOf(value: unknown): Map<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  if (entries.length > MAX_ENTRIES) return undefined;
  const named = new Map(entries.map(([name, entry]) => [plain(name), entry]));
  return named.size === entries.length ? named : undefined;
}

/** `Transformer T1` and `变压器 T1` are T1. */
const plain = (name: string): string =>
  name
    .slice(0, 200)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]|transformer|变压器/g, '');

const CAUSE_BY_NAME: ReadonlyMap<string, GassingCause> = new Map(
  GASSING_CAUSES.flatMap((id) =>
    [id, CAUSE_WORDS[id].en, CAUSE_WORDS[id].zh].map((name) => [plain(name), id] as const),
  ),
);

function readProbabilities(value: unknown): { values: Probabilities } | { fault: string } {
  if (value === undefined) return { fault: 'nothing is said' };
  const entries = entriesOf(value);
  if (!entries) return { fault: 'no object of probabilities' };
  const values = Object.fromEntries(GASSING_CAUSES.map((id) => [id, 0])) as Probabilities;
  const seen = new Set<GassingCause>();
  for (const [name, entry] of entries) {
    const cause = CAUSE_BY_NAME.get(name);
    if (!cause) return { fault: `"${name.slice(0, 40)}" is none of the causes` };
    if (seen.has(cause)) return { fault: `${cause} is named twice` };
    seen.add(cause);
    const p = fieldNumber(entry, parseUnit('') as Unit);
    if (p === undefined || p < 0) return { fault: `${cause}: no probability` };
    values[cause] = p;
  }
  const sum = GASSING_CAUSES.reduce((total, id) => total + values[id], 0);
  // Per cent where they plainly are: bare numbers that add up to 100.
  const whole = Math.abs(sum - 1) <= SLACK || Math.abs(sum / 100 - 1) <= SLACK;
  if (!whole) return { fault: `the probabilities add up to ${Number(sum.toPrecision(4))}` };
  for (const id of GASSING_CAUSES) values[id] /= sum;
  return { values };
}
