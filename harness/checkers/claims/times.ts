/** A time of day, or a stretch of it, as a reply writes it. Milliseconds since 0:00 of a day not yet known. */
export interface TimeMention {
  start: number;
  end: number;
  from_ms: number;
  /** Equal to `from_ms` for a point. */
  to_ms: number;
  range: boolean;
  /** The end of a range lies on the next day. */
  overnight: boolean;
  /** "before 17:00", "18:00前": a bound says when something ends or begins, not when it is. */
  bound: boolean;
}

interface Part {
  start: number;
  end: number;
  ms: number;
}

const HOUR = 3_600_000;
/** Every quantifier is bounded: a megabyte of digits costs a megabyte of steps. */
const CLOCK =
  /(?:(凌晨|早上|上午|早|中午|下午|傍晚|晚上|晚间|晚|夜间)\s?)?(?:(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,6}))?)?|(\d{1,2})\s?[时点](?!段|多)(?:(\d{1,2})分|(半))?(?:(\d{1,2})秒(?:(\d{1,3})(?:毫秒)?)?)?|(\d{1,2})(?=\s?[ap]\.?m\b)|([01]\d|2[0-4])([0-5]\d)\s?(?:hrs|hours|h)\b)(?:\s?([ap])\.?m\b\.?)?|\b(noon|midnight)\b|(正午|午夜|零点)/g;
/** `14-18时`, `14至18时`: the first hour bears no mark of its own. */
const BARE_RANGE = /(\d{1,2})\s?(?:-|–|—|~|至|到)\s?(?=\d{1,2}\s?[时点])/g;
const JOINS = /^\s{0,3}(?:-|–|—|―|~|→|->|to|until|till|through|至|到|起至)\s{0,3}(?:次日|翌日|第二天)?\s?$/;
const AND = /^\s{1,3}and\s{1,3}$/;

/** Every clock time and range of times in a folded text, in order. */
export function readTimes(text: string): TimeMention[] {
  const parts: Part[] = [];
  for (const match of text.matchAll(CLOCK)) {
    // 3:15:30:45 or a ratio such as 1:100 is no time; nor is a number that goes on.
    if (goesOn(text, match.index)) continue;
    const ms = clockOf(match);
    if (ms !== undefined) parts.push({ start: match.index, end: match.index + match[0].length, ms });
  }
  for (const match of text.matchAll(BARE_RANGE)) {
    const hour = Number(match[1]);
    const next = match.index + match[0].length;
    if (hour <= 24 && !goesOn(text, match.index) && parts.some(({ start }) => start === next))
      parts.push({ start: match.index, end: match.index + (match[1] as string).length, ms: hour * HOUR });
  }
  return joined(
    text,
    parts.sort((a, b) => a.start - b.start),
  );
}

/** Whether digits stand right before: a colon after a word ("Peak:18:00") is no part of a figure. */
function goesOn(text: string, at: number): boolean {
  return /[\d.]$|\d:$/.test(text.slice(Math.max(0, at - 2), at));
}

function clockOf(match: RegExpMatchArray): number | undefined {
  const [, half, h, m, s, fraction, zh, zhMin, zhHalf, zhSec, zhMs, bare, h4, m4, ap, word, zhWord] = match;
  if (word || zhWord) return word === 'noon' || zhWord === '正午' ? 12 * HOUR : 0;
  let hours = Number(h ?? zh ?? bare ?? h4);
  const minutes = Number(m ?? m4 ?? (zhHalf ? 30 : (zhMin ?? 0)));
  const seconds = Number(s ?? zhSec ?? 0);
  const millis = fraction ? Number(`0.${fraction}`) * 1000 : Number(zhMs ?? 0);
  const late =
    ap === 'p' || (half !== undefined && /下午|傍晚|晚/.test(half)) || (half === '中午' && hours < 3);
  if (late && hours < 12) hours += 12;
  if (ap === 'a' && hours === 12) hours = 0;
  if (hours > 24 || minutes > 59 || seconds > 59) return undefined;
  return hours * HOUR + minutes * 60_000 + seconds * 1000 + millis;
}

function joined(text: string, parts: readonly Part[]): TimeMention[] {
  const times: TimeMention[] = [];
  for (let i = 0; i < parts.length; i++) {
    const first = parts[i] as Part;
    const next = parts[i + 1];
    const between = next && next.start - first.end < 16 ? text.slice(first.end, next.start) : undefined;
    const pair =
      between !== undefined &&
      (JOINS.test(between) ||
        (AND.test(between) &&
          /between\s+(?:the\s+hours\s+of\s+)?$/.test(
            text.slice(Math.max(0, first.start - 24), first.start),
          )));
    if (next && pair) {
      const overnight = next.ms <= first.ms;
      times.push({
        start: first.start,
        end: next.end,
        from_ms: first.ms,
        to_ms: next.ms,
        range: true,
        overnight,
        bound: false,
      });
      i++;
    } else
      times.push({
        start: first.start,
        end: first.end,
        from_ms: first.ms,
        to_ms: first.ms,
        range: false,
        overnight: false,
        bound: bounded(text, first),
      });
  }
  return times;
}

const BEFORE_BOUND = /\b(?:before|by|until|till|after|past|since|no later than|ahead of)\s{1,2}$/;
const AFTER_BOUND = /^\s?(?:之前|以前|前|之后|以后|后|起)/;

function bounded(text: string, { start, end }: Part): boolean {
  return (
    BEFORE_BOUND.test(text.slice(Math.max(0, start - 16), start)) ||
    AFTER_BOUND.test(text.slice(end, end + 4))
  );
}
