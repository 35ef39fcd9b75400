import type { Quantity } from '../../harness/quantities/index.ts';

const figure = (value: number | null): string =>
  value === null ? '' : String(Number(value.toPrecision(10)));

/**
 * A reading in one short line: `350 MW`, `~350 MW`, `10..15 %`, `100 (95..105) MW`, `>=350 MW`, `[3 5 7] MW`; what is no
 * value shows by its role: `date`, `time`, `identifier 14`, `ordinal 21`.
 */
export function tell(quantity: Quantity): string {
  const { role, kind, value, low, high, values, unit, approximate } = quantity;
  if (role === 'date' || role === 'time') return role;
  const span = kind === 'range' ? `${figure(low)}..${figure(high)}` : '';
  const figures = {
    point: figure(value),
    range: value === null ? span : `${figure(value)} (${span})`,
    bound: low === null ? `<=${figure(value)}` : `>=${figure(value)}`,
    list: `[${(values ?? []).map(figure).join(' ')}]`,
  }[kind];
  const name = unit.name ? ` ${unit.name}` : '';
  return `${role === 'value' ? '' : `${role} `}${approximate ? '~' : ''}${figures}${name}`;
}

export const tellAll = (quantities: readonly Quantity[]): string => quantities.map(tell).join(' | ');
