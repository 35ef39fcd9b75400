import * as z from 'zod';
import type { Usage } from '../../harness/core/provider.ts';
import { known } from '../openai/usage.ts';

const count = z.int().nonnegative().nullish().catch(undefined);

export const usageWire = z
  .object({
    input_tokens: count,
    output_tokens: count,
    cache_read_input_tokens: count,
    cache_creation_input_tokens: count,
    output_tokens_details: z.object({ thinking_tokens: count }).nullish().catch(undefined),
  })
  .nullish()
  .catch(undefined);
export type UsageWire = z.infer<typeof usageWire>;

/** Anthropic counts what it read from its cache, and what it wrote there, apart from input_tokens: all three were sent. */
export function readUsage(wire: UsageWire): Usage {
  const fresh = wire?.input_tokens ?? undefined;
  const cached = wire?.cache_read_input_tokens ?? undefined;
  const written = wire?.cache_creation_input_tokens ?? 0;
  return known({
    inputTokens: fresh === undefined ? undefined : fresh + (cached ?? 0) + written,
    outputTokens: wire?.output_tokens ?? undefined,
    reasoningTokens: wire?.output_tokens_details?.thinking_tokens ?? undefined,
    cachedInputTokens: cached,
  });
}
