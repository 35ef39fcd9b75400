import type { Issue } from '../core/errors.ts';
import type { Lang, Localised } from '../core/lang.ts';
import type { Located, Path } from './located.ts';
import { issueAtKey } from './zod-issues.ts';

/** A text given once for all languages, or once for each. */
export type Wording = string | { en?: string | undefined; zh?: string | undefined };

/** The text in one language: a plain one serves every language. */
export function wordingIn(wording: Wording, lang: Lang): string {
  return typeof wording === 'string' ? wording : (wording[lang] ?? '');
}

/** Titles and descriptions as core holds them. */
export function localised(wording: Wording): Localised {
  const { en, zh } = typeof wording === 'string' ? { en: wording, zh: wording } : wording;
  return { ...(en === undefined ? {} : { en }), ...(zh === undefined ? {} : { zh }) };
}

/** A language that the suite speaks and this text does not. */
export function missingLanguages(
  wording: unknown,
  located: Located,
  path: Path,
  langs: readonly Lang[],
): Issue[] {
  if (typeof wording !== 'object' || wording === null || Array.isArray(wording)) return [];
  return langs
    .filter((lang) => (wording as Record<string, unknown>)[lang] === undefined)
    .map((lang) =>
      issueAtKey(
        located,
        path,
        `has no ${lang} text`,
        `add ${lang}: …, or take ${lang} out of the languages in suite.yaml`,
      ),
    );
}
