import * as z from 'zod';
import type { Usage } from '../../harness/core/provider.ts';

// A count that is null, negative or a string is unknown: it must neither crash a run nor be added up.
const count = z.int().nonnegative().optional().catch(undefined);
const details = <S extends z.ZodRawShape>(shape: S) => z.object(shape).optional().catch(undefined);

/** Token counts as chat completions and responses word them, and DeepSeek's own name for a cache hit. */
export const usageWire = details({
  prompt_tokens: count,
  completion_tokens: count,
  input_tokens: count,
  output_tokens: count,
  prompt_cache_hit_tokens: count,
  prompt_tokens_details: details({ cached_tokens: count }),
  input_tokens_details: details({ cached_tokens: count }),
  completion_tokens_details: details({ reasoning_tokens: count }),
  output_tokens_details: details({ reasoning_tokens: count }),
});

export function readUsage(wire: z.infer<typeof usageWire>): Usage {
  if (!wire) return {};
  return known({
    inputTokens: wire.prompt_tokens ?? wire.input_tokens,
    outputTokens: wire.completion_tokens ?? wire.output_tokens,
    reasoningTokens:
      wire.completion_tokens_details?.reasoning_tokens ?? wire.output_tokens_details?.reasoning_tokens,
    cachedInputTokens:
      wire.prompt_tokens_details?.cached_tokens ??
      wire.input_tokens_details?.cached_tokens ??
      wire.prompt_cache_hit_tokens,
  });
}

/** Without the counts that nobody told: absent is unknown, 0 would be a claim. */
export function known(usage: { [K in keyof Usage]: number | undefined }): Usage {
  return Object.fromEntries(Object.entries(usage).filter(([, value]) => value !== undefined));
}
