import * as z from 'zod';
import { FIELD_TYPES } from '../core/answer.ts';
import { langSchema } from '../core/lang.ts';
import { TIERS } from '../core/sample.ts';

/** Names become parts of ids, file names and JSON keys: no slash, and none that every object already has. */
const nameSchema = z
  .string()
  .max(64)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'a name has letters, digits, dots, dashes and underscores')
  .refine((name) => !(name in {}), 'is a name that JavaScript keeps for itself');
const fieldNameSchema = z
  .string()
  .max(64)
  .regex(/^[A-Za-z][A-Za-z0-9_]*$/, 'a field is named by letters, digits and underscores, a letter first')
  .refine((name) => !(name in {}), 'is a name that JavaScript keeps for itself');
const tagSchema = z
  .string()
  .max(64)
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'a tag has small letters, digits and dashes');

const textSchema = z.string().regex(/\S/, 'is empty');
/** Which languages must be there is the suite's business: see `languages.ts`. */
const localisedTextSchema = z.strictObject({ en: textSchema.optional(), zh: textSchema.optional() });
const plainOrLocalised = z.union([textSchema, localisedTextSchema]);
const labelsSchema = z.union([
  textSchema,
  z.array(textSchema).min(1),
  z.strictObject({
    en: z.union([textSchema, z.array(textSchema).min(1)]).optional(),
    zh: z.union([textSchema, z.array(textSchema).min(1)]).optional(),
  }),
]);

const optionIdSchema = z
  .string()
  .max(100)
  .regex(/^\S(.*\S)?$/, 'an option id is one line, without blanks at its ends')
  .refine((id) => !(id in {}), 'is a name that JavaScript keeps for itself');

const fieldSchema = z.strictObject({
  type: z.enum(FIELD_TYPES).optional(),
  unit: plainOrLocalised.optional(),
  /** Ids alone, or ids with what they are called. */
  options: z.union([z.array(optionIdSchema).min(2), z.record(optionIdSchema, labelsSchema)]).optional(),
  describe: plainOrLocalised.optional(),
});
export type FieldConfig = z.infer<typeof fieldSchema>;

/** What every check has; the rest of the mapping belongs to its checker. */
const checkSchema = z.looseObject({
  kind: z.string(),
  field: z.string().optional(),
  weight: z.number().positive().max(1000).default(1),
  gate: z.boolean().default(false),
});

const scoreSchema = z.number().min(0).max(1);
const mistakeSchema = z.strictObject({
  name: textSchema,
  reply: plainOrLocalised,
  score: z.union([
    scoreSchema,
    z.tuple([scoreSchema, scoreSchema]).refine(([lo, hi]) => lo <= hi, 'the lower score comes first'),
  ]),
});

const answerSchema = z
  .record(fieldNameSchema, fieldSchema)
  .refine((fields) => Object.keys(fields).length > 0, 'names no field: leave the key out for a free reply');
const checksSchema = z.array(checkSchema).min(1);

const caseSchema = z.strictObject({
  id: nameSchema,
  tags: z.array(tagSchema).default([]),
  vars: z.record(fieldNameSchema, z.json()).default({}),
  target: z.record(fieldNameSchema, z.json()).default({}),
  reference: plainOrLocalised.optional(),
  mistakes: z.array(mistakeSchema).default([]),
  prompt: localisedTextSchema.optional(),
  system: localisedTextSchema.optional(),
  answer: answerSchema.optional(),
  checks: checksSchema.optional(),
});
export type CaseConfig = z.infer<typeof caseSchema>;

/** The same problems asked again, changed in a way that must not change the answer; rows and noise need no words here. */
const variantsSchema = z.strictObject({
  /** The prompt in other words. */
  paraphrase: localisedTextSchema.optional(),
  /** The data in other units, answers asked in other units, or both. */
  units: z
    .strictObject({
      prompt: localisedTextSchema.optional(),
      answer: z.record(fieldNameSchema, plainOrLocalised).optional(),
    })
    .refine(({ prompt, answer }) => prompt ?? answer, 'changes nothing: give prompt, answer or both')
    .optional(),
});
export type VariantsConfig = z.infer<typeof variantsSchema>;

export const taskSchema = z.strictObject({
  id: nameSchema,
  title: localisedTextSchema,
  tier: z.enum(TIERS).optional(),
  skills: z.array(tagSchema).default([]),
  tags: z.array(tagSchema).default([]),
  jurisdiction: textSchema.optional(),
  source: plainOrLocalised.optional(),
  pass: scoreSchema.default(1),
  system: localisedTextSchema.optional(),
  /** May be left out where every case words its own. */
  prompt: localisedTextSchema.optional(),
  answer: answerSchema.optional(),
  checks: checksSchema.optional(),
  generate: z
    .strictObject({
      family: z.string(),
      params: z.record(z.string(), z.json()).default({}),
      seeds: z.int().min(1).max(10_000),
    })
    .optional(),
  cases: z.array(caseSchema).min(1).optional(),
  variants: variantsSchema.optional(),
});
export type TaskConfig = z.infer<typeof taskSchema>;

/** The grammar of semver.org, numbers without leading zeros. */
const SEMVER =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/;

export const suiteSchema = z.strictObject({
  name: z
    .string()
    .max(64)
    .regex(/^[a-z0-9][a-z0-9-]*$/, 'a suite is named by small letters, digits and dashes')
    .refine((name) => !(name in {}), 'is a name that JavaScript keeps for itself'),
  version: z.string().regex(SEMVER, 'is not a semantic version such as 1.0.0'),
  title: localisedTextSchema,
  description: plainOrLocalised.optional(),
  languages: z
    .array(langSchema)
    .min(1)
    .refine((langs) => new Set(langs).size === langs.length, 'names a language twice'),
  licence: textSchema.optional(),
  homepage: z.url({ protocol: /^https?$/, message: 'is not a web address' }).optional(),
  tasks: z.union([z.string(), z.array(z.string()).min(1)]).default('tasks/*.yaml'),
  /** Sentences that bear on no question of the suite: what the variant `noise` puts beside a prompt. */
  asides: z.array(localisedTextSchema).min(2).optional(),
});
export type SuiteConfig = z.infer<typeof suiteSchema>;
