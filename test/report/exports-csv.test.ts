import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine, leaderboardCsv } from '../../harness/report/exports/csv.ts';
import { buildLeaderboard } from '../../harness/report/leaderboard/build.ts';
import { summarise } from '../../harness/report/summarise.ts';
import { makeRun, modelRecord, stream } from './run-fixture.ts';

/** A reader of RFC 4180, character by character. */
function parse(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') cell += text[++i];
      else quoted = false;
    } else if (c === '"' && cell === '') quoted = true;
    else if (c === ',' || (c === '\r' && text[i + 1] === '\n')) {
      rows.at(-1)!.push(cell);
      cell = '';
      if (c === '\r') {
        i++;
        rows.push([]);
      }
    } else cell += c;
  }
  expect(quoted).toBe(false);
  return rows.slice(0, -1);
}

describe('csvLine', () => {
  it('gives back any text, but for the apostrophe that keeps a formula asleep', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (cells) => {
        const back = parse(csvLine(cells));
        expect(back).toHaveLength(1);
        expect(back[0]!.map((cell, i) => (cell === `'${cells[i]}` ? cell.slice(1) : cell))).toEqual(cells);
        for (const cell of back[0]!) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });

  it.each(['=cmd|calc', '+1', '-2+3', '@SUM(A1)', '\t=1', '＝1'])(
    '%j does not run in a spreadsheet',
    (text) => {
      expect(parse(csvLine([text]))[0]![0]).toBe(`'${text}`);
    },
  );

  it('leaves numbers as numbers and the unknown empty', () => {
    expect(csvLine([-0.5, undefined, 0])).toBe('-0.5,,0\r\n');
  });
});

describe('leaderboardCsv', () => {
  it('has every group of every row, of one width, with figures equal to the JSON', async () => {
    const model = { ...modelRecord('=lab/a,"b"'), prices: { input: 1, output: 1, currency: 'USD' } };
    const board = buildLeaderboard([await summarise(stream(makeRun({ models: [model, 'lab/c'] })))]);
    const [head, ...rows] = parse(leaderboardCsv(board));
    expect(new Set([head!, ...rows].map(({ length }) => length))).toEqual(new Set([head!.length]));
    // overall, one suite, one task, two languages, one skill, one tier: for two models
    expect(rows).toHaveLength(14);
    const cell = (row: string[], name: string) => row[head!.indexOf(name)];
    const whole = rows.find(
      (row) => cell(row, 'group') === 'overall' && cell(row, 'model')!.startsWith("'="),
    )!;
    const { overall, cost } = board.rankings[0]!.rows.find((row) => row.model.startsWith('='))!;
    expect(Number(cell(whole, 'score'))).toBe(overall.score);
    expect(Number(cell(whole, 'low'))).toBe(overall.interval![0]);
    expect(Number(cell(whole, 'cost'))).toBe(cost!.amount);
    expect(cell(rows.find((row) => cell(row, 'model') === 'lab/c')!, 'cost')).toBe('');
  });
});
