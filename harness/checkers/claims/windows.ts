import type { ClaimFacts } from './facts.ts';
import type { Frame } from './frame.ts';
import type { TimeMention } from './times.ts';

/** Steps from and to, both included; a point has both equal. */
export interface Window {
  from: number;
  to: number;
}

const DAY_MS = 86_400_000;

/** The steps that a time may mean: on the day named, else within the focus, else on any day. */
export function windowsOf(time: TimeMention, frame: Frame, facts: ClaimFacts, steps: number): Window[] {
  const step_ms = facts.clock.step_min * 60_000;
  const perDay = DAY_MS / step_ms;
  const days = Math.max(1, Math.ceil(steps / perDay));
  const on = (day: number): Window => {
    const from = Math.floor((day * DAY_MS + time.from_ms) / step_ms + 1e-9);
    const to = Math.floor((day * DAY_MS + time.to_ms + (time.overnight ? DAY_MS : 0)) / step_ms + 1e-9);
    return { from, to: Math.min(to, steps - 1) };
  };
  const known = (window: Window) => window.from >= 0 && window.from < steps && window.to >= window.from;
  if (frame.day !== undefined) return [on(frame.day)].filter(known);
  const all = Array.from({ length: Math.min(days, 400) }, (_, day) => on(day)).filter(known);
  const { focus } = facts.clock;
  const inside = focus ? all.filter(({ from }) => from >= focus[0] && from < focus[1]) : [];
  return inside.length > 0 ? inside : focus ? all.slice(0, 1) : all;
}

/** Where a claim without a time looks: the day named, else the focus, else everything. */
export function scopeOf(frame: Frame, facts: ClaimFacts, steps: number): Window {
  const perDay = (24 * 60) / facts.clock.step_min;
  const { focus } = facts.clock;
  const [from, to] =
    frame.day !== undefined ? [frame.day * perDay, (frame.day + 1) * perDay] : (focus ?? [0, steps]);
  return { from: Math.max(0, Math.floor(from)), to: Math.min(steps, Math.ceil(to)) - 1 };
}

/** The share of two windows' union that they have in common. */
export function overlap(a: Window, b: Window): number {
  const shared = Math.min(a.to, b.to) - Math.max(a.from, b.from);
  const union = Math.max(a.to, b.to) - Math.min(a.from, b.from);
  return union <= 0 ? 1 : Math.max(0, shared) / union;
}
