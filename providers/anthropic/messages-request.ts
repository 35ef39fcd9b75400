import type { CompletionRequest, GenerationSettings, Message } from '../../harness/core/provider.ts';
import { heardSettings, thinks } from '../ignored-settings.ts';

/**
 * The API demands a ceiling. No model that reasons has a lower one than 32,000 (Opus 4 and 4.1), so all of them take
 * it. It holds a long reasoning and a worked answer, and what is not used costs nothing; a lower default would cut
 * answers short and score the cut as a lack of skill.
 */
export const DEFAULT_MAX_TOKENS = 32_000;

/**
 * How a model is told to think: `adaptive` takes an effort and decides itself (from the 4.6 models on), `budget`
 * takes a number of tokens (the models before).
 */
export type ThinkingStyle = 'adaptive' | 'budget';

export interface MessagesOptions {
  thinking: ThinkingStyle;
  maxTokens?: number;
  extra?: Readonly<Record<string, unknown>>;
}

/** Thinking tokens by effort, for models that take a budget. 1,024 is the least the API allows. */
const BUDGETS = {
  minimal: 1024,
  low: 4096,
  medium: 10_000,
  high: 20_000,
  xhigh: 28_000,
  max: 31_000,
} as const;
const EFFORTS = {
  minimal: 'low',
  low: 'low',
  medium: 'medium',
  high: 'high',
  xhigh: 'xhigh',
  max: 'max',
} as const;

/** What a budget must leave for the answer itself. */
const ROOM_FOR_ANSWER = 1024;

/** A messages body. System messages are lifted out of the list, which knows only users and assistants. */
export function messagesBody(
  model: string,
  request: CompletionRequest,
  stream: boolean,
  options: MessagesOptions,
): Record<string, unknown> {
  const settings = heardSettings('messages', request.settings);
  const maxTokens = settings.maxTokens ?? options.maxTokens ?? DEFAULT_MAX_TOKENS;
  const system = request.messages.filter(({ role }) => role === 'system').map(({ content }) => content);
  return {
    ...options.extra,
    model,
    max_tokens: maxTokens,
    messages: turns(request.messages),
    ...(system.length > 0 && { system: system.join('\n\n') }),
    ...(settings.temperature !== undefined && { temperature: settings.temperature }),
    ...(settings.topP !== undefined && { top_p: settings.topP }),
    ...(settings.stop !== undefined && { stop_sequences: [...settings.stop] }),
    ...thinkingMembers(settings, options.thinking, maxTokens),
    ...(stream && { stream: true }),
  };
}

function turns(messages: readonly Message[]): { role: string; content: string }[] {
  return messages.filter(({ role }) => role !== 'system').map(({ role, content }) => ({ role, content }));
}

function thinkingMembers(settings: GenerationSettings, style: ThinkingStyle, maxTokens: number): object {
  const effort = settings.reasoningEffort;
  if (effort === undefined) return {};
  if (!thinks(settings) || effort === 'none') return { thinking: { type: 'disabled' } };
  if (style === 'adaptive') {
    return {
      // Some models leave the thinking out unless it is asked for.
      thinking: { type: 'adaptive', display: 'summarized' },
      output_config: { effort: EFFORTS[effort] },
    };
  }
  const budget = Math.min(BUDGETS[effort], maxTokens - ROOM_FOR_ANSWER);
  // Too small a ceiling holds no thinking: the API would refuse the request.
  return budget < BUDGETS.minimal ? {} : { thinking: { type: 'enabled', budget_tokens: budget } };
}
