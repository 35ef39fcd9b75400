import type { Quantity, Unit } from '../../quantities/index.ts';
import { meets } from './agree.ts';
import type { About, Claim } from './claim.ts';
import type { Cue } from './cues.ts';
import type { QuantityFact, SeriesFact } from './facts.ts';
import { distance, type Frame, isStructure, nearestTo } from './frame.ts';
import { cuesOf, fitting, type Ground, isOperand, subjectsOf, unitOf } from './ground.ts';
import type { Name } from './names.ts';
import type { Found } from './phrases.ts';
import { readingsOf } from './readings.ts';

/** One thing that a figure may say. */
export interface Reading {
  about: About;
  value: number;
  unit: Unit;
  /** Missing it contradicts; otherwise it only may support. */
  firm: boolean;
  /** A difference: its sign counts by the words, and 3 K are 3 °C. */
  difference?: boolean;
  /** Told as a shortfall: "a shortfall of −261 MW" means the same as one of 261 MW. */
  magnitude?: boolean;
  abs?: number;
  rel?: number;
}

const SIGNS: Partial<Readonly<Record<Cue, 1 | -1>>> = {
  rise: 1,
  above: 1,
  'over-forecast': 1,
  fall: -1,
  below: -1,
  'under-forecast': -1,
};

/** A clause of more figures is a table, and states nothing. */
const MAX_FIGURES = 200;

/** What the figures of a clause claim. */
export function groundFigures(frame: Frame, ground: Ground): Claim[] {
  const claims: Claim[] = [];
  for (const quantity of frame.numbers.slice(0, MAX_FIGURES).flatMap((one) => endsOf(one, frame))) {
    if (quantity.unit.name === '' || isOperand(quantity, ground.reply)) continue;
    const named = namedReading(quantity, frame, ground);
    const readings = named?.alone
      ? [named.reading]
      : [...readingsFor(quantity, frame, ground), ...(named ? [named.reading] : [])];
    const claim = judge(quantity, readings, frame, ground);
    if (claim) claims.push(claim);
  }
  return unlisted(claims);
}

/** "rises from 3,920 MW to 4,820 MW" gives two values, not a span of one. */
function endsOf(quantity: Quantity, frame: Frame): Quantity[] {
  const changing = cuesOf(frame).some(
    ({ meaning }) => meaning === 'rise' || meaning === 'fall' || meaning === 'change',
  );
  const { low, high, kind } = quantity;
  if (kind !== 'range' || !changing || low === null || high === null || /[±]/.test(quantity.text))
    return [quantity];
  const end = (value: number): Quantity => ({ ...quantity, kind: 'point', value, low: value, high: value });
  return [end(low), end(high)];
}

function readingsFor(quantity: Quantity, frame: Frame, ground: Ground): Reading[] {
  const share = quantity.unit.dimension === 'ratio' || quantity.unit.name === '%';
  const rate = rateOf(quantity.unit, ground);
  const subjects = subjectsOf(quantity, frame, ground, share || rate ? undefined : quantity.unit);
  return subjects.flatMap((series) =>
    readingsOf({ series, quantity, frame, ground, share, rate: rate !== undefined }),
  );
}

/** Whether a unit is a series' unit an hour: MW/h. */
function rateOf(unit: Unit, { facts }: Ground): SeriesFact | undefined {
  if (!/\/\s*(?:h|min)$/.test(unit.name)) return undefined;
  return facts.series.find((series) => fitting(unit, `${series.unit}/h`));
}

/** A single figure that has a name of its own, where that name is nearer than any word of extremes or changes. */
function namedReading(
  quantity: Quantity,
  frame: Frame,
  { facts, reply }: Ground,
): { reading: Reading; alone: boolean } | undefined {
  const fact = (id: string): QuantityFact | undefined =>
    facts.quantities.find((one) => one.id === id && fitting(quantity.unit, one.unit));
  const own = frame.names.filter(({ meaning }) => meaning.kind === 'quantity' && fact(meaning.id));
  const bare = frame.cues.length === 0 && frame.names.length === 0;
  const names =
    own.length > 0 || !bare
      ? own
      : frame.before.names.filter(({ meaning }) => meaning.kind === 'quantity' && fact(meaning.id)).slice(-1);
  // More names than figures: one is only what another is held against.
  const told = names.length > frame.numbers.length ? withoutMeasures(names, reply) : names;
  const name = dealt(quantity, told, frame) ?? nearestTo(quantity, told);
  if (name?.meaning.kind !== 'quantity') return undefined;
  const found = fact(name.meaning.id) as QuantityFact;
  const cue = nearestTo(quantity, cuesOf(frame));
  const alone = !cue || own.length === 0 || distance(name, quantity) <= distance(cue, quantity);
  const { unit, abs, rel } = found;
  const value = name.meaning.opposite ? -found.value : found.value;
  return {
    alone,
    reading: {
      about: { kind: 'quantity', id: found.id },
      value,
      unit: unitOf(unit),
      firm: alone,
      ...(name.meaning.opposite && value > 0 ? { magnitude: true } : {}),
      ...(abs === undefined ? {} : { abs }),
      ...(rel === undefined ? {} : { rel }),
    },
  };
}

/**
 * Which of several names belongs to a figure where a clause has several of both: the nearest pair first, each name and
 * each figure once. "Margin to the capacity (3,300 MW): 369 MW" gives the capacity its figure, and the margin the other.
 */
function dealt(
  quantity: Quantity,
  names: readonly Found<Name>[],
  { numbers }: Frame,
): Found<Name> | undefined {
  if (names.length < 2 || numbers.length < 2) return undefined;
  const figures = numbers.filter(({ unit }) => unit.name !== '').slice(0, 12);
  const pairs = figures
    .flatMap((figure) => names.slice(0, 12).map((name) => ({ figure, name, away: distance(name, figure) })))
    .sort((a, b) => a.away - b.away);
  const taken = new Map<number, Found<Name>>();
  for (const { figure, name } of pairs)
    if (!taken.has(figure.start) && ![...taken.values()].some(({ start }) => start === name.start))
      taken.set(figure.start, name);
  return taken.get(quantity.start);
}

/** "The shortfall against the commitment is 33 MW" tells a shortfall: what it is held against is only named. */
function withoutMeasures(names: readonly Found<Name>[], reply: string): readonly Found<Name>[] {
  const told = names.filter(
    ({ start }) =>
      !/(?:\b(?:against|to|vs\.?|versus|relative to|compared with)\s+(?:the |our |its )?|[与较比距]|对照|相对)$/i.test(
        reply.slice(Math.max(0, start - 24), start),
      ),
  );
  return told.length > 0 ? told : names;
}

function judge(
  quantity: Quantity,
  readings: readonly Reading[],
  frame: Frame,
  ground: Ground,
): Claim | undefined {
  if (readings.length === 0) return undefined;
  const claim = { text: frame.text, start: quantity.start };
  const results = readings.map((reading) => ({
    reading,
    ...meets(stated(quantity, reading, frame), reading, ground.rel),
  }));
  const hits = results.filter(({ holds }) => holds);
  const firm = results.filter(({ reading, known }) => reading.firm && known);
  const [hit] = hits;
  const show = (reading: Reading) =>
    `${nameOf(reading.about)} is ${round(reading.value)}${reading.unit.name === '' ? '' : ` ${reading.unit.name}`}`;
  if (!hit && firm.length === 0) return undefined;
  const shown = hit ?? firm[0];
  const about = (hit ? hits : firm).map(({ reading }) => reading.about);
  const reason = `"${quantity.text}": ${shown ? show(shown.reading) : ''}`;
  if (frame.hedged)
    return {
      ...claim,
      label: 'unchecked',
      about,
      reason: `${reason}; not asserted`,
      covers: false,
      safety: false,
    };
  const right = (hit !== undefined) !== frame.negated;
  const safety = about.some((one) => safetyOf(one, ground)) || results.some(({ flipped }) => !hit && flipped);
  return {
    ...claim,
    label: right ? 'supported' : 'contradicted',
    about,
    reason,
    covers: right && !frame.negated && spoken(quantity, frame) && hits.some(({ precise }) => precise),
    safety,
  };
}

/** A figure in a sentence: with a word that gives it its meaning, or its name. A bare figure after a comma says nothing. */
function spoken(quantity: Quantity, frame: Frame): boolean {
  const verbs = frame.cues.some(isStructure) || frame.before.cues.some(isStructure);
  return (
    verbs || frame.names.some((name) => name.meaning.kind === 'quantity' && distance(name, quantity) < 60)
  );
}

function safetyOf(about: About, { facts }: Ground): boolean {
  return about.kind === 'quantity' && facts.quantities.some(({ id, safety }) => id === about.id && safety);
}

/** Who counts errors the other way round says so. */
const REVERSED = /actuals? *(?:minus|less|[−–-]) *forecast|实[际测][值]? *[减−–-] *预测/i;

/** A figure as a number with the sign that the words beside it give. */
function stated(quantity: Quantity, reading: Reading, frame: Frame): Quantity {
  if (reading.magnitude && (quantity.value ?? 0) < 0) return negative(quantity);
  if (!reading.difference) return quantity;
  if (/^[+\-−–]/.test(quantity.text))
    return reading.about.kind !== 'change' && REVERSED.test(frame.text) ? negative(quantity) : quantity;
  const cue = nearestTo(
    quantity,
    cuesOf(frame).filter(({ meaning }) => SIGNS[meaning] !== undefined),
  );
  const sign = cue ? (SIGNS[cue.meaning] as 1 | -1) : 0;
  if (sign === 0) return reading.value < 0 ? negative(quantity) : quantity;
  return sign < 0 ? negative(quantity) : quantity;
}

const minus = (value: number | null) => (value === null ? null : -value);
const negative = (quantity: Quantity): Quantity => ({
  ...quantity,
  value: minus(quantity.value),
  low: minus(quantity.high),
  high: minus(quantity.low),
});

/** Three figures or more for one thing in one clause are a list of guesses, not a statement. */
function unlisted(claims: readonly Claim[]): Claim[] {
  const counts = new Map<string, number>();
  const key = (claim: Claim) => JSON.stringify(claim.about[0]);
  for (const claim of claims) counts.set(key(claim), (counts.get(key(claim)) ?? 0) + 1);
  return claims.map((claim) =>
    (counts.get(key(claim)) ?? 0) < 3 || claim.about[0]?.kind === 'value'
      ? claim
      : {
          ...claim,
          label: 'unchecked',
          covers: false,
          reason: `${claim.reason}; one of several figures for one thing`,
        },
  );
}

export function nameOf(about: About): string {
  switch (about.kind) {
    case 'extreme':
      return `${about.which} ${about.part} of ${about.series}`;
    case 'change':
      return `${about.part} of change of ${about.series}, steps ${about.from} to ${about.to}`;
    case 'value':
      return `${about.series} at step ${about.at}`;
    case 'mean':
      return `mean of ${about.series}, steps ${about.from} to ${about.to}`;
    case 'difference':
      return `${about.a} less ${about.b}, steps ${about.from} to ${about.to}`;
    case 'order':
      return `${about.first} before ${about.second}`;
    default:
      return `${about.kind} ${about.id}`;
  }
}

const round = (value: number) => Number(value.toPrecision(6));
