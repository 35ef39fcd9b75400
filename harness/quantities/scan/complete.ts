import type { NumberMatch } from '../numbers/digits.ts';
import { matchDigits } from '../numbers/digits.ts';
import type { Unit } from '../types.ts';
import { matchDenominator, type UnitMatch } from '../units/expression.ts';
import { parseUnit, tidy } from '../units/units.ts';
import { type Before, labelUnit, moneyUnit, unitWithBefore } from './before.ts';
import type { Mention } from './mention.ts';
import { unitAfter } from './unit-after.ts';

const PERCENT = parseUnit('%') as Unit;
const SPREAD = /[ \u2009]?(?:±|\+\/-|\+-|＋－)[ \u2009]?/y;
const MAY_SPREAD = /[ \u2009±+]/;
const CENTS = /(\d{1,2}|[一二两三四五六七八九])([角毛分])(?!钟|之)/y;
const TENTH = /[一二三四五六七八九](?![\u4e00-\u9fff])/y;
const CENT_VALUES: Readonly<Record<string, number>> = { 角: 0.1, 毛: 0.1, 分: 0.01 };
const SPREAD_RULES = { spaced: false, decimalComma: () => false };

interface Parts {
  /** Where the mention starts, sign and currency included. */
  at: number;
  match: NumberMatch;
  before: Before;
}

/** Adds to a number what stands after it: its spread (±), its unit, a half. */
export function complete(text: string, { at, match, before }: Parts): Mention {
  const mention: Mention = {
    start: at,
    end: match.end,
    value: match.value,
    unit: match.percent ? PERCENT : undefined,
    approximate: match.approximate,
    role: match.ordinal ? 'ordinal' : 'value',
    form: match.form,
    plain: match.plain && !before.signed && !before.money,
    signed: before.signed,
    moneyBefore: before.money !== undefined,
    scale: match.scale,
    significant: match.significant,
    spread: undefined,
    more: false,
  };
  if (match.ordinal) return mention;
  addLastFigures(text, mention);
  if (before.money) addPrice(text, mention, before.money);
  else if (!match.percent) addUnit(text, mention);
  addSpread(text, mention);
  if (mention.unit) mention.unit = unitWithBefore(text, at, mention.unit);
  if (!mention.unit) mention.unit = labelUnit(text, at, parseUnit);
  return mention;
}

/** $23.27/MWh, ¥5 million per year; a currency repeated after the number (¥5元) tells it better. */
function addPrice(text: string, mention: Mention, money: NonNullable<Before['money']>): void {
  const after = unitAfter(text, mention.end);
  if (after && Object.keys(after.unit.dimensions).some((name) => name.startsWith('money:'))) {
    mention.unit = after.unit;
    mention.end = after.end;
    return;
  }
  const below = matchDenominator(text, mention.end);
  mention.unit = moneyUnit(money, below?.terms ?? []);
  if (below && mention.unit) mention.end = below.end;
}

const AND_HALF = /[ -]and[ -](?:a[ -](half|quarter)|three[ -](quarters))(?![A-Za-z])/iy;

/** 100+ MW: the plus tells a bound, and stands between the number and its unit. */
const PLUS = /\+(?= ?[A-Za-zμΩ°%])/y;

function addUnit(text: string, mention: Mention): void {
  if (addCounted(text, mention)) return;
  const after = unitAfter(text, mention.end) ?? closedUnit(text, mention);
  if (!after) {
    if (text.charAt(mention.end) === '倍') mention.end += 1;
    else mention.unit = phasorUnit(text, mention.end);
    return;
  }
  setUnit(mention, after);
  addMetres(text, mention);
  addCents(text, mention);
  addHalf(text, mention, after.unit);
}

const ANGLE = / ?∠ ?\(?[-–+]?\d{1,3}(?:\.\d{1,6})? ?(?:°|deg|度)?\)?/y;

/** 1.02∠-5.3° p.u.: the unit after the angle is that of the magnitude. */
function phasorUnit(text: string, at: number): Unit | undefined {
  if (text.charAt(at) !== '∠' && text.charAt(at + 1) !== '∠') return undefined;
  ANGLE.lastIndex = at;
  const unit = ANGLE.test(text) ? unitAfter(text, ANGLE.lastIndex)?.unit : undefined;
  return unit && unit.dimension !== 'angle' ? unit : undefined;
}

/** What stands between a number and its unit: 一个半小时, 3个多小时, 100+ MW. */
function addCounted(text: string, mention: Mention): boolean {
  const { end } = mention;
  const next = text.charAt(end);
  if (next === '+') {
    PLUS.lastIndex = end;
    const plus = PLUS.test(text) ? unitAfter(text, end + 1) : undefined;
    if (plus) setUnit(mention, plus);
    mention.more = plus !== undefined;
    return mention.more;
  }
  if (next !== '个') return false;
  const word = text.charAt(end + 1);
  if (word !== '半' && word !== '多') return false;
  const month = text.charAt(end + 2) === '月' ? parseUnit('个月') : undefined;
  const after = month ? { unit: month, end: end + 3 } : unitAfter(text, end + 2);
  if (!after) return false;
  if (word === '半') mention.value += 0.5;
  else mention.approximate = true;
  setUnit(mention, after);
  return true;
}

/** An hour and a half after two hours, 两年半, 三米半. */
function addHalf(text: string, mention: Mention, unit: Unit): void {
  AND_HALF.lastIndex = mention.end;
  const part = unit.dimensions['time'] === 1 ? AND_HALF.exec(text) : null;
  if (part) {
    mention.value += part[1] === 'half' ? 0.5 : part[1] ? 0.25 : 0.75;
    mention.end += part[0].length;
  }
  if (text.charAt(mention.end) !== '半' || unit.name === '%') return;
  if (/[导径自]/.test(text.charAt(mention.end + 1))) return;
  mention.value += 0.5;
  mention.end += 1;
}

function setUnit(mention: Mention, { unit, end }: UnitMatch): void {
  mention.unit = unit;
  mention.end = end;
  mention.plain = false;
}

/** 五毛六, 三角八分: told in 角. */
const FEN = /(\d|[一二三四五六七八九])(?:分(?!钟|之)|(?![\u4e00-\u9fff\d]))/y;

function addFen(text: string, mention: Mention): void {
  FEN.lastIndex = mention.end;
  const part = FEN.exec(text);
  if (!part) return;
  const digit = Number(part[1]) || '一二三四五六七八九'.indexOf(part[1] as string) + 1;
  mention.value = tidy(mention.value + digit / 10);
  mention.end += part[0].length;
}

/** (350) MW and (10-15)%: the unit stands outside the brackets. */
function closedUnit(text: string, { start, end }: Mention): UnitMatch | undefined {
  const open = text.charCodeAt(start - 1);
  const close = text.charCodeAt(end);
  if (!((open === 40 && close === 41) || (open === 91 && close === 93))) return undefined;
  return unitAfter(text, end + 1);
}

/** 一米八 is 1.8 m, 一米七五 1.75 m. */
const METRES = /米([一二三四五六七八九]{1,2})(?![\u4e00-\u9fff])/y;

function addMetres(text: string, mention: Mention): void {
  METRES.lastIndex = mention.end - 1;
  const figures = mention.unit?.name === 'm' ? METRES.exec(text)?.[1] : undefined;
  if (!figures) return;
  const digits = [...figures].map((char) => '一二三四五六七八九'.indexOf(char) + 1).join('');
  mention.value = tidy(mention.value + Number(`0.${digits}`));
  mention.end += figures.length;
}

/** 3元5角, 5块3毛 */
function addCents(text: string, mention: Mention): void {
  if (mention.unit?.name === '角') {
    addFen(text, mention);
    return;
  }
  if (mention.unit?.name !== 'CNY') return;
  // 三块五 leaves 毛 unsaid.
  TENTH.lastIndex = mention.end;
  if (text.charAt(mention.end - 1) === '块' && TENTH.test(text)) {
    mention.value = tidy(mention.value + ('一二三四五六七八九'.indexOf(text.charAt(mention.end)) + 1) / 10);
    mention.end += 1;
    return;
  }
  for (let count = 0; count < 2; count++) {
    CENTS.lastIndex = mention.end;
    const part = CENTS.exec(text);
    if (!part) return;
    const figure = part[1] as string;
    const digit = /\d/.test(figure)
      ? Number(figure)
      : '一二三四五六七八九'.indexOf(figure.replace('两', '二')) + 1;
    mention.value = tidy(mention.value + digit * (CENT_VALUES[part[2] as string] as number));
    mention.end += part[0].length;
    TENTH.lastIndex = mention.end;
    if (part[2] !== '分' && TENTH.test(text)) {
      mention.value = tidy(
        mention.value + ('一二三四五六七八九'.indexOf(text.charAt(mention.end)) + 1) / 100,
      );
      mention.end += 1;
    }
  }
}

const LAST_FIGURES = /\((\d{1,2})\)(?= ?[A-Za-zμΩ°%])/y;

/** 12.3(4) GHz is 12.3 ± 0.4: the bracket tells the spread of the last figures. */
function addLastFigures(text: string, mention: Mention): void {
  if (text.charCodeAt(mention.end) !== 40 || mention.form !== 'digits' || mention.plain) return;
  const decimals = /^[-–+]?\d+\.(\d{1,9})$/.exec(text.slice(mention.start, mention.end))?.[1];
  LAST_FIGURES.lastIndex = mention.end;
  const last = decimals === undefined ? null : LAST_FIGURES.exec(text);
  if (!last || decimals === undefined) return;
  const end = mention.end + last[0].length;
  const width = Number(last[1]) / 10 ** decimals.length;
  if (!unitAfter(text, end)) return;
  mention.end = end;
  mention.spread = { low: tidy(mention.value - width), high: tidy(mention.value + width) };
}

/** 100±5 MW, (100±5)MW, 100 MW ± 5 %: the spread in per cent is a share of the value. */
function addSpread(text: string, mention: Mention): void {
  if (text.charAt(mention.start - 1) === '±') {
    mention.spread = { low: -mention.value, high: mention.value };
    return;
  }
  if (!MAY_SPREAD.test(text.charAt(mention.end))) return;
  SPREAD.lastIndex = mention.end;
  const sign = SPREAD.exec(text);
  if (!sign) return;
  const from = mention.end + sign[0].length;
  const by = matchDigits(text, from, SPREAD_RULES);
  if (!by) return;
  const bracket = text.charCodeAt(mention.start - 1) === 40 && text.charCodeAt(by.end) === 41;
  const unit = unitAfter(text, bracket ? by.end + 1 : by.end);
  const share = unit?.unit === PERCENT && mention.unit && mention.unit !== PERCENT;
  const width = share ? (Math.abs(mention.value) * by.value) / 100 : by.value;
  mention.spread = { low: tidy(mention.value - width), high: tidy(mention.value + width) };
  mention.end = unit?.end ?? by.end;
  mention.plain = false;
  if (!mention.unit && unit) mention.unit = unit.unit;
}
