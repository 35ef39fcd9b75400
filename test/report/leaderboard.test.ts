import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildLeaderboard } from '../../harness/report/leaderboard/build.ts';
import {
  type Leaderboard,
  leaderboardJsonSchema,
  leaderboardSchema,
  leaderboardSchemaText,
} from '../../harness/report/leaderboard/schema.ts';
import { leaderboardMarkdown, leaderboardTable } from '../../harness/report/leaderboard/table.ts';
import { summarise } from '../../harness/report/summarise.ts';
import { type Fate, makeRun, modelRecord, type RunShape, stream } from './run-fixture.ts';

const summaryOf = (shape: RunShape) => summarise(stream(makeRun(shape)));
const rate =
  (share: number) =>
  ({ seed }: { seed: number }): Fate =>
    seed % 10 < share * 10 ? 1 : 0;
const run = (name: string, model: string, more: RunShape = {}) =>
  summaryOf({ run: name, models: [model], seeds: 10, ...more });
const day = (n: number) => `2026-05-0${n}T00:00:00.000Z`;
const names = ({ rankings }: Leaderboard) => rankings.map(({ rows }) => rows.map(({ model }) => model));

describe('the published schema', () => {
  it('is up to date: npx tsx scripts/leaderboard-schema.ts rewrites it', () => {
    const published = readFileSync(new URL('../../results/leaderboard.schema.json', import.meta.url), 'utf8');
    expect(published).toBe(leaderboardSchemaText());
  });

  it('an independent validator accepts what is built, and rejects what is not a leaderboard', async (context) => {
    // ajv comes with the linter; where it does not, zod alone is no second opinion.
    const ajv = await import('ajv').catch(() => undefined);
    if (!ajv) return context.skip('no ajv in node_modules');
    const validate = new ajv.default({ unknownFormats: 'ignore' }).compile(leaderboardJsonSchema());
    const board = buildLeaderboard([
      await run('r1', 'lab/a', { judge: 'lab/judge', epochs: 3 }),
      await run('r2', 'lab/b', {
        models: [{ ...modelRecord('lab/b'), settings: { topP: 0.9, reasoningEffort: 'high' } }],
      }),
      await run('r3', 'lab/c', { fate: () => ({ error: 'server' }) }),
    ]);
    const plain = JSON.parse(JSON.stringify(board));
    expect(validate(plain), JSON.stringify(validate.errors)).toBe(true);
    expect(leaderboardSchema.parse(plain)).toEqual(board);
    expect(validate({ ...plain, schema_version: '2.0' })).toBe(false);
    expect(validate({ ...plain, extra: 1 })).toBe(false);
    plain.rankings[0].rows[0].overall.score = 1.5;
    expect(validate(plain)).toBe(false);
  });
});

describe('buildLeaderboard', () => {
  it('holds who ran what when: hashes, versions, settings, judge, seeds, served models', async () => {
    const summary = await run('r1', 'lab/a', {
      judge: 'lab/judge',
      models: [{ ...modelRecord('lab/a'), settings: { temperature: 0, maxTokens: 500 } }],
      completion: () => ({ servedModel: 'a-2026-05-01' }),
    });
    summary.selection.seedKey = 'ab12cd34';
    const board = buildLeaderboard([summary]);
    expect(board.runs[0]).toMatchObject({
      run: 'r1',
      harness: '0.1.0',
      started: summary.started,
      ended: summary.ended,
    });
    expect(board.rankings[0]!.comparable).toEqual({
      suites: [{ name: 'dispatch', version: '1.0', hash: 'sha256:dispatch' }],
      checkers: { numeric: 1 },
      judge: 'lab/judge',
      langs: ['en', 'zh'],
      seeds: { from: 1, to: 10 },
      seed_key_fingerprint: 'ab12cd34',
    });
    const row = board.rankings[0]!.rows[0]!;
    expect(row).toMatchObject({
      run: 'r1',
      settings: { temperature: 0, max_tokens: 500 },
      served_models: ['a-2026-05-01'],
    });
    expect(row.tasks[0]!.name).toBe('dispatch/merit');
  });

  it.each<[string, RunShape, string]>([
    ['another suite hash', { hash: () => 'sha256:other' }, 'suite dispatch'],
    ['another checker version', { checkers: { numeric: 2 } }, 'checker numeric'],
    ['another judge', { judge: 'lab/judge' }, 'judge'],
    ['another language', { langs: ['en'] }, 'languages'],
    ['other seeds', { seeds: 9 }, 'seeds'],
    ['another suite', { suites: { dispatch: ['merit'], faults: ['duval'] } }, 'suite faults'],
  ])('never ranks %s beside the rest, and says why', async (_, shape, what) => {
    const board = buildLeaderboard([
      await run('r1', 'lab/a'),
      await run('r2', 'lab/b'),
      await run('r3', 'lab/c', { ...shape, at: day(3) }),
    ]);
    expect(names(board)).toEqual([['lab/a', 'lab/b'], ['lab/c']]);
    expect(board.rankings[0]!.apart).toEqual([]);
    expect(board.rankings[1]!.apart.map((reason) => reason.what)).toContain(what);
    expect(board.rankings[1]!.rows[0]!.rank).toBe(1);
    const text = leaderboardTable(board, { width: Number.POSITIVE_INFINITY, colour: false });
    expect(text).toContain('Ranking 2 of 2: not comparable with ranking 1');
    expect(text).toContain(`${what}: `);
    expect(leaderboardMarkdown(board)).toContain('not comparable with ranking 1');
  });

  it('the order in which a run names its suites keeps no one apart', async () => {
    const [ab, ba] = [
      { a: ['x'], b: ['y'] },
      { b: ['y'], a: ['x'] },
    ];
    const board = buildLeaderboard([
      await run('r1', 'lab/a', { suites: ab }),
      await run('r2', 'lab/b', { suites: ba }),
    ]);
    expect(board.rankings).toHaveLength(1);
  });

  it('ranks by score with a band of the ranks the intervals leave open; baselines have none', async () => {
    const board = buildLeaderboard([
      await run('r1', 'lab/low', { seeds: 40, fate: rate(0.1) }),
      await run('r2', 'lab/high', { seeds: 40, fate: rate(0.9) }),
      await run('r3', 'lab/near', { seeds: 40, fate: rate(0.8) }),
      await run('r4', 'baseline/reference', { seeds: 40 }),
    ]);
    const rows = board.rankings[0]!.rows.map(({ model, rank, rank_band }) => [model, rank, rank_band]);
    expect(rows).toEqual([
      ['baseline/reference', undefined, undefined],
      ['lab/high', 1, [1, 2]],
      ['lab/near', 2, [1, 2]],
      ['lab/low', 3, [3, 3]],
    ]);
  });

  it('equal scores share a rank, and a model that misses a suite has none', async () => {
    const board = buildLeaderboard(
      [
        await summaryOf({
          suites: { dispatch: ['merit'], faults: ['duval'] },
          models: ['lab/a', 'lab/b', 'lab/gap'],
          fate: ({ suite }, model) => (model === 'lab/gap' && suite === 'faults' ? { error: 'server' } : 1),
        }),
      ],
      { force: true },
    );
    expect(board.rankings[0]!.rows.map(({ model, rank }) => [model, rank])).toEqual([
      ['lab/a', 1],
      ['lab/b', 1],
      ['lab/gap', undefined],
    ]);
    expect(board.rankings[0]!.rows[2]!.marks[0]).toContain('8 of 16 attempts unscored');
  });

  it('of one model with the same settings the newest run counts, even if it is worse', async () => {
    const old = await run('old', 'lab/a', { at: day(1) });
    const fresh = await run('new', 'lab/a', { at: day(2), fate: rate(0.5) });
    const warm = await run('warm', 'lab/a', {
      at: day(1),
      models: [{ ...modelRecord('lab/a'), settings: { temperature: 1 } }],
    });
    const { rankings } = buildLeaderboard([fresh, old, warm]);
    expect(rankings[0]!.rows.map((row) => row.run)).toEqual(['warm', 'new']);
    expect(rankings[0]!.superseded).toEqual([{ model: 'lab/a', run: 'old', score: 1 }]);
    const text = leaderboardTable(buildLeaderboard([fresh, old, warm]), { width: 200, colour: false });
    expect(text).toContain('lab/a (temperature 1)');
    expect(text).toContain('an older result, of old, is left out');
  });

  it('refuses a row with too much unscored, unless told to, and then marks it', async () => {
    const runs = [await run('r1', 'lab/a', { fate: ({ seed }) => (seed === 1 ? { error: 'server' } : 1) })];
    expect(buildLeaderboard(runs).rankings).toEqual([]);
    expect(buildLeaderboard(runs).refused).toEqual([
      { model: 'lab/a', run: 'r1', reason: '2 of 20 attempts unscored, more than 5.0 %' },
    ]);
    expect(buildLeaderboard(runs, { maxUnscored: 0.1 }).rankings[0]!.rows[0]!.marks).toEqual([]);
    expect(buildLeaderboard(runs, { force: true }).rankings[0]!.rows[0]!.marks).toHaveLength(1);
    const cut = await run('r2', 'lab/b', { end: 'interrupted' });
    expect(buildLeaderboard([cut]).rankings[0]!.rows[0]!.marks).toEqual(['its run ended interrupted']);
  });

  it('is the same bytes whatever the order of the runs, and given twice', async () => {
    const runs = [
      await run('r1', 'lab/a', { at: day(1) }),
      await run('r2', 'lab/a', { at: day(2) }),
      await run('r3', 'lab/b', { at: day(1) }),
      await run('r4', 'lab/c', { at: day(3), judge: 'j' }),
      await run('r5', 'lab/d', { at: day(3), langs: ['zh'] }),
    ];
    const text = JSON.stringify(buildLeaderboard(runs));
    expect(JSON.stringify(buildLeaderboard([...runs, runs[0]!]))).toBe(text);
    fc.assert(
      fc.property(fc.shuffledSubarray(runs, { minLength: 5 }), (shuffled) => {
        expect(JSON.stringify(buildLeaderboard(shuffled))).toBe(text);
      }),
      { numRuns: 30 },
    );
  });

  it('no runs, no rankings', () => {
    const board = buildLeaderboard([]);
    expect(leaderboardSchema.parse(board)).toEqual(board);
    expect(leaderboardTable(board, { width: 80, colour: false })).toBe('No results.');
  });
});
