import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { builtinNetwork } from '../../../harness/engineering/grid/builtin.ts';
import { parseMatpower } from '../../../harness/engineering/grid/matpower.ts';
import type { Network } from '../../../harness/engineering/grid/network.ts';
import { type DcOpf, dcOpf } from '../../../harness/engineering/optimise/dc-opf.ts';
import { loadSolver } from '../../../harness/engineering/optimise/solver.ts';
import { branch, bus, generator, linear } from './random-network.ts';

beforeAll(loadSolver);

const folder = process.env['WATTMARK_PGLIB'] ?? '../shared/data/pglib';
const present = existsSync(join(folder, 'pglib_opf_case5_pjm.m'));

function optimum(network: Network, convention: 'pm' | 'mp'): DcOpf {
  const result = dcOpf(network, { convention });
  if (result.status !== 'optimal') throw new Error(`${result.status}: ${result.reason}`);
  return result;
}

const pglib = (name: string): Network => {
  const file = join(folder, `pglib_opf_case${name}.m`);
  return parseMatpower(readFileSync(file, 'utf8'), file);
};

describe.skipIf(!present)(
  `PGLib-OPF cases${present ? '' : ` (not found at ${folder}: set WATTMARK_PGLIB)`}`,
  () => {
    it.each([
      ['3_lmbd', 5695.9, 5695.896, 5693.803],
      ['5_pjm', 17480, 17479.897, 17479.897],
      ['14_ieee', 2051.5, 2051.526, 2051.526],
      ['24_ieee_rts', 61001, 61001.24, 61001.24],
    ])(
      '%s costs what PGLib v23.07 publishes (pm), and its known figure under mp',
      (name, published, pm, mp) => {
        const result = optimum(pglib(name), 'pm');
        expect(Number(result.objective.toPrecision(5))).toBe(published);
        expect(result.objective).toBeCloseTo(pm, 2);
        expect(optimum(pglib(name), 'mp').objective).toBeCloseTo(mp, 2);
      },
    );

    it('prices 5_pjm with line 4-5 binding at 240 MW', () => {
      const result = optimum(pglib('5_pjm'), 'pm');
      [16.977, 26.384, 30, 39.943, 10].forEach((price, i) => {
        expect(result.price[i]).toBeCloseTo(price, 2);
      });
      expect(result.flow_mw[5]).toBeCloseTo(-240, 6);
    });

    it('the congested IEEE 14 has 14 prices under pm and one under mp', () => {
      const pm = optimum(pglib('14_ieee__api'), 'pm').price as number[];
      expect([Math.min(...pm).toFixed(2), Math.max(...pm).toFixed(2)]).toEqual(['7.92', '44.80']);
      const mp = optimum(pglib('14_ieee__api'), 'mp').price as number[];
      for (const price of mp) expect(price).toBeCloseTo(23.27, 2);
    });
  },
);

describe('published networks that come along', () => {
  it('the PJM five-bus system has its five published prices', () => {
    const network = builtinNetwork('case5') as Network;
    const { price, objective } = optimum(network, 'pm');
    expect(objective).toBeCloseTo(17479.897, 2);
    expect((price as number[]).map((p) => p.toFixed(2))).toEqual([
      '16.98',
      '26.38',
      '30.00',
      '39.94',
      '10.00',
    ]);
  });

  it("MATPOWER's modified nine-bus test costs 6392.9017 $/h in DC", () => {
    const piecewise = (...points: [number, number][]) => ({
      kind: 'piecewise' as const,
      points: points.map(([p_mw, cost]) => ({ p_mw, cost })),
    });
    const network: Network = {
      name: 'nine buses with piecewise costs and a line held to 40 MW',
      base_mva: 100,
      buses: [
        bus(1, 0),
        bus(2, 0),
        bus(30, 0),
        bus(4, 0),
        bus(5, 90),
        bus(6, 0),
        bus(7, 100),
        bus(8, 0),
        bus(9, 125),
      ],
      branches: [
        branch(1, 4, 0.0576),
        branch(4, 5, 0.092),
        branch(5, 6, 0.17, { rate_mva: 150 }),
        branch(30, 6, 0.0586),
        branch(6, 7, 0.1008, { rate_mva: 40 }),
        branch(7, 8, 0.072, { rate_mva: 250 }),
        branch(8, 2, 0.0625, { rate_mva: 250 }),
        branch(8, 9, 0.161, { rate_mva: 250 }),
        branch(9, 4, 0.085, { rate_mva: 250 }),
      ],
      generators: [
        generator(1, 250, piecewise([0, 0], [100, 2500], [200, 5500], [250, 7250]), { p_min_mw: 90 }),
        generator(2, 300, linear(24.035, -403.5), { p_min_mw: 10 }),
        generator(30, 270, piecewise([0, 0], [200, 3000], [300, 5000]), { p_min_mw: 10 }),
      ],
    };
    const result = optimum(network, 'mp');
    // The published digits stop at an interior-point tolerance, 0.0003 short of the vertex.
    expect(Math.abs(result.objective - 6392.9017)).toBeLessThan(5e-4);
    expect(result.flow_mw[4]).toBeCloseTo(40, 6);
  });
});
