import { ProviderError } from '../../harness/core/provider.ts';
import { redact } from './redact.ts';

/** What the codes of Node and undici mean, and what a user can do about those that a retry cannot mend. */
const BY_CODE: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the host name is unknown (DNS)',
  EAI_AGAIN: 'the host name could not be looked up (DNS)',
  ECONNREFUSED: 'the connection was refused: is the server running?',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was closed while sending',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'the connection timed out',
  UND_ERR_SOCKET: 'the connection was closed by the other side',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the reply is shorter than it said it was',
};
const TIMEOUTS = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

/**
 * The fault of a request that got no whole reply: reset, refused, DNS, TLS, or aborted by `signal`. Every such
 * request may be sent again but a cancelled one, and one whose certificate is wrong.
 */
export function networkFault(error: unknown, signal: AbortSignal, secrets: readonly string[]): ProviderError {
  if (error instanceof ProviderError) return error;
  // Asked first: an aborted fetch surfaces as a DOMException, an SDK error or a socket error, by its phase.
  if (signal.aborted) return cancelled();
  const code = codeOf(error);
  if (code && TIMEOUTS.has(code)) return new ProviderError('timeout', 'the server sent nothing for too long');
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') {
    return new ProviderError('bad-response', 'the reply is far longer than any answer', { retryable: false });
  }
  const known = code ? BY_CODE[code] : undefined;
  if (code && known) return new ProviderError('network', `${known} [${code}]`);
  const words = redact(deepestMessage(error), secrets, 200);
  if (code && isTls(code)) {
    return new ProviderError('network', `TLS failed: ${words} [${code}]`, { retryable: false });
  }
  return new ProviderError('network', `no whole reply: ${words}${code ? ` [${code}]` : ''}`);
}

export const cancelled = (): ProviderError => new ProviderError('cancelled', 'cancelled');

const isTls = (code: string) =>
  /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|EPROTO$)/.test(code);

function causes(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let at = error; at !== undefined && at !== null && chain.length < 8; at = (at as Error).cause) {
    if (chain.includes(at)) break;
    chain.push(at);
    // Node tries IPv6 and IPv4 side by side and then throws both failures in one.
    if (at instanceof AggregateError && at.errors.length > 0) chain.push(at.errors[0]);
  }
  return chain;
}

function codeOf(error: unknown): string | undefined {
  for (const cause of causes(error)) {
    const { code } = cause as { code?: unknown };
    if (typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code)) return code;
  }
  return undefined;
}

function deepestMessage(error: unknown): string {
  const last = causes(error)
    .reverse()
    .find((cause) => cause instanceof Error && cause.message);
  return last instanceof Error ? last.message : String(error);
}
