import { describe, expect, it } from 'vitest';
import { compare } from '../../harness/report/compare/compare.ts';
import { comparisonMarkdown, comparisonText } from '../../harness/report/compare/text.ts';
import { defaultGate } from '../../harness/report/gate/config.ts';
import { gate } from '../../harness/report/gate/gate.ts';
import { gateAnnotations, gateMarkdown, gateText } from '../../harness/report/gate/text.ts';
import { foldRecords } from '../../harness/report/records.ts';
import { makeRun, type RunShape, stream } from './run-fixture.ts';

const side = async (shape: RunShape) => ({
  records: await foldRecords(stream(makeRun(shape))),
  model: 'lab/a',
});
const suites = { dispatch: ['merit'], 'faults\x1b[2J': ['duval|`x`'] };
const before = await side({ run: 'old', suites, seeds: 20 });
const after = await side({
  run: 'new',
  suites,
  seeds: 20,
  fate: ({ suite, seed }) => (suite === 'dispatch' ? (seed < 3 ? 0 : 1) : 0),
});
const result = gate(before, after, defaultGate());
const refused = gate(before, await side({ run: 'x', suites, seeds: 20, judge: 'lab/\x1bj' }), defaultGate());
const wide = { width: Number.POSITIVE_INFINITY, colour: false };

describe('a gate in words', () => {
  it('begins with the verdict and gives a reason for all that did not pass', () => {
    const text = gateText(result, wide);
    expect(text).toMatch(/^REGRESSED: lab\/a of new against lab\/a of old/);
    expect(text).toMatch(/dispatch +inconclusive/);
    expect(text).toContain('losses below');
    expect(text).not.toContain('\x1b');
    expect(gateText(refused, wide)).toContain('judged by no model in old and by lab/␛j in x');
  });

  it('as Markdown keeps its cells, as annotations its commands', () => {
    const rows = gateMarkdown(result)
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(new Set(rows.map((row) => row.replaceAll('\\|', '').split('|').length)).size).toBe(1);
    const commands = gateAnnotations(result);
    expect(commands).toHaveLength(2);
    expect(commands[1]).toMatch(/^::error title=faults␛\[2J regressed::/);
    expect(commands[0]).toMatch(/^::warning title=dispatch inconclusive::/);
    for (const line of [...commands, ...gateAnnotations(refused)])
      expect(line).not.toMatch(/\n|%(?!25|0A|0D|3A|2C)/);
  });
});

describe('a comparison in words', () => {
  const comparison = compare(before, after);
  it('begins with what can be concluded and lists what flipped', () => {
    const text = comparisonText(comparison, wide);
    expect(text.split('\n')[1]).toMatch(/^By 55\.0 points the later run is worse/);
    expect(text).toContain('44 passed before, not now:');
    expect(text).toContain('and 34 more');
    expect(text).toContain('off by a factor of √3');
    expect(text).not.toContain('\x1b');
  });

  it.each([100, 80, 60])('fits %i columns as far as its change column allows', (width) => {
    const table = comparisonText(comparison, { width, colour: false })
      .split('\n')
      .filter((line) => /^ ?─|^ /.test(line));
    const rule = table.find((line) => line.startsWith('─'))!;
    expect(rule.length).toBeLessThanOrEqual(Math.max(width, 76));
  });

  it('as Markdown holds names as text', () => {
    expect(comparisonMarkdown(comparison)).toContain('duval\\|\\`x\\`');
    expect(comparisonMarkdown(compare(before, { ...after, model: 'none' }))).toContain(
      '- run new has no model none',
    );
  });
});
