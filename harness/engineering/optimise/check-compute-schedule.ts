import {
  type ComputeProblem,
  computeTotals,
  jobEnergy,
  jobWindow,
  scheduleCompute,
} from './compute-schedule.ts';
import {
  type PlanCheck,
  type PlanOptions,
  required,
  tableFaults,
  unusable,
  type Violations,
  verdict,
  violations,
} from './plan-check.ts';

/** Checks proposed IT power (by job, then hour, MW) against windows, energies, blocks, the power cap and the carbon cap. */
export function checkComputeSchedule(
  problem: ComputeProblem,
  power_mw: readonly (readonly number[])[],
  options: PlanOptions = {},
): PlanCheck {
  const optimum = options.optimum ?? required(scheduleCompute(problem)).cost;
  const hours = problem.price.length;
  const faults = tableFaults(
    power_mw,
    problem.jobs.map(({ name }) => name),
    hours,
  );
  if (faults.length) return unusable(faults, optimum, options);
  const found = violations(options.tolerance ?? 0.01);
  problem.jobs.forEach((_, i) => {
    checkJob(problem, i, power_mw[i], found);
  });
  const { cost, carbon_t, facility_mw } = computeTotals(problem, power_mw);
  facility_mw.forEach((mw, t) => {
    found.atMost(mw, problem.power_cap_mw[t], 'power cap', `hour ${t}`);
  });
  found.atMost(carbon_t, problem.carbon_cap_t ?? Infinity, 'carbon cap', 'horizon', 't');
  return verdict(found.list, cost, optimum, options);
}

function checkJob(
  { jobs, price }: ComputeProblem,
  i: number,
  power: readonly number[],
  found: Violations,
): void {
  const job = jobs[i];
  const { from, to } = jobWindow(job, price.length);
  const most = job.kind === 'flexible' ? job.power_max_mw : job.power_mw;
  power.forEach((mw, t) => {
    const where = `${job.name}, hour ${t}`;
    found.atLeast(mw, 0, 'power not below 0', where);
    found.atMost(mw, most, 'job power', where);
    if (t < from || t >= to) found.atMost(mw, 0, 'release and deadline', where);
  });
  // Of a job's energy a part in a thousand may be lost to rounding over its hours.
  const energy = power.reduce((sum, mw) => sum + mw, 0);
  const slack = 0.001 * jobEnergy(job);
  found.atLeast(energy, jobEnergy(job) - slack, 'energy', job.name, 'MWh');
  found.atMost(energy, jobEnergy(job) + slack, 'energy', job.name, 'MWh');
  if (job.kind !== 'block') return;
  const running = power.flatMap((mw, t) => (mw > job.power_mw / 2 ? [t] : []));
  const span = running.length ? running[running.length - 1] - running[0] + 1 : 0;
  found.atMost(span - running.length, 0, 'runs without a break', job.name, 'h');
  for (const t of running) found.atLeast(power[t], job.power_mw, 'job power', `${job.name}, hour ${t}`);
}
