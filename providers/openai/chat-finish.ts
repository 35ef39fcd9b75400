import type { Completion } from '../../harness/core/provider.ts';
import { badResponse } from '../dialect.ts';

type Unified = Completion['finish']['unified'];

/** OpenAI's own words first, then those of servers that speak its protocol. */
const UNIFIED: ReadonlyMap<string, Unified> = new Map([
  ['stop', 'stop'],
  ['length', 'length'],
  ['content_filter', 'content-filter'],
  ['tool_calls', 'tool-calls'],
  ['function_call', 'tool-calls'],
  ['eos', 'stop'],
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['max_tokens', 'length'],
  ['model_length', 'length'],
  ['sensitive', 'content-filter'],
]);

/** DeepSeek, Zhipu and OpenRouter report a generation that broke off as a way of finishing. */
const BROKEN = new Set(['insufficient_system_resource', 'network_error', 'error']);

/**
 * @param raw the vendor's word; null or undefined where it gave none
 * @throws ProviderError where the vendor's word means that the reply broke off
 */
export function chatFinish(raw: string | null | undefined, refused: boolean): Completion['finish'] {
  if (raw && BROKEN.has(raw)) {
    throw badResponse(`the vendor broke off the reply: finish_reason ${raw}`, 'overloaded');
  }
  const unified = refused ? 'refusal' : raw ? (UNIFIED.get(raw) ?? 'other') : 'unknown';
  return { unified, ...(raw && { raw: raw.slice(0, 60) }) };
}
