/** Facts are small; this only ends a structure that holds itself. */
const MAX_VALUES = 100_000;

/** Every key of plain data, at any depth. */
export function keysWithin(value: unknown): Set<string> {
  const keys = new Set<string>();
  const waiting: unknown[] = [value];
  for (let seen = 0; waiting.length > 0 && seen < MAX_VALUES; seen++) {
    const inner = waiting.pop();
    if (typeof inner !== 'object' || inner === null) continue;
    if (!Array.isArray(inner)) for (const key of Object.keys(inner)) keys.add(key);
    for (const part of Object.values(inner)) waiting.push(part);
  }
  return keys;
}
