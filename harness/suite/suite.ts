import type { CheckerRegistry } from '../core/checker.ts';
import type { AnyFamily, FamilyRegistry } from '../core/family.ts';
import type { Lang, Localised } from '../core/lang.ts';
import type { BoundCheck, Tier } from '../core/sample.ts';
import type { AnswerConfig } from './answer-fields.ts';
import type { Wording } from './languages.ts';
import type { Located, Path } from './located.ts';
import type { Template } from './template.ts';

/** Reads `"1200 MW"` as a number and its unit; what it cannot read it says why. Made of `quantities/` by the caller. */
export type QuantityReader = (text: string) => { value: number; unit: string } | { fault: string };

export type UnitConverter = (value: number, from: string, to: string) => number | undefined;

/** What a suite file may name and this folder does not know: handed in, so that a suite depends on no checker. */
export interface Registries {
  families: FamilyRegistry;
  checkers: CheckerRegistry;
  readQuantity?: QuantityReader;
  /** A number in another unit; undefined where the units do not convert. */
  convertUnit?: UnitConverter;
}

export interface Suite {
  name: string;
  version: string;
  title: Localised;
  description?: Localised;
  languages: readonly Lang[];
  licence?: string;
  homepage?: string;
  /** Its folder, as the user named it. */
  dir: string;
  /** `builtin:<name>`, or the path as the user gave it. */
  source: string;
  tasks: readonly Task[];
  /** Irrelevant facts, for the variant `noise`. */
  asides: readonly Localised[];
  /** Hash of its files as they were read. */
  files: string;
}

export interface Task {
  id: string;
  title: Localised;
  tier?: Tier;
  skills: readonly string[];
  tags: readonly string[];
  jurisdiction?: string;
  source?: Localised;
  pass: number;
  file: Located;
  problems: Generated | Handwritten;
}

export interface Generated {
  kind: 'generated';
  family: AnyFamily;
  params: unknown;
  /** Public seeds are 1 to this. */
  seeds: number;
  question: Question;
  /** The question in other words and in other units, where the task has them. */
  variants: { paraphrase?: Question; units?: Question };
  convertUnit?: UnitConverter;
}

export interface Handwritten {
  kind: 'cases';
  cases: readonly Case[];
}

/** How a problem is put and checked: one for all of a family's draws, one for each case. */
export interface Question {
  prompt: ReadonlyMap<Lang, Worded>;
  system: ReadonlyMap<Lang, Worded>;
  answer: AnswerConfig | undefined;
  checks: readonly BoundCheck[];
  /** The checks as written, for the key's hash: what a checker makes of its config may not be plain data. */
  rawChecks: readonly unknown[];
}

export interface Worded {
  template: Template;
  /** Where the template stands in its file. */
  path: Path;
}

export interface Case {
  id: string;
  /** Where it stands in its file. */
  path: Path;
  tags: readonly string[];
  vars: Readonly<Record<string, unknown>>;
  targets: Readonly<Record<string, unknown>>;
  targetUnits: Readonly<Record<string, string>>;
  reference: Wording | undefined;
  mistakes: readonly { name: string; reply: Wording; score: number | readonly [number, number] }[];
  question: Question;
}
