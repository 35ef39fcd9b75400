import { styleText } from 'node:util';
import type { CheckScore, Score } from '../core/score.ts';
import { claimLabels } from './claim-labels.ts';
import { points, UNKNOWN } from './figures.ts';
import type { AttemptView, SampleView } from './sample-view.ts';
import { sanitise, sanitiseLine } from './sanitise.ts';

export interface ShowOptions {
  colour: boolean;
  /** The worked solution, which a journal does not hold: its suite does. */
  work?: string;
  /** Replies longer than this many characters are cut, and say so; whole where absent. */
  maxLength?: number;
}

/** A sample as text for a terminal: what was asked, what each model said, what was read and why it scores so. */
export function showSample({ sample, attempts }: SampleView, options: ShowOptions): string {
  const heading = headings(options.colour);
  const facts = [
    sample.id,
    `hash ${sample.sample}`,
    `skills ${sample.skills.join(', ') || UNKNOWN}`,
    ...(sample.tags.length > 0 ? [`tags ${sample.tags.join(', ')}`] : []),
    ...(sample.tier ? [sample.tier] : []),
  ];
  const parts = [
    facts.map(sanitiseLine).join(' · '),
    ...sample.messages.map(({ role, content }) => `${heading(`prompt (${role})`)}\n${sanitise(content)}`),
    ...attempts.map((attempt) => showAttempt(attempt, heading, options)),
  ];
  if (attempts.length === 0) parts.push('No model was asked this.');
  if (options.work !== undefined) parts.push(`${heading('worked solution')}\n${sanitise(options.work)}`);
  return parts.join('\n\n');
}

type Heading = (text: string) => string;

function headings(colour: boolean): Heading {
  return (text) => {
    const line = `── ${sanitiseLine(text)} ──`;
    return colour ? styleText('bold', line, { validateStream: false }) : line;
  };
}

/** One attempt alone, in plain text. */
export const attemptText = (attempt: AttemptView): string =>
  showAttempt(attempt, headings(false), { colour: false });

function showAttempt(attempt: AttemptView, heading: Heading, { maxLength }: ShowOptions): string {
  const { model, epoch, completion, error, score } = attempt;
  const lines = [heading(`${model}, epoch ${epoch}: ${score ? verdict(score.score) : 'not scored'}`)];
  if (error) lines.push(`no reply: ${sanitiseLine(`${error.fault}: ${error.message}`)}`);
  if (completion) {
    lines.push(sanitiseLine(replyFacts(completion)));
    if (completion.reasoning) lines.push(quoted('reasoning', completion.reasoning, maxLength));
    lines.push(quoted('reply', completion.text, maxLength));
  }
  if (score) {
    if (score.format) {
      const ways = score.format.ways.length > 0 ? ` (${score.format.ways.join(', ')})` : '';
      lines.push(`form: ${score.format.obeyed ? 'as asked' : 'not as asked'}${ways}`);
    }
    lines.push(...score.checks.flatMap((check) => [checkLine(check), ...claimLines(check)]));
    if (score.score.reason) lines.push(`score: ${verdict(score.score)}: ${sanitiseLine(score.score.reason)}`);
  }
  for (const { check, criterion, judge, result } of attempt.judgements) {
    const said = result.status === 'replied' ? result.completion.text : `failed: ${result.reason}`;
    lines.push(`judge ${sanitiseLine(`${judge} on check ${check + 1}, ${criterion}: ${said}`)}`);
  }
  return lines.join('\n');
}

function replyFacts({
  finish,
  usage,
  latency,
  batch,
  servedModel,
  tries,
  cached,
}: NonNullable<AttemptView['completion']>): string {
  const { inputTokens, outputTokens, reasoningTokens } = usage;
  return [
    ...(servedModel ? [`served by ${servedModel}`] : []),
    `finish ${finish.unified}${finish.raw && finish.raw !== finish.unified ? ` (${finish.raw})` : ''}`,
    `tokens ${inputTokens ?? UNKNOWN} in, ${outputTokens ?? UNKNOWN} out`,
    ...(reasoningTokens === undefined ? [] : [`${reasoningTokens} of them reasoning`]),
    batch ? 'in a batch' : `${Math.round(latency.totalMs)} ms`,
    ...(tries && tries > 1 ? [`${tries} tries`] : []),
    ...(cached ? ['from cache'] : []),
  ].join(' · ');
}

/** Every line of a reply begins with a bar, so that no reply can pass for a verdict of ours. */
function quoted(title: string, text: string, maxLength = Number.POSITIVE_INFINITY): string {
  if (text === '') return `${title}: empty`;
  const cut = text.length > maxLength ? text.slice(0, maxLength) : text;
  const lines = sanitise(cut)
    .split('\n')
    .map((line) => `│ ${line}`);
  if (cut !== text) lines.push(`… ${text.length - cut.length} more characters`);
  return [`${title}:`, ...lines].join('\n');
}

function checkLine(check: CheckScore): string {
  const { kind, field, weight, gate, score } = check;
  const name = [kind, field].filter(Boolean).join(' ');
  const marks = [...(weight === 1 ? [] : [`weight ${weight}`]), ...(gate ? ['gate'] : [])];
  // A checker that keeps no extract (a plan, a rubric) says in its reason what it saw.
  const read =
    score.status === 'scored' && score.extracted !== undefined
      ? `read ${JSON.stringify(score.extracted)}`
      : '';
  const told = claimLabels(check) !== undefined;
  const details =
    score.status === 'scored' && score.details !== undefined && !told ? JSON.stringify(score.details) : '';
  const text = [
    `check ${name}${marks.length > 0 ? ` (${marks.join(', ')})` : ''}: ${verdict(score)}`,
    score.reason,
    read,
    details,
  ];
  return sanitiseLine(text.filter(Boolean).join(' · '));
}

/** Claim by claim; what a reply said stands behind a bar, so that it cannot pass for a label of ours. */
function claimLines(check: CheckScore): string[] {
  return (claimLabels(check) ?? []).map(({ label, text, reason, safety }) =>
    sanitiseLine(`  ${MARKS[label]} ${label}${safety ? ', safety' : ''}: ${reason} │ ${text}`),
  );
}

const MARKS = { supported: '✓', contradicted: '✗', unchecked: '·' } as const;

const verdict = (score: Score): string =>
  score.status === 'scored' ? points(score.value) : `unscored (${score.fault})`;
