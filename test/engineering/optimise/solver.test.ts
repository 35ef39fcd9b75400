import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { addColumn, addRow, createModel, type Model } from '../../../harness/engineering/optimise/model.ts';
import { solveQp } from '../../../harness/engineering/optimise/qp.ts';
import { rangeOver } from '../../../harness/engineering/optimise/range-over.ts';
import { loadSolver, run, solveLp, solveMip } from '../../../harness/engineering/optimise/solver.ts';
import { solveByTangents } from '../../../harness/engineering/optimise/tangents.ts';
import { seeded } from './random-network.ts';

beforeAll(loadSolver);

function twoUnits(demand: number): Model {
  const model = createModel();
  const a = addColumn(model, { name: 'A', lower: 0, upper: 100, cost: 10 });
  const b = addColumn(model, { name: 'B', lower: 20, upper: 80, cost: 30 });
  addRow(model, {
    name: 'demand',
    lower: demand,
    upper: demand,
    terms: [
      [a, 1],
      [b, 1],
    ],
  });
  return model;
}

describe('the solver', () => {
  it('gives the optimum with the price of its constraint', () => {
    const result = solveLp(twoUnits(150));
    if (result.status !== 'optimal') throw new Error(result.reason);
    expect([...result.x]).toEqual([100, 50]);
    expect(result.objective).toBe(2500);
    expect(result.row_dual[0]).toBe(30);
    expect(result.column_dual[0]).toBe(-20);
  });

  it('says which constraint of an infeasible model must give, and by how much', () => {
    expect(solveLp(twoUnits(200))).toEqual({
      status: 'infeasible',
      reason: expect.stringContaining('demand by 20'),
      constraints: ['demand'],
      relaxations: [{ constraint: 'demand', by: expect.closeTo(20, 6) }],
    });
  });

  it('blames bounds only where nothing else can explain the contradiction', () => {
    const model = createModel();
    addColumn(model, { name: 'upside down', lower: 5, upper: 3, cost: 1 });
    const result = solveLp(model);
    expect(result.status).toBe('infeasible');
    if (result.status !== 'optimal')
      expect(result.relaxations).toEqual([{ constraint: 'upside down', by: expect.closeTo(2, 6) }]);
  });

  it('never blames a definition', () => {
    const model = createModel();
    const x = addColumn(model, { name: 'x', lower: 0, upper: 10, cost: 1 });
    const y = addColumn(model, { name: 'y', lower: 0, upper: 100, cost: 0 });
    addRow(model, {
      name: 'y is twice x',
      lower: 0,
      upper: 0,
      terms: [
        [y, 1],
        [x, -2],
      ],
      definition: true,
    });
    addRow(model, { name: 'need', lower: 50, upper: Infinity, terms: [[y, 1]] });
    const result = solveLp(model);
    if (result.status === 'optimal') throw new Error('must be infeasible');
    expect(result.constraints).toEqual(['need']);
  });

  it('explains an infeasible whole-number model by rows too', () => {
    const model = twoUnits(150);
    const on = addColumn(model, { name: 'on', lower: 0, upper: 1, cost: 0, integer: true });
    addRow(model, { name: 'half on', lower: 0.5, upper: 0.5, terms: [[on, 1]] });
    const result = solveMip(model);
    if (result.status === 'optimal') throw new Error('must be infeasible');
    expect(result.relaxations).toEqual([{ constraint: 'half on', by: expect.closeTo(0.5, 6) }]);
  });

  it('names the variables along which an unbounded cost falls', () => {
    const model = createModel();
    addColumn(model, { name: 'export', lower: 0, upper: Infinity, cost: -5 });
    addColumn(model, { name: 'local', lower: 0, upper: 10, cost: 1 });
    expect(solveLp(model)).toMatchObject({ status: 'unbounded', constraints: ['export'] });
  });

  it('takes any text as a name', () => {
    const model = createModel();
    for (const name of ['', '__proto__', 'a b\n<= 3', '机组一', 'x'.repeat(5000)])
      addColumn(model, { name, lower: 1, upper: 2, cost: 1 });
    addRow(model, {
      name: 'End\nSubject To',
      lower: 20,
      upper: Infinity,
      terms: model.columns.map((_, j) => [j, 1] as const),
    });
    expect(solveLp(model)).toMatchObject({ status: 'infeasible', constraints: ['End\nSubject To'] });
  });

  it('refuses numbers that are not, before the solver sees them', () => {
    const model = twoUnits(100);
    model.columns[0].cost = Number.NaN;
    expect(() => solveLp(model)).toThrow(RangeError);
    expect(() =>
      solveQp({ ...createModel(), columns: [{ name: 'c', lower: 0, upper: 1, cost: 0, square_cost: -1 }] }),
    ).toThrow(/convex/);
  });

  it('ranges of a degenerate set are found, and an empty set has none', () => {
    const model = twoUnits(150);
    expect(rangeOver(model, [[[0, 1]], [[1, 2]]])).toEqual([
      { low: 70, high: 100 },
      { low: 100, high: 160 },
    ]);
    expect(rangeOver(twoUnits(500), [[[0, 1]]])).toBeUndefined();
  });

  it('a quadratic program has one answer by three roads: active set, tangents, exact conditions', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const uniform = seeded(seed);
        const model = createModel();
        const columns = Array.from({ length: 6 }, (_, j) =>
          addColumn(model, {
            name: `x${j}`,
            lower: -5 + 5 * uniform(),
            upper: 5 + 10 * uniform(),
            cost: 20 * uniform() - 10,
            square_cost: 0.05 + uniform(),
          }),
        );
        for (let i = 0; i < 3; i++)
          addRow(model, {
            name: `r${i}`,
            lower: i === 0 ? 2 : -4,
            upper: i === 0 ? 2 : 4,
            terms: columns.map((c) => [c, 4 * uniform() - 2] as const),
          });
        const exact = solveQp(model);
        const rough = run(model, {});
        const linear = solveByTangents(model);
        if (typeof rough === 'string' || typeof linear === 'string') {
          expect(exact.status).toBe(rough);
          return;
        }
        if (exact.status !== 'optimal') throw new Error(exact.reason);
        expect(exact.objective).toBeCloseTo(linear.objective, 5);
        expect(exact.objective).toBeCloseTo(rough.objective, 4);
        // Stationarity: gradient − Aᵀy is the reduced cost, zero between the bounds.
        model.columns.forEach(({ lower, upper }, j) => {
          if (exact.x[j] > lower + 1e-6 && exact.x[j] < upper - 1e-6)
            expect(exact.column_dual[j]).toBeCloseTo(0, 6);
        });
      }),
      { numRuns: 60, seed: 2 },
    );
  });
});

const solverUrl = JSON.stringify(
  new URL('../../../harness/engineering/optimise/solver.ts', import.meta.url).href,
);
const node = (script: string): [string, string[]] => [
  process.execPath,
  ['--import', import.meta.resolve('tsx'), '--input-type=module', '-e', script],
];
const cwd = fileURLToPath(new URL('../../..', import.meta.url));

describe('a process that loaded the solver', () => {
  it('ends by itself', () => {
    const [command, args] = node(
      `const s = await import(${solverUrl}); await s.loadSolver(); console.log('done');`,
    );
    expect(execFileSync(command, args, { cwd, encoding: 'utf8', timeout: 60_000 }).trim()).toBe('done');
  });

  it('prints an uncaught error as an error, not the solver package as source', () => {
    const [command, args] = node(
      `const s = await import(${solverUrl}); await s.loadSolver(); s.guarded((h) => h.createModel({ numCols: -1 }));`,
    );
    const { status, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', timeout: 60_000 });
    expect(status).toBe(1);
    expect(stderr).toContain('SolverError');
    expect(stderr.length).toBeLessThan(5000);
  });
});
