import type { Unit } from '../types.ts';
import { matchUnit, type UnitMatch } from '../units/expression.ts';
import { isBlank, isHan, isUnitLetter } from '../units/match-atom.ts';
import { parseUnit } from '../units/units.ts';

const DEGREE_ANGLE = /(?:角|相位|相角|功角|夹角|经|纬|相差|倾|转|弧|方位)[^。；;\n]{0,10}$/;
const DEGREE_HEAT =
  /(?:温|摄氏|零上|冷|热|℃)[^。；;\n]{0,10}$|(?:零下|负|-) ?[\d.一二三四五六七八九十]{1,6}$/;
/** Words that a Chinese unit of one character begins, where it is no unit: 3升至, 5安全. */
const NOT_UNIT: Readonly<Record<string, RegExp>> = {
  升: /[至到高温压级为]/,
  安: /[全装排置徽]/,
  克: /服/,
  卡: /车/,
  天: /然/,
  周: /[围期边]/,
  元: /[件素器]/,
  焦: /[炭煤]/,
  年: /级/,
  块: /[^钱多一二三四五六七八九\P{Script=Han}]/u,
  角: /[度形色落]/,
  米: /兰/,
  欧: /[洲盟美]/,
  度: /[假过]/,
  帕: /金/,
  牛: /[肉奶]/,
  厘: /米/,
  圆: /[柱形]/,
  吉: /林/,
  巴: /[西黎]/,
  伏: /[法特]/,
};

/** The unit after a number that ends at `at`: `350 MW`, `350-MW`, `350 (MW)`, `3个小时`. */
export function unitAfter(text: string, at: number): UnitMatch | undefined {
  // A number asks the same question several times on its way to being told from a name.
  if (at !== asked.at || text !== asked.text) {
    asked.found = findUnit(text, at);
    asked.at = at;
    asked.text = text;
  }
  return asked.found;
}

const asked: { text: string; at: number; found: UnitMatch | undefined } = {
  text: '',
  at: -1,
  found: undefined,
};

function findUnit(text: string, at: number): UnitMatch | undefined {
  let from = at;
  while (from < at + 2 && isBlank(text.charCodeAt(from))) from++;
  const found = matchUnit(text, from);
  if (found) return checked(text, at, from, found);
  const char = text.charCodeAt(from);
  if (char === MINUTE) return minutes(text, at, from);
  if (char === 40 || char === 91) return bracketed(text, from);
  if (char === 45 && from === at && isUnitLetter(text.charCodeAt(at + 1))) return hyphened(text, at + 1);
  return undefined;
}

const MINUTE = '分'.charCodeAt(0);
const HOURS_BEFORE = /(?:时|h|hr)[零 ]?(?:\d{1,2}(?:\.\d+)?|[一二三四五六七八九十]{1,3})$/;
const SECONDS_AFTER = /^分[ 零]?(?:\d{1,2}(?:\.\d+)?|[一二三四五六七八九十]{1,3}) ?秒/;

/** 2小时30分, 5分20秒: 分 alone is a hundredth of a yuan or a mark, beside hours or seconds it is a minute. */
function minutes(text: string, at: number, from: number): UnitMatch | undefined {
  const unit = parseUnit('min');
  const timed =
    HOURS_BEFORE.test(text.slice(Math.max(0, at - 10), at)) ||
    SECONDS_AFTER.test(text.slice(from, from + 12));
  return timed && unit ? { unit, end: from + 1 } : undefined;
}

/** `5-minute`, `350-MW`; not `3-phase`, and not `5-a`. */
function hyphened(text: string, at: number): UnitMatch | undefined {
  const found = matchUnit(text, at);
  return found && found.end - at > 0 && !(found.end - at === 1 && /[a-z]/.test(text.charAt(at)))
    ? found
    : undefined;
}

function bracketed(text: string, at: number): UnitMatch | undefined {
  const found = matchUnit(text, at + 1);
  const close = text.charCodeAt(found?.end ?? -1);
  return found && (close === 41 || close === 93) ? { unit: found.unit, end: found.end + 1 } : undefined;
}

function checked(text: string, number: number, from: number, found: UnitMatch): UnitMatch | undefined {
  const first = text.charAt(from);
  const single = found.end === from + 1;
  if (single && NOT_UNIT[first]?.test(text.charAt(found.end))) return undefined;
  if (first === '度' && single) return degree(text, number, found);
  // "5 A.M." and "10 K-means": a letter that goes on is no unit.
  if (single && /[A-Z]/.test(first) && /^(?:\.[A-Za-z]|-[a-z])/.test(text.slice(found.end, found.end + 2)))
    return undefined;
  if (isHan(text.charCodeAt(from)) && text.charAt(found.end) === '级' && first === '年') return undefined;
  return found;
}

/** 度 is a kilowatt-hour, unless the words before speak of an angle or of heat. */
function degree(text: string, number: number, found: UnitMatch): UnitMatch {
  const before = text.slice(Math.max(0, number - 24), number);
  const angle = text.charAt(found.end) === '角' && parseUnit('deg');
  if (angle) return { unit: angle, end: found.end };
  const name = DEGREE_ANGLE.test(before) ? 'deg' : DEGREE_HEAT.test(before) ? '°C' : undefined;
  const unit: Unit | undefined = name === undefined ? undefined : parseUnit(name);
  return unit ? { unit, end: found.end } : found;
}
