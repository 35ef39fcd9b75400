/** Where sentences end: a full stop before a blank, Chinese stops, a line's end. */
const END = /[。！？!?；;\n]|\.(?=[ \u2009*)"']|$)/g;

/** A sentence of a normalised text, or a row of a table. */
export interface Sentence {
  start: number;
  end: number;
}

export function sentences(text: string): Sentence[] {
  const found: Sentence[] = [];
  let start = 0;
  for (const match of text.matchAll(END)) {
    // "e.g. 350" and "approx. 350" do not end here.
    if (match[0] === '.' && isAbbreviation(text, match.index)) continue;
    if (match.index > start) found.push({ start, end: match.index });
    start = match.index + match[0].length;
  }
  if (start < text.length) found.push({ start, end: text.length });
  return found;
}

function isAbbreviation(text: string, at: number): boolean {
  return /(?:e\.g|i\.e|approx|vs|cf|ca|no|fig|eq|resp|p\.u|etc|max|min|avg)$/i.test(
    text.slice(Math.max(0, at - 7), at),
  );
}

const EXAMPLE =
  /for example|for instance|e\.g\.?|such as|suppose|hypothetical|illustrat|as an example|imagine|例如|比如|譬如|举例|假如|假设|倘若|如果.{0,12}(?:则|那么|就)|若.{0,12}则|\bif (?:the|we|it|you|they|there|instead|demand|load|price|all|only)\b/i;
const CHECKING =
  /^[\s#>*-]*(?:check|verif|sanity|cross-?check|note|recall|given|data|known|input|assum|验证|检验|校验|复核|已知|给定|题目|注[:：]|注意|数据|条件|假定)/i;
const CONCLUSION =
  /\b(?:therefore|thus|hence|so|consequently|answer|final(?:ly)?|in (?:conclusion|summary|total)|result(?:s|ing)?|overall|conclude|total)\b|因此|所以|故|综上|答案|答[:：]|最终|最后|结果|结论|可得|总计|合计|得到|即为?|∴|→|⇒/i;
const FINAL =
  /\bfinal\b|\bcorrected\b|\bthe (?:correct )?answer\b|\banswer(?=\W{0,4}[:=]| is)|最终|正确答案|更正后|修正后|答案|答[:：]/i;
const CORRECTION =
  /\b(?:wait|actually|correction|corrected|sorry|mistake|instead|rather|no[,:]|oops|recalculat|recheck|re-?check)|更正|修正|不对|有误|错误|应为|应该是|重新|纠正|等等|抱歉/i;
const GIVEN =
  /\b(?:given|with|assum\w+|demand of|load of|capacity of|rated|offers?|bids?|limit(?:ed)?|from the (?:question|problem|table|data)|stated|problem)\b|已知|给定|题目|题设|题中|限值|容量为|装机|报价|额定|上限|负荷为/i;

const TAKEN_BACK =
  /\b(?:wait|correction|oops|sorry|scratch that|i made (?:a|an) (?:mistake|error)|on second thought)\b|\bactually,|\bno[,:]|不对|更正|修正为|有误|应改为|等等|抱歉|算错/i;
/** Whether a sentence takes back what was said before it. */
export const isTakenBack = (sentence: string): boolean => TAKEN_BACK.test(sentence);

export const isExample = (sentence: string): boolean => EXAMPLE.test(sentence);
export const isChecking = (sentence: string): boolean => CHECKING.test(sentence);
export const isConclusion = (sentence: string): boolean => CONCLUSION.test(sentence);
export const isFinal = (sentence: string): boolean => FINAL.test(sentence);
export const isCorrection = (sentence: string): boolean => CORRECTION.test(sentence);
export const isGiven = (sentence: string): boolean => GIVEN.test(sentence);
