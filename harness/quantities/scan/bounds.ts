/** What the words around a number say about it. */
export interface Bounds {
  side: 'low' | 'high' | undefined;
  approximate: boolean;
}

const LOW_BEFORE =
  /(?:[≥⩾]|(?<![-=<])>=?|at least|(?:no|not|never) (?:less|lower|fewer|smaller|below) than|not (?:below|under)|(?:more|greater|higher|larger|bigger) (?:than )?or equal (?:to|than)|(?:more|greater|bigger) than|higher than|larger than|over|above|exceed(?:s|ed|ing)?|in excess of|a? ?minimum(?: of| is|:)?|min\.?|upwards of|surpass(?:es|ed|ing)?|starting at|不低于|不少于|不小于|不得低于|不得少于|不下|至少|最少|最低|超过|超出|超|高于|大于|多于|逾|突破|下限为?)[ \u2009]?$/i;
const HIGH_BEFORE =
  /(?:[≤⩽]|<=?|at most|(?:no|not|never) (?:more|higher|greater|larger|over) than|not (?:above|over|exceed(?:ing)?|to exceed)|(?:less|lower|smaller|fewer) (?:than )?or equal (?:to|than)|less than|lower than|smaller than|fewer than|under|below|up to|a? ?maximum(?: of| is|:)?|max\.?|within|不高于|不超过|不大于|不多于|不得高于|不得超过|不得大于|至多|最多|最高|低于|小于|少于|不足|不到|不满|未超过|上限为?)[ \u2009]?$/i;
const LOW_AFTER =
  /^[ \u2009]?(?:or (?:more|higher|greater|above|over|larger)|and (?:above|over|more|up)|[倍个台座条人家名次种级户只辆套]?(?:及|或|\(含\))?以上|或更[多高大]|起(?!步|来|到|点|始))/i;
const HIGH_AFTER =
  /^[ \u2009]?(?:or (?:less|lower|fewer|below|under|smaller)|and (?:below|under|less)|[倍个台座条人家名次种级户只辆套]?(?:及|或|\(含\))?以[下内]|之内|内(?![部容外燃蒙])|或更[少低小])/i;
const APPROXIMATE_BEFORE =
  /(?:[~≈≃∼]|about|around|approximately|approx\.?|roughly|nearly|almost|some|circa|ca?\.|close to|an estimated|estimated|in the order of|on the order of|(?<![节合制违公条预契])约为?|大约|约合|约莫|近|将近|接近|大概|差不多|大致|估计|左右)[ \u2009]?$/i;
const APPROXIMATE_AFTER = /^[ \u2009]?(?:or so|approximately|approx\.?|左右|上下|前后|-ish|\(approx\.?\))/i;

const WINDOW = 28;
/** Last characters of the patterns above: what ends in none of them is not searched. */
const HINT_BEFORE = /[a-z.:≥⩾≤⩽><=~≈≃∼A-Z于少小下至多低过出超高大逾破限为高足到满约计概右合莫近不致]/;
const HINT_AFTER = /[ \u2009oa(+及或以起之左上前内倍个台座条人家名次种级户只辆套-]/;

export const UNBOUNDED: Bounds = { side: undefined, approximate: false };

/** Reads bounds and approximations next to a quantity that spans `start` to `end`. */
export function boundsAround(text: string, start: number, end: number): Bounds {
  const last = text.charCodeAt(start - 1);
  const edge = last === 32 || last === 0x2009 ? text.charAt(start - 2) : text.charAt(start - 1);
  const before = HINT_BEFORE.test(edge) ? text.slice(Math.max(0, start - WINDOW), start) : '';
  const after = HINT_AFTER.test(text.charAt(end)) ? text.slice(end, end + 14) : '';
  if (before === '' && after === '') return UNBOUNDED;
  const approximate = APPROXIMATE_BEFORE.test(before) || APPROXIMATE_AFTER.test(after);
  return { side: sideOf(before, after), approximate };
}

/** 100+ attached and followed by nothing to add; 400 + 380 is a sum. */
const PLUS_AFTER = /^\+(?=[ ,.;)，。]|$)(?! ?[\d(j])/;

/** The longer match tells: 不低于 ends in 低于, "no less than" in "less than". */
function sideOf(before: string, after: string): Bounds['side'] {
  const low = matchIndex(before, LOW_BEFORE);
  const high = matchIndex(before, HIGH_BEFORE);
  if (low >= 0 && (high < 0 || low < high)) return 'low';
  if (high >= 0) return 'high';
  if (LOW_AFTER.test(after) || PLUS_AFTER.test(after)) return 'low';
  return HIGH_AFTER.test(after) ? 'high' : undefined;
}

/** Where a bound's words begin; -1 where they are only the tail of another word, as in "turnover". */
function matchIndex(before: string, pattern: RegExp): number {
  const match = pattern.exec(before);
  if (!match) return -1;
  const joined =
    /[A-Za-z]/.test(before.charAt(match.index)) && /[A-Za-z]/.test(before.charAt(match.index - 1));
  return joined ? -1 : match.index;
}
