import type { z } from 'zod';
import type { Path } from './located.ts';

interface Def {
  type: string;
  shape?: Record<string, z.ZodType>;
  innerType?: z.ZodType;
  in?: z.ZodType;
  out?: z.ZodType;
  element?: z.ZodType;
  items?: z.ZodType[];
  valueType?: z.ZodType;
  options?: z.ZodType[];
  left?: z.ZodType;
  right?: z.ZodType;
  getter?: () => z.ZodType;
}

const defOf = (schema: z.ZodType) => schema._zod.def as unknown as Def;

/** The keys that a schema knows for the mapping at `path`: what an unknown key may have been meant to be. */
export function keysAt(schema: z.ZodType, path: Path): string[] {
  let here = objectsOf(schema);
  for (const key of path) here = here.flatMap((inner) => childOf(inner, key)).flatMap(objectsOf);
  return [...new Set(here.flatMap((inner) => Object.keys(defOf(inner).shape ?? {})))];
}

function childOf(schema: z.ZodType, key: PropertyKey): z.ZodType[] {
  const def = defOf(schema);
  const child =
    def.type === 'object'
      ? def.shape?.[String(key)]
      : (def.element ?? def.items?.[Number(key)] ?? def.valueType);
  return child ? [child] : [];
}

/** Takes off what wraps a schema (optional, default, pipe, lazy) and opens unions. */
function objectsOf(schema: z.ZodType): z.ZodType[] {
  const def = defOf(schema);
  if (def.type === 'union') return (def.options ?? []).flatMap(objectsOf);
  if (def.type === 'intersection')
    return [def.left, def.right].flatMap((side) => (side ? objectsOf(side) : []));
  if (def.type === 'pipe') return [def.in, def.out].flatMap((side) => (side ? objectsOf(side) : []));
  if (def.type === 'lazy' && def.getter) return objectsOf(def.getter());
  return def.innerType ? objectsOf(def.innerType) : [schema];
}
