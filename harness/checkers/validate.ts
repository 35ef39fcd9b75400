import type { FieldType } from '../core/answer.ts';
import type { CheckContext, ConfigProblem } from '../core/checker.ts';
import { nearest } from '../core/errors.ts';

/** What is wrong with naming `field` in a check: no such field, a type the check cannot read, or no right value for it. */
export function fieldProblem(
  field: string,
  context: CheckContext,
  types: readonly FieldType[],
  { needsTarget = true }: { needsTarget?: boolean } = {},
): ConfigProblem | undefined {
  const known = Object.hasOwn(context.fields, field) ? context.fields[field] : undefined;
  if (!known) {
    const near = nearest(field, Object.keys(context.fields));
    return {
      path: ['field'],
      message: `the answer has no field "${field}"`,
      hint: near ? `did you mean "${near}"?` : `its fields are: ${Object.keys(context.fields).join(', ')}`,
    };
  }
  if (!types.includes(known.type)) {
    return {
      path: ['field'],
      message: `"${field}" is of type ${known.type}, which this check cannot read`,
      hint: `use a field of type ${types.join(' or ')}`,
    };
  }
  if (needsTarget && !Object.hasOwn(context.targets, field)) {
    return {
      path: ['field'],
      message: `there is no right value for "${field}"`,
      hint: `right values are given for: ${Object.keys(context.targets).join(', ')}`,
    };
  }
  return undefined;
}
