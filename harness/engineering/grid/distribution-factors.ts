import { islandBridges } from './cut-off.ts';
import { type DcModel, type DcOptions, dcModel } from './dc-model.ts';
import type { Network } from './network.ts';

export interface PtdfOptions extends DcOptions {
  /**
   * Who takes up an injection: weights by bus in the network's order, scaled to 1 in each island.
   * Left out: the island's slack bus alone, whose column is then 0.
   */
  slack_weights?: readonly number[];
}

export interface Ptdf {
  /** `factors[l][i]`: MW more into branch l at its from end for 1 MW injected at bus i and taken out at the slack. */
  factors: Float64Array[];
  /** Flow that phase shifters drive with no injection at all, MW by branch; 0 throughout under *pm*. */
  offset_mw: number[];
}

/**
 * Power transfer distribution factors, PTDF = Bf B'⁻¹, so that flow = PTDF · P + offset. Rows are branches and columns buses in
 * the network's order; rows of branches out of service and columns of dead buses are 0.
 * @throws RangeError for a branch without reactance or weights that do not fit
 */
export function ptdf(network: Network, options: PtdfOptions): Ptdf {
  const model = dcModel(network, options);
  const n = network.buses.length;
  const factors = network.branches.map(() => new Float64Array(n));
  const injection = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    if (model.slackOfBus[i]! < 0) continue;
    injection[i] = 1;
    const change = flowChanges(model, injection);
    model.live.forEach(({ position }, k) => {
      factors[position]![i] = change[k]!;
    });
    injection[i] = 0;
  }
  if (options.slack_weights) spreadSlack(model, factors, options.slack_weights);
  return { factors, offset_mw: shiftFlows(model) };
}

/** Change of flow on each live branch, per unit, for a change of injections in per unit. */
function flowChanges(model: DcModel, injection_pu: Float64Array): Float64Array {
  const va = model.angles(injection_pu);
  return Float64Array.from(model.live, ({ from, to }, k) => model.susceptance[k]! * (va[from]! - va[to]!));
}

function shiftFlows(model: DcModel): number[] {
  const { branches, base_mva, buses } = model.network;
  const injection = new Float64Array(buses.length);
  model.live.forEach(({ from, to }, k) => {
    injection[from]! += model.susceptance[k]! * model.shift_rad[k]!;
    injection[to]! -= model.susceptance[k]! * model.shift_rad[k]!;
  });
  const change = flowChanges(model, injection);
  const offset = branches.map(() => 0);
  model.live.forEach(({ position, from }, k) => {
    if (model.slackOfBus[from]! < 0) return;
    offset[position] = base_mva * (change[k]! - model.susceptance[k]! * model.shift_rad[k]!);
  });
  return offset;
}

/** Moves the slack: each row loses its weighted mean over its island, since those buses now take up the injection. */
function spreadSlack(model: DcModel, factors: Float64Array[], weights: readonly number[]): void {
  if (weights.length !== model.network.buses.length) {
    throw new RangeError(`${weights.length} slack weights for ${model.network.buses.length} buses`);
  }
  for (const { buses, slacks } of model.islands) {
    if (slacks.length === 0) continue;
    const total = buses.reduce((sum, i) => sum + weights[i]!, 0);
    if (!(total > 0)) throw new RangeError('the slack weights of an island do not add up to more than 0');
    for (const row of factors) {
      const mean = buses.reduce((sum, i) => sum + weights[i]! * row[i]!, 0) / total;
      for (const i of buses) row[i]! -= mean;
    }
  }
}

export interface Lodf {
  /**
   * `factors[l][k]`: part of the flow that branch k carried which appears on branch l when k trips; -1 where l = k.
   * The column of a bridge is 0 but for that -1: its outage redistributes nothing, it splits the network.
   */
  factors: Float64Array[];
  /** By branch: its outage splits the network, so that a factor means nothing. */
  islanding: boolean[];
}

/**
 * Line outage distribution factors, LODF[l][k] = d_l / (1 - d_k), with d the flows for 1 MW sent over branch k's own ends.
 * Rows and columns are branches in the network's order; those of branches out of service are 0.
 * @throws RangeError for a branch without reactance
 */
export function lodf(network: Network, options: DcOptions): Lodf {
  const model = dcModel(network, options);
  const factors = network.branches.map(() => new Float64Array(network.branches.length));
  const islanding = network.branches.map(() => false);
  for (const { live } of islandBridges(network, model.live, model.islands))
    islanding[model.live[live]!.position] = true;
  model.live.forEach(({ position: outage, from }, k) => {
    if (model.slackOfBus[from]! < 0) return;
    if (islanding[outage]) factors[outage]![outage] = -1;
    else {
      const column = outageFactors(model, k);
      model.live.forEach(({ position }, l) => {
        factors[position]![outage] = column[l]!;
      });
    }
  });
  return { factors, islanding };
}

/** The LODF column of live branch k, which must not be a bridge, by live branch. */
export function outageFactors(model: DcModel, k: number): Float64Array {
  const { from, to } = model.live[k]!;
  const transfer = new Float64Array(model.network.buses.length);
  transfer[from] = 1;
  transfer[to] = -1;
  const change = flowChanges(model, transfer);
  const left = 1 - change[k]!;
  const column = change.map((d) => d / left);
  column[k] = -1;
  return column;
}
