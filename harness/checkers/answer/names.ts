import type { Option } from '../../core/answer.ts';

/** A name without what writers vary: width, case, white space, quotes, Markdown emphasis, a closing full stop. */
export function normaliseName(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\s*_`"'“”‘’「」《》]/g, '')
    .replace(/^[-•#>()]+|[.。,，;；:：)]+$/g, '');
}

/** The option that `text` is, by id, by a label, or by id and label together as a question lists them; undefined where it is none. */
export function optionOf(text: string, options: readonly Option[]): Option | undefined {
  const name = normaliseName(text);
  const alone = options.find((option) =>
    [option.id, ...option.labels].some((label) => normaliseName(label) === name),
  );
  if (alone) return alone;
  const joined = withoutMarks(name);
  return options.find(({ id, labels }) =>
    labels.some((label) =>
      [id + label, label + id].some((both) => withoutMarks(normaliseName(both)) === joined),
    ),
  );
}

/** Without what may stand between an id and its label: `D1: arcing`, `arcing (D1)`, `D1 – arcing`. */
const withoutMarks = (name: string): string => name.replace(/[-:：()=,，、.]/g, '');

/**
 * The options a phrase names: the one it is, else those whose id or label stands in it as a whole word.
 * A label inside a longer label that also stands there (`arc` in `arc in oil`) does not count twice.
 */
export function namedOptions(text: string, options: readonly Option[]): Option[] {
  const exact = optionOf(text, options);
  if (exact) return [exact];
  const phrase = text.normalize('NFKC').toLowerCase().slice(0, 2_000);
  const spans = options.flatMap((option) =>
    [option.id, ...option.labels].flatMap((label) =>
      wordSpans(phrase, label.normalize('NFKC').toLowerCase(), option),
    ),
  );
  const outer = spans.filter(
    (span) =>
      !spans.some(
        (other) =>
          other.option !== span.option &&
          other.start <= span.start &&
          other.end >= span.end &&
          other.end - other.start > span.end - span.start,
      ),
  );
  return [...new Set(outer.map((span) => span.option))];
}

interface Span {
  option: Option;
  start: number;
  end: number;
}

const WORD = /[\p{Script=Latin}\p{N}_]/u;

/** Where `label` stands in `phrase`, not as a part of a longer Latin word or number. Han text has no word marks. */
function wordSpans(phrase: string, label: string, option: Option): Span[] {
  const spans: Span[] = [];
  if (label === '') return spans;
  for (
    let start = phrase.indexOf(label);
    start >= 0 && spans.length < 20;
    start = phrase.indexOf(label, start + 1)
  ) {
    const end = start + label.length;
    const joinsLeft = start > 0 && WORD.test(phrase[start - 1] as string) && WORD.test(label[0] as string);
    const joinsRight =
      end < phrase.length && WORD.test(phrase[end] as string) && WORD.test(label.at(-1) as string);
    if (!joinsLeft && !joinsRight) spans.push({ option, start, end });
  }
  return spans;
}
