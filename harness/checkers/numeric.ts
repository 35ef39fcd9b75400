import * as z from 'zod';
import type { CheckContext, Checker, ConfigProblem } from '../core/checker.ts';
import { correct, wrong } from '../core/score.ts';
import {
  compare,
  convert,
  fieldQuantity,
  parseUnit,
  type Quantity,
  readOne,
  type Unit,
  unitMismatch,
} from '../quantities/index.ts';
import { byWay, readingOf } from './reading.ts';
import { fieldProblem } from './validate.ts';

/** `0.5%` or 0.005. A bare number above 1 is refused: "5" could mean 5 % or five times. */
export const relSchema = z.union([z.number(), z.string()]).transform((value, context) => {
  const percent = typeof value === 'string' ? value.match(/^\s*(\d+(?:\.\d+)?)\s*%\s*$/)?.[1] : undefined;
  const rel = percent === undefined ? Number(value) : Number(percent) / 100;
  if (!Number.isFinite(rel) || rel < 0 || rel > 1) {
    context.addIssue({
      code: 'custom',
      message: 'write a relative tolerance as a per cent ("0.5%") or a fraction (0.005)',
    });
    return z.NEVER;
  }
  return rel;
});

const numericConfig = z
  .strictObject({
    field: z.string(),
    /** Of the right value's magnitude. */
    rel: relSchema.optional(),
    /** In the unit the answer is asked in, or with a unit of its own: `1 MW`. */
    abs: z.union([z.number().nonnegative(), z.string()]).optional(),
    /** Agreement once both are rounded to so many significant figures. */
    significant: z.int().min(1).max(12).optional(),
  })
  .refine(
    (config) => config.rel !== undefined || config.abs !== undefined || config.significant !== undefined,
    {
      message: 'a numeric check needs a tolerance: rel, abs or significant',
    },
  );
type NumericConfig = z.infer<typeof numericConfig>;

/** A number with its unit against the right one. A wrong sign or a wrong unit fails even where the digits match. */
export const numeric: Checker<NumericConfig> = {
  kind: 'numeric',
  version: 1,
  config: numericConfig,
  validate: validateNumeric,
  check(config, input) {
    const reading = readingOf(input, config.field);
    if ('score' in reading) return reading.score;
    const asked = input.spec.fields.find((field) => field.name === config.field)?.unit ?? '';
    const askedUnit = parseUnit(asked) as Unit;
    const quantity = fieldQuantity(reading.read.value, askedUnit, input.lang);
    if (!quantity) return wrong(`not a number: ${show(reading.read.value)}`);
    const target = input.targets[config.field];
    const unit = parseUnit(input.targetUnits[config.field] ?? asked) as Unit;
    const interval = intervalOf(target);
    if (!interval) return wrong('the suite gives no number as the right value');
    return compareWithin(quantity, interval, { unit, asked: askedUnit }, config, byWay(reading.read));
  },
};

/** A right value is a number, or an interval where the optimum leaves it open (degenerate prices). */
export function intervalOf(target: unknown): { low: number; high: number } | undefined {
  if (typeof target === 'number') return { low: target, high: target };
  if (typeof target !== 'object' || target === null) return undefined;
  const { low, high } = target as { low?: unknown; high?: unknown };
  return typeof low === 'number' && typeof high === 'number' ? { low, high } : undefined;
}

function compareWithin(
  quantity: Quantity,
  { low, high }: { low: number; high: number },
  { unit, asked }: { unit: Unit; asked: Unit },
  config: NumericConfig,
  way: string,
) {
  const tolerance = {
    ...(config.rel === undefined ? {} : { rel: config.rel }),
    ...(config.abs === undefined ? {} : { abs: absIn(config.abs, asked, unit) }),
    ...(config.significant === undefined ? {} : { significant: config.significant }),
  };
  const first = compare(quantity, { value: low, unit }, tolerance);
  const result = first.ok || low === high ? first : compare(quantity, { value: high, unit }, tolerance);
  const value = result.value;
  const inside = value !== undefined && value >= low && value <= high && low < high;
  const extracted = value === undefined ? quantity.text : { value, unit: unit.name };
  if (result.ok) return correct(`${result.reason}${way}`, { extracted });
  return inside
    ? correct(`${value} lies within ${low} to ${high} ${unit.name}${way}`, { extracted })
    : wrong(`${result.reason}${way}`, { extracted });
}

/** An absolute tolerance in the target's unit; the loader has checked that its unit converts. */
function absIn(abs: number | string, asked: Unit, target: Unit): number {
  const quantity = typeof abs === 'number' ? undefined : readOne(abs, {});
  const from = quantity && quantity.unit.name !== '' ? quantity.unit : asked;
  return convert(quantity?.value ?? Number(abs), from, target) ?? 0;
}

function validateNumeric(config: NumericConfig, context: CheckContext): ConfigProblem[] {
  const problem = fieldProblem(config.field, context, ['number']);
  if (problem) return [problem];
  const problems: ConfigProblem[] = [];
  const askedText = context.fields[config.field]?.unit ?? '';
  const asked = parseUnit(askedText);
  if (!asked) return [{ path: ['field'], message: `the answer's unit "${askedText}" is not a known unit` }];
  const targetText = context.targets[config.field]?.unit;
  const target = targetText === undefined ? asked : parseUnit(targetText);
  if (target && convert(1, asked, target) === undefined) {
    problems.push({
      path: ['field'],
      message: unitMismatch(asked, target),
      hint: `ask for ${config.field} in ${targetText || 'a bare number'}, or a unit that converts to it`,
    });
  }
  if (typeof config.abs === 'string') {
    const abs = readOne(config.abs, {});
    if (!abs || abs.value === null || abs.value < 0) {
      problems.push({
        path: ['abs'],
        message: `"${config.abs}" is not a quantity`,
        hint: `write it like 1 ${askedText}`,
      });
    } else if (abs.unit.name !== '' && convert(1, abs.unit, asked) === undefined) {
      problems.push({
        path: ['abs'],
        message: unitMismatch(abs.unit, asked),
        hint: `write it like 1 ${askedText}`,
      });
    }
  }
  return problems;
}

function show(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 80);
}
