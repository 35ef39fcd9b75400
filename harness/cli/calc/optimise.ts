import type { z } from 'zod';
import { UserError } from '../../core/errors.ts';
import { builtinNames, builtinNetwork } from '../../engineering/grid/builtin.ts';
import { checkCommitment } from '../../engineering/optimise/check-commitment.ts';
import { checkComputeSchedule } from '../../engineering/optimise/check-compute-schedule.ts';
import { checkDispatch, checkReserve } from '../../engineering/optimise/check-dispatch.ts';
import { checkRedispatch } from '../../engineering/optimise/check-redispatch.ts';
import { checkPeakShaving, checkStorage } from '../../engineering/optimise/check-storage.ts';
import { solveCommitment } from '../../engineering/optimise/commitment-milp.ts';
import { scheduleCompute } from '../../engineering/optimise/compute-schedule.ts';
import { type DcOpfOptions, dcOpf } from '../../engineering/optimise/dc-opf.ts';
import { dispatchWithLosses } from '../../engineering/optimise/dispatch-with-losses.ts';
import { lambdaIteration } from '../../engineering/optimise/economic-dispatch.ts';
import { shavePeak } from '../../engineering/optimise/peak-shaving.ts';
import type { PlanCheck } from '../../engineering/optimise/plan-check.ts';
import { redispatch } from '../../engineering/optimise/redispatch.ts';
import { coOptimiseReserve } from '../../engineering/optimise/reserve.ts';
import { loadSolver } from '../../engineering/optimise/solver.ts';
import { arbitrage } from '../../engineering/optimise/storage.ts';
import type { Calc } from './calc.ts';
import * as schemas from './optimise-schemas.ts';

/** The solution, and beside it the verdict on the `plan` of the input where it has one. */
function judged<R extends { status: string }, P>(
  result: R,
  plan: P | undefined,
  check: (plan: P) => PlanCheck,
) {
  return plan === undefined || result.status !== 'optimal' ? result : { ...result, check: check(plan) };
}

function economicDispatch(input: z.output<typeof schemas.economicDispatchSchema>): unknown {
  const { units, demand_mw, losses, plan } = input;
  if (!losses)
    return judged(lambdaIteration(units, demand_mw), plan, (p) =>
      checkDispatch(units, demand_mw, p.dispatch_mw),
    );
  const quadratic = units.map(({ cost, ...unit }) => {
    const [a = 0, b = 0, c = 0] = cost.kind === 'polynomial' ? cost.coefficients : [];
    return { ...unit, coefficients: [a, b, c] as const };
  });
  return dispatchWithLosses(quadratic, demand_mw, losses);
}

function dcOptions(options: Readonly<Record<string, string>>): DcOpfOptions {
  const { convention, angleLimits, reference } = options;
  if (convention !== 'pm' && convention !== 'mp')
    throw new UserError(`--convention ${convention} is neither pm nor mp`);
  if (angleLimits !== 'enforce' && angleLimits !== 'ignore')
    throw new UserError(`--angle-limits ${angleLimits} is neither enforce nor ignore`);
  const base = { convention, angle_limits: angleLimits === 'enforce' } as const;
  if (reference === undefined) return base;
  if (reference === 'load') return { ...base, reference: { kind: 'load' } };
  if (!/^\d+$/.test(reference))
    throw new UserError(`--reference ${reference} is neither a bus number nor load`);
  return { ...base, reference: { kind: 'bus', bus: Number(reference) } };
}

async function storage(input: z.output<typeof schemas.storageSchema>): Promise<unknown> {
  await loadSolver();
  const { plan, price, load_mw, storage: unit, interval_h } = input;
  if (price) {
    const problem = { storage: unit, price, interval_h };
    return judged(arbitrage(problem), plan, (p) => checkStorage(problem, p));
  }
  const problem = { storage: unit, load_mw: load_mw ?? [], interval_h };
  return judged(shavePeak(problem), plan, (p) => checkPeakShaving(problem, p));
}

async function runRedispatch(input: z.output<typeof schemas.redispatchSchema>): Promise<unknown> {
  await loadSolver();
  const { plan, network: given, ...rest } = input;
  const network = typeof given === 'string' ? builtinNetwork(given) : given;
  if (!network)
    throw new UserError(`no built-in network is called "${given}"`, `there are ${builtinNames.join(', ')}`);
  const problem = { ...rest, network };
  return judged(redispatch(problem), plan, (p) => checkRedispatch(problem, p.change_mw));
}

const group = 'optimisation';

/** An input `plan` makes these also check that plan: its violations and its regret. */
export const optimiseCalcs: readonly Calc[] = [
  {
    name: 'economic-dispatch',
    group,
    summary:
      'least-cost dispatch of units that are on: linear, piecewise or quadratic costs, losses by B-coefficients',
    example: `wattmark calc economic-dispatch '{"demand_mw": 850, "units": [
    {"name": "A", "p_min_mw": 150, "p_max_mw": 600, "cost": {"kind": "polynomial", "coefficients": [561, 7.92, 0.001562]}},
    {"name": "B", "p_min_mw": 100, "p_max_mw": 400, "cost": {"kind": "polynomial", "coefficients": [310, 7.85, 0.00194]}},
    {"name": "C", "p_min_mw": 50, "p_max_mw": 200, "cost": {"kind": "polynomial", "coefficients": [78, 7.97, 0.00482]}}]}'`,
    input: 'json',
    schema: schemas.economicDispatchSchema,
    run: economicDispatch,
  },
  {
    name: 'dc-opf',
    group,
    summary:
      'DC optimal power flow: dispatch, flows, nodal prices split into energy and congestion, shadow prices',
    options: [
      {
        flags: '--convention <pm|mp>',
        describe: 'pm: b = x/(r²+x²), no taps or shifts; mp: b = 1/(x·tap), shifts kept',
        default: 'mp',
      },
      {
        flags: '--angle-limits <enforce|ignore>',
        describe: 'limits of angle difference',
        default: 'enforce',
      },
      {
        flags: '--reference <bus>',
        describe: 'bus whose price is called energy, or "load" (default: the slack)',
      },
    ],
    example: 'wattmark calc dc-opf case5 --convention mp --json',
    input: 'network',
    async run(network, options) {
      const chosen = dcOptions(options);
      await loadSolver();
      return dcOpf(network, chosen);
    },
  },
  {
    name: 'unit-commitment',
    group,
    summary: 'which units run when: minimum times, starts, ramps, reserve, initial states',
    example: `wattmark calc unit-commitment '{"demand_mw": [160, 240, 210], "reserve_mw": [16, 24, 21], "units": [
    {"name": "coal", "p_min_mw": 80, "p_max_mw": 200, "cost": {"kind": "polynomial", "coefficients": [0, 22]}, "no_load_cost": 300, "initial_h": 5, "initial_mw": 150, "ramp_up_mw_per_h": 60, "ramp_down_mw_per_h": 60},
    {"name": "gas", "p_min_mw": 20, "p_max_mw": 100, "cost": {"kind": "polynomial", "coefficients": [0, 45]}, "no_load_cost": 100, "start_up_cost": 500, "min_up_h": 2, "initial_h": -3}]}'`,
    input: 'json',
    schema: schemas.unitCommitmentSchema,
    async run({ plan, ...problem }: z.output<typeof schemas.unitCommitmentSchema>) {
      await loadSolver();
      return judged(solveCommitment(problem), plan, (p) => checkCommitment(problem, p));
    },
  },
  {
    name: 'reserve',
    group,
    summary: 'energy and reserve bought together: dispatch, reserve, both prices',
    example: `wattmark calc reserve '{"demand_mw": 250, "reserve_mw": 60, "units": [
    {"name": "A", "p_max_mw": 200, "cost": {"kind": "polynomial", "coefficients": [0, 20]}, "reserve_max_mw": 50},
    {"name": "B", "p_max_mw": 150, "cost": {"kind": "polynomial", "coefficients": [0, 35]}, "reserve_cost": 2, "reserve_max_mw": 40}]}'`,
    input: 'json',
    schema: schemas.reserveSchema,
    async run({ plan, ...problem }: z.output<typeof schemas.reserveSchema>) {
      await loadSolver();
      return judged(coOptimiseReserve(problem), plan, (p) => checkReserve(problem, p));
    },
  },
  {
    name: 'storage',
    group,
    summary: 'a store against prices (arbitrage) or against a load (peak shaving)',
    example: `wattmark calc storage '{"price": [20, 15, 30, 60, 80, 40], "storage": {"energy_mwh": 40, "p_charge_max_mw": 20, "p_discharge_max_mw": 20, "charge_efficiency": 0.95, "discharge_efficiency": 0.95, "initial_mwh": 10}}'`,
    input: 'json',
    schema: schemas.storageSchema,
    run: storage,
  },
  {
    name: 'redispatch',
    group,
    summary: 'the cheapest change of a dispatch that removes every overload',
    example: `wattmark calc redispatch '{"network": "case5", "dispatch_mw": [40, 170, 190, 0, 600], "offers": [{"up_price": 16, "down_price": -12}, {"up_price": 17, "down_price": -13}, {"up_price": 32, "down_price": -28}, {"up_price": 42, "down_price": -38}, {"up_price": 12, "down_price": -8}]}'`,
    input: 'json',
    schema: schemas.redispatchSchema,
    run: runRedispatch,
  },
  {
    name: 'compute-schedule',
    group,
    summary: 'data-centre jobs moved in time under a power cap, by price and carbon',
    example: `wattmark calc compute-schedule '{"price": [60, 40, 30, 50, 90], "carbon_intensity": [0.6, 0.5, 0.3, 0.4, 0.7], "carbon_price": 12, "pue": 1.25, "power_cap_mw": [25, 25, 25, 25, 25], "base_mw": [8, 8, 8, 8, 8], "jobs": [
    {"name": "training", "kind": "flexible", "energy_mwh": 30, "power_max_mw": 10},
    {"name": "batch", "kind": "block", "power_mw": 4, "duration_h": 2, "deadline_h": 4}]}'`,
    input: 'json',
    schema: schemas.computeScheduleSchema,
    async run({ plan, ...problem }: z.output<typeof schemas.computeScheduleSchema>) {
      await loadSolver();
      return judged(scheduleCompute(problem), plan, (p) => checkComputeSchedule(problem, p.power_mw));
    },
  },
];
