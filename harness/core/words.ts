// Closed lists of words, apart from the schemas, so that a command line can name them without loading a schema library.

export const LANGS = ['en', 'zh'] as const;
export type Lang = (typeof LANGS)[number];

/**
 * Ways to ask a problem again without changing its answer: table rows and options in another order, irrelevant facts
 * beside it, other words, other units.
 */
export const VARIANTS = ['rows', 'noise', 'paraphrase', 'units'] as const;
export type Variant = (typeof VARIANTS)[number];

/** How hard a model is asked to think, in the vendors' words. */
export const REASONING_EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const;

/** How a panel of judges becomes one verdict: what most of them say, or the share of them that say so. */
export const VOTES = ['majority', 'mean'] as const;
export type Vote = (typeof VOTES)[number];
