/** The public face of the reader of numbers and units. */
export { type ChooseOptions, chooseAnswer } from './choose/choose.ts';
export { compare, type Target } from './compare.ts';
export { fieldNumber, fieldQuantity } from './field-value.ts';
export { type ReadOptions, readQuantities } from './read.ts';
export { type OneOptions, readOne } from './read-one.ts';
export type { Choice, Comparison, Dimension, Quantity, Tolerance, Unit } from './types.ts';
export { convert, parseUnit, unitMismatch } from './units/units.ts';
