import type { StoragePlan } from '../../../engineering/optimise/check-storage.ts';
import { readPlan } from '../../plan-reading.ts';
import { rounded } from '../../wording.ts';

/** Answers may be rounded to a tenth of a MW, as the questions say. */
export const ROUNDING_MW = 0.05;

/** One signed number an hour, discharge above 0: so no schedule can do both at once. */
export const signed = ({ charge_mw, discharge_mw }: StoragePlan): number[] =>
  charge_mw.map((charge, t) => {
    const net = rounded((discharge_mw[t] as number) - charge, 3);
    return Math.abs(net) < 1e-6 ? 0 : net;
  });

const split = (net_mw: readonly number[]): StoragePlan => ({
  charge_mw: net_mw.map((p) => Math.max(0, -p)),
  discharge_mw: net_mw.map((p) => Math.max(0, p)),
});

/** A proposed schedule as charge and discharge by hour, or why it cannot be read as one. */
export function readStorePlan(proposal: unknown, hours: number): StoragePlan | { fault: string } {
  const slots = Array.from({ length: hours }, (_, t) => String(t + 1));
  const plan = readPlan(proposal, slots, 'MW');
  return 'fault' in plan ? plan : split(plan.values);
}

/** MWh stored after each hour of a signed schedule. */
export function storedAfter(
  net_mw: readonly number[],
  store: { initial_mwh: number; charge_efficiency: number; discharge_efficiency: number },
): number[] {
  let energy = store.initial_mwh;
  return net_mw.map((p) => {
    energy += p < 0 ? -p * store.charge_efficiency : -p / store.discharge_efficiency;
    return energy;
  });
}

/** Rows of a Markdown table by hour, a price or load beside the schedule and what is stored after it. */
export function hourTable(
  heads: readonly [string, string, string, string],
  given: readonly number[],
  net_mw: readonly number[],
  stored_mwh: readonly number[],
): string {
  const rows = net_mw.map(
    (p, t) => `| ${t + 1} | ${given[t]} | ${rounded(p, 2)} | ${rounded(stored_mwh[t] as number, 2)} |`,
  );
  return [`| ${heads.join(' | ')} |`, '|---|---|---|---|', ...rows].join('\n');
}
