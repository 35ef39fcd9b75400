import type { Answer, AnswerField, AnswerSpec, FieldReading } from '../../core/answer.ts';
import { canonicalJson } from '../../core/canonical.ts';
import type { Lang } from '../../core/lang.ts';
import { fieldNumber, parseUnit } from '../../quantities/index.ts';
import { readFlexibly } from './flexible.ts';
import { type FoundObject, findObjects } from './json-objects.ts';

export interface ReadContext {
  lang: Lang;
  /** The question as the model saw it, so that a restated figure is not taken for an answer. */
  question: string;
}

/**
 * Reads a reply once, for all checks of its sample: the JSON object that was asked for first, then, only where
 * there is no such object, labelled lines and the last fitting quantity. The way is kept with every field.
 */
export function readAnswer(reply: string, spec: AnswerSpec, context: ReadContext): Answer {
  if (spec.fields.length === 0) return { fields: {}, obeyed: reply.trim() !== '' };
  const thought = endOfThinking(reply);
  const objects = findObjects(reply.slice(thought))
    .map(({ value, start, end, repaired }) => ({
      value: unwrap(value, spec.fields),
      start: start + thought,
      end: end + thought,
      repaired,
    }))
    .filter(({ value }) => spec.fields.some((field) => isFilled(member(value, field.name))));
  const last = objects.at(-1);
  const prose = last ? '' : withoutTornObject(reply, spec.fields);
  const torn: FieldReading | undefined =
    prose.trim() === '' && reply.trim() !== ''
      ? { status: 'missing', reason: 'the reply breaks off inside its JSON object' }
      : undefined;
  const fields = Object.fromEntries(
    spec.fields.map((field) => [
      field.name,
      last
        ? readMember(field, objects, reply, context.lang)
        : (torn ?? readFlexibly(prose, field, spec, context)),
    ]),
  );
  const complete = spec.fields.every((field) => fields[field.name]?.status === 'read');
  return { fields, obeyed: complete && last !== undefined && !last.repaired && endsReply(reply, last.end) };
}

/** Where the thinking that some models show before their answer ends: a draft in there is no answer. */
function endOfThinking(reply: string): number {
  const close = reply.lastIndexOf('</think>');
  return close < 0 ? 0 : close + '</think>'.length;
}

/** The template of the question, repeated with its <placeholders>, is not an answer. */
const isFilled = (value: unknown) =>
  value !== undefined && !(typeof value === 'string' && /^<[^<>]*>$/.test(value.trim()));

/** A reply cut off inside its object has a last number that may be half written: nothing from there on is read. */
function withoutTornObject(reply: string, fields: readonly AnswerField[]): string {
  const torn = reply.lastIndexOf('{');
  if (torn < 0 || reply.indexOf('}', torn) >= 0) return reply;
  const tail = reply.slice(torn);
  return fields.some(({ name }) => tail.includes(`"${name}"`)) ? reply.slice(0, torn) : reply;
}

/** A model that wraps its answer once (`{"answer": {…}}`) still answered. */
function unwrap(value: Record<string, unknown>, fields: readonly AnswerField[]): Record<string, unknown> {
  if (fields.some((field) => member(value, field.name) !== undefined)) return value;
  const inner = Object.values(value);
  const only = inner.length === 1 ? inner[0] : undefined;
  return typeof only === 'object' && only !== null && !Array.isArray(only)
    ? (only as Record<string, unknown>)
    : value;
}

const plainName = (name: string) => name.toLowerCase().replace(/[\s_-]/g, '');

/** The member named so, else the one whose name differs only in case, spaces, hyphens and underscores. */
function member(object: Record<string, unknown>, name: string): unknown {
  if (Object.hasOwn(object, name)) return object[name];
  const key = Object.keys(object).find((candidate) => plainName(candidate) === plainName(name));
  return key === undefined ? undefined : object[key];
}

function readMember(field: AnswerField, objects: FoundObject[], reply: string, lang: Lang): FieldReading {
  const last = objects.at(-1) as FoundObject;
  const value = member(last.value, field.name);
  if (value === undefined || value === null || value === '') {
    return { status: 'missing', reason: `the JSON object has no "${field.name}"` };
  }
  for (const earlier of objects.slice(0, -1)) {
    const other = member(earlier.value, field.name);
    if (other !== undefined && !sameAnswer(field, other, value, lang)) {
      return { status: 'ambiguous', reason: `two JSON objects give "${field.name}" differently` };
    }
  }
  const { start, end, repaired } = last;
  const way = repaired ? 'json-repaired' : 'json';
  return { status: 'read', value, text: reply.slice(start, Math.min(end, start + 500)), way, start, end };
}

/** Numbers that differ by rounding (0.5 %) are one answer given twice. */
function sameAnswer(field: AnswerField, a: unknown, b: unknown, lang: Lang): boolean {
  if (field.type === 'number') {
    const unit = parseUnit(field.unit ?? '');
    const [x, y] = [a, b].map((value) => unit && fieldNumber(value, unit, lang));
    if (x !== undefined && y !== undefined)
      return Math.abs(x - y) <= 0.005 * Math.max(Math.abs(x), Math.abs(y));
  }
  return canonicalJson(a) === canonicalJson(b);
}

/** Nothing but white space, a closing fence or emphasis may follow the object. */
function endsReply(reply: string, end: number): boolean {
  return reply.length - end < 200 && /^[\s`*]*$/.test(reply.slice(end));
}
