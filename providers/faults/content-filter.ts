import type { Reply } from '../dialect.ts';

/**
 * Some vendors answer a filtered prompt with an error status. It is an answer all the same: the model would not
 * take the question, and asking again would not help.
 * Codes: Azure OpenAI `content_filter`, OpenAI `content_policy_violation`, DashScope `data_inspection_failed` (`DataInspectionFailed`),
 * Zhipu `1301`; DeepSeek has only the words "Content Exists Risk".
 */
const FILTER_CODES = new Set([
  'content_filter',
  'content_policy_violation',
  'data_inspection_failed',
  'datainspectionfailed',
  'responsibleaipolicyviolation',
  '1301',
]);
const FILTER_WORDS =
  /content exists risk|blocked by content filtering policy|flagged as potentially violating/i;

/** The reply that a filter's error status amounts to, or undefined where the error is another. */
export function filteredReply(status: number, body: unknown): Reply | undefined {
  if (status !== 400 && status !== 403) return undefined;
  const error = (body as { error?: unknown } | null)?.error ?? body;
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, message } = error as { code?: unknown; message?: unknown };
  const known = FILTER_CODES.has(String(code ?? '').toLowerCase());
  if (!known && !(typeof message === 'string' && FILTER_WORDS.test(message))) return undefined;
  const raw = typeof code === 'string' && code !== '' ? code.slice(0, 60) : 'content_filter';
  return { text: '', finish: { unified: 'content-filter', raw }, usage: {} };
}
