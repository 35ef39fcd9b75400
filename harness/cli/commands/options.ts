import { InvalidArgumentError } from 'commander';
import { LANGS, type Lang, VARIANTS, type Variant } from '../../core/words.ts';

// Parsers for option values. Commander prints their message with the flag's name and exits with 2.

export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('It must be a whole number from 1 up.');
  return value;
}

export function nonNegative(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0)
    throw new InvalidArgumentError('It must be a number from 0 up.');
  return value;
}

/** `1-5`, `7` or `1..5`. */
export function seedRange(text: string): { from: number; to: number } {
  const match = text.match(/^(\d+)(?:(?:-|\.\.)(\d+))?$/);
  const from = Number(match?.[1]);
  const to = Number(match?.[2] ?? match?.[1]);
  if (!match || from < 1 || to < from)
    throw new InvalidArgumentError('Write a range such as 1-5, counting from 1.');
  return { from, to };
}

/** `zh`, `en,zh`; repeatable. */
export function languages(text: string, before: Lang[] = []): Lang[] {
  const given = text.split(',').map((part) => part.trim());
  const unknown = given.find((part) => !(LANGS as readonly string[]).includes(part));
  if (unknown !== undefined)
    throw new InvalidArgumentError(`"${unknown}" is not one of ${LANGS.join(', ')}.`);
  return [...new Set([...before, ...(given as Lang[])])];
}

/** `rows,noise` or `all`; repeatable. */
export function variantNames(text: string, before: Variant[] = []): Variant[] {
  const given = text.split(',').map((part) => part.trim());
  const unknown = given.find((part) => part !== 'all' && !(VARIANTS as readonly string[]).includes(part));
  if (unknown !== undefined)
    throw new InvalidArgumentError(`"${unknown}" is not one of ${VARIANTS.join(', ')}, all.`);
  const wanted = new Set<string>([...before, ...given]);
  return VARIANTS.filter((variant) => wanted.has('all') || wanted.has(variant));
}

export const repeated = (text: string, before: string[] = []): string[] => [...before, text];

/** `a/x,b/y`; repeatable. A command of the user's own may hold commas, so what begins with one is never parted. */
export const modelNames = (text: string, before: string[] = []): string[] => [
  ...before,
  ...(/^\s*(command|module):/.test(text) ? [text] : text.split(','))
    .map((part) => part.trim())
    .filter(Boolean),
];

export const listed = (text: string, before: string[] = []): string[] => [
  ...before,
  ...text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
];

/** `90`, `90s`, `15m`, `2h` → milliseconds; a bare number is seconds. */
export function duration(text: string): number {
  const match = text.trim().match(/^(\d+(?:\.\d+)?)\s*(s|m|h)?$/);
  if (!match) throw new InvalidArgumentError('Write a time such as 90s, 15m or 2h.');
  return Number(match[1]) * { s: 1e3, m: 60e3, h: 3600e3 }[(match[2] ?? 's') as 's' | 'm' | 'h'];
}

/** `5`, `5USD`, `30 CNY`. */
export function money(text: string): { amount: number; currency: string } {
  const match = text.trim().match(/^\$?(\d+(?:\.\d+)?)\s*([A-Za-z]{3})?$/);
  if (!match) throw new InvalidArgumentError('Write an amount such as 5 or 30CNY.');
  return { amount: Number(match[1]), currency: (match[2] ?? 'USD').toUpperCase() };
}

export function oneOf<T extends string>(allowed: readonly T[]): (text: string) => T {
  return (text) => {
    if (!(allowed as readonly string[]).includes(text))
      throw new InvalidArgumentError(`It must be one of ${allowed.join(', ')}.`);
    return text as T;
  };
}

export function share(text: string): number {
  const value = nonNegative(text);
  if (value > 1) throw new InvalidArgumentError('It must be a share from 0 to 1.');
  return value;
}

/** `1,2,5` → numbers above 0 and at most 100. */
export function pointsList(text: string): number[] {
  const values = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (values.some((value) => !(value > 0 && value <= 100)))
    throw new InvalidArgumentError('Write points of 100 such as 1,2,5.');
  return values;
}

export const wholeList = (text: string): number[] => text.split(',').map((part) => wholeNumber(part));
