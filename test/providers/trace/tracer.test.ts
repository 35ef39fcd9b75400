import { describe, expect, it } from 'vitest';
import {
  type Completion,
  type CompletionRequest,
  type Provider,
  ProviderError,
} from '../../../harness/core/provider.ts';
import type { Exporter } from '../../../providers/trace/exporter.ts';
import type { OtlpSpan } from '../../../providers/trace/otlp.ts';
import { attemptName, createTracer } from '../../../providers/trace/tracer.ts';
import { createVirtualClock } from '../virtual-clock.ts';

const REQUEST: CompletionRequest = {
  messages: [{ role: 'user', content: 'the secret merit order' }],
  settings: { temperature: 0, maxTokens: 100 },
  json: true,
  sampleId: 'dispatch/merit-order/s1/en',
  epoch: 1,
};
const REPLY: Completion = {
  text: 'the secret price',
  finish: { unified: 'stop', raw: 'end_turn' },
  usage: { inputTokens: 40, outputTokens: 3 },
  latency: { totalMs: 12 },
  servedModel: 'm-2026',
  requestId: 'req-1',
  tries: 2,
};
const ATTEMPT = attemptName('local/m', 'dispatch/merit-order/s1/en', 1);

function traced(complete: Provider['complete'], content = false) {
  const spans: OtlpSpan[] = [];
  const exporter: Exporter = { add: (span) => void spans.push(span), close: async () => 0 };
  const clock = createVirtualClock(true);
  const tracer = createTracer(exporter, { clock, run: { 'wattmark.run': 'r1' }, content });
  const wrap = tracer.middleware({ provider: 'local', model: 'm', endpoint: 'https://llm.example/v1' });
  return { spans, clock, tracer, provider: wrap({ id: 'local/m', complete }) };
}

const never = () => new AbortController().signal;
const s = (key: string, stringValue: string) => ({ key, value: { stringValue } });
const n = (key: string, intValue: string) => ({ key, value: { intValue } });

describe('a traced call', () => {
  it('is this span exactly, with its retries and its score as events', async () => {
    const { spans, clock, tracer, provider } = traced(async (request) => {
      tracer.retried({ model: 'local/m', request, fault: 'rate-limit', tries: 1, waitMs: 250, asked: true });
      await clock.sleep(250, never());
      return REPLY;
    });
    tracer.expectScore(ATTEMPT);
    await provider.complete(REQUEST, never());
    expect(spans).toEqual([]);
    tracer.scored(ATTEMPT, { name: 'wattmark', value: 0.5, label: 'scored' });
    await tracer.close(1, { 'wattmark.status': 'done' });
    const [call, root] = spans as [OtlpSpan, OtlpSpan];
    const began = BigInt(call.startTimeUnixNano);
    const after = `${began + 250_000_000n}`;
    expect(root.attributes).toEqual([s('wattmark.run', 'r1'), s('wattmark.status', 'done')]);
    expect(call).toEqual({
      traceId: root.traceId,
      spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
      parentSpanId: root.spanId,
      name: 'chat m',
      kind: 3,
      startTimeUnixNano: `${began}`,
      endTimeUnixNano: after,
      attributes: [
        s('gen_ai.operation.name', 'chat'),
        s('gen_ai.provider.name', 'local'),
        s('gen_ai.request.model', 'm'),
        n('gen_ai.request.temperature', '0'),
        n('gen_ai.request.max_tokens', '100'),
        s('gen_ai.output.type', 'json'),
        s('server.address', 'llm.example'),
        n('server.port', '443'),
        s('wattmark.sample', 'dispatch/merit-order/s1/en'),
        n('wattmark.epoch', '1'),
        s('gen_ai.response.id', 'req-1'),
        s('gen_ai.response.model', 'm-2026'),
        {
          key: 'gen_ai.response.finish_reasons',
          value: { arrayValue: { values: [{ stringValue: 'end_turn' }] } },
        },
        n('gen_ai.usage.input_tokens', '40'),
        n('gen_ai.usage.output_tokens', '3'),
        n('http.request.resend_count', '1'),
      ],
      events: [
        {
          timeUnixNano: `${began}`,
          name: 'wattmark.retry',
          attributes: [s('error.type', 'rate-limit'), n('wattmark.tries', '1'), n('wattmark.wait_ms', '250')],
        },
        {
          timeUnixNano: after,
          name: 'gen_ai.evaluation.result',
          attributes: [
            s('gen_ai.evaluation.name', 'wattmark'),
            { key: 'gen_ai.evaluation.score.value', value: { doubleValue: 0.5 } },
            s('gen_ai.evaluation.score.label', 'scored'),
          ],
        },
      ],
    });
  });

  it('that fails names the fault, and quotes a vendor who may quote the prompt only where content is asked for', async () => {
    const complete = async () => {
      throw new ProviderError('bad-request', 'no: "the secret merit order"', { status: 400, tries: 3 });
    };
    for (const content of [false, true]) {
      const { spans, provider } = traced(complete, content);
      await expect(provider.complete(REQUEST, never())).rejects.toThrow('no:');
      expect(spans[0]?.status).toEqual({
        code: 2,
        message: content ? 'no: "the secret merit order"' : 'bad-request',
      });
      expect(spans[0]?.attributes).toEqual(
        expect.arrayContaining([
          s('error.type', 'bad-request'),
          n('http.response.status_code', '400'),
          n('http.request.resend_count', '2'),
        ]),
      );
      expect(JSON.stringify(spans).includes('secret')).toBe(content);
    }
  });

  it.each([
    ['nothing', undefined],
    ['no usage', { ...REPLY, usage: undefined }],
    ['tokens that are an object', { ...REPLY, usage: { inputTokens: { a: 1 } } }],
  ])('of a module that gives %s hands it on as it came', async (_, strange) => {
    const { spans, provider } = traced(async () => strange as unknown as Completion);
    expect(await provider.complete(REQUEST, never())).toBe(strange);
    expect(spans[0]?.status?.code).toBe(2);
  });

  it('of two judges who share a request has its own retries', async () => {
    const { spans, tracer, provider } = traced(async () => REPLY);
    const other = tracer.middleware({ provider: 'local', model: 'k' })({
      id: 'local/k',
      complete: async (request) => {
        tracer.retried({ model: 'local/k', request, fault: 'server', tries: 1, waitMs: 1, asked: false });
        return REPLY;
      },
    });
    await Promise.all([provider.complete(REQUEST, never()), other.complete(REQUEST, never())]);
    const retries = Object.fromEntries(spans.map(({ name, events }) => [name, events.length]));
    expect(retries).toEqual({ 'chat m': 0, 'chat k': 1 });
  });
});
