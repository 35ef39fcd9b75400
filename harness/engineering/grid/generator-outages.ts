import { type AcFlow, type AcOptions, acFlow } from './ac-flow.ts';
import { dcFlow } from './dc-flow.ts';
import type { AcVerdict, N1Options } from './n-1.ts';
import { judge } from './n-1.ts';
import type { Network } from './network.ts';
import { islands, liveGenerators } from './topology.ts';
import { type Overload, overloads } from './violations.ts';

export interface GeneratorOutage {
  /** Position in `network.generators` of the unit that trips. */
  generator: number;
  bus: number;
  lost_mw: number;
  /** What the other units of its island have no room for: left to the slack, beyond its limit. */
  shortfall_mw: number;
  overloads: Overload[];
}

export type AcGeneratorOutage = GeneratorOutage & AcVerdict;

/**
 * The network without a unit, whose output the other units of its island have taken up in proportion to their room below p_max,
 * as primary reserve does.
 */
function withoutUnit(
  network: Network,
  position: number,
  members: ReadonlySet<number>,
): { after: Network; shortfall_mw: number } {
  const lost_mw = network.generators[position]!.p_mw;
  const others = liveGenerators(network).filter(
    (unit) => members.has(unit.bus) && unit.position !== position,
  );
  const room = new Map(
    others.map(({ generator, position: i }) => [i, Math.max(0, generator.p_max_mw - generator.p_mw)]),
  );
  const total = [...room.values()].reduce((sum, r) => sum + r, 0);
  const taken = Math.min(Math.max(0, lost_mw), total);
  const generators = network.generators.map((g, i) => {
    if (i === position) return { ...g, in_service: false };
    const share = total > 0 && Number.isFinite(total) ? (room.get(i) ?? 0) / total : 0;
    return share > 0 ? { ...g, p_mw: g.p_mw + share * taken } : g;
  });
  return { after: { ...network, generators }, shortfall_mw: Math.max(0, lost_mw) - taken };
}

function eachOutage<T>(
  network: Network,
  solve: (after: Network) => T,
): (Omit<GeneratorOutage, 'overloads'> & T)[] {
  const parts = islands(network).map(({ buses }) => new Set(buses));
  return liveGenerators(network).map(({ generator, position, bus }) => {
    const { after, shortfall_mw } = withoutUnit(network, position, parts.find((part) => part.has(bus))!);
    return {
      generator: position,
      bus: generator.bus,
      lost_mw: generator.p_mw,
      shortfall_mw,
      ...solve(after),
    };
  });
}

/** DC screening of every unit in service. @throws RangeError as `dcFlow` does */
export const generatorOutagesDc = (
  network: Network,
  { convention = 'mp', rating = 'a' }: N1Options = {},
): GeneratorOutage[] =>
  eachOutage(network, (after) => {
    const { p_from_mw } = dcFlow(after, { convention });
    return { overloads: overloads(after, (i) => p_from_mw[i]!, rating) };
  });

/** AC screening of every unit in service, each solved from the case's voltages. */
export const generatorOutagesAc = (
  network: Network,
  { rating = 'a', ...options }: N1Options & AcOptions = {},
): AcGeneratorOutage[] =>
  eachOutage(network, (after) => {
    const flow: AcFlow = acFlow(after, options);
    return judge(after, flow, rating);
  });
