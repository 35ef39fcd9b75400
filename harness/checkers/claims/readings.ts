import type { Quantity } from '../../quantities/index.ts';
import type { Cue } from './cues.ts';
import type { SeriesFact } from './facts.ts';
import { type Frame, isStructure, nearestTo } from './frame.ts';
import {
  cuesOf,
  fitting,
  type Ground,
  isAside,
  pointsOf,
  reviewed,
  scopesOf,
  spansOf,
  unitOf,
} from './ground.ts';
import type { Reading } from './ground-figures.ts';
import { at, changeOver, extreme, meanDifference, meanOver, steepest } from './series.ts';
import { scopeOf, type Window } from './windows.ts';

export interface Figure {
  series: SeriesFact;
  quantity: Quantity;
  frame: Frame;
  ground: Ground;
  /** A per cent of something. */
  share: boolean;
  /** So much an hour. */
  rate: boolean;
}

/** All that a figure may say of a series, by the words and times of its clause. */
export function readingsOf(figure: Figure): Reading[] {
  const { series, quantity, frame, rate, share } = figure;
  const cues = cuesOf(frame);
  const has = (...wanted: string[]) => cues.some(({ meaning }) => wanted.includes(meaning));
  const nearest = nearestTo(quantity, cues)?.meaning;
  const changing = has('rise', 'fall', 'change');
  const comparing = has('above', 'below', 'over-forecast', 'under-forecast', 'error');
  const peaking = has('max', 'min', 'morning', 'evening');
  const out: (Reading | undefined)[] = [];
  if (changing || rate)
    out.push(...changes(figure, nearest === 'rise' || nearest === 'fall' || nearest === 'change'));
  if (comparing) out.push(...differences(figure));
  if (share || rate) return complete(out);
  if (peaking)
    out.push(
      ...extremes(
        figure,
        (nearest === 'max' || nearest === 'min' || nearest === 'morning' || nearest === 'evening') &&
          !cues.some((cue) => cue.end <= quantity.start && isAside(cue, quantity, figure.ground.reply)),
      ),
    );
  if (has('mean')) out.push(...means(figure, nearest === 'mean' && !comparing && !changing));
  if (!peaking || changing || comparing) out.push(...values(figure, cues.length === 0));
  return complete(out).map((reading) => ({
    ...reading,
    ...(series.abs === undefined || reading.unit.name === '%' ? {} : { abs: series.abs }),
    ...(series.rel === undefined ? {} : { rel: series.rel }),
  }));
}

const complete = (readings: readonly (Reading | undefined)[]): Reading[] =>
  readings.filter((reading): reading is Reading => reading !== undefined && Number.isFinite(reading.value));

function extremes({ series, frame, ground }: Figure, firm: boolean): (Reading | undefined)[] {
  const cues = cuesOf(frame);
  const kinds = (['max', 'min'] as const).filter((which) =>
    cues.some(
      ({ meaning }) =>
        meaning === which || (which === 'max' && (meaning === 'morning' || meaning === 'evening')),
    ),
  );
  return kinds.flatMap((which) =>
    scopesOf(frame, ground).map((window) =>
      reading(
        extreme(series, window, which),
        series,
        { kind: 'extreme', series: series.id, which, part: 'value', ...window },
        firm,
      ),
    ),
  );
}

function means({ series, frame, ground }: Figure, firm: boolean): (Reading | undefined)[] {
  return scopesOf(frame, ground).map((window) =>
    reading(meanOver(series, window), series, { kind: 'mean', series: series.id, ...window }, firm),
  );
}

/** The value at a time that the clause names; firm where no other word gives the figure a meaning. */
function values({ series, quantity, frame, ground }: Figure, firm: boolean): (Reading | undefined)[] {
  const [first, ...others] = pointsOf(quantity, frame, ground);
  const ends = spansOf(frame, ground).flatMap(({ from, to }) => [from, to]);
  const one = (step: number | undefined, sure: boolean) =>
    step === undefined
      ? undefined
      : reading(at(series, step), series, { kind: 'value', series: series.id, at: step }, sure);
  const own = [...frame.names, ...frame.before.names].some(({ meaning }) => meaning.kind === 'series');
  if (!own && cuesOf(frame).length === 0) return [];
  return [one(first, firm && own), ...[...others, ...ends].map((step) => one(step, false))];
}

function changes(
  { series, quantity, frame, ground, share, rate }: Figure,
  firm: boolean,
): (Reading | undefined)[] {
  const spans = spansOf(frame, ground);
  const hours = ({ from, to }: Window) => ((to - from) * ground.facts.clock.step_min) / 60;
  const one = (window: Window, sure: boolean): Reading | undefined => {
    const change = changeOver(series, window);
    const start = at(series, window.from);
    if (change === undefined || start === undefined || window.to <= window.from) return undefined;
    const value = share ? (100 * change) / start : rate ? change / hours(window) : change;
    const unit = unitOf(share ? '%' : rate ? `${series.unit}/h` : series.unit);
    return {
      about: { kind: 'change', series: series.id, part: 'size', ...window },
      value,
      unit,
      firm: sure,
      difference: true,
    };
  };
  const ending = quantity.text.includes('→') || isEnd(quantity, ground.reply);
  if (spans.length > 0)
    return [...spans.map((window) => one(window, firm && !ending)), ...steps(series, spans, ground, rate)];
  const [point] = frame.times.length > 0 ? pointsOf(quantity, frame, ground) : [];
  const around =
    point === undefined
      ? []
      : [one({ from: point - 1, to: point }, false), one({ from: point, to: point + 1 }, false)];
  const declared = ground.facts.required.flatMap((fact) =>
    fact.fact === 'change' && fact.series === series.id
      ? [one({ from: fact.from, to: fact.to }, firm && !ending)]
      : [],
  );
  return [
    ...around,
    ...declared,
    ...steps(series, [scopeOf(frame, ground.facts, ground.steps)], ground, rate),
  ];
}

/** A figure behind "to" or an arrow, or before one, is where a change ends or begins: it says so among the values. */
function isEnd({ start, end }: Quantity, reply: string): boolean {
  const before = reply.slice(Math.max(0, start - 16), start);
  return (
    /(?:\bto|\bfrom|\breach\w*|→|->|至|到|达|为|由|从)\s*(?:about|约|a|the)?\s*$/.test(before) ||
    /^\s*(?:→|->|⇒|[升增降跌]?[至到]|to\b)/.test(reply.slice(end, end + 6)) ||
    /\d{1,2}:\d{2}\s?[(（]$/.test(before)
  );
}

/** The steepest single step, up and down: what "the largest hourly rise" means. */
function steps(
  series: SeriesFact,
  windows: readonly Window[],
  { facts }: Ground,
  rate: boolean,
): (Reading | undefined)[] {
  const hour = facts.clock.step_min / 60;
  return windows.flatMap((window) =>
    ([1, -1] as const).map((sign): Reading | undefined => {
      const step = steepest(series, window, sign);
      if (step === undefined) return undefined;
      const unit = unitOf(rate ? `${series.unit}/h` : series.unit);
      return {
        about: { kind: 'change', series: series.id, part: 'size', ...window },
        value: rate ? step / hour : step,
        unit,
        firm: false,
        difference: true,
      };
    }),
  );
}

/** Against what a series is held: another in the clause, its forecast or actual, or a named figure. */
function differences(figure: Figure): (Reading | undefined)[] {
  const { series, quantity, frame, ground, share } = figure;
  const points = pointsOf(quantity, frame, ground).map((step) => ({ from: step, to: step }));
  const windows = [...points, ...scopesOf(frame, ground), scopeOf(frame, ground.facts, ground.steps)];
  const unit = unitOf(share ? '%' : series.unit);
  const nearest = nearestTo(quantity, frame.cues.filter(isStructure))?.meaning;
  // "The errors" may be any of them; the mean of them is the one difference there is.
  const meant = (cue: Cue) => cuesOf(frame).some(({ meaning }) => meaning === cue);
  const sure =
    nearest !== undefined &&
    (nearest === 'error' || nearest === 'mean' ? meant('error') && meant('mean') : COMPARING.has(nearest));
  const between = comparedWith({ frame, ground, near: quantity }).flatMap(([a, b]) => [
    ...reviewed(windows, (window) => meanDifference(a, b, window) !== undefined, ground).flatMap((window) => [
      apart(a, b, window, share, sure),
      farthest(a, b, window, share),
    ]),
    ...peaksApart(a, b, frame, ground, share),
  ]);
  const limits = ground.facts.quantities.filter(
    ({ id, unit: own }) =>
      fitting(unitOf(series.unit), own) &&
      [...frame.names, ...frame.before.names].some(
        ({ meaning }) => meaning.kind === 'quantity' && meaning.id === id,
      ),
  );
  const beyond = share
    ? []
    : limits.flatMap(({ id, value }) =>
        windows.map(({ from, to }): Reading | undefined => {
          const top = extreme(series, { from, to }, 'max');
          return top === undefined
            ? undefined
            : { about: { kind: 'quantity', id }, value: top - value, unit, firm: false, difference: true };
        }),
      );
  return [...between, ...beyond];
}

const COMPARING: ReadonlySet<Cue> = new Set(['above', 'below', 'over-forecast', 'under-forecast', 'error']);

function apart(
  a: SeriesFact,
  b: SeriesFact,
  window: Window,
  share: boolean,
  firm: boolean,
): Reading | undefined {
  const d = meanDifference(a, b, window);
  const base = meanOver(b, window);
  if (d === undefined || base === undefined) return undefined;
  return {
    about: { kind: 'difference', a: a.id, b: b.id, part: 'size', ...window },
    value: share ? (100 * d) / base : d,
    unit: unitOf(share ? '%' : a.unit),
    firm,
    difference: true,
  };
}

/** "Up to so much": the largest difference of a stretch. It may support; it never is what had to be said of the mean. */
function farthest(a: SeriesFact, b: SeriesFact, window: Window, share: boolean): Reading | undefined {
  if (window.to === window.from) return undefined;
  let best: Reading | undefined;
  for (let step = window.from; step <= Math.min(window.to, a.values.length - 1); step++) {
    const one = apart(a, b, { from: step, to: step }, share, false);
    if (one && (!best || Math.abs(one.value) > Math.abs(best.value))) best = one;
  }
  return (
    best && {
      ...best,
      about: {
        kind: 'value',
        series: a.id,
        at: best.about.kind === 'difference' ? best.about.from : window.from,
      },
    }
  );
}

function peaksApart(
  a: SeriesFact,
  b: SeriesFact,
  frame: Frame,
  ground: Ground,
  share: boolean,
): (Reading | undefined)[] {
  return scopesOf(frame, ground).map((window) => {
    const [x, y] = [extreme(a, window, 'max'), extreme(b, window, 'max')];
    if (x === undefined || y === undefined) return undefined;
    const about = { kind: 'difference', a: a.id, b: b.id, part: 'size', ...window } as const;
    return {
      about,
      value: share ? (100 * (x - y)) / y : x - y,
      unit: unitOf(share ? '%' : a.unit),
      firm: false,
      difference: true,
    };
  });
}

/** Which series lies over which: those around the comparing word, else a forecast and what it forecast. */
export function comparedWith({
  frame,
  ground,
  near,
}: {
  frame: Frame;
  ground: Ground;
  near: { start: number; end: number };
}): [SeriesFact, SeriesFact][] {
  const { facts } = ground;
  const cue = nearestTo(
    near,
    cuesOf(frame).filter(({ meaning }) => COMPARING.has(meaning)),
  );
  if (!cue) return [];
  const series = (id: string) => facts.series.find((one) => one.id === id) as SeriesFact;
  const names = [...frame.before.names, ...frame.names].flatMap(({ meaning, start, end }) =>
    meaning.kind === 'series' ? [{ id: meaning.id, start, end }] : [],
  );
  if (cue.meaning === 'over-forecast' || cue.meaning === 'under-forecast' || cue.meaning === 'error') {
    const named = new Set(names.map(({ id }) => id));
    const pairs = facts.pairs.filter(
      ({ forecast, actual }) => named.size === 0 || named.has(forecast) || named.has(actual),
    );
    return (pairs.length > 0 ? pairs : facts.pairs).map(({ forecast, actual }) => [
      series(forecast),
      series(actual),
    ]);
  }
  const before = names.filter(({ start }) => start < cue.start);
  const after = names.filter(({ start }) => start > cue.start);
  // "A above B", and "A 比 B 高".
  const [lefts, rights] = after.length > 0 ? [sameSpot(before, -1), sameSpot(after, 0)] : twoSpots(before);
  return lefts.flatMap((a) =>
    rights
      .filter((b) => b !== a && series(a)?.unit === series(b)?.unit)
      .map((b): [SeriesFact, SeriesFact] => [series(a), series(b)]),
  );
}

type Spot = { id: string; start: number };

/** All that one phrase may mean: the first phrase's ids, or the last's. */
function sameSpot(names: readonly Spot[], index: 0 | -1): string[] {
  const start = names.at(index)?.start;
  return names.filter((name) => name.start === start).map(({ id }) => id);
}

function twoSpots(names: readonly Spot[]): [string[], string[]] {
  const last = names.at(-1)?.start;
  return [
    sameSpot(
      names.filter(({ start }) => start !== last),
      -1,
    ),
    sameSpot(names, -1),
  ];
}

function reading(
  value: number | undefined,
  series: SeriesFact,
  about: Reading['about'],
  firm: boolean,
): Reading | undefined {
  return value === undefined ? undefined : { about, value, unit: unitOf(series.unit), firm };
}
