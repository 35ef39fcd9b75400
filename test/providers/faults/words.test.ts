import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyFault, embeddedError, httpFault } from '../../../providers/faults/http-fault.ts';
import { networkFault } from '../../../providers/faults/network-fault.ts';
import { redact } from '../../../providers/faults/redact.ts';
import { parseRetryAfter } from '../../../providers/faults/retry-after.ts';
import { KEY, never } from '../requests.ts';

const context = { secrets: [KEY], epochMs: () => Date.UTC(2026, 10, 23) };
const none = () => undefined;

describe('redact', () => {
  it.each([
    'Incorrect API key provided: sk-proj-AbCdEf123456.',
    'sk-ant-api03-xyz_0123456789',
    'Authorization: Bearer abc.def-ghi',
    '{"x-api-key":"0123456789abcdef"}',
    'api_key=0123456789abcdef',
    'token eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.SflKxwRJ',
    'proxy http://user:pass-word@10.0.0.1:8080 refused',
  ])('hides what is shaped like a key: %s', (text) => {
    const shown = redact(text);
    expect(shown).toContain('***');
    for (const part of [
      'AbCdEf123456',
      'xyz_0123456789',
      'def-ghi',
      '0123456789abcdef',
      'SflKxwRJ',
      'pass-word',
    ])
      expect(shown).not.toContain(part);
  });

  it('hides a configured key wherever it stands, and never leaves a control character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (before, after) => {
        const shown = redact(`${before}${KEY}${after}`, [KEY]);
        expect(shown).not.toContain(KEY);
        expect(shown).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
        expect(shown.length).toBeLessThanOrEqual(400);
      }),
    );
  });

  it('is not slowed down by a megabyte', () => {
    expect(redact(`${'sk-'.repeat(1e6)}${KEY}`).length).toBeLessThanOrEqual(400);
  });

  it('leaves plain words alone', () => {
    const text = 'The key point: model gpt-x does not exist, 价格为 18.5。';
    expect(redact(text)).toBe(text);
  });
});

describe('Retry-After', () => {
  const read = (headers: Record<string, string>) =>
    parseRetryAfter((name) => headers[name], Date.UTC(2026, 10, 23, 0, 0, 0));

  it.each([
    [{ 'retry-after': '3' }, 3000],
    [{ 'retry-after': '0.25' }, 250],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after-ms': '1500', 'retry-after': '9' }, 1500],
    [{ 'retry-after': 'Mon, 23 Nov 2026 00:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Sun, 22 Nov 2026 00:00:00 GMT' }, 0],
    // The server's clock is an hour ahead of ours, and says so.
    [{ 'retry-after': 'Mon, 23 Nov 2026 01:00:30 GMT', date: 'Mon, 23 Nov 2026 01:00:00 GMT' }, 30_000],
    [{ 'retry-after': 'Mon, 23 Nov 2026 00:00:30 GMT', date: 'nonsense' }, 30_000],
    [{ 'retry-after': '3', date: 'Mon, 23 Nov 2026 01:00:00 GMT' }, 3000],
    [{ 'retry-after-ms': 'soon', 'retry-after': '2' }, 2000],
  ])('reads %o as %d ms', (headers, ms) => expect(read(headers as never)).toBe(ms));

  it.each(['-5', 'soon', '', '1e9', 'NaN', '3 s'])('does not make a wait out of %j', (text) => {
    expect(read({ 'retry-after': text })).toBeUndefined();
  });
});

describe('httpFault', () => {
  it.each([
    [400, { error: { code: 'context_length_exceeded' } }, 'context-length'],
    [400, { message: "This model's maximum context length is 8192 tokens", code: 400 }, 'context-length'],
    [400, { code: 'Arrearage', message: '欠费' }, 'quota'],
    [403, { error: { message: '您的账户余额不足' } }, 'quota'],
    [429, { code: 'Throttling.RateQuota', message: 'Requests rate limit exceeded' }, 'rate-limit'],
    [404, { detail: 'Not Found' }, 'not-found'],
    [502, '<!DOCTYPE html><html><title>Bad gateway</title>', 'server'],
    [503, { error: { type: 'insufficient_quota' } }, 'overloaded'],
    [418, {}, 'bad-request'],
  ])('status %i with %o is %s', (status, body, fault) => {
    expect(httpFault(status, body, none, context).fault).toBe(fault);
  });

  it('takes any body there is, and stays short and printable', () => {
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 599 }), fc.anything(), (status, body) => {
        const told = httpFault(status, body, none, context);
        expect(told.message.length).toBeLessThan(900);
        expect(bodyFault(body, context).message.length).toBeLessThan(900);
      }),
    );
  });

  it.each([
    [{ choices: [], error: null }, undefined],
    [{ error: { message: 'x' } }, { message: 'x' }],
    [{ error: 'x' }, 'x'],
    [{ type: 'error', error: { type: 'api_error' } }, { type: 'api_error' }],
    [
      { type: 'error', code: 'server_error' },
      { type: 'error', code: 'server_error' },
    ],
    [{ type: 'response.failed', response: { error: { code: 'c' } } }, { code: 'c' }],
    [JSON.parse('{"__proto__": {"error": 1}}'), undefined],
    ['error', undefined],
  ])('finds the error inside %o', (body, error) => expect(embeddedError(body)).toEqual(error));
});

describe('networkFault', () => {
  const wrapped = (code: string, message = 'x') =>
    new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) });

  it.each([
    ['ENOTFOUND', 'network', true, 'DNS'],
    ['ECONNREFUSED', 'network', true, 'refused'],
    ['ECONNRESET', 'network', true, 'reset'],
    ['UND_ERR_SOCKET', 'network', true, 'closed'],
    ['CERT_HAS_EXPIRED', 'network', false, 'TLS'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'network', false, 'TLS'],
    ['UND_ERR_BODY_TIMEOUT', 'timeout', true, 'too long'],
    ['UND_ERR_RES_EXCEEDED_MAX_SIZE', 'bad-response', false, 'longer'],
    ['SOMETHING_NEW', 'network', true, 'SOMETHING_NEW'],
  ])('%s', (code, fault, retryable, word) => {
    const told = networkFault(wrapped(code), never(), []);
    expect(told).toMatchObject({ fault, retryable });
    expect(told.message).toContain(word);
  });

  it('looks into the pair of failures that Node throws for two addresses', () => {
    const both = new AggregateError([Object.assign(new Error('x'), { code: 'ECONNREFUSED' })]);
    expect(networkFault(new TypeError('fetch failed', { cause: both }), never(), []).message).toContain(
      'refused',
    );
  });

  it('is not caught in a circle of causes, and says cancelled whatever the error, once aborted', () => {
    const circle = new Error('round');
    circle.cause = circle;
    expect(networkFault(circle, never(), []).message).toContain('round');
    expect(networkFault(wrapped('ECONNRESET'), AbortSignal.abort(), []).fault).toBe('cancelled');
    expect(networkFault(undefined, never(), []).fault).toBe('network');
  });
});
