import { convert, type Quantity } from '../../quantities/index.ts';
import type { Claim } from './claim.ts';
import type { EventFact } from './facts.ts';
import { distance, type Frame, nearestTo } from './frame.ts';
import { type Ground, unitOf } from './ground.ts';
import type { Name } from './names.ts';
import type { Found } from './phrases.ts';

/** A place in a text that speaks of an event; `events` are those it may mean, none where there is no such event. */
interface Mention {
  start: number;
  end: number;
  events: readonly EventFact[];
}

const DAY_MS = 86_400_000;

/** What a clause says of events: that they happened, when, how long after one another, and in which order. */
export function groundEvents(frame: Frame, ground: Ground): Claim[] {
  const mentions = mentionsIn(frame.names, frame.before.names, ground);
  if (mentions.length === 0) return [];
  const earlier = mentionsIn(frame.before.names, [], ground);
  return [
    ...mentions.flatMap((mention) => happening(mention, frame)),
    ...clockTimes(mentions, frame),
    ...delays(mentions, earlier, frame, ground),
    ...orders(mentions, earlier, frame, ground.reply),
  ];
}

/** An element and a kind of thing near each other, or an event's own name. */
function mentionsIn(
  names: readonly Found<Name>[],
  before: readonly Found<Name>[],
  { facts, reply }: Ground,
): Mention[] {
  const mentions: Mention[] = names.flatMap(({ start, end, meaning }) =>
    meaning.kind === 'event'
      ? [{ start, end, events: facts.events.filter(({ id }) => id === meaning.id) }]
      : [],
  );
  const elements = names.filter(({ meaning }) => meaning.kind === 'element');
  for (const kind of names) {
    if (kind.meaning.kind !== 'kind') continue;
    const { id } = kind.meaning;
    // The subject stands before what it does, as a rule.
    const near = [...elements].sort((a, b) => away(a, kind) - away(b, kind));
    const its = PRONOUN.test(reply.slice(kind.start, kind.end));
    const own = its ? near.filter(({ start }) => start < kind.start) : near;
    const told = [...before, ...names.filter(({ start }) => start < kind.start)];
    const earlier = its
      ? told.flatMap((name) => elementIn(name, facts.events)).reverse()
      : lastActing(told, reply);
    const pool = own.length > 0 ? own : earlier.slice(0, 1);
    const of = (element: Found<Name>) =>
      facts.events.filter(
        (event) =>
          event.kind === id && element.meaning.kind === 'element' && event.element === element.meaning.id,
      );
    const known = pool.find((element) => of(element).length > 0);
    if (known)
      mentions.push({
        start: Math.min(kind.start, own.length > 0 ? known.start : kind.start),
        end: Math.max(kind.end, own.length > 0 ? known.end : kind.end),
        events: of(known),
      });
    else if (near.length > 0) mentions.push({ start: kind.start, end: kind.end, events: [] });
  }
  return mentions.sort((a, b) => a.start - b.start);
}

/** "Its breaker failure protection" speaks of an element told before it, never of the one behind. */
const PRONOUN = /^(?:its|their)\b|^其/i;

/** Who acted last, if it was an element: "protection of A-03 operated and opened the others" says not that A-03 opened. */
function lastActing(told: readonly Found<Name>[], reply: string): Found<Name>[] {
  const last = told.findLast(
    ({ meaning, start, end }) =>
      meaning.kind === 'element' ||
      meaning.kind === 'event' ||
      (meaning.kind === 'kind' && PRONOUN.test(reply.slice(start, end))),
  );
  return last?.meaning.kind === 'element' ? [last] : [];
}

/** The element that a name is, or that the event of a name is about. */
function elementIn(name: Found<Name>, events: readonly EventFact[]): Found<Name>[] {
  const { meaning } = name;
  if (meaning.kind === 'element') return [name];
  const about = meaning.kind === 'event' ? events.find(({ id }) => id === meaning.id)?.element : undefined;
  return about === undefined ? [] : [{ ...name, meaning: { kind: 'element', id: about } }];
}

const away = (element: Found<Name>, kind: Found<Name>) =>
  distance(element, kind) + (element.start > kind.start ? 8 : 0);

function happening({ start, events }: Mention, frame: Frame): Claim[] {
  const happened = events.some((event) => event.happened);
  const right = happened !== frame.negated;
  const [event] = events;
  return [
    {
      text: frame.text,
      start,
      label: frame.hedged ? 'unchecked' : right ? 'supported' : 'contradicted',
      about: events.map(({ id }) => ({ kind: 'event', id, part: 'named' })),
      reason: event
        ? `${event.id} ${event.happened ? 'happened' : 'did not happen'}`
        : 'the record has no such event',
      covers: right && !frame.hedged && events.length === 1,
      safety: false,
    },
  ];
}

function clockTimes(mentions: readonly Mention[], frame: Frame): Claim[] {
  return frame.times.flatMap((time) => {
    const mention = nearestTo(time, mentions);
    const timed = mention?.events.filter(({ time_ms, happened }) => happened && time_ms !== undefined) ?? [];
    if (timed.length === 0 || time.range) return [];
    const hits = timed.filter(
      ({ time_ms, abs_ms }) => Math.abs(((time_ms as number) % DAY_MS) - time.from_ms) <= abs_ms + 1e-6,
    );
    return [
      timing(
        frame,
        time.start,
        hits.length > 0 ? hits : timed,
        hits.length > 0,
        `at ${timed[0]?.time_ms} ms`,
      ),
    ];
  });
}

function timing(
  frame: Frame,
  start: number,
  events: readonly EventFact[],
  holds: boolean,
  where: string,
): Claim {
  const right = holds !== frame.negated;
  return {
    text: frame.text,
    start,
    label: frame.hedged ? 'unchecked' : right ? 'supported' : 'contradicted',
    about: events.map(({ id }) => ({ kind: 'event', id, part: 'time' })),
    reason: `${events[0]?.id} is ${where}`,
    covers: right && !frame.negated && !frame.hedged,
    safety: false,
  };
}

/** "62 ms after the fault, R1 tripped": the time between two events; one alone is counted from the first of all. */
function delays(
  mentions: readonly Mention[],
  earlier: readonly Mention[],
  frame: Frame,
  { facts, reply }: Ground,
): Claim[] {
  const ms = unitOf('ms');
  const timed = facts.events.filter(({ happened, time_ms }) => happened && time_ms !== undefined);
  const first = timed.reduce<EventFact | undefined>(
    (a, b) => (a && (a.time_ms as number) <= (b.time_ms as number) ? a : b),
    undefined,
  );
  return frame.numbers.flatMap((quantity) => {
    const value = quantity.value === null ? undefined : convert(quantity.value, quantity.unit, ms);
    const counted = /\b(?:after|later|before|following)\b|后|之前|经过|历时|延时|延迟|t\s*[=+]/i.test(
      around(quantity, reply),
    );
    if (value === undefined || quantity.unit.name === '' || !first || !counted) return [];
    const [mention] = [...mentions].sort((a, b) => distance(a, quantity) - distance(b, quantity));
    if (!mention) return [];
    const others = [...mentions, ...earlier].filter((one) => one !== mention).flatMap(({ events }) => events);
    const from = [...others, first];
    const pairs = mention.events.concat(mentions.length > 1 ? others : []).flatMap((event) =>
      from
        .filter((other) => other !== event)
        .map((other) => ({
          event,
          gap: Math.abs((event.time_ms ?? Number.NaN) - (other.time_ms ?? Number.NaN)),
          slack: Math.max(event.abs_ms, other.abs_ms),
        })),
    );
    const hits = pairs.filter(({ gap, slack }) => Math.abs(gap - Math.abs(value)) <= slack + 1e-6);
    const [shown] = hits.length > 0 ? hits : pairs.filter(({ gap }) => Number.isFinite(gap));
    if (!shown) return [];
    return [
      timing(
        frame,
        quantity.start,
        hits.length > 0 ? hits.map(({ event }) => event) : [shown.event],
        hits.length > 0,
        `${shown.gap} ms from another`,
      ),
    ];
  });
}

const around = ({ start, end }: Quantity, reply: string) => reply.slice(Math.max(0, start - 12), end + 40);

/** Which of two events a word of order puts first: what stands left and right of it, in the order of the text. */
function ordered(
  word: string,
  cue: 'before' | 'after' | 'next',
  left: readonly Mention[],
  right: readonly Mention[],
) {
  const pair = (first?: Mention, second?: Mention) => (first && second ? { first, second } : undefined);
  if (cue === 'next') return pair(left.at(-1), right[0]);
  // 甲之后乙…, 甲前乙…: the word follows what it speaks of.
  if (/[前后]$/.test(word))
    return cue === 'after' ? pair(left.at(-1), right[0]) : pair(right[0], left.at(-1));
  const argument = right[0];
  const other = left.at(-1) ?? right[1];
  return cue === 'after' ? pair(argument, other) : pair(other, argument);
}

/** "A before B", "A 先于 B", "A, then B". */
function orders(
  mentions: readonly Mention[],
  earlier: readonly Mention[],
  frame: Frame,
  reply: string,
): Claim[] {
  return frame.cues.flatMap((cue) => {
    if (cue.meaning !== 'before' && cue.meaning !== 'after' && cue.meaning !== 'next') return [];
    const left = [...earlier, ...mentions].filter(({ end }) => end <= cue.start);
    const right = mentions.filter(({ start }) => start >= cue.end);
    const stated = ordered(reply.slice(cue.start, cue.end), cue.meaning, left, right);
    const claim = stated && orderClaim(stated, frame, cue.start);
    return claim ? [claim] : [];
  });
}

function orderClaim(
  { first, second }: { first: Mention; second: Mention },
  frame: Frame,
  start: number,
): Claim | undefined {
  const timed = ({ events }: Mention) =>
    events.filter(({ time_ms }) => time_ms !== undefined) as (EventFact & { time_ms: number })[];
  const pairs = timed(first).flatMap((a) => timed(second).flatMap((b) => (b.id === a.id ? [] : [{ a, b }])));
  const hit = pairs.find(({ a, b }) => a.time_ms < b.time_ms);
  const shown = hit ?? pairs[0];
  if (!shown) return undefined;
  const right = (hit !== undefined) !== frame.negated;
  return {
    text: frame.text,
    start,
    label: frame.hedged ? 'unchecked' : right ? 'supported' : 'contradicted',
    about: [{ kind: 'order', first: shown.a.id, second: shown.b.id }],
    reason: `${shown.a.id} at ${shown.a.time_ms} ms, ${shown.b.id} at ${shown.b.time_ms} ms`,
    covers: right && !frame.hedged && !frame.negated,
    safety: true,
  };
}
