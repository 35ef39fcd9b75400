import type { z } from 'zod';
import { createRandom } from '../../core/random.ts';
import { attentionValues, dlt722 } from '../../engineering/faults/dga/dlt722.ts';
import type { DgaResult, Gases } from '../../engineering/faults/dga/gases.ts';
import { DGA_METHODS, type DgaMethod, diagnose } from '../../engineering/faults/dga/methods.ts';
import { synchronisedMethod, unsynchronisedMethod } from '../../engineering/faults/location/double-ended.ts';
import { explainReactanceError } from '../../engineering/faults/location/error-source.ts';
import { type FaultRecord, simulateLineFault } from '../../engineering/faults/location/line-fault.ts';
import {
  type LineSettings,
  modifiedTakagiMethod,
  reactanceMethod,
  type SourceImpedances,
  settingsOf,
  takagiMethod,
} from '../../engineering/faults/location/single-ended.ts';
import { drawGrid } from '../../engineering/faults/records/draw-grid.ts';
import { drawScenario } from '../../engineering/faults/records/draw-scenario.ts';
import { locateFault } from '../../engineering/faults/records/locate.ts';
import { simulateRecord } from '../../engineering/faults/records/simulate.ts';
import { checkPair, chooseTms, tripOrder } from '../../engineering/faults/relays/coordination.ts';
import { tapCurrent, transformerDifferential } from '../../engineering/faults/relays/differential.ts';
import {
  apparentImpedance,
  effectiveReach,
  infeedFactor,
  toSecondary,
  zone2Conflict,
  zoneOf,
  zoneReaches,
} from '../../engineering/faults/relays/distance.ts';
import { shortCircuit } from '../../engineering/faults/short-circuit/iec60909.ts';
import { IEC_60909_4 } from '../../engineering/faults/short-circuit/reference-network.ts';
import { sequenceFault } from '../../engineering/faults/short-circuit/sequence-fault.ts';
import { unbalancedShortCircuit } from '../../engineering/faults/short-circuit/unbalanced.ts';
import { abs, arg_deg, type Complex } from '../../engineering/math/complex.ts';
import type * as schemas from './fault-schemas.ts';
import type { iec60909Schema } from './short-circuit-schema.ts';

type Options = Readonly<Record<string, string>>;

function oneOf<T extends string>(options: Options, key: string, words: readonly T[]): T {
  const word = options[key];
  const found = words.find((candidate) => candidate === word);
  if (found === undefined) throw new RangeError(`--${key} ${word}: give one of ${words.join(', ')}`);
  return found;
}

const isComplex = (value: object): value is Complex =>
  Object.keys(value).length === 2 && 're' in value && 'im' in value;

/** Complex values as magnitude and angle, for reading. */
function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable);
  if (value === null || typeof value !== 'object') return value;
  if (isComplex(value)) return { mag: abs(value), deg: arg_deg(value) };
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, readable(member)]));
}
/** Impedances keep their parts. */
const ohms = ({ re, im }: Complex) => ({ r: re, x: im });

export function iec60909(input: z.output<typeof iec60909Schema>, options: Options): unknown {
  const t_min_s = Number(options['tMin']);
  if (!(t_min_s >= 0)) throw new RangeError(`--t-min ${options['tMin']} is not a time in seconds`);
  const how = {
    case: oneOf(options, 'case', ['max', 'min'] as const),
    kappa: oneOf(options, 'kappa', ['A', 'B', 'C'] as const),
    t_min_s,
  };
  const network = 'network' in input ? IEC_60909_4 : input;
  const all = (id: string) => ({
    ...shortCircuit(network, id, how),
    unbalanced: unbalancedShortCircuit(network, id, how.case),
  });
  return input.at === undefined ? network.buses.map(({ id }) => all(id)) : all(input.at);
}

function locate(
  record: Pick<FaultRecord, 'type' | 's'> & { r?: FaultRecord['r'] },
  line: LineSettings,
  sources?: SourceImpedances,
): Record<string, unknown> {
  const { type, s, r } = record;
  const single = {
    reactance: reactanceMethod(s, type, line),
    takagi: takagiMethod(s, type, line),
    modified_takagi: modifiedTakagiMethod(s, type, line, sources),
  };
  if (!r) return single;
  const both = { type, s, r };
  return {
    ...single,
    synchronised: synchronisedMethod(both, line),
    unsynchronised: unsynchronisedMethod(both, line),
  };
}

export function distanceToFault(input: z.output<typeof schemas.distanceToFaultSchema>): unknown {
  if ('record' in input) return locate(input.record, input.settings);
  const simulated = simulateLineFault(input.line, input.fault);
  return {
    truth_km: input.fault.m * input.line.length_km,
    ...locate(simulated.record, settingsOf(input.line), input.line),
    reactance_error: explainReactanceError(input.line, simulated),
    record: readable(simulated.record),
  };
}

export function overcurrent(input: z.output<typeof schemas.overcurrentSchema>): unknown {
  const relayOf = (name: string) => {
    const relay = input.relays.find((r) => r.name === name);
    if (!relay) throw new RangeError(`no relay "${name}" among the relays`);
    return relay;
  };
  const { choose } = input;
  return {
    trip_order: tripOrder(
      input.relays.flatMap((relay) =>
        relay.current_a === undefined ? [] : [{ relay, current_a: relay.current_a }],
      ),
    ),
    pairs: input.pairs.map((p) =>
      checkPair({ ...p, downstream: relayOf(p.downstream), upstream: relayOf(p.upstream) }, input.interval_s),
    ),
    ...(choose ? { choice: chooseTms(choose, choose.current_a, choose.downstream_s, input.interval_s) } : {}),
  };
}

export function distanceZones(input: z.output<typeof schemas.distanceZonesSchema>): unknown {
  const { line, next, infeed, fault, ct_ratio, vt_ratio } = input;
  const reaches = zoneReaches(line, next, input.rule);
  const factor = infeed ? infeedFactor(infeed.relay_ka, infeed.infeed_ka) : { re: 1, im: 0 };
  const target = fault && next[fault.next];
  if (fault && !target) throw new RangeError(`fault.next ${fault.next}: there are ${next.length} next lines`);
  const seen = fault && target ? apparentImpedance(line, target, fault.fraction, factor) : undefined;
  const zones = Object.entries(reaches) as [keyof typeof reaches, Complex][];
  return {
    reaches_ohm: Object.fromEntries(zones.map(([zone, z]) => [zone, ohms(z)])),
    ...(ct_ratio && vt_ratio
      ? {
          secondary_ohm: Object.fromEntries(
            zones.map(([zone, z]) => [zone, ohms(toSecondary(z, ct_ratio, vt_ratio))]),
          ),
        }
      : {}),
    infeed_factor: readable(factor),
    effective_reach: next.map((z) =>
      Object.fromEntries(zones.map(([zone, reach]) => [zone, effectiveReach(reach, line, z, factor)])),
    ),
    zone2_overlaps_zone2_of_next: zone2Conflict(reaches, line, next).map((z) => next.indexOf(z)),
    ...(seen ? { seen_ohm: ohms(seen), trips_in_zone: zoneOf(seen, reaches) } : {}),
  };
}

export function differential(input: z.output<typeof schemas.differentialSchema>): unknown {
  const { hv_a, lv_a, compensation, ...protection } = input;
  const operation = transformerDifferential(protection, hv_a, lv_a, compensation);
  return {
    trips: operation.some((phase) => phase.trips),
    tap_a: {
      hv: tapCurrent(protection.s_mva, protection.hv),
      lv: tapCurrent(protection.s_mva, protection.lv),
    },
    phases: operation,
  };
}

export function faultSimulation(input: z.output<typeof schemas.faultSimulationSchema>): unknown {
  const random = createRandom(input.seed);
  const grid = drawGrid(random.fork('grid').uniform, input.stations);
  const scenario = input.scenario ?? drawScenario(grid, random.fork('scenario').uniform);
  const record = simulateRecord(grid, scenario, random.fork('record').uniform, input);
  const { zones, explanations } = locateFault(grid, record.events);
  return { grid, ...record, located: { zones, best: explanations[0] } };
}

export function dga(gases: Gases, options: Options): unknown {
  const method: DgaMethod = oneOf(options, 'method', DGA_METHODS);
  const un_kv = options['attention'];
  if (un_kv === undefined) return withoutInfinity(diagnose(method, gases));
  if (method !== 'dlt722') throw new RangeError('--attention belongs to --method dlt722');
  if (!(Number(un_kv) > 0)) throw new RangeError(`--attention ${un_kv} is not a voltage in kV`);
  return withoutInfinity(dlt722(gases, attentionValues(Number(un_kv))));
}

/** JSON has no infinity: a ratio over an absent gas is given as the word. */
function withoutInfinity(result: DgaResult): unknown {
  const ratios = Object.entries(result.ratios).map(([name, value]) => [
    name,
    value === Number.POSITIVE_INFINITY ? 'Infinity' : value,
  ]);
  return { ...result, ratios: Object.fromEntries(ratios) };
}

export function sequenceFaultOf(input: z.output<typeof schemas.sequenceFaultSchema>): unknown {
  const { fault, ...network } = input;
  const { z1_pu, z2_pu, z0_pu, ...rest } = sequenceFault(network, fault);
  const impedances = { z1_pu: ohms(z1_pu), z2_pu: ohms(z2_pu), z0_pu: z0_pu && ohms(z0_pu) };
  return { ...impedances, ...(readable(rest) as object) };
}
