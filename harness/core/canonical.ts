import { hash } from 'node:crypto';

/**
 * JSON with sorted keys and no white space, so that equal values give equal text on every machine.
 * `undefined` members are left out, as JSON.stringify does.
 * @throws TypeError for NaN and infinities, which JSON would silently turn into null
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${value} has no JSON form`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (typeof value === 'object') {
    const record = value as Record<string, unknown>;
    let members = '';
    for (const key of Object.keys(record).sort()) {
      const member = record[key];
      if (member === undefined) continue;
      members += `${members ? ',' : ''}${JSON.stringify(key)}:${canonicalJson(member)}`;
    }
    return `{${members}}`;
  }
  throw new TypeError(`a ${typeof value} has no JSON form`);
}

/** The first 80 bits of the SHA-256 of a value's canonical JSON, in hex: enough to tell samples apart, short in a journal. */
export function shortHash(value: unknown): string {
  return hash('sha256', canonicalJson(value)).slice(0, 20);
}

/** The whole SHA-256 of a value's canonical JSON, as published: `sha256:<64 hex digits>`. */
export function fullHash(value: unknown): string {
  return `sha256:${hash('sha256', canonicalJson(value))}`;
}
