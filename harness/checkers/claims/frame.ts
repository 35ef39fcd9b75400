import type { Quantity } from '../../quantities/index.ts';
import { unasserted } from './asserted.ts';
import type { Clause } from './clauses.ts';
import type { Cue } from './cues.ts';
import type { Name } from './names.ts';
import type { Found } from './phrases.ts';
import type { TimeMention } from './times.ts';

/** A clause with what it takes over from those around it. */
export interface Frame {
  start: number;
  end: number;
  text: string;
  /** This clause's own figures and times: what it states. */
  numbers: readonly Quantity[];
  times: readonly TimeMention[];
  names: readonly Found<Name>[];
  cues: readonly Found<Cue>[];
  /** Of the clauses before it in the sentence, for what it leaves out itself. */
  before: { times: readonly TimeMention[]; names: readonly Found<Name>[]; cues: readonly Found<Cue>[] };
  /** Series last named in an earlier sentence or heading, the latest first; all that one phrase may mean together. */
  said: readonly (readonly string[])[];
  /** Days last named. */
  day: number | undefined;
  /** Doubted, asked, supposed or taken back: not asserted. */
  hedged: boolean;
  negated: boolean;
  /** Every cause and trigger word of the sentence, wherever it stands. */
  causal: boolean;
}

const STRUCTURE: ReadonlySet<Cue> = new Set([
  'max',
  'min',
  'rise',
  'fall',
  'change',
  'mean',
  'above',
  'below',
  'over-forecast',
  'under-forecast',
  'error',
  'morning',
  'evening',
]);
export const isStructure = ({ meaning }: Found<Cue>): boolean => STRUCTURE.has(meaning);

const has = (cues: readonly Found<Cue>[], cue: Cue) => cues.some(({ meaning }) => meaning === cue);

/** Clauses that only set the scene ("On Tuesday at 18:00,") join the next; a trailing time joins the one before it. */
function joined(clauses: readonly Clause<Name>[]): Clause<Name>[] {
  const out: Clause<Name>[] = [];
  let pending: Clause<Name> | undefined;
  for (const clause of clauses) {
    const states = clause.numbers.length > 0 || clause.cues.some(isStructure);
    const last = out.at(-1);
    if (pending && pending.sentence !== clause.sentence) {
      out.push(pending);
      pending = undefined;
    }
    if (states) {
      out.push(pending ? merge(pending, clause) : clause);
      pending = undefined;
    } else if (
      last &&
      last.sentence === clause.sentence &&
      clause.times.length > 0 &&
      last.times.length === 0 &&
      clause.names.every(({ meaning }) => meaning.kind === 'day')
    )
      out[out.length - 1] = merge(last, clause);
    else if (
      clause.names.some(
        ({ meaning }) => meaning.kind === 'cause' || meaning.kind === 'kind' || meaning.kind === 'event',
      )
    ) {
      out.push(pending ? merge(pending, clause) : clause);
      pending = undefined;
    } else pending = pending ? merge(pending, clause) : clause;
  }
  if (pending) out.push(pending);
  return out;
}

function merge(a: Clause<Name>, b: Clause<Name>): Clause<Name> {
  return {
    ...a,
    end: b.end,
    text: `${a.text}, ${b.text}`,
    numbers: [...a.numbers, ...b.numbers],
    times: [...a.times, ...b.times],
    names: [...a.names, ...b.names],
    cues: [...a.cues, ...b.cues],
  };
}

const ALTERNATIVE = /^\s{0,2}(?:or|或|或者|还是|\/)\s{0,2}(?:at |在)?$/i;

/** "18:00 or 19:00", "900 MW or 950 MW": two answers are none. */
function alternatives(reply: string, { numbers, times }: Clause<Name>): boolean {
  const either = (items: readonly { start: number; end: number }[]) =>
    items.some((item, i) => {
      const next = items[i + 1];
      return (
        next !== undefined &&
        next.start - item.end < 12 &&
        ALTERNATIVE.test(reply.slice(item.end, next.start))
      );
    });
  return either(times) || either(numbers);
}

/** "colder than forecast" as a cause, "stressed peak" as a figure: the words within such a name compare and peak nothing. */
function withoutInner(clause: Clause<Name>): Clause<Name> {
  const shields = clause.names.filter(
    ({ meaning }) => meaning.kind === 'cause' || meaning.kind === 'quantity',
  );
  const inner = (cue: Found<Cue>) => shields.some(({ start, end }) => cue.start >= start && cue.end <= end);
  return { ...clause, cues: clause.cues.filter((cue) => !inner(cue)) };
}

const CONTRAST = /^\W*(?:but|while|whereas|however|and|yet)\b|^[\s，,]*(?:但|而|然而|不过)/i;

const isBare = ({ numbers, times, names }: Clause<Name>): boolean =>
  numbers.length === 0 &&
  times.length === 0 &&
  names.every(({ meaning }) => meaning.kind === 'day' || meaning.kind === 'series');

/** Frames of all clauses of a reply. */
export function framesOf(reply: string, clauses: readonly Clause<Name>[]): Frame[] {
  const frames: Frame[] = [];
  let said: string[][] = [];
  let day: number | undefined;
  let sentence = -1;
  // A doubt lasts to the end of its sentence, or to a but.
  let doubted = false;
  let group: Clause<Name>[] = [];
  const whole = joined(clauses.map(withoutInner));
  const causal = new Set<number>();
  const unsure = new Set<number>();
  for (const clause of whole) {
    if (has(clause.cues, 'cause')) causal.add(clause.sentence);
    if (isBare(clause) && has(clause.cues, 'hedge')) unsure.add(clause.sentence);
  }
  const idle = unasserted(whole.map((clause) => ({ ...clause, bare: isBare(clause) })));
  for (const [i, clause] of whole.entries()) {
    if (clause.sentence !== sentence) {
      sentence = clause.sentence;
      group = [];
      doubted = false;
    }
    for (const { meaning } of clause.names) if (meaning.kind === 'day') day = meaning.day;
    const hedged: boolean =
      has(clause.cues, 'hedge') || alternatives(reply, clause) || (doubted && !CONTRAST.test(clause.text));
    doubted = hedged;
    frames.push({
      ...clause,
      before: {
        times: group.flatMap(({ times }) => times).slice(-4),
        names: group.flatMap(({ names }) => names).slice(-12),
        cues: group.flatMap(({ cues }) => cues).slice(-12),
      },
      said,
      day,
      hedged: hedged || unsure.has(clause.sentence) || idle.has(i),
      negated: has(clause.cues, 'not'),
      causal: causal.has(clause.sentence),
    });
    said = [...seriesIn(clause).reverse(), ...said].slice(0, 8);
    group = [...group, clause].slice(-4);
  }
  return frames;
}

/** How far apart two spans lie; 0 where they touch. */
export function distance(a: { start: number; end: number }, b: { start: number; end: number }): number {
  return Math.max(0, a.start - b.end, b.start - a.end);
}

/** The item nearest to a span; of two as near, the one before it. */
export function nearestTo<T extends { start: number; end: number }>(
  span: { start: number; end: number },
  items: readonly T[],
): T | undefined {
  let best: T | undefined;
  for (const item of items) if (!best || distance(item, span) < distance(best, span)) best = item;
  return best;
}

function seriesIn({ names }: Clause<Name>): string[][] {
  const byStart = new Map<number, string[]>();
  for (const { start, meaning } of names)
    if (meaning.kind === 'series') byStart.set(start, [...(byStart.get(start) ?? []), meaning.id]);
  return [...byStart.values()];
}
