import type { AnswerField } from '../core/answer.ts';
import type { CheckContext } from '../core/checker.ts';
import { type Issue, nearest } from '../core/errors.ts';
import type { TargetField } from '../core/family.ts';
import type { Lang } from '../core/lang.ts';
import type { BoundCheck } from '../core/sample.ts';
import { type AnswerConfig, answerSpec, unitIn } from './answer-fields.ts';
import type { Located, Path } from './located.ts';
import type { TaskConfig } from './schema.ts';
import type { Registries } from './suite.ts';
import { issueAt, issueAtKey, zodIssues } from './zod-issues.ts';

interface CheckScope {
  located: Located;
  /** Where the list of checks stands. */
  path: Path;
  answer: AnswerConfig | undefined;
  /** What has a right value, by the family or the case. */
  targets: Readonly<Record<string, TargetField>>;
  verifies: readonly string[];
  langs: readonly Lang[];
}

type CheckConfig = NonNullable<TaskConfig['checks']>[number];

/** Binds each check to its checker; a check with a fault is left out and told of. */
export function bindChecks(
  configs: readonly CheckConfig[],
  registries: Registries,
  scope: CheckScope,
): { checks: BoundCheck[]; issues: Issue[] } {
  const checks: BoundCheck[] = [];
  const issues: Issue[] = [];
  configs.forEach((config, index) => {
    const result = bindCheck(config, registries, { ...scope, path: [...scope.path, index] });
    if ('issues' in result) issues.push(...result.issues);
    else checks.push(result);
  });
  return { checks, issues };
}

function bindCheck(
  check: CheckConfig,
  { checkers }: Registries,
  scope: CheckScope,
): BoundCheck | { issues: Issue[] } {
  const { located, path, answer } = scope;
  const { kind, weight, gate, ...own } = check;
  const checker = checkers.get(kind);
  if (!checker) {
    const meant = nearest(kind, checkers.keys());
    const hint = meant ? `did you mean "${meant}"?` : `there are: ${[...checkers.keys()].join(', ')}`;
    return { issues: [issueAt(located, [...path, 'kind'], `no checker "${kind}"`, hint)] };
  }
  const issues: Issue[] = [];
  if (check.field !== undefined && !Object.hasOwn(answer ?? {}, check.field)) {
    issues.push(issueAt(located, [...path, 'field'], ...unknownField(check.field, answer)));
  }
  const parsed = checker.config.safeParse(own);
  if (!parsed.success)
    return { issues: [...issues, ...zodIssues(parsed.error, checker.config, located, path)] };
  // A checker that is told of a field nobody asks would only say the same again.
  if (issues.length > 0) return { issues };
  const problems = new Map<string, Issue>();
  for (const context of contexts(scope)) {
    for (const { path: within, message, hint } of checker.validate?.(parsed.data, context) ?? []) {
      const whole = [...path, ...within];
      const issue = (within.length > 0 ? issueAt : issueAtKey)(located, whole, message, hint);
      problems.set(JSON.stringify([whole, message]), issue);
    }
  }
  if (problems.size > 0) return { issues: [...problems.values()] };
  const field = check.field === undefined ? {} : { field: check.field };
  return { checker, config: parsed.data, ...field, weight, gate };
}

function unknownField(field: string, answer: AnswerConfig | undefined): [string, string] {
  if (!answer)
    return [
      `the task asks for no field "${field}"`,
      'add an answer: with its fields, or check the whole reply',
    ];
  const names = Object.keys(answer);
  const meant = nearest(field, names);
  return [
    `the answer has no field "${field}"`,
    meant ? `did you mean "${meant}"?` : `its fields: ${names.join(', ')}`,
  ];
}

/** One context a language, as units and labels may differ between them. */
function contexts({ answer, targets, verifies, langs }: CheckScope): CheckContext[] {
  return langs.map((lang) => {
    const { fields } = answerSpec(answer, targets, lang);
    return {
      fields: Object.fromEntries(fields.map((field): [string, AnswerField] => [field.name, field])),
      targets: Object.fromEntries(
        Object.entries(targets).map(([name, target]) => {
          const unit = unitIn(target.unit, lang);
          return [name, unit === undefined ? {} : { unit }];
        }),
      ),
      verifies,
      langs,
    };
  });
}
