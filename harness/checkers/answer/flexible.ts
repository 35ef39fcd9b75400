import type { AnswerField, AnswerSpec, FieldReading } from '../../core/answer.ts';
import { chooseAnswer, parseUnit } from '../../quantities/index.ts';
import { namedOptions, normaliseName } from './names.ts';
import type { ReadContext } from './read-answer.ts';

/** Labelled lines are looked for in the last part of a reply only. */
const WINDOW = 20_000;

const ANSWER_LABELS = ['answer', 'final answer', '答案', '最终答案', '结论'];

/** Reads one field of a reply that holds no JSON object with any of the asked fields. */
export function readFlexibly(
  reply: string,
  field: AnswerField,
  spec: AnswerSpec,
  context: ReadContext,
): FieldReading {
  if (reply.trim() === '') return { status: 'missing', reason: 'the reply is empty' };
  switch (field.type) {
    case 'number':
      return readNumber(reply, field, spec, context);
    case 'choice':
    case 'boolean':
      return readChoice(reply, field, spec);
    case 'set':
    case 'text':
      return readLabelled(reply, field);
    case 'json':
      return { status: 'missing', reason: `no JSON object with "${field.name}" in the reply` };
  }
}

const labelsOf = (field: AnswerField) => [field.name, field.name.replaceAll('_', ' ')];

function readNumber(
  reply: string,
  field: AnswerField,
  spec: AnswerSpec,
  { lang, question }: ReadContext,
): FieldReading {
  const numbers = spec.fields.filter((other) => other.type === 'number');
  const unit = parseUnit(field.unit ?? '');
  const choice = chooseAnswer(reply, {
    ...(unit ? { unit } : {}),
    labels: [...labelsOf(field), ...(numbers.length === 1 ? ANSWER_LABELS : [])],
    question,
    lang,
  });
  if (choice.status !== 'chosen') return { status: choice.status, reason: choice.reason };
  const { quantity, way } = choice;
  // With several fields asked, an unlabelled number could belong to any of them.
  if (way !== 'labelled' && spec.fields.length > 1) {
    return { status: 'missing', reason: `no JSON object, and no line labelled "${field.name}"` };
  }
  return {
    status: 'read',
    value: quantity.text,
    text: quantity.text,
    way,
    start: quantity.start,
    end: quantity.end,
  };
}

function readChoice(reply: string, field: AnswerField, spec: AnswerSpec): FieldReading {
  const labelled = labelledLine(reply, [
    ...labelsOf(field),
    ...(spec.fields.length === 1 ? ANSWER_LABELS : []),
  ]);
  const boxed =
    spec.fields.length === 1
      ? reply.slice(-WINDOW).match(/\\boxed\{(?:\\text\{)?([^{}]{1,200})\}/)?.[1]
      : undefined;
  const line = boxed === undefined && labelled === undefined ? lastLineNaming(reply, field, spec) : undefined;
  const text = boxed ?? labelled ?? line;
  const way = boxed !== undefined ? 'boxed' : labelled !== undefined ? 'labelled' : 'option-named';
  if (text === undefined)
    return { status: 'missing', reason: `no JSON object, and no line labelled "${field.name}"` };
  if (field.type === 'boolean') return { status: 'read', value: text, text, way };
  const named = namedOptions(text, field.options ?? []);
  if (named.length > 1)
    return { status: 'ambiguous', reason: `"${text.slice(0, 80)}" names ${named.length} options` };
  const [option] = named;
  if (!option) return { status: 'missing', reason: `"${text.slice(0, 80)}" names no option` };
  return { status: 'read', value: option.id, text, way };
}

/** The last line of a reply that was asked for one option alone, where it names just one. */
function lastLineNaming(reply: string, field: AnswerField, spec: AnswerSpec): string | undefined {
  if (spec.fields.length > 1 || field.type !== 'choice') return undefined;
  const line = reply.slice(-WINDOW).trimEnd().split('\n').at(-1) ?? '';
  // "It is not T1" names one option too.
  if (line.length > 300 || /\b(?:not|neither|never|cannot)\b|n['’]t\b|[不非没]/i.test(line)) return undefined;
  return namedOptions(line, field.options ?? []).length === 1 ? line : undefined;
}

function readLabelled(reply: string, field: AnswerField): FieldReading {
  const text = labelledLine(reply, labelsOf(field));
  return text === undefined
    ? { status: 'missing', reason: `no JSON object, and no line labelled "${field.name}"` }
    : { status: 'read', value: text, text, way: 'labelled' };
}

/** What follows `label:` on the last line that starts so, past list marks and emphasis. */
function labelledLine(reply: string, labels: readonly string[]): string | undefined {
  const wanted = new Set(labels.map(normaliseName));
  for (const line of reply.slice(-WINDOW).split('\n').reverse()) {
    const colon = line.search(/[:：]/);
    if (colon < 0 || colon > 120) continue;
    if (wanted.has(normaliseName(line.slice(0, colon)))) {
      const text = line
        .slice(colon + 1)
        .replace(/[*_`]/g, '')
        .trim();
      if (text !== '') return text;
    }
  }
  return undefined;
}
