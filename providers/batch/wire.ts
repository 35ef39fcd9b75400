import type { BatchResult } from '../../harness/core/batch.ts';
import { ProviderError } from '../../harness/core/provider.ts';
import type { Clock } from '../clock.ts';
import { badResponse, type Dialect } from '../dialect.ts';
import type { FaultContext } from '../faults/http-fault.ts';
import { readWhole } from '../http/read-reply.ts';

/** A vendor's name of a batch or file. It becomes part of a URL, so nothing else passes. */
export const WIRE_ID = /^[A-Za-z0-9_-]{1,200}$/;

/** @throws ProviderError where a user's or journal's id of a batch is none */
export function checkedId(id: string): string {
  if (WIRE_ID.test(id)) return id;
  throw new ProviderError('bad-request', 'that is no id of a batch');
}

/** One line of results, parsed; undefined where it is torn or no JSON, so that one bad line does not cost the rest. */
export function parsedLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** A reply from a batch, read as the same reply asked alone would be. What goes wrong with one is a result, too. */
export function replyResult(
  id: string,
  wire: unknown,
  dialect: Dialect,
  { clock, requestId, ...context }: FaultContext & { clock: Clock; requestId: string | undefined },
): BatchResult {
  try {
    const { reply } = readWhole(dialect, wire, { ...context, clock, requestId });
    const completion = { ...reply, ...(requestId !== undefined && { requestId }) };
    return { id, status: 'replied', completion };
  } catch (caught) {
    const error = caught instanceof ProviderError ? caught : badResponse('the reply cannot be read');
    return { id, status: 'failed', error };
  }
}

/** What a batch did not get to: nothing was paid for it, and it may be asked alone. */
export const expired = (): ProviderError =>
  new ProviderError('timeout', 'the batch expired before this was asked', { retryable: true });

export const cancelledInBatch = (): ProviderError =>
  new ProviderError('cancelled', 'the batch was cancelled before this was asked', { retryable: true });
