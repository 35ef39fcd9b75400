import { sameDimensions } from '../units/compose.ts';
import { matchDenominator } from '../units/expression.ts';
import { convert, parseUnit, tidy } from '../units/units.ts';
import { unitWithBefore } from './before.ts';
import { added } from './compound.ts';
import type { Mention } from './mention.ts';
import { unitAfter } from './unit-after.ts';

/** One quantity in a normalised text: a mention alone, the two ends of a range, or the members of a list. */
export interface Group {
  kind: 'point' | 'range' | 'list';
  members: readonly Mention[];
  start: number;
  end: number;
}

const LONGEST_GAP = 9;
const RANGE =
  /^(?:[ \u2009]?(?:-{1,2}|–{1,2}|~)[ \u2009]?|[ \u2009](?:to|through|up to|thru)[ \u2009]|[ \u2009]?(?:至|到)[ \u2009]?)$/;
const AND = /^[ \u2009]?(?:and|和|与)[ \u2009]?$/;
const BETWEEN = /(?:(?:^|[^A-Za-z])between |介于|在)$/i;
const LIST =
  /^(?:[ \u2009]?[、;]|[ \u2009]?[,，]|[ \u2009]?\/|,? (?:and|or|&)|[ \u2009]?[和与及或])[ \u2009]?(?:and |or )?$/;
/** After one of these a pair tells a change, not a span. */
const CHANGE =
  /(?:rose|rises?|rising|risen|increas\w*|grew|grow\w*|fell|falls?|fall\w*|drop\w*|declin\w*|decreas\w*|chang\w*|went|moved?|jump\w*|climb\w*|reduc\w*|rais\w*|cut|lower\w*|improv\w*|slip\w*|surg\w*|swing\w*|ramp\w*|go(?:es|ing)?|up|down)(?:,? [a-z]+){0,4},? from $|(?:由|从)[^。；;，,]{0,4}$/i;
/** 上涨50元/吨至780元/吨: the first is the change, the second where it led. */
const CHANGED_BY = /(?:上涨|下跌|下降|上升|增加|减少|提高|降低|增长|提升|回落|攀升|下调|上调|上浮|下浮)了?$/;
const CHANGE_GAP = /^.{0,3}(?:增|升|涨|提|降|跌|减|下|变|扩|缩)/;

/** Puts neighbours together, left to right, and hands each group on: a text of half a million numbers keeps none of them twice. */
export function combine(text: string, mentions: readonly Mention[], take: (group: Group) => void): void {
  let index = 0;
  while (index < mentions.length) {
    const first = mentions[index] as Mention;
    const second = mentions[index + 1];
    const whole = second && wholeFrom(text, mentions, index);
    if (whole) {
      take(pointOf(whole.mention));
      index += whole.parts;
      continue;
    }
    const range = second && rangeOf(text, first, second);
    if (range) {
      take(range);
      index += 2;
      continue;
    }
    const members = second ? listFrom(text, mentions, index) : undefined;
    const list = members && listOf(text, members);
    if (list) {
      take(list);
      index += list.members.length;
      continue;
    }
    // Members that make no list are passed over at once, all but the last, which may begin something else.
    const alone = Math.max(1, (members?.length ?? 1) - 1);
    for (const end = index + alone; index < end; index++) take(pointOf(mentions[index] as Mention));
  }
}

/** 1 h 30 min 15 s: a quantity with all its smaller parts. */
function wholeFrom(text: string, mentions: readonly Mention[], from: number) {
  let last = mentions[from] as Mention;
  if (!last.unit && !last.scale) return undefined;
  let [mention, parts] = [last, 1];
  for (let next = mentions[from + parts]; next; next = mentions[from + parts]) {
    const sum: Mention | undefined = added(text, mention, last, next);
    if (!sum) break;
    [mention, last] = [sum, next];
    parts++;
  }
  return parts > 1 ? { mention, parts } : undefined;
}

function gapBetween(text: string, a: Mention, b: Mention): string | undefined {
  const length = b.start - a.end;
  return length < 1 || length > LONGEST_GAP ? undefined : text.slice(a.end, b.start);
}

function rangeOf(text: string, a: Mention, b: Mention): Group | undefined {
  const gap = gapBetween(text, a, b);
  if (gap === undefined || gap === ' ' || a.spread || b.spread) return undefined;
  const between = AND.test(gap) && BETWEEN.test(text.slice(Math.max(0, a.start - 9), a.start));
  if (!between && !RANGE.test(gap)) return undefined;
  // 1—9月: the first number is a month as well.
  if (a.plain && a.role === 'value' && (b.role === 'date' || b.role === 'time')) {
    return { kind: 'range', members: [{ ...a, role: b.role }, b], start: a.start, end: b.end };
  }
  if (a.role !== b.role) return nameRange(a, b);
  if (a.role === 'identifier' || a.role === 'date' || a.role === 'time') return nameRange(a, b);
  if (a.form === 'words' && a.role === 'ordinal') return undefined;
  const ends = sharedEnds(a, b);
  if (!ends || ends[0].value > ends[1].value) return undefined;
  if (!between && isArithmetic(text, a, b, gap)) return undefined;
  const before = text.slice(Math.max(0, a.start - 40), a.start);
  if (
    /to|至|到/.test(gap) &&
    CHANGE.test(before) &&
    (/[A-Za-z] $/.test(before) || CHANGE_GAP.test(text.slice(a.end, a.end + 6)))
  ) {
    return undefined;
  }
  if (/至|到/.test(gap) && CHANGED_BY.test(before)) return undefined;
  // 每千瓦时0.3到0.5元: what is said before the first number holds for the unit of the second.
  const unit = !a.unit && b.unit && unitWithBefore(text, a.start, b.unit);
  const members = unit ? ends.map((member) => ({ ...member, unit })) : ends;
  const group: Group = { kind: 'range', members, start: a.start, end: b.end };
  return (a.moneyBefore && !b.unit && pricedBy(text, group)) || withOuterUnit(text, group);
}

/** $5-10/MWh: what stands after the second figure divides the currency before the first. */
function pricedBy(text: string, group: Group): Group | undefined {
  const below = matchDenominator(text, group.end);
  const money = group.members[0]?.unit;
  const unit = below && money && parseUnit(`${money.name}${text.slice(group.end, below.end)}`);
  if (!below || !unit) return undefined;
  return { ...group, members: group.members.map((member) => ({ ...member, unit })), end: below.end };
}

/** (10-15) MW, [3, 5] MW: the unit stands outside the brackets. */
function withOuterUnit(text: string, group: Group): Group {
  if (group.members.some(({ unit }) => unit)) return group;
  const pair = text.charAt(group.start - 1) + text.charAt(group.end);
  const outer = pair === '()' || pair === '[]' ? unitAfter(text, group.end + 1) : undefined;
  if (!outer) return group;
  return {
    ...group,
    members: group.members.map((member) => ({ ...member, unit: outer.unit })),
    end: outer.end,
  };
}

/** buses 1-5, 2025 to 2030: the second number takes the first one's role. */
function nameRange(a: Mention, b: Mention): Group | undefined {
  if (a.role === 'value' || a.role === 'ordinal' || !(b.plain || b.role === a.role) || b.unit)
    return undefined;
  const role = a.role;
  return { kind: 'range', members: [a, { ...b, role }], start: a.start, end: b.end };
}

/** Gives the unit and the scale of one end to the other: 10-15%, 1—2亿千瓦, $3-5 million. */
function sharedEnds(a: Mention, b: Mention): [Mention, Mention] | undefined {
  const low = { ...a };
  const high = { ...b };
  if (!a.unit && b.unit && !b.moneyBefore) low.unit = b.unit;
  else if (a.moneyBefore && a.unit && !b.unit) high.unit = a.unit;
  // 百分之十到二十: the words before the first number hold for both.
  else if (a.form === 'chinese' && a.unit?.name === '%' && !b.unit && b.value > a.value && b.value <= 100)
    high.unit = a.unit;
  else if (
    a.moneyBefore &&
    b.moneyBefore &&
    a.unit &&
    b.unit &&
    !sameDimensions(a.unit.dimensions, b.unit.dimensions)
  )
    low.unit = b.unit;
  else if (a.unit !== b.unit && !(a.unit && b.unit)) return undefined;
  if (b.scale && !a.scale && (!a.unit || a.moneyBefore)) {
    const value = tidy(a.value * b.scale);
    if (value <= b.value) low.value = value;
  }
  if (low.unit && high.unit && low.unit !== high.unit) {
    const value = convert(low.value, low.unit, high.unit);
    if (value === undefined) return undefined;
    low.value = value;
    low.unit = high.unit;
  }
  return [low, high];
}

/** 350 - 120 = 230 is a sum, and so is what follows another operator. */
function isArithmetic(text: string, a: Mention, b: Mention, gap: string): boolean {
  if (!/[-–]/.test(gap)) return false;
  if (/^ ?[=+×*÷≈]/.test(text.slice(b.end, b.end + 3))) return true;
  return /[-+×*÷/] ?\(?$/.test(text.slice(Math.max(0, a.start - 3), a.start)) && gap.trim() !== gap;
}

/** 3、5、7; 3, 5 and 7 MW; 393.17 / 334.60 / 122.23 MW; [3, 5, 7]. */
function listFrom(text: string, mentions: readonly Mention[], from: number): Mention[] | undefined {
  const first = mentions[from] as Mention;
  let named = first.role === 'identifier' && first.plain;
  if (!named && (first.role !== 'value' || first.unit || first.form === 'words')) return undefined;
  // Most numbers have no neighbour: nothing is built for them.
  const near = gapBetween(text, first, mentions[from + 1] as Mention);
  if (near === undefined || near === ' ' || !LIST.test(near)) return undefined;
  const members = [first];
  for (let next = from + 1; next < mentions.length; next++) {
    const last = members[members.length - 1] as Mention;
    const mention = mentions[next] as Mention;
    const gap = gapBetween(text, last, mention);
    if (
      gap === undefined ||
      !LIST.test(gap) ||
      mention.spread ||
      mention.form === 'words' ||
      mention.moneyBefore
    )
      break;
    // 1、2、3号机组: what the last one names, all name.
    if (!named && mention.role === 'identifier' && mention.plain && members.every(({ plain }) => plain))
      named = true;
    if (named ? !(mention.plain || mention.role === 'identifier') || mention.unit : mention.role !== 'value')
      break;
    members.push(named ? { ...mention, role: 'identifier' } : mention);
    if (mention.unit) break;
  }
  if (named) members[0] = { ...first, role: 'identifier' };
  return members.length < 2 ? undefined : members;
}

function pointOf(member: Mention): Group {
  return { kind: 'point', members: [member], start: member.start, end: member.end };
}

const LONGEST_LIST_GAPS = 64;

function listOf(text: string, members: Mention[]): Group | undefined {
  if (members[0]?.role === 'identifier') {
    return spanOf(
      'list',
      members.map((member) => ({ ...member, role: 'identifier' as const })),
    );
  }
  let marks = '';
  for (let i = 1; i < members.length && i < LONGEST_LIST_GAPS; i++) {
    marks += text.slice((members[i - 1] as Mention).end, (members[i] as Mention).start);
  }
  return valueList(text, members, marks);
}

function spanOf(kind: Group['kind'], members: readonly Mention[]): Group {
  return {
    kind,
    members,
    start: (members[0] as Mention).start,
    end: (members[members.length - 1] as Mention).end,
  };
}

function valueList(text: string, members: Mention[], marks: string): Group | undefined {
  const last = members[members.length - 1] as Mention;
  const pointed = /、/.test(marks);
  const joined = /and|or|&|[和与及或、/]/.test(marks);
  const bracketed = text.charAt((members[0] as Mention).start - 1) === '[' && text.charAt(last.end) === ']';
  const enough = last.unit ? joined || members.length > 2 : pointed || bracketed || members.length > 2;
  if (!enough) return undefined;
  if (!last.unit && !pointed && !bracketed && /and|or|和|与|或|\//.test(marks)) return undefined;
  const { unit, scale } = last;
  if (!unit && !scale) return withOuterUnit(text, spanOf('list', members));
  const shared = members.map((member) => ({
    ...member,
    unit: member.unit ?? unit,
    value: scale && !member.scale ? tidy(member.value * scale) : member.value,
  }));
  return withOuterUnit(text, spanOf('list', shared));
}
