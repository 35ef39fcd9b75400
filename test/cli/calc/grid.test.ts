import { describe, expect, it } from 'vitest';
import { calc as runCalc } from '../../../harness/cli/actions/calc.ts';
import { gridCalcs } from '../../../harness/cli/calc/grid.ts';
import { processIo } from '../../../harness/cli/io.ts';
import { builtinNetwork } from '../../../harness/engineering/grid/builtin.ts';
import type { Network } from '../../../harness/engineering/grid/network.ts';

// biome-ignore lint/suspicious/noExplicitAny: what a calculation prints, read as its reader would.
type Printed = any;

function run(name: string, network: string | Network, options: Record<string, string> = {}): Printed {
  const calc = gridCalcs.find((candidate) => candidate.name === name);
  if (calc?.input !== 'network') throw new Error(`no network calculation ${name}`);
  // As the terminal prints it: what JSON cannot hold would be lost here.
  return JSON.parse(
    JSON.stringify(calc.run(typeof network === 'string' ? builtinNetwork(network)! : network, options)),
  );
}

describe('grid calculations at the terminal', () => {
  it('says on the side what of a case file no calculation saw, and keeps the JSON clean', async () => {
    const text = `function mpc = two
mpc.baseMVA = 100;
mpc.bus = [1 3 0 0 0 0 1 1 0 110 1 1.1 0.9; 2 1 50 10 0 0 1 1 0 110 1 1.1 0.9];
mpc.gen = [1 50 0 99 -99 1 100 1 99 0];
mpc.branch = [1 2 0.01 0.1 0 0 0 0 0 0 1];
mpc.areas = [1 1];
mpc.dcline = [1 2 1 10 9 0 0 1 1 0 10 0 0 0 0 0 0];`;
    let [out, err] = ['', ''];
    await runCalc('dc-flow', ['-', '--json'], {
      ...processIo({ colour: false }),
      stdin: () => text,
      out: (words) => void (out += words),
      err: (words) => void (err += words),
    });
    expect(JSON.parse(out).p_from_mw[0]).toBeCloseTo(50, 9);
    expect(err).toBe('note: not part of the grid model, left out: dcline\n');
  });

  it('every example names a calculation and a network that exist', () => {
    for (const calc of gridCalcs) {
      const [program, word, name, network] = calc.example.split(' ');
      expect([program, word, name]).toEqual(['wattmark', 'calc', calc.name]);
      expect(builtinNetwork(network!)).toBeDefined();
    }
  });

  it('ac-flow prints the figures under the names that readers rely on, in the rows of the case', () => {
    const printed = run('ac-flow', 'case14');
    expect(printed).toMatchObject({ converged: true, loss_mw: expect.closeTo(13.393, 3) });
    for (const key of ['vm_pu', 'va_deg']) expect(printed[key]).toHaveLength(14);
    for (const key of ['p_gen_mw', 'q_gen_mvar']) expect(printed[key]).toHaveLength(5);
    for (const key of ['p_from_mw', 'q_from_mvar', 'p_to_mw', 'q_to_mvar'])
      expect(printed[key]).toHaveLength(20);
    expect(printed.voltage_violations.map((v: Printed) => v.bus)).toContain(8);
  });

  it('ac-flow holds Q limits only where asked', () => {
    const tight = builtinNetwork('case9')!;
    for (const g of tight.generators) Object.assign(g, { q_min_mvar: -5, q_max_mvar: 5 });
    expect(run('ac-flow', tight).q_limited).toEqual([]);
    const held = run('ac-flow', tight, { enforceQLimits: 'true' });
    expect(held.q_limited.map((l: Printed) => [l.bus, l.limit])).toEqual([[3, 'min']]);
  });

  it('dc-flow differs between the conventions', () => {
    const [pm, mp] = ['pm', 'mp'].map((convention) => run('dc-flow', 'case14', { convention }).p_from_mw[0]);
    expect(Math.abs(pm - mp)).toBeGreaterThan(0.5);
  });

  it('dc-flow names the branches loaded beyond their limit', () => {
    expect(run('dc-flow', 'case9', { convention: 'pm' }).overloads).toEqual([]);
    const tight = builtinNetwork('case5')!;
    tight.branches[5]!.rate_mva = 100;
    expect(run('dc-flow', tight, { convention: 'pm' }).overloads).toMatchObject([
      { branch: 5, from: 4, to: 5, flow_mva: expect.closeTo(240, 1) },
    ]);
  });

  it('ptdf and lodf print matrices with their axes', () => {
    const { factors, buses, branches } = run('ptdf', 'case5');
    expect([factors.length, factors[0].length]).toEqual([branches.length, buses.length]);
    const out = run('lodf', 'case5');
    expect(out.factors.map((row: number[], i: number) => row[i])).toEqual([-1, -1, -1, -1, -1, -1]);
  });

  it('n-1 calls a network secure only when nothing is broken', () => {
    expect(run('n-1', 'case30')).toMatchObject({ secure: false, screened: 41 });
    expect(run('n-1', 'case30', { method: 'ac' }).outages.length).toBeGreaterThan(
      run('n-1', 'case30').outages.length,
    );
    expect(run('n-1', 'case5', { rate: 'a' }).outages.every((o: Printed) => o.overloads.length > 0)).toBe(
      true,
    );
  });

  it('n-1 trips units where asked, and counts a shortfall as harm', () => {
    const { screened, outages } = run('n-1', 'case5', { elements: 'all' });
    expect(screened).toBe(6 + 5);
    expect(outages.some((o: Printed) => o.generator === 4 && o.shortfall_mw > 0)).toBe(true);
  });

  it.each([
    ['n-1', { elements: 'buses' }],
    ['dc-flow', { convention: 'ac' }],
    ['n-1', { method: 'both' }],
    ['n-1', { rate: 'd' }],
    ['ac-flow', { start: 'warm' }],
    ['ac-flow', { tolerance: '0' }],
    ['ac-flow', { maxIterations: 'many' }],
  ])('%s refuses %o', (name, options) => {
    expect(() => run(name, 'case5', options as unknown as Record<string, string>)).toThrow(RangeError);
  });
});
