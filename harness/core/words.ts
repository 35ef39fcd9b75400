// Closed lists of words, apart from the schemas, so that a command line can name them without loading a schema library.

export const LANGS = ['en', 'zh'] as const;
export type Lang = (typeof LANGS)[number];

/** How hard a model is asked to think, in the vendors' words. */
export const REASONING_EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const;
