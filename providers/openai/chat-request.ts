import type { CompletionRequest, GenerationSettings } from '../../harness/core/provider.ts';

/**
 * How an endpoint is told to reason, since chat completions has no one word for it:
 * `effort` reasoning_effort (OpenAI and most), `object` reasoning.effort (OpenRouter), `enable-thinking` (DashScope),
 * `thinking-type` thinking.type (Zhipu, DeepSeek, Volcengine), `chat-template` chat_template_kwargs.enable_thinking (vLLM, SGLang).
 */
export const REASONING_STYLES = [
  'effort',
  'object',
  'enable-thinking',
  'thinking-type',
  'chat-template',
] as const;
export type ReasoningStyle = (typeof REASONING_STYLES)[number];

export interface ChatOptions {
  /** OpenAI's reasoning models refuse `max_tokens`; most other servers know nothing else. */
  maxTokensName: 'max_completion_tokens' | 'max_tokens';
  reasoning: ReasoningStyle;
  /** Whether the endpoint can be told to give one JSON object (`response_format`). Many servers refuse the word. */
  jsonMode?: boolean;
  /** Members added to every body, from the user's configuration. They never replace what is asked. */
  extra?: Readonly<Record<string, unknown>>;
}

/** A chat completions body. What the user left open is left out, so that the vendor's default holds. */
export function chatBody(
  model: string,
  { messages, settings, json }: CompletionRequest,
  stream: boolean,
  options: ChatOptions,
): Record<string, unknown> {
  return {
    ...options.extra,
    model,
    messages: messages.map(({ role, content }) => ({ role, content })),
    ...(settings.temperature !== undefined && { temperature: settings.temperature }),
    ...(settings.topP !== undefined && { top_p: settings.topP }),
    ...(settings.maxTokens !== undefined && { [options.maxTokensName]: settings.maxTokens }),
    ...(settings.seed !== undefined && { seed: settings.seed }),
    ...(settings.stop !== undefined && { stop: [...settings.stop] }),
    ...(json && options.jsonMode && { response_format: { type: 'json_object' } }),
    ...reasoningMembers(settings, options.reasoning),
    // Without include_usage a stream ends without token counts.
    ...(stream && { stream: true, stream_options: { include_usage: true } }),
  };
}

function reasoningMembers({ reasoningEffort }: GenerationSettings, style: ReasoningStyle): object {
  if (reasoningEffort === undefined) return {};
  const on = reasoningEffort !== 'none';
  switch (style) {
    case 'effort':
      return { reasoning_effort: reasoningEffort };
    case 'object':
      return { reasoning: { effort: reasoningEffort } };
    case 'enable-thinking':
      return { enable_thinking: on };
    case 'thinking-type':
      return { thinking: { type: on ? 'enabled' : 'disabled' } };
    case 'chat-template':
      return { chat_template_kwargs: { enable_thinking: on } };
  }
}
