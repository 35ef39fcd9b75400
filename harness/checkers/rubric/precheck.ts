import type { CheckInput } from '../../core/checker.ts';
import type { Lang } from '../../core/lang.ts';
import { inLang } from '../../core/lang.ts';
import type { RubricConfig } from './config.ts';

/** Letters and digits that a reply needs before anyone looks at it. */
const FEWEST: Readonly<Record<Lang, number>> = { en: 4, zh: 2 };
/** A reply that is for less than this share its own is a copy with a few changes … */
const OWN_SHARE = 0.1;
/** … unless so much of it is its own: "Cause: icing." under a page of quoted facts is an answer. */
const OWN_ENOUGH: Readonly<Record<Lang, number>> = { en: 10, zh: 4 };
/** Runs of so many letters and digits that stand in a source count as copied: some five words, or a Chinese clause. */
const RUN: Readonly<Record<Lang, number>> = { en: 24, zh: 10 };
/** The window of text that is looked at; a copy padded beyond it is no short cut to anything. */
const MAX_TEXT = 60_000;

/**
 * Openings and formulas that say nothing, and that language models have been seen to take for an answer
 * (Zhao et al. 2025, "One token to fool LLM-as-a-judge"). Taken out wherever they stand; what is left must say something.
 */
const FORMULAS =
  /thought process|(let'?s|let us) (think|solve (this|the) problem) step by step|let me think|(the )?final answer|(the )?answer|solution|explanation|analysis|response|criteria[_ ]?met|true|解答过程|解题过程|思考过程|让我们(一步一步|逐步)(地)?(思考|解决(这个|该|此)?问题)|最终答案|答案|解答|解析|分析|回答|解(?=\s*[:：。.]|\s*$)/giu;

/**
 * Why a reply is worth 0 before any judge is asked; undefined for a reply that says something of its own. A judge
 * is never shown what it might wrongly reward: silence, formulas, or the question and the criteria given back.
 */
export function worthless(config: RubricConfig, input: CheckInput): string | undefined {
  const reply = input.reply.slice(0, MAX_TEXT);
  const fewest = FEWEST[input.lang];
  if (letters(reply).length < fewest) return 'the reply is empty';
  if (letters(reply.normalize('NFKC').replace(FORMULAS, ' ')).length < fewest)
    return 'the reply is a formula without content';
  const sources = [input.question, ...copiedCriteria(config, input)];
  const own = ownLetters(letters(reply), sources.map(letters), RUN[input.lang]);
  const enough = Math.min(OWN_SHARE * letters(reply).length, OWN_ENOUGH[input.lang]);
  if (own >= Math.max(fewest, enough)) return undefined;
  return sources.length > 1
    ? 'the reply only repeats the question and the criteria'
    : 'the reply only repeats the question';
}

/**
 * The criteria's own texts, where half of them or more stand in the reply word for word. A right reply may well use
 * the words of one criterion ("line 1 stays out of service"); it does not recite the list.
 */
function copiedCriteria({ criteria }: RubricConfig, { reply, lang }: CheckInput): string[] {
  const said = letters(reply.slice(0, MAX_TEXT));
  const recited = criteria
    .map(({ text }) => inLang(text, lang))
    .filter((text) => letters(text).length >= FEWEST[lang] && said.includes(letters(text)));
  return recited.length >= Math.max(2, criteria.length / 2) ? recited : [];
}

/** How many characters of `text` lie in no run of `length` (or in no whole source) that a source holds as well. */
function ownLetters(text: string, sources: readonly string[], length: number): number {
  const known = new Set<string>();
  for (const source of sources)
    for (let i = 0; i + length <= source.length; i++) known.add(source.slice(i, i + length));
  let own = 0;
  let copiedUntil = 0;
  for (let i = 0; i < text.length; i++) {
    if (known.has(text.slice(i, i + length))) copiedUntil = i + length;
    if (i >= copiedUntil) own += 1;
  }
  const short = sources.filter((source) => source.length < length && source.length > 0);
  return own - short.reduce((sum, source) => sum + occurrences(text, source) * source.length, 0);
}

const occurrences = (text: string, part: string) => text.split(part).length - 1;

/** Letters and digits alone: case, spacing, line breaks, bullets and punctuation hide no copy. */
const letters = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
