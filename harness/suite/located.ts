import type { Alias, Document, LineCounter, Node, Pair, Scalar } from 'yaml';
import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Place } from '../core/errors.ts';

export type Path = readonly PropertyKey[];

/** A parsed YAML file whose every value knows its place in the text. */
export interface Located {
  file: string;
  value: unknown;
  /** Of the value at `path`, or of the nearest value above it that exists. */
  place(path: Path): Place;
  /** Of the key itself: for faults of a name rather than of its value. */
  keyPlace(path: Path): Place;
  /** Of a line and column, from 1, of the text that the scalar at `path` holds: for faults inside a template. */
  textPlace(path: Path, line: number, col: number): Place;
  /** The scalar at `path` as it was typed, if it is one. */
  typed(path: Path): string | undefined;
}

export function locate(doc: Document.Parsed, file: string, text: string, lines: LineCounter): Located {
  const at = (offset: number | undefined): Place => {
    if (offset === undefined) return { file };
    const { line, col } = lines.linePos(offset);
    return { file, line, col };
  };
  const place = (path: Path) => at(nearestNode(doc, path)?.range?.[0]);
  return {
    file,
    value: doc.toJS({ maxAliasCount: -1 }),
    place,
    keyPlace(path) {
      const pair = pairAt(doc, path);
      return pair ? at((pair.key as Node).range?.[0]) : place(path);
    },
    textPlace(path, line, col) {
      const node = nodeAt(doc, path);
      if (!isScalar(node) || !node.range) return place(path);
      if (node.type !== 'BLOCK_LITERAL') return at(node.range[0] + offsetWithin(text, node, line, col));
      const first = lines.linePos(node.range[0]).line + 1;
      return { file, line: first + line - 1, col: col + indentOf(text, node) };
    },
    typed(path) {
      const node = nodeAt(doc, path);
      return isScalar(node) && node.range ? text.slice(node.range[0], node.range[1]).trim() : undefined;
    },
  };
}

/** A one-line text that stands in the file as it reads can be pointed into; escapes and folded lines cannot. */
function offsetWithin(text: string, node: Scalar, line: number, col: number): number {
  const [start = 0, end = 0] = node.range ?? [];
  const quote = node.type === 'PLAIN' ? 0 : 1;
  return line === 1 && text.slice(start + quote, end - quote) === node.value ? quote + col - 1 : 0;
}

/** Columns that a block scalar's content is indented by: what its first line with words has beyond the value's. */
function indentOf(text: string, node: Scalar): number {
  const [header = '', ...body] = text.slice(node.range?.[0], node.range?.[1]).split('\n');
  const first = body.findIndex((line) => line.trim() !== '');
  if (first < 0) return 0;
  const source = body[first] as string;
  // An explicit indicator (`|2`) lets the content itself begin with blanks, which then belong to the text.
  const own = /\d/.test(header)
    ? (/^ */.exec(String(node.value).split('\n')[first] ?? '')?.[0].length ?? 0)
    : 0;
  return (/^ */.exec(source)?.[0].length ?? 0) - own;
}

function resolve(doc: Document.Parsed, node: unknown): Node | undefined {
  return (isAlias(node) ? (node as Alias).resolve(doc) : node) as Node | undefined;
}

function child(doc: Document.Parsed, node: Node | undefined, key: PropertyKey): Node | undefined {
  if (isMap(node)) return resolve(doc, pairOf(node.items as Pair[], key)?.value);
  if (isSeq(node)) return resolve(doc, node.items[Number(key)]);
  return undefined;
}

function pairOf(items: readonly Pair[], key: PropertyKey): Pair | undefined {
  return items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key));
}

function nodeAt(doc: Document.Parsed, path: Path): Node | undefined {
  let node = resolve(doc, doc.contents);
  for (const key of path) node = child(doc, node, key);
  return node;
}

function nearestNode(doc: Document.Parsed, path: Path): Node | undefined {
  let node = resolve(doc, doc.contents);
  for (const key of path) {
    const next = child(doc, node, key);
    // `key:` with nothing after it: the null has no text of its own, its key has.
    if (!next?.range) return isMap(node) ? ((pairOf(node.items as Pair[], key)?.key as Node) ?? node) : node;
    node = next;
  }
  return node;
}

function pairAt(doc: Document.Parsed, path: Path): Pair | undefined {
  const parent = nodeAt(doc, path.slice(0, -1));
  const key = path.at(-1);
  return isMap(parent) && key !== undefined ? pairOf(parent.items as Pair[], key) : undefined;
}
