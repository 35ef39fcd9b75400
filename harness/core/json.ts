import * as z from 'zod';

export type Json = z.core.util.JSONType;

/** Nothing that checks extract is nested deeper; a report walks what it shows. */
const DEEPEST = 200;

/** Whether a value has a JSON form that reads back as itself: no NaN, no member left undefined. */
export function isJson(value: unknown, depth = 0): value is Json {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth > DEEPEST) return false;
  if (Array.isArray(value)) return value.every((item) => isJson(item, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return Object.values(value).every((member) => isJson(member, depth + 1));
}

/** As z.json(), which takes ten times as long: it tries one kind of value after the other, and journals hold two a score. */
export const jsonSchema = z.custom<Json>((value) => isJson(value), 'is no JSON, or nested too deep');
