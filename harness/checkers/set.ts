import * as z from 'zod';
import type { Option } from '../core/answer.ts';
import type { Checker } from '../core/checker.ts';
import { type Scored, scored, wrong } from '../core/score.ts';
import { normaliseName, optionOf } from './answer/names.ts';
import { byWay, readingOf } from './reading.ts';
import { fieldProblem } from './validate.ts';

const setConfig = z.strictObject({
  field: z.string(),
  /**
   * What the score is. `exact` gives nothing for a near miss; `net` is (rightly named − wrongly named)/(to be named), at
   * least 0: where half of the options are right, naming them all is worth nothing, for which F1 would give two thirds.
   */
  score: z.enum(['f1', 'precision', 'recall', 'exact', 'net']).default('f1'),
  /** How a question calls the empty set, beside the usual words: `no diagnosis`. */
  none: z.array(z.string().min(1)).optional(),
  /** Words that may stand before or behind a name and only say what it is: `breaker` in `breaker A-01`, `第` and `行` in `第 42 行`. */
  beside: z.array(z.string().min(1)).optional(),
});
type SetConfig = z.infer<typeof setConfig>;

/** More items than this is a dump of everything, not an answer. */
const MAX_ITEMS = 1_000;

const EMPTY = new Set(
  ['', 'none', 'nothing', 'empty', 'noneofthem', '无', '没有', '空', '空集', '[]', 'n/a'].map(normaliseName),
);

/**
 * A set of names against the right set: precision, recall, F1, or right less wrong. Two empty sets agree; one empty set against one
 * that is not scores 0, so that silence and a false "all clear" are worth nothing.
 */
export const set: Checker<SetConfig> = {
  kind: 'set',
  version: 2,
  config: setConfig as z.ZodType<SetConfig>,
  validate(config, context) {
    const problem = fieldProblem(config.field, context, ['set']);
    return problem ? [problem] : [];
  },
  check(config, input) {
    const reading = readingOf(input, config.field);
    if ('score' in reading) return reading.score;
    const options = input.spec.fields.find((field) => field.name === config.field)?.options ?? [];
    const empty = new Set([...EMPTY, ...(config.none ?? []).map(normaliseName)]);
    const items = itemsOf(reading.read.value, empty);
    if (!items) return wrong('the answer is not a list of names');
    if (items.length > MAX_ITEMS) return wrong(`${items.length} items are no answer`);
    const target = input.targets[config.field];
    if (!Array.isArray(target)) return wrong('the suite gives no list as the right value');
    const right = new Set(target.map((item) => canonicalName(String(item), options)));
    const beside = (config.beside ?? []).map(normaliseName);
    const given = new Set(
      items.map((item) => {
        const name = canonicalName(item, options);
        return right.has(name) ? name : bareName(name, beside);
      }),
    );
    const score = compareSets(given, right, config.score);
    return { ...score, reason: `${score.reason}${byWay(reading.read)}`, extracted: [...given] };
  },
};

/** The names in a field: an array of names or numbers, or a text that lists them. */
function itemsOf(value: unknown, empty: ReadonlySet<string>): string[] | undefined {
  if (Array.isArray(value)) {
    return value.every((item) => typeof item === 'string' || typeof item === 'number')
      ? value.map(String).filter((item) => !empty.has(normaliseName(item)))
      : undefined;
  }
  if (typeof value === 'number') return [String(value)];
  if (typeof value !== 'string') return undefined;
  if (empty.has(normaliseName(value))) return [];
  return value
    .replace(/^\s*\[|\]\s*$/g, '')
    .split(/\s*(?:[,，、;；\n]|\s(?:and|&)\s|和|及|与)\s*/)
    .filter((item) => item.trim() !== '');
}

const canonicalName = (item: string, options: readonly Option[]) =>
  optionOf(item, options)?.id ?? normaliseName(item.slice(0, 200));

/** A name without the words that say what it is. */
function bareName(name: string, beside: readonly string[]): string {
  for (const word of beside) {
    if (name.length <= word.length) continue;
    if (name.startsWith(word)) return bareName(name.slice(word.length), beside);
    if (name.endsWith(word)) return bareName(name.slice(0, -word.length), beside);
  }
  return name;
}

function compareSets(given: Set<string>, right: Set<string>, score: SetConfig['score']): Scored {
  const hits = [...given].filter((item) => right.has(item)).length;
  const missed = [...right].filter((item) => !given.has(item));
  const extra = [...given].filter((item) => !right.has(item));
  const precision = given.size > 0 ? hits / given.size : right.size === 0 ? 1 : 0;
  const recall = right.size > 0 ? hits / right.size : given.size === 0 ? 1 : 0;
  const f1 = precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0;
  const exact = missed.length === 0 && extra.length === 0 ? 1 : 0;
  const net = right.size > 0 ? Math.max(0, (hits - extra.length) / right.size) : exact;
  const value = { f1, precision, recall, exact, net }[score];
  const faults = [
    missed.length ? `missed ${list(missed)}` : '',
    extra.length ? `wrongly named ${list(extra)}` : '',
  ];
  const reason = exact ? `all ${right.size} named, nothing else` : faults.filter(Boolean).join('; ');
  return scored(value, reason, { details: { precision, recall, f1 } });
}

const list = (items: readonly string[]) =>
  items.slice(0, 8).join(', ') + (items.length > 8 ? ` and ${items.length - 8} more` : '');
