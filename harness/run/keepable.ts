import * as z from 'zod';
import { type Completion, completionSchema, ProviderError, type usageSchema } from '../core/provider.ts';

/** Providers may be a user's own module: what it adds is dropped, and what is odd is unknown. The text is kept. */
const lenient = z.object({
  ...completionSchema.shape,
  reasoning: z.string().optional().catch(undefined),
  finish: z
    .object(completionSchema.shape.finish.shape)
    .catch((context) => ({ unified: 'unknown' as const, ...rawFinish(context.value) })),
  usage: z
    .object({
      inputTokens: count(),
      outputTokens: count(),
      reasoningTokens: count(),
      cachedInputTokens: count(),
    } satisfies Record<keyof typeof usageSchema.shape, z.ZodType>)
    .catch({}),
  servedModel: z.string().optional().catch(undefined),
  requestId: z.string().optional().catch(undefined),
  tries: z.number().optional().catch(undefined),
  cached: z.boolean().optional().catch(undefined),
  batch: z.boolean().optional().catch(undefined),
});

function count() {
  return z.number().nonnegative().optional().catch(undefined);
}

function rawFinish(value: unknown): { raw?: string } {
  const raw = (value as { raw?: unknown } | null | undefined)?.raw;
  return typeof raw === 'string' ? { raw } : {};
}

/**
 * A provider's reply in the form a journal keeps.
 * @throws ProviderError of kind bad-response where it holds no text
 */
export function keepable(completion: unknown, elapsedMs: number): Completion {
  const timed =
    typeof completion === 'object' && completion !== null
      ? { ...completion, latency: latency((completion as { latency?: unknown }).latency, elapsedMs) }
      : completion;
  const parsed = lenient.safeParse(timed);
  if (parsed.success) return parsed.data as Completion;
  throw new ProviderError('bad-response', 'the provider returned a reply without text');
}

function latency(value: unknown, elapsedMs: number): Completion['latency'] {
  const parsed = completionSchema.shape.latency.safeParse(value);
  return parsed.success ? parsed.data : { totalMs: elapsedMs };
}

/** What a provider threw, as a fault that is fit to print. */
export function asProviderError(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error;
  // Only its kind: undici's "Bearer sk-… is an invalid header value" shows that a message may hold a key.
  const kind = error instanceof Error ? error.constructor.name : typeof error;
  return new ProviderError('bad-response', `the provider threw a ${kind}, which is a fault in the provider`, {
    cause: error,
  });
}
