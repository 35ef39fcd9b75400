import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { acFlow } from '../../../harness/engineering/grid/ac-flow.ts';
import { builtinNetwork } from '../../../harness/engineering/grid/builtin.ts';
import { dcFlow } from '../../../harness/engineering/grid/dc-flow.ts';
import { parseMatpower } from '../../../harness/engineering/grid/matpower.ts';

const folder = process.env['WATTMARK_PGLIB'] ?? resolve(import.meta.dirname, '../../../../shared/data/pglib');
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.m')) : [];
const read = (name: string) => parseMatpower(readFileSync(join(folder, name), 'utf8'), name);

describe.skipIf(files.length === 0)(
  `PGLib cases${files.length === 0 ? ' (skipped: no PGLib folder)' : ''}`,
  () => {
    it.each(files)('%s is read whole and its DC flow balances under both conventions', (name) => {
      const network = read(name);
      const rows = (table: string) => {
        const text = readFileSync(join(folder, name), 'utf8');
        const body = text.split(`mpc.${table} = [`)[1]!.split('];')[0]!;
        return body.split('\n').filter((line) => /^\s*\d/.test(line)).length;
      };
      expect(network.buses).toHaveLength(rows('bus'));
      expect(network.branches).toHaveLength(rows('branch'));
      expect(network.generators).toHaveLength(rows('gen'));
      for (const convention of ['pm', 'mp'] as const) {
        const flow = dcFlow(network, { convention });
        expect(flow.dead_buses).toEqual([]);
        expect(flow.p_gen_mw.reduce((sum, p) => sum + p, 0)).toBeCloseTo(flow.served_mw, 6);
      }
    });

    it.each(files)('%s either has an AC flow that balances or says why not', (name) => {
      const network = read(name);
      const flow = acFlow(network);
      if (!flow.converged) {
        // Its units start at half of 2000 MW each over lines of x near 0.8: no such flow exists.
        expect(name).toContain('case3_lmbd');
        expect(flow.mismatch_pu).toBeGreaterThan(1);
        return;
      }
      const drawn = network.buses.reduce(
        (sum, b, i) => sum + b.p_load_mw + b.g_shunt_mw * flow.vm_pu[i]! ** 2,
        0,
      );
      expect(flow.p_gen_mw.reduce((sum, p) => sum + p, 0) - drawn).toBeCloseTo(flow.loss_mw, 5);
    });

    const twins = {
      case3: 'pglib_opf_case3_lmbd.m',
      case5: 'pglib_opf_case5_pjm.m',
      case14: 'pglib_opf_case14_ieee.m',
    };
    it.each(Object.entries(twins).filter(([, name]) => files.includes(name)))(
      'the built-in %s has the impedances and loads of %s',
      (builtin, name) => {
        const [own, theirs] = [builtinNetwork(builtin)!, read(name)];
        const branches = (n: typeof own) =>
          n.branches.map((b) => [b.from, b.to, b.r_pu, b.x_pu, b.b_pu, b.tap, b.shift_deg]);
        const loads = (n: typeof own) =>
          n.buses.map((b) => [b.id, b.p_load_mw, b.q_load_mvar, b.g_shunt_mw, b.b_shunt_mvar]);
        expect(branches(own)).toEqual(branches(theirs));
        expect(loads(own)).toEqual(loads(theirs));
      },
    );
  },
);
