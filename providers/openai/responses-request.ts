import type { CompletionRequest } from '../../harness/core/provider.ts';
import { heardSettings } from '../ignored-settings.ts';

export interface ResponsesOptions {
  /** Asks for a summary of the reasoning. Not asked by default: OpenAI refuses it to unverified organisations. */
  reasoningSummary?: 'auto' | 'concise' | 'detailed';
  /** Whether the endpoint can be told to give one JSON object. */
  jsonMode?: boolean;
  extra?: Readonly<Record<string, unknown>>;
}

/** A responses body. `store: false`, since a private question must not stay with the vendor. */
export function responsesBody(
  model: string,
  request: CompletionRequest,
  stream: boolean,
  { reasoningSummary, jsonMode, extra }: ResponsesOptions,
): Record<string, unknown> {
  const settings = heardSettings('responses', request.settings);
  const reasoning = {
    ...(settings.reasoningEffort !== undefined && { effort: settings.reasoningEffort }),
    ...(reasoningSummary && { summary: reasoningSummary }),
  };
  return {
    store: false,
    ...extra,
    model,
    input: request.messages.map(({ role, content }) => ({ role, content })),
    ...(settings.temperature !== undefined && { temperature: settings.temperature }),
    ...(settings.topP !== undefined && { top_p: settings.topP }),
    ...(settings.maxTokens !== undefined && { max_output_tokens: settings.maxTokens }),
    ...(request.json && jsonMode && { text: { format: { type: 'json_object' } } }),
    ...(Object.keys(reasoning).length > 0 && { reasoning }),
    ...(stream && { stream: true }),
  };
}
