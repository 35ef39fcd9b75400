import type { Branch } from '../grid/network.ts';

export type Convention = 'pm' | 'mp';

export function dcSusceptance({ r_pu, x_pu, tap }: Branch, convention: Convention): number {
  return convention === 'pm' ? x_pu / (r_pu * r_pu + x_pu * x_pu) : 1 / (x_pu * tap);
}
