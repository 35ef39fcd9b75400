import { jsonrepair } from 'jsonrepair';

/** A JSON object found in a reply. Offsets are UTF-16 units of the reply. */
export interface FoundObject {
  value: Record<string, unknown>;
  start: number;
  end: number;
  repaired: boolean;
}

/** A final answer is short; what stands further from the end than this is not looked at. */
const WINDOW = 200_000;
/** Characters that all scans together may pass over, so that `{"{"{"…` stays linear. */
const BUDGET = 2_000_000;
const MAX_DEPTH = 64;
/** jsonrepair recurses, so what it is given stays small. */
const MAX_REPAIR = 20_000;

const OBJECT_START = /\{(?=\s*(?:["'“”}]|[\p{L}_][\p{L}\p{N}_ ]*["'”]?\s*[:：]))/gu;

/**
 * Every outermost JSON object in the last part of a reply, in order. An opening brace that leads nowhere
 * (prose, LaTeX) is passed over, and so is an object that was cut off: its last number may be half written.
 */
export function findObjects(reply: string): FoundObject[] {
  const offset = Math.max(0, reply.length - WINDOW);
  const text = reply.slice(offset);
  const found: FoundObject[] = [];
  let budget = BUDGET;
  let from = 0;
  for (const { index } of text.matchAll(OBJECT_START)) {
    if (index < from || budget <= 0) continue;
    const end = matchBrace(text, index);
    budget -= (end ?? text.length) - index;
    const object = end === undefined ? undefined : parseObject(text.slice(index, end));
    if (object && end !== undefined) {
      found.push({ ...object, start: offset + index, end: offset + end });
      from = end;
    }
  }
  return found;
}

/** Offset just behind the brace that closes the one at `start`; undefined where none does, or nesting is absurd. */
function matchBrace(text: string, start: number): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let i = start; i < text.length; i++) {
    const char = text[i];
    if (quoted) {
      if (char === '\\') i++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{' || char === '[') {
      if (++depth > MAX_DEPTH) return undefined;
    } else if (char === '}' || char === ']') {
      if (--depth === 0) return i + 1;
    }
  }
  return undefined;
}

function parseObject(text: string): { value: Record<string, unknown>; repaired: boolean } | undefined {
  const strict = tryParse(text);
  if (strict) return { value: strict, repaired: false };
  if (text.length > MAX_REPAIR) return undefined;
  try {
    const value = tryParse(jsonrepair(text));
    return value && { value, repaired: true };
  } catch {
    return undefined;
  }
}

function tryParse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
