import type { Infeasible } from '../grid/network.ts';
import { addColumn, addRow, createModel, type Model, type Term } from './model.ts';
import { type SolveOptions, solveMip } from './solver.ts';

/** Work of a data centre. Hours count from 0; a job may use hours release_h … deadline_h − 1. Powers are of its IT load. */
export type ComputeJob = {
  name: string;
  release_h?: number;
  deadline_h?: number;
} & (
  | {
      /** May pause and vary between 0 and `power_max_mw`, so long as its energy is served. */
      kind: 'flexible';
      energy_mwh: number;
      power_max_mw: number;
    }
  | {
      /** Runs at `power_mw` for `duration_h` hours on end; only its start is free. */
      kind: 'block';
      power_mw: number;
      duration_h: number;
    }
);

export interface ComputeProblem {
  jobs: readonly ComputeJob[];
  /** Money per MWh, by hour. */
  price: readonly number[];
  /** kgCO2/kWh (= tCO2/MWh), by hour. Default 0. */
  carbon_intensity?: readonly number[];
  /** Money per tonne of CO2. Default 0. */
  carbon_price?: number;
  /** Most CO2 of the jobs over all hours, tonnes. */
  carbon_cap_t?: number;
  /** Facility energy over IT energy. Default 1. */
  pue?: number;
  /** Limit of the facility's power, by hour, MW. */
  power_cap_mw: readonly number[];
  /** IT load that cannot move, by hour, MW. Default 0. */
  base_mw?: readonly number[];
}

export interface ComputeSchedule {
  status: 'optimal';
  /** IT power by job, then hour. */
  power_mw: number[][];
  /** First hour of each job's block; null for a flexible one. */
  start_h: (number | null)[];
  /** Of the jobs: energy and carbon charge, money. */
  cost: number;
  energy_cost: number;
  carbon_t: number;
  facility_mw: number[];
}

export const jobWindow = (job: ComputeJob, hours: number): { from: number; to: number } => ({
  from: job.release_h ?? 0,
  to: Math.min(job.deadline_h ?? hours, hours),
});

export const jobEnergy = (job: ComputeJob): number =>
  job.kind === 'flexible' ? job.energy_mwh : job.power_mw * job.duration_h;

/** @throws RangeError for lists of different lengths or a job that is no job */
function assertComputeProblem({
  jobs,
  price,
  carbon_intensity,
  power_cap_mw,
  base_mw,
  pue = 1,
}: ComputeProblem): void {
  const hours = price.length;
  if (hours === 0) throw new RangeError('price has no hours');
  for (const [name, list] of Object.entries({ carbon_intensity, power_cap_mw, base_mw }))
    if (list && list.length !== hours)
      throw new RangeError(`${name} has ${list.length} hours, price ${hours}`);
  if (!(pue >= 1)) throw new RangeError('pue is at least 1');
  for (const job of jobs) {
    if (!(jobEnergy(job) >= 0)) throw new RangeError(`${job.name}: energy is below 0`);
    if (job.kind === 'block' && !(Number.isInteger(job.duration_h) && job.duration_h > 0))
      throw new RangeError(`${job.name}: duration_h is not a whole number of hours`);
    if (![job.release_h ?? 0, job.deadline_h ?? 0].every((h) => Number.isInteger(h) && h >= 0))
      throw new RangeError(`${job.name}: release_h and deadline_h are whole hours`);
  }
}

/** What one MWh of IT energy costs in each hour, carbon charge included. */
function hourlyCost({ price, carbon_intensity, carbon_price = 0, pue = 1 }: ComputeProblem): number[] {
  return price.map((p, t) => pue * (p + carbon_price * (carbon_intensity?.[t] ?? 0)));
}

/** Cost, energy cost and carbon of a plan of the jobs, whether or not it is feasible. */
export function computeTotals(problem: ComputeProblem, power_mw: readonly (readonly number[])[]) {
  const { price, carbon_intensity, carbon_price = 0, pue = 1 } = problem;
  const it = price.map((_, t) => power_mw.reduce((sum, job) => sum + job[t], 0));
  const energy_cost = it.reduce((sum, mw, t) => sum + pue * mw * price[t], 0);
  const carbon_t = it.reduce((sum, mw, t) => sum + pue * mw * (carbon_intensity?.[t] ?? 0), 0);
  const facility_mw = it.map((mw, t) => pue * (mw + (problem.base_mw?.[t] ?? 0)));
  return { energy_cost, carbon_t, cost: energy_cost + carbon_price * carbon_t, facility_mw };
}

/** The cheapest schedule of all jobs within their windows, the power cap and the carbon cap. Needs `loadSolver()`. */
export function scheduleCompute(
  problem: ComputeProblem,
  options: SolveOptions = {},
): ComputeSchedule | Infeasible {
  assertComputeProblem(problem);
  const { jobs, price, pue = 1, power_cap_mw, base_mw, carbon_intensity } = problem;
  const model = createModel();
  const load: Term[][] = price.map(() => []);
  const cost = hourlyCost(problem);
  const read = jobs.map((job) =>
    job.kind === 'flexible' ? addFlexible(model, job, load, cost) : addBlock(model, job, load, cost),
  );
  load.forEach((terms, t) => {
    const upper = power_cap_mw[t] / pue - (base_mw?.[t] ?? 0);
    addRow(model, { name: `power cap in hour ${t}`, lower: -Infinity, upper, terms });
  });
  if (problem.carbon_cap_t !== undefined) {
    const terms = load.flatMap((list, t) =>
      list.map(([c, a]): Term => [c, a * pue * (carbon_intensity?.[t] ?? 0)]),
    );
    addRow(model, { name: 'carbon cap', lower: -Infinity, upper: problem.carbon_cap_t, terms });
  }
  const solution = solveMip(model, options);
  if (solution.status !== 'optimal') return solution;
  const plans = read.map((job) => job(solution.x));
  const power_mw = plans.map(({ power }) => power);
  return {
    status: 'optimal',
    power_mw,
    start_h: plans.map(({ start }) => start),
    ...computeTotals(problem, power_mw),
  };
}

type Reader = (x: Float64Array) => { power: number[]; start: number | null };

function addFlexible(
  model: Model,
  job: Extract<ComputeJob, { kind: 'flexible' }>,
  load: Term[][],
  cost: readonly number[],
): Reader {
  const { from, to } = jobWindow(job, load.length);
  const columns = load.map((terms, t) => {
    const upper = t >= from && t < to ? job.power_max_mw : 0;
    const column = addColumn(model, { name: `${job.name} in hour ${t}`, lower: 0, upper, cost: cost[t] });
    terms.push([column, 1]);
    return column;
  });
  const terms = columns.map((column): Term => [column, 1]);
  addRow(model, { name: `energy of ${job.name}`, lower: job.energy_mwh, upper: job.energy_mwh, terms });
  return (x) => ({ power: columns.map((column) => x[column]), start: null });
}

/** One whole variable for each hour the block may start in. */
function addBlock(
  model: Model,
  job: Extract<ComputeJob, { kind: 'block' }>,
  load: Term[][],
  cost: readonly number[],
): Reader {
  const { from, to } = jobWindow(job, load.length);
  const starts: { hour: number; column: number }[] = [];
  for (let hour = from; hour + job.duration_h <= to; hour++) {
    const hours = Array.from({ length: job.duration_h }, (_, k) => hour + k);
    const charge = job.power_mw * hours.reduce((sum, t) => sum + cost[t], 0);
    const column = addColumn(model, {
      name: `${job.name} starts in hour ${hour}`,
      lower: 0,
      upper: 1,
      cost: charge,
      integer: true,
    });
    for (const t of hours) load[t].push([column, job.power_mw]);
    starts.push({ hour, column });
  }
  addRow(model, {
    name: `start of ${job.name}`,
    lower: 1,
    upper: 1,
    terms: starts.map(({ column }): Term => [column, 1]),
    definition: true,
  });
  return (x) => {
    const start = starts.find(({ column }) => x[column] > 0.5)?.hour ?? null;
    const runs = (t: number) => start !== null && t >= start && t < start + job.duration_h;
    return { power: load.map((_, t) => (runs(t) ? job.power_mw : 0)), start };
  };
}
