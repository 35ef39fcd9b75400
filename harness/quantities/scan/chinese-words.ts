import { isNumeral, readNumeral, startsChinese } from '../numbers/chinese.ts';
import { isDigit, isHan, isUnitLetter } from '../units/match-atom.ts';
import { lookBefore } from './before.ts';
import { complete } from './complete.ts';
import { type Mention, namedMention } from './mention.ts';
import { chineseAt } from './number-at.ts';
import { unitAfter } from './unit-after.ts';

/** What is counted with a small numeral: after one of these 三 is a number, in 三相 or 统一 it is not. */
const MEASURES = '个台座条组套名位项只辆件份张块根对双倍户栋间艘架颗粒枚棵匹头本册支盏门扇口所批箱袋瓶杯碗片';
const MORE_MEASURES = '次种级层步轮段家人县市省国路处站厂期类机柜桶回线';
/** Before a numeral these make a vague count (几十, 数百) or another word (统一, 星期三, 唯一). */
const VAGUE_BEFORE = /[几数好多若成上统唯同单周期拜划专合第万逐双]$/;
const IDIOMS =
  /(?:一(?:些|般|直|定|样|起|旦|致|切|体|律|向|旁|边|下|点(?![零〇一二三四五六七八九])|线|流|方|面|并|同|共|来|则|样|举|味|再|度|贯|经|系|带|时|步步|步(?=[^骤]))|十分(?!之)|三角(?![一二三四五六七八九]分)|十一(?:黄金周|假期|长假)|四川|九江|九龙|五金|三峡|两侧|两端|二极|三极|三相|两相|单相|三绕组|双绕组|二次(?!加|提)|一次(?![性，。])|两者|二者|三者|五防|两票|三公|双碳|两会|百分|八达|千[万瓦])/y;

export function chineseWords(text: string, at: number, floor: number): Mention | undefined {
  const before = text.charAt(at - 1);
  if (before === '第') return ordinalMention(text, at);
  if (text.charAt(at) === '半') return halfMention(text, at, before, floor);
  if (isNumeral(before) || isVague(text, at)) return undefined;
  IDIOMS.lastIndex = at;
  if (IDIOMS.test(text)) return undefined;
  const numeral = readNumeral(text, at);
  const match = chineseAt(text, at);
  if (!match || !numeral) return undefined;
  const next = text.charAt(match.end);
  if (next === '几' || next === '数') return undefined;
  // 两三个 and 七八十 are vague; 二〇二六 and longer runs of digits are read as written.
  if (
    !match.percent &&
    numeral.positional &&
    numeral.length === 2 &&
    !/[〇零○]/.test(text.slice(at, match.end))
  )
    return undefined;
  const sign = lookBefore(text, at, floor);
  const mention = complete(text, {
    at: sign.start,
    match: { ...match, value: match.value * sign.sign },
    before: sign,
  });
  if (mention.unit || mention.signed || match.percent || match.approximate) return mention;
  return numeral.length === 1 && match.end === numeral.end && !isCounted(text, at, match.end)
    ? undefined
    : mention;
}

function isVague(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 2), at);
  return VAGUE_BEFORE.test(before) || (text.charAt(at) === '十' && /[几多来]/.test(text.charAt(at + 1)));
}

/** A numeral of one character counts something, or stands alone between signs. */
function isCounted(text: string, at: number, end: number): boolean {
  const next = text.charAt(end);
  if (MEASURES.includes(next) && next !== '') return true;
  if (MORE_MEASURES.includes(next) && next !== '' && text.charAt(at) !== '一') return true;
  // 三到五兆瓦: the other end says what is counted.
  if (/[到至~–-]/.test(next) && startsChinese(text.charAt(end + 1))) return true;
  const code = text.charCodeAt(end);
  const previous = text.charCodeAt(at - 1);
  const parted = (c: number) => !isHan(c) && !isUnitLetter(c) && !isDigit(c);
  return parted(code) && (parted(previous) || /[为是约达有共]/.test(text.charAt(at - 1)));
}

function ordinalMention(text: string, at: number): Mention | undefined {
  const numeral = readNumeral(text, at);
  if (!numeral || text.slice(numeral.end, numeral.end + 2) === '季度') return undefined;
  return namedMention(at - 1, numeral.end, 'ordinal', numeral.value, 'chinese');
}

/** 半小时, 半吨, 一半; not 上半年, 半导体. */
function halfMention(text: string, at: number, before: string, floor: number): Mention | undefined {
  if (before === '一' || before === '多' || /[上下前后大小过对折夜]/.test(before)) {
    if (before !== '一' || at - 1 < floor) return undefined;
    return namedMention(at - 1, at + 1, 'value', 0.5, 'chinese');
  }
  const from = text.charAt(at + 1) === '个' ? at + 2 : at + 1;
  const unit = unitAfter(text, from) ?? (from === at + 2 ? unitAfter(text, at + 1) : undefined);
  if (!unit || (unit.unit.dimensions['time'] === undefined && unit.end === from)) return undefined;
  return { ...namedMention(at, unit.end, 'value', 0.5, 'chinese'), unit: unit.unit };
}
