import type { AnswerSpec } from '../core/answer.ts';
import type { AnyFamily, Mistake } from '../core/family.ts';
import { inLang, type Lang } from '../core/lang.ts';
import { createRandom, type Random } from '../core/random.ts';
import type { Variant } from '../core/words.ts';
import type { Pick } from './selection.ts';
import type { Case, Suite, Task, UnitConverter } from './suite.ts';

/** In which variants a problem can be asked. Options of a drawn task are known only once it is drawn, so they do not count. */
export function variantsOf({ asides }: Suite, { problems }: Task, pick: Pick): Variant[] {
  const hasOptions = ({ question }: Case) =>
    Object.values(question.answer ?? {}).some(({ options }) => options !== undefined);
  const rows =
    'one' in pick
      ? hasOptions(pick.one)
      : problems.kind === 'generated' && (problems.family.unordered?.length ?? 0) > 0;
  const worded = problems.kind === 'generated' ? problems.variants : {};
  return [
    ...(rows ? (['rows'] as const) : []),
    ...(asides.length > 0 ? (['noise'] as const) : []),
    ...(worded.paraphrase ? (['paraphrase'] as const) : []),
    ...(worded.units ? (['units'] as const) : []),
  ];
}

/** The facts with the rows of their unordered tables in another order. */
export function withRowsShuffled(family: AnyFamily, facts: unknown, random: Random): unknown {
  const own = facts as Record<string, unknown>;
  const shuffled = (family.unordered ?? []).map((name) => {
    const rows = own[name];
    if (!Array.isArray(rows)) throw new TypeError(`"${name}" is unordered and no array`);
    return [name, reordered(rows, random.fork(name))] as const;
  });
  return { ...own, ...Object.fromEntries(shuffled) };
}

/** The options of choices and sets in another order. */
export function withOptionsShuffled(answer: AnswerSpec, random: Random): AnswerSpec {
  const fields = answer.fields.map((field) =>
    field.options ? { ...field, options: reordered(field.options, random.fork(field.name)) } : field,
  );
  return { ...answer, fields };
}

/** Another order wherever there is one: a shuffle that changes nothing would measure nothing. */
function reordered<T>(items: readonly T[], random: Random): T[] {
  const out = random.shuffle(items);
  const same = out.every((item, index) => item === items[index]);
  return same && out.length > 1 ? [...out.slice(1), out[0] as T] : out;
}

/** A prompt with one irrelevant fact before it and one before its last paragraph, where the question stands. */
export function withAsides(prompt: string, { asides }: Suite, lang: Lang, random: Random): string {
  const [first = '', second = ''] = random.sample(asides, 2).map((aside) => inLang(aside, lang));
  const paragraphs = prompt.trimEnd().split(/\n{2,}/);
  const last = paragraphs.pop() as string;
  return [first, ...paragraphs, second, last].join('\n\n');
}

/** The random choices of a variant: the same for a problem's twins, whatever else is asked. */
export const variantRandom = (seedText: string, variant: Variant): Random =>
  createRandom(`${seedText}/~${variant}`);

/**
 * A reply to the question as first asked, as one to the same question in other units: the bare numbers of its
 * closing JSON object, converted. What carries a unit of its own needs nothing.
 */
export function inUnitsOf(reply: string, from: AnswerSpec, to: AnswerSpec, convert: UnitConverter): string {
  const [, before = '', json = '', after = ''] = /^([\s\S]*?)(\{[^\n]*\})(\s*(?:```)?\s*)$/.exec(reply) ?? [];
  let answer: unknown;
  try {
    answer = JSON.parse(json);
  } catch {
    return reply;
  }
  const units = new Map(from.fields.map(({ name, unit }) => [name, unit]));
  const restated = { ...(answer as Record<string, unknown>) };
  for (const { name, unit, type } of to.fields) {
    const value = restated[name];
    const was = units.get(name);
    if (type !== 'number' || typeof value !== 'number' || was === unit) continue;
    restated[name] = convert(value, was ?? '', unit ?? '') ?? value;
  }
  return `${before}${JSON.stringify(restated)}${after}`;
}

export const mistakesInUnitsOf = (
  mistakes: readonly Mistake[],
  restate: (reply: string) => string,
): Mistake[] => mistakes.map((mistake) => ({ ...mistake, reply: restate(mistake.reply) }));
