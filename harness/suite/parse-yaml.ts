import type { CST, Document, Node } from 'yaml';
import { Composer, isAlias, isMap, isScalar, isSeq, Lexer, LineCounter, Parser, visit } from 'yaml';
import type { Issue } from '../core/errors.ts';
import { type Located, locate } from './located.ts';

/**
 * The YAML that suites are written in: one document of YAML 1.2 core (dates and `no` are text, keys are text),
 * anchors and aliases within bounds. Refused: tags, merge keys, directives, values that JSON has no form for.
 */
type Parsing = { located: Located; issues: Issue[] } | { located?: undefined; issues: Issue[] };

const MAX_DEPTH = 64;
/** Nodes of a document once its aliases are written out: far beyond honest use, far below a bomb. */
const MAX_NODES = 100_000;
const MAX_REPORTED = 20;

export function parseSuiteYaml(text: string, file: string): Parsing {
  const lines = new LineCounter();
  const at = (offset: number) => ({ file, ...lines.linePos(offset) });
  const { tokens, deep } = tokenise(text, lines);
  if (deep !== undefined) {
    const hint = 'a suite needs no more than a few levels';
    return { issues: [{ place: at(deep), message: `is nested deeper than ${MAX_DEPTH} levels`, hint }] };
  }
  const composer = new Composer({ lineCounter: lines, prettyErrors: false, stringKeys: true, merge: false });
  const [doc, second] = composer.compose(tokens, true, text.length) as Iterable<Document.Parsed>;
  if (!doc) return { issues: [{ place: { file }, message: 'is empty' }] };
  const issues: Issue[] = doc.errors.slice(0, MAX_REPORTED).map(({ code, message, pos }) => ({
    place: at(pos[0]),
    ...explain(code, message, text.slice(pos[0], pos[0] + 80)),
  }));
  if (second)
    issues.push({
      place: at(second.range[0]),
      message: 'a second YAML document',
      hint: 'one file, one document',
    });
  const broken = second !== undefined || doc.errors.some(({ code }) => code !== 'DUPLICATE_KEY');
  if (!broken && doc.contents === null) return { issues: [{ place: { file }, message: 'is empty' }] };
  if (broken) return { issues };
  issues.push(
    ...policy(doc)
      .slice(0, MAX_REPORTED)
      .map(({ offset, ...rest }) => ({ place: at(offset), ...rest })),
  );
  const fatal = issues.length > doc.errors.length;
  return fatal ? { issues } : { located: locate(doc, file, text, lines), issues };
}

/** Lexer and parser keep stacks of their own, so depth can be seen before the composer, which recurses, overflows. */
function tokenise(text: string, lines: LineCounter): { tokens: CST.Token[]; deep?: number } {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  const tokens: CST.Token[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    // A mapping inside a sequence counts twice on the stack; one level for people is at most two there.
    if (parser.stack.length > 2 * MAX_DEPTH) return { tokens, deep: parser.offset - lexeme.length };
  }
  tokens.push(...parser.end());
  return { tokens };
}

function explain(code: string, message: string, source: string): { message: string; hint?: string } {
  switch (code) {
    case 'DUPLICATE_KEY':
      return {
        message: `the key "${keyIn(source)}" stands here a second time`,
        hint: 'keep one of them',
      };
    case 'TAB_AS_INDENT':
      return { message: 'a tab is used as indentation', hint: 'YAML indents with spaces' };
    case 'MULTIPLE_DOCS':
      return { message: 'a second YAML document', hint: 'one file, one document' };
    case 'NON_STRING_KEY':
      return { message: 'a key must be plain text', hint: 'quote it, or check for a stray [ or {' };
    case 'BLOCK_AS_IMPLICIT_KEY':
      return { message: 'a mapping inside a one-line value', hint: 'quote text that holds ": "' };
    default:
      return { message: `not YAML: ${message}` };
  }
}

const keyIn = (source: string) => /^(["']?)(.+?)\1\s*(?::|$)/m.exec(source)?.[2] ?? source;

interface Fault {
  offset: number;
  message: string;
  hint?: string;
}

/** What YAML allows and a suite does not. */
function policy(doc: Document.Parsed): Fault[] {
  const faults: Fault[] = [];
  if (doc.directives?.yaml.explicit || Object.keys(doc.directives?.tags ?? {}).length > 1) {
    faults.push({
      offset: 0,
      message: 'YAML directives (%YAML, %TAG) are not used',
      hint: 'suites are YAML 1.2',
    });
  }
  visit(doc, {
    Node: (_, node) => {
      if (isAlias(node)) return;
      const offset = (node as Node).range?.[0] ?? 0;
      if ((node as Node).tag) {
        faults.push({
          offset,
          message: `the tag ${(node as Node).tag} is not used`,
          hint: 'write plain values',
        });
      }
      if (isScalar(node)) faults.push(...badNumber(node.value, offset, String(node.source ?? '')));
    },
    Pair: (_, { key }) => {
      if (!isScalar(key) || !key.range) return;
      const offset = key.range[0];
      if (key.value === '__proto__') faults.push({ offset, message: 'the key "__proto__" is not allowed' });
      if (key.value === '<<') {
        faults.push({
          offset,
          message: 'merge keys (<<) are not used',
          hint: 'alias a whole value, or write the keys out',
        });
      }
    },
  });
  return faults.length > 0 ? faults : aliasFaults(doc);
}

function badNumber(value: unknown, offset: number, source: string): Fault[] {
  if (typeof value !== 'number') return [];
  if (!Number.isFinite(value)) return [{ offset, message: `${source} is not a finite number` }];
  if (Number.isInteger(value) && !Number.isSafeInteger(value) && !/[.e]/i.test(source)) {
    return [
      { offset, message: `${source} has more digits than a number keeps`, hint: 'quote it, if it is a name' },
    ];
  }
  return [];
}

interface Extent {
  nodes: number;
  depth: number;
}

/** Measures the document as if every alias were written out, each anchor once: linear in the file, whatever the aliases say. */
function aliasFaults(doc: Document.Parsed): Fault[] {
  const anchored = new Map<string, Extent>();
  const open = new Set<string>();
  const faults: Fault[] = [];
  const extentOf = (node: unknown): Extent => {
    const offset = (node as Node | null)?.range?.[0] ?? 0;
    if (isAlias(node)) {
      const extent = anchored.get(node.source);
      if (open.has(node.source))
        faults.push({ offset, message: `*${node.source} stands inside its own anchor` });
      else if (!extent) faults.push({ offset, message: `*${node.source} has no anchor before it` });
      return extent ?? { nodes: 1, depth: 1 };
    }
    const anchor = (node as Node | null)?.anchor;
    if (anchor) open.add(anchor);
    const inner = isMap(node)
      ? node.items.flatMap(({ key, value }) => [key, value])
      : isSeq(node)
        ? node.items
        : [];
    const extent = { nodes: 1, depth: 1 };
    for (const part of inner.map(extentOf)) {
      extent.nodes += part.nodes;
      extent.depth = Math.max(extent.depth, part.depth + 1);
    }
    if (anchor) {
      open.delete(anchor);
      anchored.set(anchor, extent);
    }
    if (extent.nodes > MAX_NODES) faults.push({ offset, ...tooMuch(`holds more than ${MAX_NODES} values`) });
    if (extent.depth > 2 * MAX_DEPTH)
      faults.push({ offset, ...tooMuch(`is deeper than ${MAX_DEPTH} levels`) });
    return extent;
  };
  extentOf(doc.contents);
  return faults.slice(0, 1);
}

const tooMuch = (what: string) => ({
  message: `${what} once its aliases are written out`,
  hint: 'repeat less through aliases',
});
