import type { Issue } from '../core/errors.ts';
import type { TargetField } from '../core/family.ts';
import type { Lang } from '../core/lang.ts';
import type { AnswerConfig } from './answer-fields.ts';
import { bindChecks } from './checks.ts';
import { missingLanguages, type Wording } from './languages.ts';
import type { Located, Path } from './located.ts';
import type { TaskConfig } from './schema.ts';
import type { Question, Registries, Worded } from './suite.ts';
import { parseTemplate, TemplateFault } from './template.ts';
import { issueAt, issueAtKey } from './zod-issues.ts';

/** A part of a question and where it stands: in a case that words its own, else in the task. */
export interface Placed<T> {
  value: T;
  path: Path;
}

export interface QuestionParts {
  prompt: Placed<Wording | undefined>;
  system: Placed<Wording | undefined>;
  answer: Placed<AnswerConfig | undefined>;
  checks: Placed<TaskConfig['checks']>;
}

interface QuestionScope {
  located: Located;
  langs: readonly Lang[];
  registries: Registries;
  targets: Readonly<Record<string, TargetField>>;
  verifies: readonly string[];
}

export function bindQuestion(
  parts: QuestionParts,
  scope: QuestionScope,
): { question: Question; issues: Issue[] } {
  const { located, langs, registries } = scope;
  const issues: Issue[] = [];
  const prompt = templates(parts.prompt, located, langs, issues);
  if (parts.prompt.value === undefined) {
    issues.push(
      issueAt(located, parts.prompt.path, 'is missing', 'what the model is asked, in each language'),
    );
  }
  const system = templates(parts.system, located, langs, issues);
  const bound = bindChecks(parts.checks.value ?? [], registries, {
    ...scope,
    path: parts.checks.path,
    answer: parts.answer.value,
  });
  if (!parts.checks.value) {
    issues.push(issueAt(located, parts.checks.path, 'is missing', 'a question without a check has no score'));
  }
  issues.push(...bound.issues, ...answerIssues(parts.answer, located, langs));
  const question: Question = {
    prompt,
    system,
    answer: parts.answer.value,
    checks: bound.checks,
    rawChecks: parts.checks.value ?? [],
  };
  return { question, issues };
}

function templates(
  { value, path }: Placed<Wording | undefined>,
  located: Located,
  langs: readonly Lang[],
  issues: Issue[],
): ReadonlyMap<Lang, Worded> {
  const found = new Map<Lang, Worded>();
  if (value === undefined) return found;
  issues.push(...missingLanguages(value, located, path, langs));
  for (const lang of langs) {
    const text = typeof value === 'string' ? value : value[lang];
    if (text === undefined) continue;
    const at = typeof value === 'string' ? path : [...path, lang];
    try {
      found.set(lang, { template: parseTemplate(text), path: at });
    } catch (fault) {
      issues.push(templateIssue(fault, located, at));
    }
  }
  return found;
}

/** A template's fault at its line of the YAML file. Anything else that was thrown is passed on. */
export function templateIssue(fault: unknown, located: Located, path: Path, hint?: string): Issue {
  if (!(fault instanceof TemplateFault)) throw fault;
  const { message } = issueAt(located, path, fault.message);
  return { place: located.textPlace(path, fault.line, fault.col), message, ...(hint ? { hint } : {}) };
}

/** Faults of the fields themselves: wording that lacks a language, options that cannot be told apart. */
function answerIssues(
  { value, path }: Placed<AnswerConfig | undefined>,
  located: Located,
  langs: readonly Lang[],
): Issue[] {
  return Object.entries(value ?? {}).flatMap(([name, field]) => {
    const at = [...path, name];
    const issues = [
      ...missingLanguages(field.unit, located, [...at, 'unit'], langs),
      ...missingLanguages(field.describe, located, [...at, 'describe'], langs),
    ];
    if (field.options && !Array.isArray(field.options)) {
      for (const [id, labels] of Object.entries(field.options)) {
        issues.push(...missingLanguages(labels, located, [...at, 'options', id], langs));
      }
    }
    const type = field.type;
    if (field.options && type !== 'choice' && type !== 'set') {
      issues.push(
        issueAtKey(
          located,
          [...at, 'options'],
          `a ${type ?? 'number'} has no options`,
          'say type: choice or type: set',
        ),
      );
    }
    if (field.unit !== undefined && type !== undefined && type !== 'number') {
      issues.push(issueAtKey(located, [...at, 'unit'], `a ${type} has no unit`));
    }
    return [...issues, ...sameLabels(field.options, located, [...at, 'options'])];
  });
}

function sameLabels(options: AnswerConfig[string]['options'], located: Located, path: Path): Issue[] {
  if (!options) return [];
  const owner = new Map<string, string>();
  const entries: [string, string[]][] = Array.isArray(options)
    ? options.map((id) => [id, []])
    : Object.entries(options).map(([id, labels]) => [id, allLabels(labels)]);
  return entries.flatMap(([id, labels], index) =>
    [...new Set([id, ...labels].map((label) => label.normalize('NFKC').toLowerCase().trim()))].flatMap(
      (label) => {
        const first = owner.get(label);
        owner.set(label, first ?? id);
        if (first === undefined) return [];
        const at = [...path, Array.isArray(options) ? index : id];
        return [
          issueAt(
            located,
            at,
            `"${label}" also names the option "${first}"`,
            'each label must tell one option',
          ),
        ];
      },
    ),
  );
}

function allLabels(
  labels: Wording | string[] | { en?: string | string[]; zh?: string | string[] },
): string[] {
  if (typeof labels === 'string' || Array.isArray(labels)) return [labels].flat();
  return [labels.en ?? [], labels.zh ?? []].flat();
}
