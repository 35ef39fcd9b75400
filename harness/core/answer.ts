import * as z from 'zod';

/** What kind of value a field of an answer holds. `json` is a structure that a plan or schema check reads. */
export const FIELD_TYPES = ['number', 'choice', 'set', 'text', 'boolean', 'json'] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** An option of a choice or set: `id` is what checks compare, `labels` are the wordings accepted for it. */
export interface Option {
  id: string;
  labels: readonly string[];
}

/** One field that a reply must state, in the language of its sample. */
export interface AnswerField {
  name: string;
  type: FieldType;
  /** As written in the suite (`$/MWh`, `万千瓦`): shown to the model, and assumed where a reply gives a bare number. */
  unit?: string;
  options?: readonly Option[];
  /** One line that tells the model what the field is and what shape it takes. */
  describe?: string;
}

/** `json`: the reply ends in one JSON object of these fields. `text`: a free reply, read whole by its checks. */
export interface AnswerSpec {
  style: 'json' | 'text';
  fields: readonly AnswerField[];
}

/** By which way a field was read, strictest first. */
export const READ_WAYS = [
  'json',
  'json-repaired',
  'boxed',
  'labelled',
  'last-quantity',
  'option-named',
  'whole',
] as const;
export type ReadWay = (typeof READ_WAYS)[number];

export type FieldReading =
  | { status: 'read'; value: unknown; text: string; way: ReadWay; start?: number; end?: number }
  | { status: 'missing'; reason: string }
  | { status: 'ambiguous'; reason: string };

/** A reply as it was read, once, for all checks of a sample. */
export interface Answer {
  fields: Readonly<Record<string, FieldReading>>;
  /** Whether the reply obeyed the form that was asked: reported apart from skill. */
  obeyed: boolean;
}

export const formatSchema = z.strictObject({ obeyed: z.boolean(), ways: z.array(z.enum(READ_WAYS)) });
export type FormatRecord = z.infer<typeof formatSchema>;
