import type { AnswerField } from '../core/answer.ts';
import type { Issue } from '../core/errors.ts';
import { nearest } from '../core/errors.ts';
import type { TargetField } from '../core/family.ts';
import type { Lang } from '../core/lang.ts';
import { type AnswerConfig, answerSpec } from './answer-fields.ts';
import type { Located, Path } from './located.ts';
import type { QuantityReader } from './suite.ts';
import { issueAt, issueAtKey, show } from './zod-issues.ts';

interface CaseTargets {
  targets: Record<string, unknown>;
  targetUnits: Record<string, string>;
  /** The same, as checkers' `validate` is told. */
  fields: Record<string, TargetField>;
  issues: Issue[];
}

interface TargetScope {
  located: Located;
  path: Path;
  answer: AnswerConfig | undefined;
  langs: readonly Lang[];
  readQuantity: QuantityReader | undefined;
}

/** The right values of a hand-written case: numbers in the field's unit or as text with their own, ids among the options. */
export function caseTargets(target: Readonly<Record<string, unknown>>, scope: TargetScope): CaseTargets {
  const result: CaseTargets = { targets: {}, targetUnits: {}, fields: {}, issues: [] };
  const { located, path, answer, langs } = scope;
  const names = Object.keys(answer ?? {});
  for (const [name, given] of Object.entries(target)) {
    if (!names.includes(name)) {
      const meant = nearest(name, names);
      const hint = meant
        ? `did you mean "${meant}"?`
        : names.length > 0
          ? `its fields: ${names.join(', ')}`
          : undefined;
      result.issues.push(issueAtKey(located, [...path, name], 'the answer has no such field', hint));
      continue;
    }
    const read = readTarget(name, given, scope);
    if ('fault' in read) {
      result.issues.push(issueAt(located, [...path, name], read.fault, read.hint));
      // So that no check complains as well that the field has no right value.
      const { type = 'number', unit } =
        answerSpec(answer, {}, langs[0] ?? 'en').fields.find((f) => f.name === name) ?? {};
      result.fields[name] = unit === undefined ? { type } : { type, unit };
      continue;
    }
    result.targets[name] = read.value;
    if (read.unit !== undefined) result.targetUnits[name] = read.unit;
    result.fields[name] =
      read.unit === undefined ? { type: read.type } : { type: read.type, unit: read.unit };
  }
  return result;
}

type Read = { type: TargetField['type']; value: unknown; unit?: string } | { fault: string; hint?: string };

function readTarget(name: string, given: unknown, scope: TargetScope): Read {
  const specs = scope.langs.map((lang) =>
    answerSpec(scope.answer, {}, lang).fields.find((f) => f.name === name),
  );
  const { type = 'number', options } = specs[0] ?? {};
  const ids = options?.map(({ id }) => id);
  switch (type) {
    case 'number':
      return readNumber(given, unitsOf(specs), scope.readQuantity);
    case 'choice':
      return typeof given === 'string'
        ? (notAnOption(given, ids) ?? { type, value: given })
        : wrongType('an option id', given);
    case 'set': {
      if (!Array.isArray(given) || !given.every((id) => typeof id === 'string'))
        return wrongType('a list of ids', given);
      return given.map((id) => notAnOption(id, ids)).find((fault) => fault) ?? { type, value: given };
    }
    case 'text':
      return typeof given === 'string' ? { type, value: given } : wrongType('text', given);
    case 'boolean':
      return typeof given === 'boolean' ? { type, value: given } : wrongType('true or false', given);
    case 'json':
      return { type, value: given };
  }
}

/** A language that lacks its unit is told of as that, not as a unit that differs. */
function unitsOf(specs: readonly (AnswerField | undefined)[]): (string | undefined)[] {
  const stated = [...new Set(specs.flatMap((spec) => spec?.unit ?? []))];
  return stated.length > 0 ? stated : [undefined];
}

function readNumber(
  given: unknown,
  units: readonly (string | undefined)[],
  reader: QuantityReader | undefined,
): Read {
  if (typeof given === 'number') {
    const [unit] = units;
    if (units.length === 1) return { type: 'number', value: given, ...(unit ? { unit } : {}) };
    return {
      fault: `${given} may be in ${units.join(' or in ')}: the field's unit differs between the languages`,
      hint: `write the unit with it, "${given} ${unit ?? ''}"`,
    };
  }
  if (typeof given !== 'string') return wrongType('a number, or a quantity as text', given);
  const read = reader?.(given) ?? { fault: 'nothing here reads quantities' };
  return 'fault' in read
    ? {
        fault: `${show(given)} is not a quantity: ${read.fault}`,
        hint: 'write a number, or a number and its unit as text',
      }
    : { type: 'number', value: read.value, ...(read.unit ? { unit: read.unit } : {}) };
}

function notAnOption(
  given: string,
  ids: readonly string[] | undefined,
): { fault: string; hint: string } | undefined {
  if (!ids || ids.includes(given)) return undefined;
  const meant = nearest(given, ids);
  return {
    fault: `${show(given)} is not one of the options`,
    hint: meant ? `did you mean "${meant}"?` : `they are: ${ids.join(', ')}`,
  };
}

function wrongType(expected: string, given: unknown): { fault: string; hint?: string } {
  const norwegian =
    expected === 'true or false' && typeof given === 'string' && /^(yes|no|on|off)$/i.test(given);
  return {
    fault: `expected ${expected}, got ${show(given)}`,
    ...(norwegian ? { hint: 'YAML 1.2 reads yes and no as text: write true or false' } : {}),
    ...(typeof given === 'boolean' && expected !== 'true or false'
      ? { hint: 'quote it, if text is meant' }
      : {}),
  };
}
