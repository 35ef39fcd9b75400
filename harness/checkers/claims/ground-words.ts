import type { About, Claim } from './claim.ts';
import type { Cue } from './cues.ts';
import type { SeriesFact } from './facts.ts';
import { type Frame, isStructure, nearestTo } from './frame.ts';
import { cuesOf, type Ground, isAside, pointsOf, reviewed, scopesOf, spansOf, subjectsOf } from './ground.ts';
import { nameOf } from './ground-figures.ts';
import type { Found } from './phrases.ts';
import { comparedWith } from './readings.ts';
import { changeOver, extreme, extremeSteps, meanDifference, meanOver } from './series.ts';
import { type Window, windowsOf } from './windows.ts';

/** A wider stretch than this does not say when something happens. */
const WIDEST_H = 3;
/** A change or difference below this share of the values has no direction worth a claim. */
const LEVEL = 0.003;

/** What the times and directions of a clause claim, apart from its figures. */
export function groundWords(frame: Frame, ground: Ground): Claim[] {
  return [...peakTimes(frame, ground), ...directions(frame, ground), ...comparisons(frame, ground)];
}

const PEAKS: ReadonlySet<Cue> = new Set(['max', 'min', 'morning', 'evening']);

/** "peaks at 18:00": right where the extreme of the day, or of the stretch named, lies at that time. */
function peakTimes(frame: Frame, ground: Ground): Claim[] {
  // "The peak, 900 MW, is forecast for 19:00": what has no figure of its own speaks of what stood before.
  const inherits = frame.numbers.length === 0 || frame.names.every(({ meaning }) => meaning.kind === 'day');
  const cues = frame.cues.some(isStructure) || !inherits ? frame.cues.filter(isStructure) : cuesOf(frame);
  const claims: Claim[] = [];
  for (const time of frame.times) {
    const cue = nearestTo(time, cues);
    const hours = (time.to_ms - time.from_ms) / 3_600_000 + (time.overnight ? 24 : 0);
    if (!cue || time.bound || !PEAKS.has(cue.meaning) || hours > WIDEST_H) continue;
    if (isAside(cue, time, ground.reply)) continue;
    const which = cue.meaning === 'min' ? 'min' : 'max';
    const stated = windowsOf(time, frame, ground.facts, ground.steps);
    // Only times of the clause that are wider than a peak say where to look for it.
    const wide = {
      ...frame,
      times: frame.times.filter((one) => one !== time && one.range),
      before: { ...frame.before, times: [] },
    };
    const tries = subjectsOf(cue, frame, ground).flatMap((series) =>
      scopesOf(wide, ground).map((scope) => ({
        about: { kind: 'extreme', series: series.id, which, part: 'time', ...scope } as const,
        right: extremeSteps(series, scope, which).some((step) =>
          stated.some(({ from, to }) => step >= from - ground.time_steps && step <= to + ground.time_steps),
        ),
        where: extremeSteps(series, scope, which).slice(0, 3).join(', '),
      })),
    );
    const hits = tries.filter(({ right }) => right);
    const [shown] = hits.length > 0 ? hits : tries;
    if (!shown || stated.length === 0) continue;
    const about = (hits.length > 0 ? hits : tries).map((one): About => one.about);
    claims.push(
      verdict(frame, time.start, about, hits.length > 0, `${nameOf(shown.about)} is at step ${shown.where}`, {
        safety: true,
      }),
    );
  }
  return claims;
}

interface Kind {
  safety: boolean;
}

function verdict(
  frame: Frame,
  start: number,
  about: About[],
  holds: boolean,
  reason: string,
  { safety }: Kind,
): Claim {
  const claim = { text: frame.text, start, about, safety };
  if (frame.hedged) return { ...claim, label: 'unchecked', reason: `${reason}; not asserted`, covers: false };
  const right = holds !== frame.negated;
  return { ...claim, label: right ? 'supported' : 'contradicted', reason, covers: right && !frame.negated };
}

/** "climbs from 14:00 to 18:00": the sign of the change between the times. */
function directions(frame: Frame, ground: Ground): Claim[] {
  return frame.cues.flatMap((cue) => {
    if (cue.meaning !== 'rise' && cue.meaning !== 'fall') return [];
    const sign = cue.meaning === 'rise' ? 1 : -1;
    const spans = spansOf(frame, ground);
    const tries = subjectsOf(cue, frame, ground).flatMap((series) =>
      (spans.length > 0 ? spans : declared(series, frame, ground)).flatMap((window) => {
        const change = changeOver(series, window);
        if (change === undefined || Math.abs(change) < LEVEL * scaleOf(series, window)) return [];
        return [
          {
            about: { kind: 'change', series: series.id, part: 'direction', ...window } as const,
            right: change * sign > 0,
            change,
          },
        ];
      }),
    );
    const hits = tries.filter(({ right }) => right);
    const [shown] = hits.length > 0 ? hits : tries;
    if (!shown) return [];
    const about = (hits.length > 0 ? hits : tries).map((one): About => one.about);
    const reason = `${nameOf(shown.about)} is ${shown.change > 0 ? 'up' : 'down'}`;
    return [verdict(frame, cue.start, about, hits.length > 0, reason, { safety: true })];
  });
}

/** Without times, a direction is held against the changes that had to be told, where the clause gives one's size. */
function declared(series: SeriesFact, frame: Frame, { facts }: Ground): Window[] {
  if (frame.times.length > 0) return [];
  const sizes = frame.numbers.map(({ value }) => Math.abs(value ?? 0)).filter((value) => value > 0);
  return facts.required.flatMap((fact) => {
    if (fact.fact !== 'change' || fact.series !== series.id) return [];
    const change = Math.abs(changeOver(series, fact) ?? 0);
    return sizes.some((size) => Math.abs(size - change) <= 0.02 * change)
      ? [{ from: fact.from, to: fact.to }]
      : [];
  });
}

const scaleOf = (series: SeriesFact, window: Window) =>
  Math.max(Math.abs(extreme(series, window, 'max') ?? 0), Math.abs(extreme(series, window, 'min') ?? 0));

/** "above the forecast", "over-forecast": the sign of a mean difference over the times named, or the whole scope. */
function comparisons(frame: Frame, ground: Ground): Claim[] {
  return frame.cues.flatMap((cue) => {
    const sign = signOf(cue);
    if (sign === 0) return [];
    const points = pointsOf(cue, frame, ground).map((step) => ({ from: step, to: step }));
    const windows = points.length > 0 ? points : scopesOf(frame, ground);
    const only = { ...frame, cues: [cue] };
    const tries = comparedWith({ frame: only, ground, near: cue }).flatMap(([a, b]) =>
      reviewed(windows, (window) => meanDifference(a, b, window) !== undefined, ground).flatMap((window) => {
        const d = meanDifference(a, b, window);
        const scale = Math.abs(meanOver(b, window) ?? 0);
        if (d === undefined || Math.abs(d) < LEVEL * scale) return [];
        return [
          {
            about: { kind: 'difference', a: a.id, b: b.id, part: 'direction', ...window } as const,
            right: d * sign > 0,
            d,
          },
        ];
      }),
    );
    const hits = tries.filter(({ right }) => right);
    const [shown] = hits.length > 0 ? hits : tries;
    if (!shown) return [];
    const about = (hits.length > 0 ? hits : tries).map((one): About => one.about);
    const reason = `${nameOf(shown.about)} is ${shown.d > 0 ? 'above' : 'below'} zero`;
    return [verdict(frame, cue.start, about, hits.length > 0, reason, { safety: true })];
  });
}

function signOf({ meaning }: Found<Cue>): 1 | -1 | 0 {
  if (meaning === 'above' || meaning === 'over-forecast') return 1;
  return meaning === 'below' || meaning === 'under-forecast' ? -1 : 0;
}
