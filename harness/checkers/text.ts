import { RE2JS } from 're2js';
import * as z from 'zod';
import type { Checker, CheckInput, ConfigProblem } from '../core/checker.ts';
import { correct, scored, wrong } from '../core/score.ts';
import { fieldProblem } from './validate.ts';

const perLang = z.union([
  z.array(z.string().min(1)).min(1),
  z.strictObject({ en: z.array(z.string().min(1)).optional(), zh: z.array(z.string().min(1)).optional() }),
]);
type PerLang = z.infer<typeof perLang>;

const textConfig = z
  .strictObject({
    /** A text field of the answer; the whole reply where absent. */
    field: z.string().optional(),
    /** Phrases that must stand in the text, one list for both languages or one for each. */
    contains: perLang.optional(),
    /** Regular expressions (RE2 syntax: linear time, so no look-around and no back-references). */
    regex: perLang.optional(),
    /** Phrases that must not stand in it: any of them makes the score 0. */
    absent: perLang.optional(),
    /** `all`: the share of `contains` and `regex` found; `any`: one of them is enough. */
    require: z.enum(['all', 'any']).default('all'),
  })
  .refine((config) => config.contains ?? config.regex ?? config.absent, {
    message: 'a text check needs contains, regex or absent',
  });
type TextConfig = z.infer<typeof textConfig>;

const MAX_TEXT = 200_000;

export const text: Checker<TextConfig> = {
  kind: 'text',
  version: 1,
  config: textConfig as z.ZodType<TextConfig>,
  validate(config, context) {
    const problem =
      config.field === undefined
        ? undefined
        : fieldProblem(config.field, context, ['text'], { needsTarget: false });
    const sources = new Set((['en', 'zh'] as const).flatMap((lang) => inLang(config.regex, lang)));
    return [...(problem ? [problem] : []), ...[...sources].flatMap(regexProblem)];
  },
  check(config, input) {
    const body = bodyOf(config, input);
    if (body === undefined || body.trim() === '') return wrong('no text to look at');
    const lower = fold(body);
    const banned = inLang(config.absent, input.lang).find((phrase) => lower.includes(fold(phrase)));
    if (banned) return wrong(`contains "${banned}"`);
    const wanted = [
      ...inLang(config.contains, input.lang).map((phrase) => ({
        name: phrase,
        found: lower.includes(fold(phrase)),
      })),
      ...inLang(config.regex, input.lang).map((source) => ({
        name: `/${source}/`,
        found: matches(source, body),
      })),
    ];
    if (wanted.length === 0) return correct('contains nothing it must not');
    const missing = wanted.filter(({ found }) => !found).map(({ name }) => name);
    if (missing.length === 0) return correct(`found ${wanted.map(({ name }) => name).join(', ')}`);
    if (config.require === 'any' && missing.length < wanted.length)
      return correct('found one of the wanted phrases');
    const share = config.require === 'any' ? 0 : 1 - missing.length / wanted.length;
    return scored(share, `missing ${missing.join(', ')}`);
  },
};

function bodyOf(config: TextConfig, input: CheckInput): string | undefined {
  if (config.field === undefined) return input.reply.slice(0, MAX_TEXT);
  const reading = input.answer.fields[config.field];
  return reading?.status === 'read' && typeof reading.value === 'string'
    ? reading.value.slice(0, MAX_TEXT)
    : undefined;
}

const fold = (value: string) => value.normalize('NFKC').toLowerCase();

function inLang(lists: PerLang | undefined, lang: 'en' | 'zh'): readonly string[] {
  return Array.isArray(lists) ? lists : (lists?.[lang] ?? []);
}

const compiled = new Map<string, RE2JS>();

/** Whether a suite's pattern (case-insensitive, RE2) is found in a text. Compiled once per pattern. */
export function matches(source: string, body: string): boolean {
  let pattern = compiled.get(source);
  if (!pattern) {
    // Folded as the text is, or a full-width comma in a pattern would never be found.
    pattern = RE2JS.compile(source.normalize('NFKC'), RE2JS.CASE_INSENSITIVE);
    compiled.set(source, pattern);
  }
  return pattern.matcher(body.normalize('NFKC')).find();
}

export function regexProblem(source: string): ConfigProblem[] {
  try {
    RE2JS.compile(source.normalize('NFKC'), RE2JS.CASE_INSENSITIVE);
    return [];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [
      {
        path: ['regex'],
        message: `/${source}/ is not a pattern: ${message}`,
        hint: 'use RE2 syntax: no look-around, no back-references',
      },
    ];
  }
}
