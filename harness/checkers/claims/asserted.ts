/**
 * What a reply writes and does not assert: questions, conditions, and what it itself calls false. A reply that asks
 * "Does the load peak at 18:00?" has answered nothing, and one that takes its statements back has made none.
 */

interface Part {
  text: string;
  sentence: number;
  /** Its sentence ends in a question mark. */
  asked: boolean;
  /** Holds no figure, time or name beside a day or a series. */
  bare: boolean;
}

const CONDITION =
  /^[^\p{L}\p{N}]*(?:(?:and|but|so|then|even|or|only)\s+)?(?:if|suppose|supposing|assume|assuming|imagine|whether|unless|in case|in the event|should the|were the|let us say|let's say)\b|^[^\p{L}\p{N}]*(?:但|且|即使|即便)?(?:如果|假如|假设|假定|倘若|若(?!干)|如(?![下上图表期实此前何是同数今常])|一旦|万一|要是|设若)/iu;
const QUESTION = /是否|能否|会不会|是不是/;

/** Only of a statement ("that is false", "…的说法有误"): a setting that is wrong is a finding. */
const DENIAL =
  /\b(?:it|that|this|which|all|everything|these|the above|the statements?|the claims?)(?:\s+of\s+(?:it|this|that|these|the above))?(?:\s+(?:above|here))?(?:\s+(?:is|are|was|were)|['’]s)\s+(?:all |simply |quite |plainly |completely |entirely )?(?:false|untrue|wrong|incorrect|not (?:true|correct|right|the case)|mistaken|a myth|nonsense|a lie|made up|fiction)\b|\b(?:false|wrong|untrue|incorrect|mistaken) (?:to (?:say|claim|think)|that)\b|\bdisregard (?:all|everything|the above|this|that)\b|说法[^。]{0,6}(?:错|假|误|不实|不对|不成立)|纯属(?:误传|谣言|虚构|编造)|(?:这|以上|上述|前述|前面|全部)[^。]{0,8}(?:是|都|均|皆|系)(?:错|假|不对|不实|误|编)|是(?:错误的|错的|假的)|不属实|并非事实/iu;

const ALL_OF_IT = /\babove\b|\beverything\b|\ball\b|以上|上述|前述|前面|全部/i;

/** "If it is called on, the value is 142 MW" supposes the first and states the second. */
function isCondition(text: string): boolean {
  if (!CONDITION.test(text)) return false;
  const pause = text.search(/[,，]/);
  return pause < 0 || /\d/.test(text.slice(0, pause));
}

/** The clauses, by index, that are not asserted. */
export function unasserted(parts: readonly Part[]): ReadonlySet<number> {
  const out = new Set<number>();
  const takenBack = new Set<number>();
  const states = new Set(parts.filter(({ bare }) => !bare).map(({ sentence }) => sentence));
  let before = -1;
  for (const [i, { text, sentence, asked, bare }] of parts.entries()) {
    if (asked || QUESTION.test(text) || isCondition(text)) out.add(i);
    if (DENIAL.test(text)) {
      takenBack.add(sentence);
      if (bare && ALL_OF_IT.test(text)) before = Math.max(before, sentence);
      // "It peaks at 18:00. That is false." speaks of the sentence before, unless its own holds the statement.
      else if (bare && !states.has(sentence)) takenBack.add(lastBefore(parts, i));
    }
  }
  for (const [i, { sentence }] of parts.entries())
    if (takenBack.has(sentence) || sentence <= before) out.add(i);
  return out;
}

const lastBefore = (parts: readonly Part[], i: number): number => {
  const own = parts[i]?.sentence;
  for (let at = i - 1; at >= 0; at--) {
    const sentence = parts[at]?.sentence;
    if (sentence !== undefined && sentence !== own) return sentence;
  }
  return -1;
};
