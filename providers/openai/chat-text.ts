import * as z from 'zod';

/** Mistral and some gateways send content as parts, their thinking among them. */
const part = z.union([
  z.string(),
  z.object({ type: z.string().optional(), text: z.unknown().optional(), thinking: z.unknown().optional() }),
]);
export const contentWire = z
  .union([z.string(), z.array(part)])
  .nullish()
  .catch(undefined);
type Content = z.infer<typeof contentWire>;

/** One message or delta: `reasoning_content` is DeepSeek's, Qwen's and vLLM's word, `reasoning` OpenRouter's and Ollama's. */
export const messageWire = z.object({
  content: contentWire,
  refusal: z.string().nullish().catch(undefined),
  reasoning_content: z.string().nullish().catch(undefined),
  reasoning: z.string().nullish().catch(undefined),
});

export interface Spoken {
  text: string;
  reasoning: string;
  refusal: string;
}

/** What a message or delta says, by kind. */
export function spoken(message: z.infer<typeof messageWire>): Spoken {
  const parts = partsOf(message.content);
  return {
    text: parts.text,
    // A server that fills both fields says the same in both.
    reasoning: message.reasoning_content || message.reasoning || parts.thinking,
    refusal: message.refusal ?? '',
  };
}

function partsOf(content: Content): { text: string; thinking: string } {
  if (typeof content === 'string') return { text: content, thinking: '' };
  let text = '';
  let thinking = '';
  for (const piece of content ?? []) {
    if (typeof piece === 'string') text += piece;
    else if (typeof piece.text === 'string') text += piece.text;
    else thinking += nestedText(piece.thinking);
  }
  return { text, thinking };
}

function nestedText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return '';
  return value
    .map((inner: { text?: unknown } | null) => (typeof inner?.text === 'string' ? inner.text : ''))
    .join('');
}

/**
 * Parts the thinking that some servers leave in the text, between <think> tags at its start. What a model tried on the
 * way must not be read as its answer. Thinking that never ended, where the length ran out, leaves no answer at all.
 */
export function splitThinking(text: string, cutShort: boolean): { text: string; reasoning: string } {
  const open = /^\s*<think>/.exec(text.slice(0, 200));
  if (!open) return { text, reasoning: '' };
  const close = text.indexOf('</think>', open[0].length);
  if (close < 0)
    return cutShort ? { text: '', reasoning: text.slice(open[0].length) } : { text, reasoning: '' };
  return {
    text: text.slice(close + '</think>'.length).trimStart(),
    reasoning: text.slice(open[0].length, close).trim(),
  };
}
