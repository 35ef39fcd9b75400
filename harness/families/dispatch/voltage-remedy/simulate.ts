import { acFlow } from '../../../engineering/grid/ac-flow.ts';
import type { Branch, Bus, Network } from '../../../engineering/grid/network.ts';
import { addShunt, setTap, setVoltage } from '../../../engineering/grid/remedies.ts';
import type { VoltageRemedyFacts } from './facts.ts';

export interface Simulation {
  /** By bus number. */
  vm_pu: Record<number, number>;
  /** By branch, transformer first, then the lines in their order: MVA at the fuller end over rating. */
  loading: number[];
  loss_mw: number;
  q_gen_mvar: number;
}

/** By how much voltages (p.u.) and loadings (of the rating) may be missed. */
interface Tolerance {
  pu: number;
  loading: number;
}
/** What is let pass, since answers are rounded. */
export const LENIENT: Tolerance = { pu: 0.0003, loading: 0.003 };
export const STRICT: Tolerance = { pu: 0, loading: 0 };

/** The network with every device at a neutral position: ratio 1, no capacitor. */
function neutral(facts: VoltageRemedyFacts): Network {
  const { transformer: t, generator: g } = facts;
  const buses = facts.buses.map(
    ({ id, p_mw, q_mvar }): Bus => ({
      id,
      type: id === 1 ? 'slack' : id === g.bus ? 'pv' : 'pq',
      p_load_mw: p_mw,
      q_load_mvar: q_mvar,
      g_shunt_mw: 0,
      b_shunt_mvar: 0,
      base_kv: id === 1 ? 220 : 110,
      vm_pu: 1,
      va_deg: 0,
      vm_max_pu: facts.band.high,
      vm_min_pu: facts.band.low,
    }),
  );
  const branch = (
    line: Pick<Branch, 'name' | 'from' | 'to' | 'r_pu' | 'x_pu' | 'b_pu' | 'rate_mva'>,
  ): Branch => ({
    ...line,
    tap: 1,
    shift_deg: 0,
    in_service: true,
  });
  const unit = (bus: number, vm_setpoint_pu: number) => ({
    bus,
    p_mw: 0,
    q_mvar: 0,
    q_max_mvar: 1e4,
    q_min_mvar: -1e4,
    vm_setpoint_pu,
    p_max_mw: 1e4,
    p_min_mw: -1e4,
    in_service: true,
    cost: { kind: 'polynomial' as const, coefficients: [] },
  });
  return {
    name: 'voltage-remedy',
    base_mva: facts.base_mva,
    buses,
    branches: [branch({ ...t, from: 1, to: 2, b_pu: 0 }), ...facts.lines.map(branch)],
    generators: [
      unit(1, facts.infeed_pu),
      { ...unit(g.bus, 1), name: g.name, p_mw: g.p_mw, q_max_mvar: g.q_max_mvar, q_min_mvar: g.q_min_mvar },
    ],
  };
}

/** AC power flow with the devices at given positions, in the order of `devicesOf`; undefined where there is no solution. */
export function simulate(facts: VoltageRemedyFacts, positions: readonly number[]): Simulation | undefined {
  const { transformer, capacitors, generator } = facts;
  const [tap = 0, ...rest] = positions;
  let network = setTap(neutral(facts), 0, 1 + tap * transformer.step);
  capacitors.forEach(({ bus, step_mvar }, i) => {
    network = addShunt(network, bus, step_mvar * (rest[i] as number));
  });
  network = setVoltage(network, generator.bus, (rest.at(-1) as number) / 100);
  const flow = acFlow(network, { enforce_q_limits: true, start: 'flat' });
  if (!flow.converged) return undefined;
  return {
    vm_pu: Object.fromEntries(network.buses.map(({ id }, i) => [id, flow.vm_pu[i] as number])),
    loading: network.branches.map(({ rate_mva }, k) => {
      const from = Math.hypot(flow.p_from_mw[k] as number, flow.q_from_mvar[k] as number);
      const to = Math.hypot(flow.p_to_mw[k] as number, flow.q_to_mvar[k] as number);
      return Math.max(from, to) / rate_mva;
    }),
    loss_mw: flow.loss_mw,
    q_gen_mvar: flow.q_gen_mvar[1] as number,
  };
}

/** How far all buses but the infeed are out of the band together, p.u., a tenth of each overload added. */
export function excess(
  facts: VoltageRemedyFacts,
  { vm_pu, loading }: Simulation,
  tolerance: Tolerance = LENIENT,
): number {
  const { low, high } = facts.band;
  const beyond = (by: number, let_pass: number) => (by > let_pass ? by : 0);
  const voltage = facts.buses
    .filter(({ id }) => id !== 1)
    .reduce((sum, { id }) => {
      const vm = vm_pu[id] as number;
      return sum + beyond(Math.max(low - vm, vm - high), tolerance.pu);
    }, 0);
  return voltage + loading.reduce((sum, one) => sum + 0.1 * beyond(one - 1, tolerance.loading), 0);
}
