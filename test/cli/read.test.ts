import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { read } from '../../harness/cli/actions/read.ts';
import type { ReadFlags } from '../../harness/cli/commands/read.ts';
import type { Io } from '../../harness/cli/io.ts';
import { UserError } from '../../harness/core/errors.ts';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

function run(text: string | undefined, flags: ReadFlags, cwd = '/', stdin = ''): string {
  let out = '';
  const io: Io = {
    out: (piece) => {
      out += piece;
    },
    err: () => undefined,
    env: {},
    self: 'wattmark',
    cwd,
    columns: 120,
    errIsTerminal: false,
    colour: false,
    stdin: () => stdin,
  };
  read(text, flags, io);
  return out;
}

const json = (text: string, flags: ReadFlags = {}) => JSON.parse(run(text, { ...flags, json: true }));

describe('wattmark read', () => {
  it('prints every key of an entry, offsets in UTF-16 units', () => {
    expect(json('😀 出力约３５０ MW')).toEqual({
      quantities: [
        {
          text: '３５０ MW',
          start: 6,
          end: 12,
          kind: 'point',
          value: 350,
          low: 350,
          high: 350,
          unit: 'MW',
          dimension: 'power',
          approximate: true,
        },
      ],
      answer: 0,
    });
  });

  it('converts into the unit asked what can be converted, and nothing else', () => {
    const { quantities, answer } = json('350 MW for 3 h, 1—2亿千瓦', { unit: 'kW' });
    expect(quantities.map((entry: { in?: unknown }) => entry.in)).toEqual([
      { value: 350_000, unit: 'kW' },
      undefined,
      { value: null, low: 1e8, high: 2e8, unit: 'kW' },
    ]);
    expect(answer).toBeNull();
  });

  it('lists no dates, times, step numbers or names, and keeps durations', () => {
    const { quantities } = json('Step 1: on March 12, 2026 at 14:30 bus 14 lost 350 MW for 30 minutes');
    expect(quantities.map((entry: { text: string }) => entry.text)).toEqual(['350 MW', '30 minutes']);
  });

  it('counts the answer among what is listed, not among what was skipped', () => {
    expect(json('Step 1: the demand of bus 14 is 5 h late. Answer: 350 MW').answer).toBe(1);
  });

  it('tells null where two answers differ', () => {
    expect(json('The answer is 350 MW. The answer is 360 MW.').answer).toBeNull();
  });

  it('reads a file, one JSON a line for each line, empty ones too', () => {
    const folder = mkdtempSync(join(tmpdir(), 'read-'));
    made.push(folder);
    writeFileSync(join(folder, 'texts.txt'), '350 MW\r\n\n3、5、7\n');
    const lines = run(undefined, { file: 'texts.txt' }, folder)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ quantities }) => quantities.length)).toEqual([1, 0, 1]);
    expect(lines[2].quantities[0]).toMatchObject({ kind: 'list', value: null, values: [3, 5, 7] });
  });

  it('reads standard input', () => {
    expect(JSON.parse(run('-', { json: true }, '/', '23.27 $/MWh')).quantities[0]).toMatchObject({
      unit: 'USD/MWh',
    });
  });

  it('shows a table with the answer marked, and no escape that a terminal would obey', () => {
    const shown = run('Answer: 350\u009b MW \u001b[2J and 5 h', { unit: 'GW' });
    expect(shown).toContain('→ the answer, chosen by: labelled');
    expect(shown).not.toMatch(/[\u001b\u009b]/);
    expect(run('nothing here', {})).toBe('no quantity found\n');
  });

  it.each<[string, string | undefined, ReadFlags, RegExp]>([
    ['a unit that is none', '5', { unit: 'MWx' }, /"MWx" is not a unit/],
    ['a language that is none', '5', { lang: 'fr' }, /"fr" is not a language/],
    ['no text', undefined, {}, /no text/],
    ['a text and a file', '5', { file: 'x' }, /both/],
    ['a file that is not there', undefined, { file: 'not-there.txt' }, /not-there\.txt/],
  ])('refuses %s', (_fault, text, flags, message) => {
    expect(() => run(text, flags)).toThrow(UserError);
    expect(() => run(text, flags)).toThrow(message);
  });
});
