import type { NumberMatch } from '../numbers/digits.ts';
import { isHan } from '../units/match-atom.ts';

/** Nouns whose number is a name: bus 14, Step 2, feeder 3. */
const NAMED: ReadonlySet<string> = new Set(
  'bus buses node nodes line lines branch branches unit units gen generator generators feeder feeders transformer transformers step steps stage phase phases case table tables figure figures fig eq eqs equation equations section sections chapter part option scenario scenarios zone zones area areas hour hours hr day week period periods interval intervals slot no nos number item items task question problem sample plant plants block blocks breaker switch segment segments iteration iter level class category tier type version v page pages pp appendix annex article rule clause note ref refs row column index point points circuit turbine reactor train bay route highway room building gate group team season round grade scope scopes position contingency corridor cell module rack server model method approach exercise example examples lemma theorem assumption criterion requirement standard priority rank id phone tel fax zip'.split(
    ' ',
  ),
);
const STANDARD =
  /(?:^|[^A-Za-z])(?:GB(?:\/T)?|DL(?:\/T)?|NB(?:\/T)?|Q\/GDW|JB(?:\/T)?|IEC(?: TR| TS)?|IEEE(?: Std\.?)?|ISO(?:\/IEC)?|ASTM|EN|NERC|OSHA|ANSI|RFC|CFR|UL|BS|DIN|VDE|CIGRE|PJM Manual|Manual|Order(?: No\.)?|Directive|Regulation|Windows|Python|GPT|Llama|Boeing|Airbus|Euro|Article|Scope|Tesla Model|Room) ?[-#]?$/;
const CHINESE_NAMED =
  /(?:母线|节点|机组|线路|馈线|主变|变压器|发电机|开关|断路器|刀闸|步骤|第|图|表|式|公式|附录|方案|情景|场景|案例|阶段|区域|支路|编号|序号|时段|单元|选项|问题|任务|工况|间隔|回路|版本|条款|编码|代码|电话|邮编|页|章|节|型号|规则|类别|题|例)[ (（]?$/;
const NAMING_AFTER =
  /-(?:bus|node|phase|wire|pole|machine|generator|area|winding|terminal|stage|step|level|bit|unit|way|core|pulse|leg|axis|point|tier|class|sided?|part|story|page)/iy;
const CHINESE_NAMING_AFTER = /(?: ?[号#](?!电)| ?节点|机系统| ?号)/y;

/** A step's number at the start of a line: `1. `, `2) `, `3、`. */
const ENUMERATOR = /\d{1,2}(?:[.):](?=\s|[A-Za-z*([]|[\u4e00-\u9fff])|、(?!\d)|\) )/y;

function isLineStart(text: string, at: number): boolean {
  let i = at - 1;
  for (let steps = 0; steps < 8 && i >= 0; steps++, i--) {
    const char = text.charAt(i);
    if (char === '\n') return true;
    if (char !== ' ' && char !== '#' && char !== '>' && char !== '-' && char !== '(' && char !== '\t')
      return false;
  }
  return i < 0;
}

/** Whether digits at `at` only number a line or a step of the text. */
export function isEnumerator(text: string, at: number): boolean {
  if (!MAY_ENUMERATE.test(text.charAt(at + 1))) return false;
  ENUMERATOR.lastIndex = at;
  if (!ENUMERATOR.test(text) || !isLineStart(text, at)) return false;
  const rest = text.slice(ENUMERATOR.lastIndex, ENUMERATOR.lastIndex + 3);
  return rest.trim() !== '';
}

/** Whether the word before makes a name of the number: `bus 14`, `步骤3`, `IEC 60909`. */
export function isNamedBefore(text: string, at: number): boolean {
  const previous = text.charCodeAt(at - 1);
  if (previous === 35) return true;
  // Eq. (3) and 式（3）
  if (previous === 40) return isNamedBefore(text, at - 1);
  const before = text.slice(Math.max(0, at - 20), at);
  if (isHan(previous) || (previous === 32 && isHan(text.charCodeAt(at - 2)))) {
    return CHINESE_NAMED.test(before);
  }
  if (previous !== 32 && previous !== 45 && previous !== 46 && previous !== 0x2009) return false;
  if (!/[A-Za-z.#]/.test(text.charAt(at - 2))) return false;
  const word = /([A-Za-z]+)\.? ?(?:#|no\.? ?)?[ \u2009-]?$/i.exec(before)?.[1] ?? '';
  return NAMED.has(word.toLowerCase()) || STANDARD.test(before);
}

const MAY_NAME = /[ 号#节机]/;
const MAY_ENUMERATE = /[.):、\d]/;

/** Whether what follows makes a name of the number: `14-bus`, `3号机组`, `30节点`. */
export function isNamedAfter(text: string, end: number, match: NumberMatch): boolean {
  if (!match.plain) return false;
  const next = text.charAt(end);
  if (next !== '-' && !MAY_NAME.test(next)) return false;
  NAMING_AFTER.lastIndex = end;
  if (NAMING_AFTER.test(text)) return true;
  CHINESE_NAMING_AFTER.lastIndex = end;
  return CHINESE_NAMING_AFTER.test(text);
}

/** A footnote or reference: word[12] or text.[3] */
export function isCitation(text: string, at: number, end: number): boolean {
  if (text.charCodeAt(at - 1) !== 91 || text.charCodeAt(end) !== 93 || end - at > 3) return false;
  if (isLineStart(text, at - 1)) return /^\] [A-Za-z]/.test(text.slice(end, end + 3));
  return /[A-Za-z.,\u4e00-\u9fff]/.test(text.charAt(at - 2));
}
