import { convert, parseUnit, type Quantity, type Unit } from '../../quantities/index.ts';
import type { Cue } from './cues.ts';
import type { ClaimFacts, SeriesFact } from './facts.ts';
import { distance, type Frame, isStructure } from './frame.ts';
import type { Found } from './phrases.ts';
import type { TimeMention } from './times.ts';
import { scopeOf, type Window, windowsOf } from './windows.ts';

/** What grounding needs beside a clause. */
export interface Ground {
  reply: string;
  facts: ClaimFacts;
  /** Tolerance where a fact has none of its own. */
  rel: number;
  /** Steps by which a stated time may miss. */
  time_steps: number;
  steps: number;
}

interface Span {
  start: number;
  end: number;
}

export const unitOf = (name: string): Unit => parseUnit(name) as Unit;

/** Whether a figure in one unit can mean a value in the other; a bare number can mean none. */
export const fitting = (unit: Unit, name: string): boolean =>
  unit.name !== '' && convert(1, unit, unitOf(name)) !== undefined;

/** The words that give a figure its meaning: the clause's own, else those before it in the sentence. */
export function cuesOf(frame: Frame): readonly Found<Cue>[] {
  const own = frame.cues.filter(isStructure);
  return own.length > 0 ? own : frame.before.cues.filter(isStructure);
}

export const timesOf = (frame: Frame): readonly TimeMention[] =>
  frame.times.length > 0 ? frame.times : frame.before.times;

/** Series that a figure, a time or a word may speak of: the nearest named, then those named before, then any that fits. */
export function subjectsOf(span: Span, frame: Frame, { facts }: Ground, unit?: Unit): SeriesFact[] {
  const fits = (id: string) => {
    const series = facts.series.find((one) => one.id === id);
    return series && (!unit || fitting(unit, series.unit)) ? series : undefined;
  };
  for (const names of [frame.names, frame.before.names]) {
    let best: { away: number; found: SeriesFact[]; start: number } | undefined;
    for (const name of names) {
      if (name.meaning.kind !== 'series') continue;
      const series = fits(name.meaning.id);
      if (!series) continue;
      // What stands before a figure is its subject sooner than what stands behind it.
      const away = distance(name, span) + (name.start > span.start ? 6 : 0);
      if (best && best.start === name.start) best.found.push(series);
      else if (!best || away < best.away) best = { away, found: [series], start: name.start };
    }
    if (best) return best.found;
  }
  for (const ids of frame.said) {
    const found = ids.flatMap((id) => fits(id) ?? []);
    if (found.length > 0) return found;
  }
  const first = facts.series.find(({ id }) => fits(id));
  return first ? [first] : [];
}

const HOURS: Readonly<Record<'morning' | 'evening', readonly [number, number]>> = {
  morning: [5, 13],
  evening: [16, 23],
};

/** Where an extreme is looked for: stretches that the clause names, a part of the day, or the whole scope. */
export function scopesOf(frame: Frame, ground: Ground): Window[] {
  const ranges = timesOf(frame).filter(({ range }) => range);
  if (ranges.length > 0)
    return ranges.flatMap((time) => bothEnds(windowsOf(time, frame, ground.facts, ground.steps)));
  const scope = scopeOf(frame, ground.facts, ground.steps);
  const cues = cuesOf(frame);
  const { focus } = ground.facts.clock;
  const partly =
    focus && focus[0] > scope.from && focus[1] - 1 <= scope.to ? [{ from: focus[0], to: focus[1] - 1 }] : [];
  const part = (['morning', 'evening'] as const).find((name) => cues.some(({ meaning }) => meaning === name));
  // A day under way: what is said of it may mean the hours still to come.
  if (!part) return [scope, ...partly];
  const perHour = 60 / ground.facts.clock.step_min;
  const midnight = Math.floor(scope.from / (24 * perHour)) * 24 * perHour;
  return [
    {
      from: midnight + HOURS[part][0] * perHour,
      to: Math.min(scope.to, midnight + HOURS[part][1] * perHour),
    },
  ];
}

/** "14:00 to 18:00" may take in the step of 18:00 or end as it begins. */
function bothEnds(windows: readonly Window[]): Window[] {
  return windows.flatMap(({ from, to }) =>
    to > from
      ? [
          { from, to },
          { from, to: to - 1 },
        ]
      : [{ from, to }],
  );
}

/** From where to where a change is stated: a range of times, or two times. */
export function spansOf(frame: Frame, ground: Ground): Window[] {
  const times = timesOf(frame);
  const windows = (time: TimeMention) => windowsOf(time, frame, ground.facts, ground.steps);
  const ranges = times.filter(({ range }) => range).flatMap(windows);
  if (ranges.length > 0) return ranges;
  const points = (frame.times.length === 1 ? [...frame.before.times, ...frame.times] : times).slice(-2);
  if (points.length < 2) return [];
  const [a, b] = points.map((time) => windows(time)[0]);
  if (!a || !b || a.from === b.from) return [];
  return [{ from: Math.min(a.from, b.from), to: Math.max(a.from, b.from) }];
}

/** The steps that the clause's single times mean, the nearest to a span first. */
export function pointsOf(span: Span, frame: Frame, ground: Ground): number[] {
  return timesOf(frame)
    .filter(({ range, bound }) => !range && !bound)
    .sort((a, b) => distance(a, span) - distance(b, span))
    .flatMap((time) => windowsOf(time, frame, ground.facts, ground.steps).map(({ from }) => from));
}

// Within a line: a dash that begins the next one is a bullet.
const OPERATOR_AFTER = /^[^\S\n]{0,2}(?:[+×÷/−=]|\*(?!\*)|-\s|x\s)/;
const OPERATOR_BEFORE = /[\p{L}\d)）%][^\S\n]{0,2}(?:[+×÷/−-]|(?<!\*)\*|x)[^\S\n]{0,2}$/u;

/** A term of a calculation that the writer shows: not what is claimed. The result behind the equals sign is. */
export function isOperand({ start, end }: Quantity, reply: string): boolean {
  return (
    OPERATOR_AFTER.test(reply.slice(end, end + 4)) ||
    OPERATOR_BEFORE.test(reply.slice(Math.max(0, start - 6), start))
  );
}

/** Where a difference of two series is looked for that names no time: its own scope, else where one had to be told. */
export function reviewed(
  windows: readonly Window[],
  known: (window: Window) => boolean,
  { facts }: Ground,
): readonly Window[] {
  if (windows.some(known)) return windows;
  return facts.required.flatMap((fact) =>
    fact.fact === 'difference' ? [{ from: fact.from, to: fact.to - 1 }] : [],
  );
}

/** "Peak 223 MW at 11:00 versus 201 MW at 12:00": what stands behind such a word is held beside the peak, and is none. */
export const isAside = (cue: Span, span: Span, reply: string): boolean =>
  /\b(?:versus|vs|compared (?:with|to)|followed by|as against)\b|相比|其次/i.test(
    reply.slice(cue.end, Math.min(span.start, cue.end + 200)),
  );
