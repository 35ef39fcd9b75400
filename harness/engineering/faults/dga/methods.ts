import { dlt722 } from './dlt722.ts';
import { doernenburg } from './doernenburg.ts';
import { duvalTriangle1 } from './duval.ts';
import type { DgaResult, Gases } from './gases.ts';
import { iec60599, rogers } from './ratio-tables.ts';

export const DGA_METHODS = ['duval1', 'iec60599', 'dlt722', 'rogers', 'doernenburg'] as const;
export type DgaMethod = (typeof DGA_METHODS)[number];

/** Diagnoses by a named method, each with its own conventions: what the method says, not what has failed. */
export function diagnose(method: DgaMethod, gases: Gases): DgaResult {
  switch (method) {
    case 'duval1':
      return duvalTriangle1(gases);
    case 'iec60599':
      return iec60599(gases);
    case 'dlt722':
      return dlt722(gases);
    case 'rogers':
      return rogers(gases);
    case 'doernenburg':
      return doernenburg(gases);
  }
}
