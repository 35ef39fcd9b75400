import {
  type DcConvention,
  type DcModel,
  type DcOptions,
  dcModel,
  flowsOf,
  netInjections,
} from './dc-model.ts';
import type { Network } from './network.ts';
import { busIndex, incidence, liveGenerators } from './topology.ts';

export interface DcFlow {
  convention: DcConvention;
  /** By bus, in the network's order; 0 at dead and isolated buses. */
  va_deg: number[];
  /** Into each branch at its from end; the DC model loses nothing, so p_to = -p_from. 0 where out of service. */
  p_from_mw: number[];
  /** By generator: the case's own output, except that the first unit at each slack bus takes up what is missing. */
  p_gen_mw: number[];
  /** What each slack bus changed its generation by, MW. */
  slack: { bus: number; change_mw: number }[];
  /** Buses without a source: their load is not served. */
  dead_buses: number[];
  /** Total load and shunt consumption served, MW. */
  served_mw: number;
}

/**
 * DC power flow: B' va = P - Pshift, p_from = b (va_from - va_to - shift), angles in rad, powers in per unit.
 * Losses and reactive power are left out, voltages are 1 p.u.; loads are Pd + Gs. Each island balances at its own slack.
 * @throws RangeError for a branch without reactance
 */
export function dcFlow(network: Network, options: DcOptions): DcFlow {
  const model = dcModel(network, options);
  const scheduled = network.generators.map((g) => (g.in_service ? g.p_mw : 0));
  for (const g of deadGenerators(model)) scheduled[g] = 0;
  const injection_mw = netInjections(model, scheduled);
  const { va_rad, p_from_mw } = flowsOf(model, injection_mw);
  const slack = balance(model, injection_mw, p_from_mw, scheduled);
  const isServed = (_: unknown, i: number) => model.slackOfBus[i]! >= 0;
  return {
    convention: options.convention,
    va_deg: Array.from(va_rad, (va, i) => {
      const reference = model.slackOfBus[i]!;
      return reference < 0 ? 0 : (va * 180) / Math.PI + network.buses[reference]!.va_deg;
    }),
    p_from_mw,
    p_gen_mw: scheduled,
    slack,
    dead_buses: network.buses.filter((bus, i) => !isServed(bus, i)).map((bus) => bus.id),
    served_mw: network.buses.filter(isServed).reduce((sum, bus) => sum + bus.p_load_mw + bus.g_shunt_mw, 0),
  };
}

function deadGenerators(model: DcModel): number[] {
  const index = busIndex(model.network);
  return model.network.generators.flatMap((g, i) => (model.slackOfBus[index.get(g.bus)!]! < 0 ? [i] : []));
}

/** Gives what the flows draw from each slack bus to its first generator, in `p_gen_mw`. */
function balance(
  model: DcModel,
  injection_mw: Float64Array,
  p_from_mw: readonly number[],
  p_gen_mw: number[],
): DcFlow['slack'] {
  const at = incidence(model.network.buses.length, model.live);
  const units = liveGenerators(model.network);
  return model.islands.flatMap(({ slacks }) =>
    slacks.map((bus) => {
      const leaving = at[bus]!.reduce((sum, k) => {
        const { from, position } = model.live[k]!;
        return sum + (from === bus ? 1 : -1) * p_from_mw[position]!;
      }, 0);
      const change_mw = leaving - injection_mw[bus]!;
      p_gen_mw[units.find((unit) => unit.bus === bus)!.position]! += change_mw;
      return { bus: model.network.buses[bus]!.id, change_mw };
    }),
  );
}
