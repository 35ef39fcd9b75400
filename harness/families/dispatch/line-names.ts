import type { Option } from '../../core/answer.ts';
import { withoutNoun } from '../../core/nouns.ts';

const MAX_NAMES = 100;

/** `L1-4` as it may be told from its other end, `L4-1`. */
const fromTheOtherEnd = (name: string): string => name.replace(/^L(\d+)-(\d+)$/, 'L$2-$1');

/** A line of a question as an option: by its name, or told from its other end. */
export const lineOption = (name: string): Option => ({ id: name, labels: [name, fromTheOtherEnd(name)] });

/**
 * The lines a proposal names, a list or a text that lists them, with or without the noun and from either end;
 * undefined where it is no list, a name that is no line left as it is.
 */
export function readLines(proposal: unknown, known: readonly string[]): Set<string> | undefined {
  const items = typeof proposal === 'string' ? proposal.slice(0, 2_000).split(/[,，、;；\n]/) : proposal;
  if (!Array.isArray(items) || items.length > MAX_NAMES) return undefined;
  const names = items.map((item) => (typeof item === 'string' ? bare(item, known) : ''));
  return new Set(typeof proposal === 'string' ? names.filter((name) => name !== '') : names);
}

function bare(item: string, known: readonly string[]): string {
  const plain = withoutNoun(item.normalize('NFKC').trim())
    .toUpperCase()
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\s/g, '');
  const name = /^\d+-\d+$/.test(plain) ? `L${plain}` : plain;
  return known.includes(name) ? name : known.includes(fromTheOtherEnd(name)) ? fromTheOtherEnd(name) : plain;
}
