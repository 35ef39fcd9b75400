import { addRow, type Model, type Term } from './model.ts';
import { startLimit, stopLimit, type ThermalUnit } from './unit-commitment.ts';

/** Columns of one unit, by hour: on, start, stop (0 or 1), and output above p_min. */
export interface UnitColumns {
  on: number[];
  start: number[];
  stop: number[];
  above: number[];
}

export function addLogic(model: Model, unit: ThermalUnit, { on, start, stop }: UnitColumns): void {
  on.forEach((column, t) => {
    const before = unit.initial_h > 0 ? 1 : 0;
    const right = t === 0 ? before : 0;
    const terms: Term[] = [
      [column, 1],
      [start[t], -1],
      [stop[t], 1],
    ];
    if (t > 0) terms.push([on[t - 1], -1]);
    addRow(model, {
      name: `${unit.name} starts and stops`,
      lower: right,
      upper: right,
      terms,
      definition: true,
    });
    // Not both in one hour, which would dodge the costs of neither but the limits of both.
    addRow(model, {
      name: `${unit.name} starts or stops`,
      lower: -Infinity,
      upper: 1,
      terms: [
        [start[t], 1],
        [stop[t], 1],
      ],
      definition: true,
    });
  });
}

export function addMinimumTimes(model: Model, unit: ThermalUnit, { on, start, stop }: UnitColumns): void {
  const recent = (list: number[], t: number, hours: number): Term[] =>
    list.slice(Math.max(0, t - hours + 1), t + 1).map((column) => [column, 1]);
  on.forEach((column, t) => {
    const up = recent(start, t, unit.min_up_h ?? 1);
    addRow(model, {
      name: `minimum up time of ${unit.name}`,
      lower: -Infinity,
      upper: 0,
      terms: [...up, [column, -1]],
    });
    const down = recent(stop, t, unit.min_down_h ?? 1);
    addRow(model, {
      name: `minimum down time of ${unit.name}`,
      lower: -Infinity,
      upper: 1,
      terms: [...down, [column, 1]],
    });
  });
}

/** p ≤ p_max while on; ≤ the start limit in an hour of starting; ≤ the stop limit in the hour before stopping. */
export function addOutputLimits(
  model: Model,
  unit: ThermalUnit,
  { on, start, stop, above }: UnitColumns,
): void {
  const range = unit.p_max_mw - unit.p_min_mw;
  const [lostAtStart, lostAtStop] = [unit.p_max_mw - startLimit(unit), unit.p_max_mw - stopLimit(unit)];
  above.forEach((column, t) => {
    const cap: Term[] = [
      [column, 1],
      [on[t], -range],
    ];
    const stopsNext = stop[t + 1];
    const limit = (terms: Term[]) =>
      addRow(model, {
        name: `output limit of ${unit.name} in hour ${t + 1}`,
        lower: -Infinity,
        upper: 0,
        terms,
        definition: true,
      });
    limit(lostAtStart > 0 ? [...cap, [start[t], lostAtStart]] : cap);
    if (lostAtStop > 0 && stopsNext !== undefined) limit([...cap, [stopsNext, lostAtStop]]);
  });
  const last = unit.initial_mw;
  if (unit.initial_h > 0 && last !== undefined && last > stopLimit(unit) + 1e-9)
    addRow(model, {
      name: `stop limit of ${unit.name} in hour 1`,
      lower: 0,
      upper: 0,
      terms: [[stop[0], 1]],
    });
}

/** Between two hours on: −down ≤ p_t − p_{t−1} ≤ up. A start or stop is bound by its own limit alone. */
export function addRamps(model: Model, unit: ThermalUnit, { start, stop, above }: UnitColumns): void {
  const range = unit.p_max_mw - unit.p_min_mw;
  const name = (t: number) => `ramp of ${unit.name} into hour ${t + 1}`;
  above.forEach((column, t) => {
    const first = t === 0;
    if (first && (unit.initial_h < 0 || unit.initial_mw === undefined)) return;
    const before = first ? (unit.initial_mw ?? 0) - unit.p_min_mw : 0;
    const change: Term[] = first
      ? [[column, 1]]
      : [
          [column, 1],
          [above[t - 1], -1],
        ];
    const [up, down] = [unit.ramp_up_mw_per_h ?? Infinity, unit.ramp_down_mw_per_h ?? Infinity];
    if (up < range || first)
      addRow(model, {
        name: name(t),
        lower: -Infinity,
        upper: before + up,
        terms: [...change, [start[t], -range]],
      });
    // In an hour of stopping `above` falls to 0 by itself; the release lets it fall from any height.
    const release = Math.max(range, before);
    if (down < range || first)
      addRow(model, {
        name: name(t),
        lower: before - down,
        upper: Infinity,
        terms: [...change, [stop[t], release]],
      });
  });
}
