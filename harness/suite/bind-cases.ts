import type { Issue } from '../core/errors.ts';
import type { Lang } from '../core/lang.ts';
import { missingLanguages } from './languages.ts';
import type { Located, Path } from './located.ts';
import { bindQuestion } from './question.ts';
import type { CaseConfig } from './schema.ts';
import type { Case, Handwritten } from './suite.ts';
import { caseTargets } from './targets.ts';
import { questionParts, type TaskScope } from './task-scope.ts';
import { issueAt } from './zod-issues.ts';

/** A task whose problems are written out. */
export function bindCases(cases: readonly CaseConfig[], scope: TaskScope): Handwritten {
  const { located, issues } = scope;
  const first = new Map<string, number>();
  // The same fault of the task's own prompt or checks would be found again in every case.
  const seen = new Set<string>();
  const bound = cases.map((one, index) => {
    const path: Path = ['cases', index];
    if (first.has(one.id)) {
      issues.push(
        issueAt(located, [...path, 'id'], `"${one.id}" is already the id of cases[${first.get(one.id)}]`),
      );
    }
    first.set(one.id, first.get(one.id) ?? index);
    const { bound: result, issues: found } = bindCase(one, path, scope);
    for (const issue of found) {
      const key = JSON.stringify(issue);
      if (!seen.has(key)) issues.push(issue);
      seen.add(key);
    }
    return result;
  });
  return { kind: 'cases', cases: bound };
}

function bindCase(
  one: CaseConfig,
  path: Path,
  { config, located, langs, registries }: TaskScope,
): { bound: Case; issues: Issue[] } {
  const merged = questionParts(config, one, path);
  const answer = merged.answer.value;
  const at = [...path, 'target'];
  const { readQuantity } = registries;
  const { targets, targetUnits, fields, issues } = caseTargets(one.target, {
    located,
    path: at,
    answer,
    langs,
    readQuantity,
  });
  const scope = { located, langs, registries, targets: fields, verifies: [] };
  const { question, issues: found } = bindQuestion(merged, scope);
  issues.push(...found, ...replyIssues(one, path, located, langs, answer !== undefined));
  const { id, tags, vars, reference, mistakes } = one;
  return { bound: { id, path, tags, vars, targets, targetUnits, reference, mistakes, question }, issues };
}

function replyIssues(
  one: CaseConfig,
  path: Path,
  located: Located,
  langs: readonly Lang[],
  asksFields: boolean,
): Issue[] {
  const issues = missingLanguages(one.reference, located, [...path, 'reference'], langs);
  one.mistakes.forEach(({ reply }, index) => {
    issues.push(...missingLanguages(reply, located, [...path, 'mistakes', index, 'reply'], langs));
  });
  if (!asksFields && one.reference === undefined) {
    const hint = 'write a reply that is fully right, in each language: the suite is tested against it';
    issues.push(
      issueAt(located, [...path, 'reference'], 'is missing, and the task asks for no fields', hint),
    );
  }
  return issues;
}
