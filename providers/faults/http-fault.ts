import { ProviderError, type ProviderFault } from '../../harness/core/provider.ts';
import { redact } from './redact.ts';
import { type HeaderLookup, parseRetryAfter } from './retry-after.ts';

/** What a fault is told with: whose keys to hide, and what time it is. */
export interface FaultContext {
  secrets: readonly string[];
  epochMs(): number;
}

/** An error as a vendor words it, in any of the shapes that are about. */
interface VendorError {
  /** Everything that names the fault: code, type, status words. */
  words: string;
  message: string;
  status?: number;
}

const BY_STATUS: Readonly<Record<number, ProviderFault>> = {
  401: 'auth',
  402: 'quota',
  403: 'auth',
  404: 'not-found',
  408: 'timeout',
  409: 'server',
  425: 'server',
  429: 'rate-limit',
  503: 'overloaded',
  504: 'timeout',
  524: 'timeout',
  529: 'overloaded',
};

/** In this order: the words of a body are finer than its status, and an empty purse is finer than a rate. */
const BY_WORDS: readonly [RegExp, ProviderFault][] = [
  [/context_length_exceeded|model_context_window_exceeded|prompt_too_long/, 'context-length'],
  [/insufficient_(user_)?quota|billing|insufficient_balance|arrearage|credit_balance/, 'quota'],
  [/overloaded/, 'overloaded'],
  [/rate_?limit|throttl|too_many_requests/, 'rate-limit'],
  [/authentication|invalid_api_key|permission/, 'auth'],
  [/model_not_found|not_found_error/, 'not-found'],
  [/timeout/, 'timeout'],
  [/server_error|internal|api_error/, 'server'],
  [/invalid_request|invalid_prompt|invalid_parameter/, 'bad-request'],
];

const BY_MESSAGE: readonly [RegExp, ProviderFault][] = [
  [
    /maximum context length|context window|prompt is too long|input is too long|(?:input|prompt) (?:length|tokens?).{0,60}exceed/i,
    'context-length',
  ],
  [/exceeded your current quota|credit balance is too low|insufficient balance|余额不足|欠费/i, 'quota'],
];

/** The fault of a reply with an error status. `body` is whatever was parsed of it, or its text. */
export function httpFault(
  status: number,
  body: unknown,
  header: HeaderLookup,
  context: FaultContext,
): ProviderError {
  const error = vendorError(body);
  const fault = faultOf(status, error);
  const said = redact(error.message, context.secrets);
  const retryAfterMs = parseRetryAfter(header, context.epochMs());
  const requestId = requestIdOf(header);
  const redirected =
    status >= 300 && status < 400 ? ` (redirects to ${redact(header('location') ?? '?')})` : '';
  return new ProviderError(fault, `HTTP ${status}${redirected}${said ? `: ${said}` : ''}`, {
    status,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(requestId !== undefined && { requestId }),
    // Both vendors may overrule what their status says.
    ...(header('x-should-retry') === 'false' && { retryable: false }),
  });
}

/** The fault of an error that came inside a reply with status 200, or in the middle of a stream. */
export function bodyFault(body: unknown, context: FaultContext, requestId?: string): ProviderError {
  const error = vendorError(body);
  const fault = faultOf(error.status ?? 200, error);
  const said = redact(error.message, context.secrets) || 'no message';
  return new ProviderError(fault, `the reply holds an error: ${said}`, {
    ...(error.status !== undefined && { status: error.status }),
    ...(requestId !== undefined && { requestId }),
  });
}

/** The error inside a body that came with status 200, or undefined where it holds none. */
export function embeddedError(body: unknown): unknown {
  if (!isObject(body)) return undefined;
  if (own(body, 'type') === 'error') return own(body, 'error') ?? body;
  if (own(body, 'type') === 'response.failed') {
    const response = own(body, 'response');
    return (isObject(response) && own(response, 'error')) || body;
  }
  return own(body, 'error') ?? undefined;
}

export function requestIdOf(header: HeaderLookup): string | undefined {
  const id = header('x-request-id') ?? header('request-id');
  return id ? redact(id, [], 120) : undefined;
}

function faultOf(status: number, error: VendorError): ProviderFault {
  const named = BY_WORDS.find(([words]) => words.test(error.words))?.[1];
  const told = BY_MESSAGE.find(([message]) => message.test(error.message))?.[1];
  // A gateway's 5xx stays a 5xx: its body often quotes an error of something else.
  if (status >= 500) return BY_STATUS[status] ?? (named === 'overloaded' ? named : 'server');
  if (told === 'context-length' || named === 'context-length') return 'context-length';
  if (told === 'quota' || named === 'quota') return 'quota';
  if (status >= 400) return BY_STATUS[status] ?? (named === 'rate-limit' ? named : 'bad-request');
  if (status >= 300) return 'bad-request';
  return named ?? told ?? 'server';
}

/**
 * Reads `{error: {message, code, type}}` (OpenAI), `{type: error, error: {type, message}}` (Anthropic), `{error: "text"}` (Ollama),
 * `{code, message}` (DashScope, vLLM), `{detail}` (FastAPI) and plain text.
 */
function vendorError(body: unknown): VendorError {
  if (typeof body === 'string') return { words: '', message: isHtml(body) ? htmlTitle(body) : body };
  if (!isObject(body)) return { words: '', message: '' };
  const inner = own(body, 'error');
  if (typeof inner === 'string') return { words: inner.toLowerCase(), message: inner };
  const error = isObject(inner) ? inner : body;
  const codes = [own(error, 'code'), own(error, 'type'), own(error, 'status')];
  const status = codes.map(Number).find((code) => Number.isInteger(code) && code >= 400 && code < 600);
  const words = codes
    .filter((code) => typeof code === 'string')
    .join(' ')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
  const message = [own(error, 'message'), own(error, 'detail'), own(error, 'msg')].find(
    (text) => typeof text === 'string',
  ) as string | undefined;
  return { words, message: message ?? JSON.stringify(error), ...(status !== undefined && { status }) };
}

const isHtml = (text: string) => /^\s*<(!doctype|html)/i.test(text.slice(0, 200));

function htmlTitle(text: string): string {
  const title = /<title[^>]*>([^<]{0,200})/i.exec(text.slice(0, 5000))?.[1];
  return title ? `a web page, "${title.trim()}"` : 'a web page';
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const own = (value: Record<string, unknown>, key: string): unknown =>
  Object.hasOwn(value, key) ? value[key] : undefined;
