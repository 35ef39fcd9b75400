import * as z from 'zod';
import type { Checker } from '../core/checker.ts';
import { withoutNoun } from '../core/nouns.ts';
import { scored, wrong } from '../core/score.ts';
import { compare, fieldQuantity, parseUnit, type Unit } from '../quantities/index.ts';
import { normaliseName } from './answer/names.ts';
import { relSchema } from './numeric.ts';
import { byWay, readingOf } from './reading.ts';
import { fieldProblem } from './validate.ts';

const fieldsConfig = z.strictObject({
  field: z.string(),
  rel: relSchema.optional(),
  abs: z.number().nonnegative().optional(),
  /** `mean`: the share of entries that agree; `all`: 1 only where every one does. */
  require: z.enum(['mean', 'all']).default('mean'),
});
type FieldsConfig = z.infer<typeof fieldsConfig>;

type Leaf = string | number | boolean | null;

const MAX_LEAVES = 5_000;
const MAX_DEPTH = 12;

/**
 * A structure (`{"G1": 120, "G2": 80}`, a table as an array of rows) entry by entry against the right one:
 * numbers within tolerance, names without regard to case and width. Entries that should not be there count
 * as wrong, so listing more never pays.
 */
export const fields: Checker<FieldsConfig> = {
  kind: 'fields',
  version: 2,
  config: fieldsConfig as z.ZodType<FieldsConfig>,
  validate(config, context) {
    const problem = fieldProblem(config.field, context, ['json']);
    return problem ? [problem] : [];
  },
  check(config, input) {
    const reading = readingOf(input, config.field);
    if ('score' in reading) return reading.score;
    const askedText = input.spec.fields.find((field) => field.name === config.field)?.unit ?? '';
    const asked = parseUnit(askedText) as Unit;
    const unit = parseUnit(input.targetUnits[config.field] ?? askedText) as Unit;
    const right = leavesOf(input.targets[config.field]);
    const given = named(leavesOf(reading.read.value), right);
    if (!right || right.size === 0) return wrong('the suite gives no structure as the right value');
    if (!given) return wrong('the answer is too large or too deep');
    const agree = (leaf: Leaf, target: Leaf) => {
      if (typeof target !== 'number') return normaliseName(String(leaf)) === normaliseName(String(target));
      const quantity = fieldQuantity(leaf, asked, input.lang);
      const { rel, abs } = config;
      const tolerance = { ...(rel === undefined ? {} : { rel }), ...(abs === undefined ? {} : { abs }) };
      return quantity !== undefined && compare(quantity, { value: target, unit }, tolerance).ok;
    };
    const off = [...right].filter(([path, target]) => {
      const leaf = given.get(path);
      return leaf === undefined || !agree(leaf, target);
    });
    const extra = [...given.keys()].filter((path) => !right.has(path));
    const share = (right.size - off.length) / (right.size + extra.length);
    const value = config.require === 'all' ? Math.floor(share) : share;
    return scored(value, `${reasonFor(right.size, off, extra)}${byWay(reading.read)}`, {
      extracted: Object.fromEntries([...given].slice(0, 200)),
    });
  },
};

/** Entries by the name that was asked for, where it differs by the noun before it alone: `unit G1` for `G1`. */
function named(given: Map<string, Leaf> | undefined, right: Map<string, Leaf> | undefined) {
  if (!given || !right) return given;
  return new Map(
    [...given].map(([path, leaf]) => {
      const bare = path.split('.').map(withoutNoun).join('.');
      return [right.has(path) || !right.has(bare) || given.has(bare) ? path : bare, leaf];
    }),
  );
}

function reasonFor(total: number, off: readonly [string, Leaf][], extra: readonly string[]): string {
  const wrongOnes = off.slice(0, 6).map(([path, target]) => `${path} should be ${target}`);
  const parts = [`${total - off.length} of ${total} entries agree`, ...wrongOnes];
  if (off.length > 6) parts.push(`and ${off.length - 6} more`);
  if (extra.length > 0) parts.push(`not asked for: ${extra.slice(0, 6).join(', ')}`);
  return parts.join('; ');
}

/** Every leaf of a structure by its path (`units.0.p`), names normalised; undefined where it is absurdly large. */
function leavesOf(value: unknown): Map<string, Leaf> | undefined {
  const leaves = new Map<string, Leaf>();
  const walk = (node: unknown, path: string, depth: number): boolean => {
    if (depth > MAX_DEPTH || leaves.size > MAX_LEAVES) return false;
    if (typeof node === 'object' && node !== null) {
      return Object.entries(node).every(([key, child]) =>
        walk(child, path === '' ? normaliseName(key) : `${path}.${normaliseName(key)}`, depth + 1),
      );
    }
    leaves.set(path, node as Leaf);
    return true;
  };
  return walk(value, '', 0) ? leaves : undefined;
}
