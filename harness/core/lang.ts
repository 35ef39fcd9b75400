import * as z from 'zod';

import { LANGS, type Lang } from './words.ts';

export { LANGS, type Lang };
export const langSchema = z.enum(LANGS);

/** A text in each language its suite speaks. A suite of one language leaves the other out. */
export type Localised = { en?: string; zh?: string };
export const localisedSchema = z.strictObject({ en: z.string().optional(), zh: z.string().optional() });

/** The text in `lang`, else in the other language: for titles and labels, never for what a model is asked. */
export function inLang(text: Localised, lang: Lang): string {
  return text[lang] ?? text.en ?? text.zh ?? '';
}
