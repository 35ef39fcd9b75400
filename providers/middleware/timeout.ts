import {
  type Completion,
  type GenerationSettings,
  type Middleware,
  ProviderError,
} from '../../harness/core/provider.ts';
import { onAbort } from '../abort.ts';
import { LONGEST_TIMER_MS } from '../clock.ts';
import { cancelled } from '../faults/network-fault.ts';
import { thinks } from '../ignored-settings.ts';

/** Minutes, not seconds: a reasoning model may be silent for long before it answers. */
const PLAIN_MS = 5 * 60_000;
const REASONING_MS = 20 * 60_000;

/** How long one attempt may take, in ms: as configured, or by whether the model was asked to reason. */
export function attemptTimeoutMs(configuredMs: number | undefined, settings: GenerationSettings): number {
  return Math.min(configuredMs ?? (thinks(settings) ? REASONING_MS : PLAIN_MS), LONGEST_TIMER_MS);
}

/**
 * Cuts one attempt after `configuredMs`, from sending to the last byte. The SDKs' own timeout stops counting at the headers, so
 * that a body that stalls would hang for ever. A provider that ignores its signal is left behind, not waited for.
 */
export function withTimeout(configuredMs?: number): Middleware {
  return (next) => ({
    ...next,
    complete(request, signal): Promise<Completion> {
      if (signal.aborted) return Promise.reject(cancelled());
      const limitMs = attemptTimeoutMs(configuredMs, request.settings);
      const attempt = new AbortController();
      return new Promise((resolve, reject) => {
        // By hand: AbortSignal.any keeps a listener on a signal that lives as long as the run.
        const give = (error: ProviderError) => {
          attempt.abort(error);
          reject(error);
        };
        const timer = setTimeout(
          () => give(new ProviderError('timeout', `no whole reply within ${limitMs / 1000} s`)),
          limitMs,
        );
        const forget = onAbort(signal, () => give(cancelled()));
        next
          .complete(request, attempt.signal)
          .then(resolve, reject)
          .finally(() => {
            clearTimeout(timer);
            forget();
          });
      });
    },
  });
}
