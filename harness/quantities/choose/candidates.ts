import type { Located } from '../read.ts';
import { fits, same } from '../read-one.ts';
import type { Choice, Quantity, Unit } from '../types.ts';

/** Values, as against dates and names; of the asked kind where there is one. */
export function fitting(located: readonly Located[], unit: Unit | undefined): Located[] {
  const values = located.filter(({ quantity }) => quantity.role === 'value');
  if (!unit) return values;
  const named = values.filter(({ quantity }) => quantity.unit.name !== '' && fits(quantity, unit));
  return named.length > 0 ? named : values.filter(({ quantity }) => quantity.unit.name === '');
}

function different(quantities: readonly Quantity[]): Quantity[] {
  const distinct: Quantity[] = [];
  for (const quantity of quantities)
    if (!distinct.some((other) => same(other, quantity) || rounded(other, quantity))) distinct.push(quantity);
  return distinct;
}

/** One value told twice, once rounded: 349.83 MW, about 350 MW. */
export function rounded(a: Quantity, b: Quantity): boolean {
  if (a.value === null || b.value === null || a.unit !== b.unit || a.kind !== b.kind) return false;
  const figures = Math.min(a.significant ?? 15, b.significant ?? 15);
  if (figures < 2 || figures > 15 || a.significant === b.significant) return false;
  return Number(a.value.toPrecision(figures)) === Number(b.value.toPrecision(figures));
}

/** One value, or the confession that several were given. */
export function settle(
  quantities: readonly Quantity[],
  way: Extract<Choice, { status: 'chosen' }>['way'],
  told: string,
): Choice | undefined {
  const distinct = different(quantities);
  const [only] = distinct;
  if (!only) return undefined;
  if (distinct.length === 1) return { status: 'chosen', quantity: finest(quantities), way };
  const shown = distinct.slice(0, 4).map(({ text }) => `"${text.slice(0, 40)}"`);
  return { status: 'ambiguous', reason: `${told}: ${shown.join(', ')}`, candidates: distinct };
}

/** Of one value told with more and with fewer figures, the one with more. */
function finest(quantities: readonly Quantity[]): Quantity {
  return quantities.reduce((best, next) => ((next.significant ?? 0) > (best.significant ?? 0) ? next : best));
}
