import { describe, expect, it } from 'vitest';
import type { Calc } from '../../../harness/cli/calc/calc.ts';
import { optimiseCalcs } from '../../../harness/cli/calc/optimise.ts';
import { calcs } from '../../../harness/cli/calc/registry.ts';
import { UserError } from '../../../harness/core/errors.ts';
import { builtinNetwork } from '../../../harness/engineering/grid/builtin.ts';
import type { Network } from '../../../harness/engineering/grid/network.ts';

// biome-ignore lint/suspicious/noExplicitAny: what a calculation prints, read as its reader would.
type Printed = any;

function calcOf(name: string): Calc {
  const calc = optimiseCalcs.find((candidate) => candidate.name === name);
  if (!calc) throw new Error(`no calculation ${name}`);
  return calc;
}

/** As the terminal does it: input through the schema, options at their defaults, and what JSON cannot hold is lost. */
async function run(name: string, input: unknown, given: Record<string, string> = {}): Promise<Printed> {
  const calc = calcOf(name);
  const defaults = (calc.options ?? []).flatMap(({ flags, default: value }) => {
    const key = (flags.match(/--([a-z-]+)/) as RegExpMatchArray)[1].replace(/-(.)/g, (_, letter: string) =>
      letter.toUpperCase(),
    );
    return value === undefined ? [] : [[key, value]];
  });
  const options = { ...Object.fromEntries(defaults), ...given };
  const result =
    calc.input === 'network'
      ? calc.run(input as Network, options)
      : calc.run(calc.schema.parse(input), options);
  return JSON.parse(JSON.stringify(await result));
}

const jsonOf = (calc: Calc): Printed => JSON.parse((calc.example.match(/'([^']*)'/) as RegExpMatchArray)[1]);

describe('optimisation calculations at the terminal', () => {
  it.each(optimiseCalcs.map((calc) => [calc.name, calc] as const))(
    'the example of %s works as printed',
    async (name, calc) => {
      expect(calc.example.startsWith(`wattmark calc ${name} `)).toBe(true);
      const input = calc.input === 'network' ? builtinNetwork(calc.example.split(' ')[3]) : jsonOf(calc);
      expect(await run(name, input)).toMatchObject({ status: 'optimal' });
    },
  );

  it('dc-opf means the same DC model as dc-flow where none is named', () => {
    const conventionOf = (name: string) =>
      calcs.find((calc) => calc.name === name)?.options?.find(({ flags }) => flags.startsWith('--convention'))
        ?.default;
    expect(conventionOf('dc-opf')).toBe('mp');
    for (const name of ['dc-flow', 'ptdf', 'lodf', 'n-1']) expect(conventionOf(name)).toBe('mp');
  });

  it('dc-opf prints its keys in the rows of the case, by either convention', async () => {
    const printed = await run('dc-opf', builtinNetwork('case5'), { convention: 'pm' });
    expect(printed).toMatchObject({ convention: 'pm', objective: expect.closeTo(17479.897, 2) });
    expect(printed.dispatch_mw).toHaveLength(5);
    expect(printed.flow_mw).toHaveLength(6);
    expect(printed.price).toHaveLength(5);
    expect(
      (await run('dc-opf', builtinNetwork('case5'), { convention: 'mp', reference: '5' })).energy_price,
    ).toBeCloseTo(10, 6);
  });

  it.each([
    [{ convention: 'ac' }, /neither pm nor mp/],
    [{ angleLimits: 'no' }, /neither enforce nor ignore/],
    [{ reference: 'bus 1' }, /neither a bus number nor load/],
  ])('dc-opf refuses options it does not know: %o', async (options, message) => {
    await expect(run('dc-opf', builtinNetwork('case5'), options)).rejects.toThrow(UserError);
    await expect(run('dc-opf', builtinNetwork('case5'), options)).rejects.toThrow(message);
  });

  it('checks a plan beside the optimum where the input has one', async () => {
    const input = {
      ...jsonOf(calcOf('storage')),
      plan: { charge_mw: [0, 20, 0, 0, 0, 0], discharge_mw: [0, 0, 0, 0, 20, 0] },
    };
    const { check, profit } = await run('storage', input);
    expect(check).toMatchObject({ feasible: false, optimum: expect.closeTo(-profit, 6) });
    expect(check.violations[0]).toMatchObject({ constraint: 'energy at the end', unit: 'MWh' });
  });

  it('an infeasible problem is a result with its reason, and no plan is judged by it', async () => {
    const input = { ...jsonOf(calcOf('unit-commitment')), demand_mw: [160, 240, 400], plan: { on: [] } };
    const printed = await run('unit-commitment', input);
    expect(printed.status).toBe('infeasible');
    expect(printed.reason).toMatch(/hour 3/);
    expect(printed.check).toBeUndefined();
  });

  it('shaves a peak where loads are given instead of prices, and takes one of the two', async () => {
    const { storage } = jsonOf(calcOf('storage'));
    const printed = await run('storage', { storage, load_mw: [50, 60, 100, 90, 60, 50] });
    expect(printed.peak_mw).toBeLessThan(90);
    await expect(run('storage', { storage })).rejects.toThrow(/price .* or load_mw/);
  });

  it('losses need a matrix that fits the units', async () => {
    const input = jsonOf(calcOf('economic-dispatch'));
    const b = [0, 1, 2].map((i) => [0, 1, 2].map((j) => (i === j ? 3e-5 : 0)));
    expect(await run('economic-dispatch', { ...input, losses: { b } })).toMatchObject({
      status: 'optimal',
      loss_mw: expect.any(Number),
    });
    await expect(run('economic-dispatch', { ...input, losses: { b: [[1]] } })).rejects.toThrow(/3 by 3/);
  });

  it('a misspelt or inherited member is refused, not ignored', async () => {
    const input = jsonOf(calcOf('reserve'));
    await expect(run('reserve', { ...input, reserve: 5 })).rejects.toThrow(/reserve/);
    await expect(
      run('redispatch', { ...jsonOf(calcOf('redispatch')), network: '__proto__' }),
    ).rejects.toThrow(UserError);
  });
});
