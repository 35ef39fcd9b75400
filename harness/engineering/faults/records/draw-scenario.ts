import { pick, type Uniform } from './draw.ts';
import type { FaultScenario } from './operations.ts';
import { breakersOf, type SubstationGrid, type Zone } from './substation-grid.ts';

export interface ScenarioOptions {
  kinds?: readonly Zone['kind'][];
  /** Probabilities; at most one of the two happens. */
  breaker_failure?: number;
  main_failure?: number;
  /** Of line faults. */
  transient?: number;
}

/** A fault somewhere in the grid. */
export function drawScenario(
  grid: SubstationGrid,
  uniform: Uniform,
  options: ScenarioOptions = {},
): FaultScenario {
  const { kinds = ['line', 'bus', 'transformer'], breaker_failure = 0.3, main_failure = 0.1 } = options;
  const kind = pick(
    uniform,
    kinds.filter((k) => grid.zones.some((z) => z.kind === k)),
  );
  const zone = pick(
    uniform,
    grid.zones.filter((z) => z.kind === kind),
  );
  const roll = uniform();
  const fails = roll < breaker_failure;
  return {
    zone: zone.id,
    permanent: kind !== 'line' || uniform() >= (options.transient ?? 0.5),
    failed_breakers: fails ? [pick(uniform, breakersOf(grid, zone.id)).id] : [],
    failed_main: !fails && roll < breaker_failure + main_failure,
  };
}
