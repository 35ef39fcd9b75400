import { createHash } from 'node:crypto';
import type { EveryEvalEver } from './every-eval-ever.ts';

/**
 * Where that schema's collections keep a record: `<collection>/<developer>/<model>/<uuid4>.json`. The UUID has the
 * form of a random one, but comes of the evaluation's id, so that exporting twice replaces instead of doubling.
 */
export function recordPath({ evaluation_id, model_info: { id } }: EveryEvalEver): string {
  const parts = id.split('/').map(folderName).filter(Boolean);
  const [developer = 'unknown', ...model] = parts.length > 1 ? parts : ['unknown', ...parts];
  return `wattmark/${developer}/${model.join('_') || 'unknown'}/${stableUuid(evaluation_id)}.json`;
}

/** Ids are the user's own words: no dot, blank or slash of theirs walks to another folder. */
const folderName = (text: string) =>
  text
    .replace(/[^\p{L}\p{N}._-]+/gu, '_')
    .replace(/^\.+|\.+$/g, '')
    .slice(0, 100);

function stableUuid(text: string): string {
  const hex = [...createHash('sha256').update(text).digest('hex').slice(0, 32)];
  hex[12] = '4';
  hex[16] = '89ab'[Number.parseInt(hex[16]!, 16) % 4]!;
  return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
