import {
  fictitiousResistance,
  generatorFactor,
  relativeReactance,
  terminalFactor,
  transformerFactor,
  transformerImpedance,
  unitFactor,
} from './corrections.ts';
import {
  busOf,
  type CurrentCase,
  checkBuses,
  type Feeder,
  type Generator,
  type Line,
  type Motor,
  type PowerStation,
  type ShortCircuitNetwork,
  type SynchronousMachine,
  type Transformer2,
  type Transformer3,
  voltageFactor,
} from './network.ts';

/**
 * One corrected impedance of the network, in ohms at its `from` node. `to` absent: behind it lies the short-circuited
 * source of the equivalent-voltage-source method. `ratio` is U_from/U_to of an ideal transformer at the `to` end.
 */
export interface Branch {
  name: string;
  from: string;
  to?: string;
  r_ohm: number;
  x_ohm: number;
  /** Resistance for the peak current, where it differs (generators). */
  r_peak_ohm: number;
  ratio: number;
  machine?: MachineShare;
}

/** What the decay of a machine's share needs: its reactance at the `from` node and its rated current there. */
export interface MachineShare {
  kind: 'synchronous' | 'motor';
  /** Corrected subtransient (or locked-rotor) reactance without its transformer, at the `from` node. */
  x_ohm: number;
  /** Rated current at the `from` node. */
  ir_ka: number;
  /** Rated active power per pole pair, motors only. */
  mw_per_pole_pair?: number;
}

const SQRT3 = Math.sqrt(3);

/** Every element as impedances, for a fault at `faultBus`. In the minimum case motors are left out (IEC 60909-0). */
export function branchesOf(network: ShortCircuitNetwork, which: CurrentCase, faultBus: string): Branch[] {
  checkBuses(network);
  const branches: Branch[] = [];
  for (const element of network.elements) {
    switch (element.kind) {
      case 'feeder':
        branches.push(feederBranch(network, element, which));
        break;
      case 'line':
        branches.push(lineBranch(element, which));
        break;
      case 'impedance':
        branches.push(plain(element.name, element.from, element.r_ohm, element.x_ohm, element.to));
        break;
      case 'transformer':
        branches.push(transformerBranch(network, element));
        break;
      case 'transformer3':
        branches.push(...threeWindingBranches(network, element));
        break;
      case 'generator':
        branches.push(generatorBranch(network, element));
        break;
      case 'power-station':
        branches.push(
          ...(element.terminal === faultBus
            ? splitUnitBranches(network, element)
            : [unitBranch(network, element)]),
        );
        break;
      case 'motor':
        if (which === 'max') branches.push(motorBranch(element));
        break;
    }
  }
  return branches;
}

/** A branch without a machine. */
export function plain(
  name: string,
  from: string,
  r_ohm: number,
  x_ohm: number,
  to?: string,
  ratio = 1,
): Branch {
  return { name, from, r_ohm, x_ohm, r_peak_ohm: r_ohm, ratio, ...(to === undefined ? {} : { to }) };
}

/** |Z_Q| = c·U_n/(√3·I″kQ), split by R/X. */
function feederBranch(network: ShortCircuitNetwork, feeder: Feeder, which: CurrentCase): Branch {
  const bus = busOf(network, feeder.bus);
  const ik = which === 'max' ? feeder.ik_max_ka : (feeder.ik_min_ka ?? feeder.ik_max_ka);
  const z = (voltageFactor(bus, which) * bus.un_kv) / (SQRT3 * ik);
  const rx = feeder.rx ?? 0.1;
  const x = z / Math.sqrt(1 + rx ** 2);
  return plain(feeder.name, feeder.bus, rx * x, x);
}

/** In the minimum case R = R20·(1 + 0.004/K·(θe − 20 °C)). */
function lineBranch(line: Line, which: CurrentCase): Branch {
  const hot = which === 'min' ? 1 + 0.004 * ((line.end_temperature_c ?? 20) - 20) : 1;
  const length = line.length_km / (line.parallel ?? 1);
  return plain(line.name, line.from, line.r_ohm_per_km * hot * length, line.x_ohm_per_km * length, line.to);
}

function transformerBranch(network: ShortCircuitNetwork, t: Transformer2): Branch {
  const c = voltageFactor(busOf(network, t.lv), 'max');
  const k = transformerFactor(relativeReactance(t.uk_percent, t.ukr_percent), c);
  const { r_ohm, x_ohm } = transformerImpedance(t, t.ur_hv_kv);
  return plain(t.name, t.hv, k * r_ohm, k * x_ohm, t.lv, t.ur_hv_kv / t.ur_lv_kv);
}

interface Ohms {
  r: number;
  x: number;
}

/** Star impedances of three windings from those of their pairs: Z_A = (Z_AB + Z_AC − Z_BC)/2 and so on. */
export function starOf(ab: Ohms, ac: Ohms, bc: Ohms): [Ohms, Ohms, Ohms] {
  const half = (a: Ohms, b: Ohms, c: Ohms): Ohms => ({ r: (a.r + b.r - c.r) / 2, x: (a.x + b.x - c.x) / 2 });
  return [half(ab, ac, bc), half(ab, bc, ac), half(ac, bc, ab)];
}

/** Each pair corrected with its own K_T of the positive sequence, then the star. */
function threeWindingBranches(network: ShortCircuitNetwork, t: Transformer3): Branch[] {
  const pair = (p: Transformer3['hv_mv'], lower: string) => {
    const k = transformerFactor(
      relativeReactance(p.uk_percent, p.ukr_percent),
      voltageFactor(busOf(network, lower), 'max'),
    );
    const z = transformerImpedance(p, t.ur_hv_kv);
    return { r: k * z.r_ohm, x: k * z.x_ohm };
  };
  const ab = pair(t.hv_mv, t.mv);
  const ac = pair(t.hv_lv, t.lv);
  const bc = pair(t.mv_lv, t.lv);
  const [za, zb, zc] = starOf(ab, ac, bc);
  const star = `${t.name} star point`;
  return [
    plain(`${t.name} HV`, t.hv, za.r, za.x, star),
    plain(`${t.name} MV`, star, zb.r, zb.x, t.mv, t.ur_hv_kv / t.ur_mv_kv),
    plain(`${t.name} LV`, star, zc.r, zc.x, t.lv, t.ur_hv_kv / t.ur_lv_kv),
  ];
}

const ratedCurrent = (machine: SynchronousMachine): number => machine.sr_mva / (SQRT3 * machine.ur_kv);
const subtransient = (machine: SynchronousMachine): number =>
  (machine.xd_pu * machine.ur_kv ** 2) / machine.sr_mva;

function generatorBranch(network: ShortCircuitNetwork, g: Generator): Branch {
  const bus = busOf(network, g.bus);
  const k = generatorFactor(g, bus.un_kv, voltageFactor(bus, 'max'));
  return machineBranch(g.name, g.bus, g, k);
}

function machineBranch(name: string, bus: string, machine: SynchronousMachine, k: number): Branch {
  const x = k * subtransient(machine);
  return {
    ...plain(name, bus, k * machine.r_ohm, x),
    r_peak_ohm: k * fictitiousResistance(machine),
    machine: { kind: 'synchronous', x_ohm: x, ir_ka: ratedCurrent(machine) },
  };
}

/** Z_S = K·(t_r²·Z_G + Z_THV), at the high-voltage side. */
function unitBranch(network: ShortCircuitNetwork, unit: PowerStation): Branch {
  const bus = busOf(network, unit.bus);
  const { generator: g, transformer: t } = unit;
  const k = unitFactor(unit, bus.un_kv, voltageFactor(bus, 'max'));
  const tr = t.ur_hv_kv / t.ur_lv_kv;
  const zt = transformerImpedance(t, t.ur_hv_kv);
  const xg = tr ** 2 * subtransient(g);
  return {
    ...plain(unit.name, unit.bus, k * (tr ** 2 * g.r_ohm + zt.r_ohm), k * (xg + zt.x_ohm)),
    r_peak_ohm: k * (tr ** 2 * fictitiousResistance(g) + zt.r_ohm),
    machine: { kind: 'synchronous', x_ohm: k * xg, ir_ka: ratedCurrent(g) / tr },
  };
}

/** A unit faulted at its generator's terminals: generator and transformer apart, the generator with its own factor. */
function splitUnitBranches(network: ShortCircuitNetwork, unit: PowerStation): Branch[] {
  const { transformer: t } = unit;
  const k = terminalFactor(unit, voltageFactor(busOf(network, unit.bus), 'max'));
  const zt = transformerImpedance(t, t.ur_hv_kv);
  return [
    machineBranch(unit.name, unit.terminal, unit.generator, k),
    plain(`${unit.name} transformer`, unit.bus, zt.r_ohm, zt.x_ohm, unit.terminal, t.ur_hv_kv / t.ur_lv_kv),
  ];
}

/** |Z_M| = U_rM²/(S_rM·I_LR/I_rM), S_rM = P_rM/(η·cos φ); R/X 0.10 from 1 MW per pole pair, 0.15 below, 0.42 up to 1 kV. */
function motorBranch(motor: Motor): Branch {
  const count = motor.count ?? 1;
  const sr = (count * motor.p_mw) / (motor.efficiency * motor.cos_phi);
  const perPolePair = motor.p_mw / motor.pole_pairs;
  const rx = motor.rx ?? (motor.ur_kv <= 1 ? 0.42 : perPolePair >= 1 ? 0.1 : 0.15);
  const x = motor.ur_kv ** 2 / (sr * motor.ilr_ratio) / Math.sqrt(1 + rx ** 2);
  return {
    ...plain(motor.name, motor.bus, rx * x, x),
    machine: {
      kind: 'motor',
      x_ohm: x,
      ir_ka: sr / (SQRT3 * motor.ur_kv),
      mw_per_pole_pair: perPolePair,
    },
  };
}
