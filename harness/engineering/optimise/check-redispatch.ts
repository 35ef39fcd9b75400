import {
  listFaults,
  type PlanCheck,
  type PlanOptions,
  required,
  unusable,
  verdict,
  violations,
} from './plan-check.ts';
import { dispatchFlows, type RedispatchProblem, redispatch } from './redispatch.ts';

/** Checks proposed changes of output (by generator of the network, MW, up above 0) against offers, balance and branch limits. */
export function checkRedispatch(
  problem: RedispatchProblem,
  change_mw: readonly number[],
  options: PlanOptions = {},
): PlanCheck {
  const { network, dispatch_mw, offers } = problem;
  const optimum = options.optimum ?? required(redispatch(problem)).cost;
  const faults = listFaults(change_mw, network.generators.length, 'change_mw');
  if (faults.length) return unusable(faults, optimum, options);
  const found = violations(options.tolerance ?? 0.01);
  const after = dispatch_mw.map((p, i) => p + change_mw[i]);
  let cost = 0;
  network.generators.forEach((generator, i) => {
    const [change, offer] = [change_mw[i], offers[i]];
    const name = generator.name ?? `generator ${i + 1} at bus ${generator.bus}`;
    if (!offer || !generator.in_service) {
      found.equal(change, 0, 'no offer to move', name);
      return;
    }
    cost += offer.up_price * Math.max(0, change) + offer.down_price * Math.max(0, -change);
    found.atMost(change, offer.up_max_mw ?? Infinity, 'offered increase', name);
    found.atMost(-change, offer.down_max_mw ?? Infinity, 'offered decrease', name);
    found.atMost(after[i], generator.p_max_mw, 'maximum output', name);
    found.atLeast(after[i], generator.p_min_mw, 'minimum output', name);
  });
  const load = network.buses.reduce(
    (sum, { p_load_mw, g_shunt_mw, type }) => sum + (type === 'isolated' ? 0 : p_load_mw + g_shunt_mw),
    0,
  );
  const served = network.generators.reduce((sum, { in_service }, i) => sum + (in_service ? after[i] : 0), 0);
  found.equal(served, load, 'power balance', 'system');
  const flow = dispatchFlows(problem, after);
  network.branches.forEach(({ name, from, to, rate_mva, in_service }, i) => {
    if (in_service)
      found.atMost(Math.abs(flow[i]), rate_mva, 'branch limit', name ?? `branch ${i + 1} (${from}-${to})`);
  });
  return verdict(found.list, cost, optimum, options);
}
