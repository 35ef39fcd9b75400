import type { Branch, Bus, Generator, Network } from './network.ts';

// Remedies. Each gives a new network and leaves the old one as it was, so that a proposed plan can be solved again.
// Branches and generators are named by position from 0, buses by number; a target that does not exist is a RangeError.

function replaced<T>(items: readonly T[], position: number, change: Partial<T>, what: string): T[] {
  if (!Number.isInteger(position) || position < 0 || position >= items.length) {
    throw new RangeError(`there is no ${what} at position ${position}`);
  }
  return items.map((item, i) => (i === position ? { ...item, ...change } : item));
}

function positiveFinite(value: number, what: string): number {
  if (!(value > 0) || !Number.isFinite(value)) throw new RangeError(`${what} must be positive, not ${value}`);
  return value;
}

function finite(value: number, what: string): number {
  if (!Number.isFinite(value)) throw new RangeError(`${what} must be a finite number, not ${value}`);
  return value;
}

const withBranch = (network: Network, position: number, change: Partial<Branch>): Network => ({
  ...network,
  branches: replaced(network.branches, position, change, 'branch'),
});

const withGenerator = (network: Network, position: number, change: Partial<Generator>): Network => ({
  ...network,
  generators: replaced(network.generators, position, change, 'generator'),
});

function withBus(network: Network, id: number, change: (bus: Bus) => Partial<Bus>): Network {
  const position = network.buses.findIndex((bus) => bus.id === id);
  if (position < 0) throw new RangeError(`the network has no bus ${id}`);
  const bus = network.buses[position] as Bus;
  return { ...network, buses: replaced(network.buses, position, change(bus), 'bus') };
}

/** Sets the turns ratio of a transformer. */
export const setTap = (network: Network, branch: number, tap: number): Network =>
  withBranch(network, branch, { tap: positiveFinite(tap, 'a turns ratio') });

export const setShift = (network: Network, branch: number, shift_deg: number): Network =>
  withBranch(network, branch, { shift_deg: finite(shift_deg, 'a phase shift') });

/** Opens or closes a branch. */
export const switchBranch = (network: Network, branch: number, in_service: boolean): Network =>
  withBranch(network, branch, { in_service });

/** Adds a shunt: capacitive where positive, in Mvar at 1 p.u. */
export const addShunt = (network: Network, bus: number, q_mvar: number): Network =>
  withBus(network, bus, (old) => ({ b_shunt_mvar: old.b_shunt_mvar + finite(q_mvar, 'a shunt') }));

/** Takes load off a bus at its own power factor; no more than there is. */
export const shedLoad = (network: Network, bus: number, p_mw: number): Network =>
  withBus(network, bus, (old) => {
    if (!(p_mw >= 0 && p_mw <= old.p_load_mw)) {
      throw new RangeError(`bus ${bus} draws ${old.p_load_mw} MW, of which ${p_mw} MW cannot be shed`);
    }
    const kept = old.p_load_mw === 0 ? 1 : 1 - p_mw / old.p_load_mw;
    return { p_load_mw: old.p_load_mw * kept, q_load_mvar: old.q_load_mvar * kept };
  });

export const setDispatch = (network: Network, generator: number, p_mw: number): Network =>
  withGenerator(network, generator, { p_mw: finite(p_mw, 'a dispatch') });

export const switchGenerator = (network: Network, generator: number, in_service: boolean): Network =>
  withGenerator(network, generator, { in_service });

/** Sets the voltage that the units in service at a bus hold. @throws RangeError where none is */
export function setVoltage(network: Network, bus: number, vm_setpoint_pu: number): Network {
  positiveFinite(vm_setpoint_pu, 'a voltage setpoint');
  if (!network.generators.some((g) => g.bus === bus && g.in_service)) {
    throw new RangeError(`bus ${bus} has no generator in service that could hold its voltage`);
  }
  return {
    ...network,
    generators: network.generators.map((g) => (g.bus === bus && g.in_service ? { ...g, vm_setpoint_pu } : g)),
  };
}
