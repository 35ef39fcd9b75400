import type { z } from 'zod';
import type { FieldType, Option } from './answer.ts';
import type { Verdict } from './checker.ts';
import type { Lang } from './lang.ts';
import type { Plot } from './plot.ts';
import type { Random } from './random.ts';

/** The type of one value that `solve` returns, and its unit: what checks compare a reply with. */
export interface TargetField {
  type: FieldType;
  /** Unit of the number `solve` gives, by language where `localise` changes it; absent for plain counts and ratios. */
  unit?: string | Readonly<Record<Lang, string>>;
}

/** A wrong reply that people and models really give, and what it is worth: one score, or a range of scores. */
export interface Mistake {
  name: string;
  reply: string;
  score: number | readonly [number, number];
}

/**
 * A problem family: draws a fresh problem from a seed, solves it by engineering code, and knows the right
 * reply and the typical wrong ones. P parameters, F facts, A answer. All of it pure.
 */
export interface Family<P, F, A extends Record<string, unknown>> {
  name: string;
  /** Goes up whenever a draw, a key or a score could change. */
  version: number;
  params: z.ZodType<P>;
  /** Awaited once before the first draw: loads what `solve` needs (a WASM solver), so that solving stays synchronous. */
  prepare?(): Promise<void>;
  /** The fields of the answer, known before anything is drawn. */
  targets: Readonly<Record<keyof A & string, TargetField>>;
  /** Facts, plain JSON data: the same seed gives the same facts on every machine. */
  draw(params: P, random: Random): F;
  /**
   * The same problem as engineers of a language would have it: its currency and price level. What is given is
   * what `draw` made; everything below sees what is returned. Absent: both languages share the facts.
   */
  localise?(facts: F, lang: Lang): F;
  /**
   * Top-level arrays of the drawn facts whose order means nothing: rows of a table that are referred to by name. The
   * variant `rows` shuffles them; the right reply of the one order must stay right in the other.
   */
  unordered?: readonly (keyof F & string)[];
  solve(facts: F): A;
  /** What the prompt template may name, in a language; the facts themselves where absent. Never the answer. */
  vars?(facts: F, lang: Lang): Record<string, unknown>;
  /** The options of choice and set fields that depend on the facts (line names, units). */
  options?(facts: F, lang: Lang): Readonly<Record<string, readonly Option[]>>;
  /** A fully right reply, worded as a good model would. */
  reply(facts: F, answer: A, lang: Lang): string;
  mistakes(facts: F, answer: A, lang: Lang): Mistake[];
  /** Judges proposed plans, by the field that holds them. A proposal is untrusted model output. */
  verify?: Readonly<Record<string, (facts: F, answer: A, proposal: unknown) => Verdict>>;
  /** Pictures of the data for who reads a report: the series or the network, with what the answer points at. */
  plots?(facts: F, answer: A, lang: Lang): Plot[];
  /** The worked solution, step by step, as Markdown. */
  work?(facts: F, answer: A, lang: Lang): string;
}

// biome-ignore lint/suspicious/noExplicitAny: a registry holds families of every shape; each parses its own.
export type AnyFamily = Family<any, any, any>;
/** Families are loaded when a suite names them: a run of one suite pays for no other's solver. */
export interface FamilyRegistry {
  readonly names: readonly string[];
  load(name: string): Promise<AnyFamily>;
}
