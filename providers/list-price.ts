import { type ListPrice, PRICE_TABLE } from './price-table.ts';

/** A dated release of a model is charged as the model: gpt-5-2025-08-07, claude-haiku-4-5-20251001. */
const RELEASE = /-(\d{4}-\d{2}-\d{2}|\d{8})$/;

/**
 * The list price of a vendor's model, by its name or the name of one of its dated releases. Undefined for any other:
 * a name that merely begins alike may cost ten times as much.
 */
export function listPrice(vendor: string, model: string): ListPrice | undefined {
  const table = vendor === 'openai' || vendor === 'anthropic' ? PRICE_TABLE[vendor] : undefined;
  if (!table) return undefined;
  const name = [model, model.replace(RELEASE, '')].find((name) => Object.hasOwn(table, name));
  return name === undefined ? undefined : table[name];
}

const OLD_MS = 120 * 24 * 3600 * 1000;

/** Whether a price is so old that it had better be looked up again: vendors change them several times a year. */
export const isOldPrice = (asOf: string, nowMs: number): boolean => nowMs - Date.parse(asOf) > OLD_MS;
