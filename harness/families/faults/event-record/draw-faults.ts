import type { Random } from '../../../core/random.ts';
import { concerned, operationsOf } from '../../../engineering/faults/records/explain.ts';
import type { FaultScenario } from '../../../engineering/faults/records/operations.ts';
import { breakersOf, type SubstationGrid } from '../../../engineering/faults/records/substation-grid.ts';
import type { EventRecordParams } from './facts.ts';

/** One fault or two that concern no breaker in common; at most one device fails. Undefined where two do not fit. */
export function drawFaults(
  grid: SubstationGrid,
  { faults, failure }: EventRecordParams,
  random: Random,
): FaultScenario[] | undefined {
  const count = random.int(1, faults);
  const sections = random.sample(grid.zones, count);
  const failing = random.chance(failure) ? random.int(0, count - 1) : -1;
  const drawn = sections.map(({ id, kind }, i): FaultScenario => {
    const breaker = random.pick(breakersOf(grid, id));
    const permanent = random.chance(0.5);
    const dead = random.chance(0.35);
    if (i !== failing)
      return { zone: id, permanent: kind !== 'line' || permanent, failed_breakers: [], failed_main: false };
    return { zone: id, permanent: true, failed_breakers: dead ? [] : [breaker.id], failed_main: dead };
  });
  const reach = drawn.map((fault) =>
    concerned(
      grid,
      fault,
      operationsOf(grid, [fault], () => 0.5),
    ),
  );
  const [first, second] = reach;
  const apart = !first || !second || ![...first].some((id) => second.has(id));
  return apart ? drawn : undefined;
}
