/** The models that are built in: right, wrong as people are, by chance, not at all. They span the scale. */
export const BASELINES = ['reference', 'mistakes', 'guess', 'silent'] as const;
export type BaselineName = (typeof BASELINES)[number];
export const isBaseline = (name: string): name is BaselineName =>
  (BASELINES as readonly string[]).includes(name);
