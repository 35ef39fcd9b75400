import * as z from 'zod';
import type { AnyChecker, Checker, CheckInput, ConfigProblem } from '../../harness/core/checker.ts';
import type { AnyFamily, Family, FamilyRegistry } from '../../harness/core/family.ts';
import type { Sample } from '../../harness/core/sample.ts';
import { type CheckScore, combine, correct, type Score, wrong } from '../../harness/core/score.ts';
import type { QuantityReader, Registries } from '../../harness/suite/suite.ts';

/** Small but whole: everything a suite needs, so that its tests stand on no other folder's wording. */

interface SumFacts {
  names: string[];
  powers: number[];
}
type SumParams = { units: [number, number] };

/** Adds the outputs of a few units. */
export const sumOfPowers: Family<SumParams, SumFacts, { total: number; largest: string }> = {
  name: 'sum-of-powers',
  version: 3,
  params: z.strictObject({ units: z.tuple([z.int().min(1), z.int().max(20)]) }),
  targets: { total: { type: 'number', unit: 'MW' }, largest: { type: 'choice' } },
  draw({ units: [lo, hi] }, random) {
    const count = random.int(lo, hi);
    const powers = random.sample(
      Array.from({ length: 200 }, (_, index) => 10 + index / 2),
      count,
    );
    return { names: powers.map((_, index) => `G${index + 1}`), powers };
  },
  solve: ({ names, powers }) => ({
    total: powers.reduce((sum, power) => sum + power, 0),
    largest: names[powers.indexOf(Math.max(...powers))] as string,
  }),
  vars: ({ names, powers }) => ({ units: names.map((name, index) => ({ name, p_mw: powers[index] })) }),
  options: ({ names }, lang) => ({
    largest: names.map((id) => ({ id, labels: [id, lang === 'zh' ? `机组${id}` : `unit ${id}`] })),
  }),
  reply: (_, { total, largest }) => JSON.stringify({ total: `${total} MW`, largest }),
  mistakes: ({ powers }, { total, largest }) => [
    {
      name: 'left out the first unit',
      reply: JSON.stringify({ total: total - (powers[0] as number), largest }),
      score: [0, 0.5],
    },
    { name: 'wrong unit', reply: JSON.stringify({ total: `${total} kW`, largest }), score: [0, 0.5] },
  ],
  work: ({ powers }, { total }) => `${powers.join(' + ')} = ${total} MW`,
};

const UNITS: Readonly<Record<string, number>> = { kW: 0.001, MW: 1, GW: 1000, 万千瓦: 10, MWh: NaN };

export const readQuantity: QuantityReader = (text) => {
  const [, number, unit] = /^(-?\d+(?:\.\d+)?) ?(\S+)$/.exec(text.trim()) ?? [];
  if (number === undefined || unit === undefined) return { fault: 'no number with a unit' };
  return unit in UNITS ? { value: Number(number), unit } : { fault: `no unit "${unit}"` };
};

const stated = (reply: string, field: string): unknown => {
  try {
    const parsed = JSON.parse(reply) as Record<string, unknown>;
    return Object.hasOwn(parsed, field) ? parsed[field] : undefined;
  } catch {
    return undefined;
  }
};

const nearConfig = z.strictObject({
  field: z.string(),
  rel: z.number().positive().default(0.001),
  unit: z.string().optional(),
});

/** A power within a relative tolerance, in any unit of power. */
export const near: Checker<z.infer<typeof nearConfig>> = {
  kind: 'near',
  version: 2,
  config: nearConfig,
  validate({ field, unit }, { fields, targets }): ConfigProblem[] {
    const asked = fields[field]?.unit;
    if (!(field in targets)) return [{ path: ['field'], message: `no right value for "${field}"` }];
    if (unit && unit !== asked) {
      return [
        { path: ['unit'], message: `"${unit}" is not the ${asked} that is asked for`, hint: `use ${asked}` },
      ];
    }
    return [];
  },
  check({ field, rel }, { reply, spec, targets, targetUnits }: CheckInput): Score {
    const given = stated(reply, field);
    const asked = spec.fields.find(({ name }) => name === field)?.unit ?? 'MW';
    const read =
      typeof given === 'number' ? { value: given, unit: asked } : readQuantity(String(given ?? ''));
    if ('fault' in read) return wrong(read.fault);
    const target = (targets[field] as number) * (UNITS[targetUnits[field] ?? asked] as number);
    const value = read.value * (UNITS[read.unit] as number);
    return Math.abs(value - target) <= rel * Math.abs(target) ? correct('near') : wrong('far');
  },
};

export const pick: Checker<{ field: string }> = {
  kind: 'pick',
  version: 1,
  config: z.strictObject({ field: z.string() }),
  check: ({ field }, { reply, targets }) =>
    stated(reply, field) === targets[field] ? correct('is it') : wrong('is not it'),
};

export const says: Checker<{ words: string[] }> = {
  kind: 'says',
  version: 1,
  config: z.strictObject({ words: z.array(z.string()).min(1) }),
  check: ({ words }, { reply }) =>
    words.some((word) => reply.includes(word)) ? correct('said') : wrong('not said'),
};

export function familyRegistry(...families: AnyFamily[]): FamilyRegistry {
  return {
    names: families.map(({ name }) => name),
    async load(name) {
      const family = families.find((one) => one.name === name);
      if (!family) throw new Error(`no family ${name}`);
      return family;
    },
  };
}

export function registries(...families: AnyFamily[]): Registries {
  const checkers: AnyChecker[] = [near, pick, says];
  return {
    families: familyRegistry(sumOfPowers, ...families),
    checkers: new Map(checkers.map((checker) => [checker.kind, checker])),
    readQuantity,
  };
}

/** Scores as the harness does: every check sees the reply and the oracle. */
export function scoreReply(sample: Sample, reply: string): { score: Score; checks: CheckScore[] } {
  const { targets, targetUnits, verify } = sample.oracle;
  const checks = sample.checks.map(({ checker, config, field, weight, gate }) => ({
    kind: checker.kind,
    ...(field ? { field } : {}),
    weight,
    gate,
    score: checker.check(config, {
      reply,
      answer: { fields: {}, obeyed: true },
      spec: sample.answer,
      lang: sample.lang,
      question: '',
      targets,
      targetUnits,
      ...(verify ? { verify } : {}),
    }),
  }));
  return { score: combine(checks), checks };
}
