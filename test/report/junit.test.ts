import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultGate } from '../../harness/report/gate/config.ts';
import { gate } from '../../harness/report/gate/gate.ts';
import { gateJunit, runJunit } from '../../harness/report/junit.ts';
import { foldRecords } from '../../harness/report/records.ts';
import { escapeXml } from '../../harness/report/xml.ts';
import { makeRun, type RunShape, stream } from './run-fixture.ts';

interface Node {
  name: string;
  attributes: Record<string, string>;
  children: Node[];
}

/** A reader of the small XML that JUnit is, strict about nesting and stray characters: throws on what is not well formed. */
function parse(xml: string): Node {
  const root: Node = { name: '', attributes: {}, children: [] };
  const stack = [root];
  const body = xml.replace(/^<\?xml version="1.0" encoding="UTF-8"\?>\n/, '');
  expect(body).not.toBe(xml);
  let end = 0;
  for (const match of body.matchAll(/<(\/?)([a-z]+)((?: [a-z]+="[^"<]*")*)(\/?)>/g)) {
    if (body.slice(end, match.index).trim() !== '')
      throw new Error(`stray text ${body.slice(end, match.index)}`);
    end = match.index + match[0].length;
    const [, closing, name, list, empty] = match as unknown as [string, string, string, string, string];
    if (closing) {
      if (stack.pop()!.name !== name) throw new Error(`</${name}> closes another`);
      continue;
    }
    const attributes: Record<string, string> = {};
    for (const [, key, value] of list.matchAll(/ ([a-z]+)="([^"]*)"/g)) attributes[key!] = value!;
    const node = { name, attributes, children: [] };
    stack.at(-1)!.children.push(node);
    if (!empty) stack.push(node);
  }
  if (stack.length !== 1 || body.slice(end).trim() !== '') throw new Error('not closed');
  return root.children[0]!;
}

const recordsOf = (shape: RunShape) => foldRecords(stream(makeRun(shape)));
const kinds = (node: Node) =>
  node.children.filter(({ name }) => name !== 'properties').map(({ name }) => name);

describe('runJunit', () => {
  it('tells a wrong answer, a fault and what was not asked apart, and its counts agree', async () => {
    const records = await recordsOf({
      langs: ['en'],
      seeds: 5,
      end: 'interrupted',
      fate: ({ seed }) =>
        [
          1,
          0.5,
          { error: 'server' } as const,
          { judge: 'unreadable' } as const,
          { unanswered: true } as const,
        ][seed - 1]!,
    });
    const suite = parse(runJunit(records)).children[0]!;
    expect(suite.attributes).toMatchObject({
      name: 'lab/a dispatch',
      tests: '5',
      failures: '1',
      errors: '2',
      skipped: '1',
    });
    const cases = suite.children.filter(({ name }) => name === 'testcase');
    expect(cases.map(kinds)).toEqual([[], ['failure'], ['error'], ['error'], ['skipped']]);
    expect(cases[1]!.children.find(({ name }) => name === 'failure')!.attributes.message).toBe(
      'off by a factor of √3',
    );
    expect(cases[1]!.attributes).toMatchObject({
      name: 'dispatch/merit/s2/en',
      classname: 'lab/a.dispatch.merit',
      time: '0.5',
    });
  });

  it('is well formed whatever a checker quoted from a reply', async () => {
    const evil = `</failure><script>"'&]]>\0\x1b\ud800\ufffe\n`;
    const events = makeRun({ seeds: 2, models: ['lab/<a>&"'], fate: () => 0 });
    for (const event of events)
      if (event.event === 'score-end') event.checks[0]!.score = { status: 'scored', value: 0, reason: evil };
    const xml = runJunit(await foldRecords(stream(events)));
    expect(parse(xml).children).toHaveLength(1);
    expect(xml).not.toMatch(/[\0\x1b\ud800\ufffe]|<script/u);
  });

  it('escapes any text into characters that XML 1.0 allows', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const escaped = escapeXml(text);
        expect(escaped).not.toMatch(/[<>"'\t\n\r]|&(?!amp;|lt;|gt;|quot;|apos;|#\d+;)/);
        expect(escaped).toMatch(/^[\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u);
      }),
    );
  });
});

describe('gateJunit', () => {
  it('a regression fails, an inconclusive suite is skipped with its reason', async () => {
    const suites = { dispatch: ['merit'], faults: ['duval'] };
    const base = { records: await recordsOf({ run: 'old', suites, seeds: 20 }), model: 'lab/a' };
    const shape: RunShape = {
      run: 'new',
      suites,
      seeds: 20,
      fate: ({ suite, seed }) => (suite === 'faults' ? (seed < 3 ? 0 : 1) : 0),
    };
    const result = gate(base, { records: await recordsOf(shape), model: 'lab/a' }, defaultGate());
    const suite = parse(gateJunit(result)).children[0]!;
    expect(suite.attributes).toMatchObject({ tests: '5', failures: '1', skipped: '1', errors: '0' });
    expect(suite.children.map((each) => [each.attributes.name, ...kinds(each)])).toEqual([
      ['dispatch', 'failure'],
      ['faults', 'skipped'],
      ['safety'],
      ['unscored'],
      ['format'],
    ]);
  });

  it('a refused comparison is an error, not an empty success', async () => {
    const side = { records: await recordsOf({}), model: 'lab/a' };
    const xml = gateJunit(gate(side, { ...side, model: 'lab/none' }, defaultGate()));
    expect(parse(xml).children[0]!.attributes).toMatchObject({ tests: '1', errors: '1' });
  });
});
