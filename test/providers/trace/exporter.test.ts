import { describe, expect, it } from 'vitest';
import type { Post, Posted, Poster } from '../../../providers/http/post.ts';
import { createExporter, type ExporterOptions } from '../../../providers/trace/exporter.ts';
import { attributesOf, nanos, type OtlpSpan } from '../../../providers/trace/otlp.ts';

const span = (name: string): OtlpSpan => ({
  traceId: 'a'.repeat(32),
  spanId: 'b'.repeat(16),
  name,
  kind: 3,
  startTimeUnixNano: '1',
  endTimeUnixNano: '2',
  attributes: [],
  events: [],
});

function collector(
  answer: (post: Post, signal: AbortSignal) => Promise<number>,
  { body = '{}', headers = {} }: { body?: string; headers?: Record<string, string> } = {},
) {
  const names: string[] = [];
  const poster: Poster = {
    async post(post, signal) {
      const status = await answer(post, signal);
      if (status < 300)
        names.push(
          ...JSON.parse(post.body).resourceSpans[0].scopeSpans[0].spans.map((one: OtlpSpan) => one.name),
        );
      const pieces = (async function* () {
        yield Buffer.from(body);
      })();
      return { status, headers, body: pieces, dump: async () => {} } as unknown as Posted;
    },
    close: async () => {},
  };
  return { names, open: async () => poster };
}

function exporterOf(open: () => Promise<Poster>, more: Partial<ExporterOptions> = {}) {
  const failures: string[] = [];
  const exporter = createExporter(open, {
    url: 'http://127.0.0.1:1/v1/traces',
    headers: {},
    resource: { 'service.name': 'wattmark' },
    version: '1',
    onFailure: (reason) => failures.push(reason),
    ...more,
  });
  return { exporter, failures };
}

describe('the exporter of spans', () => {
  it('sends every span once, in order, also those that come while it sends', async () => {
    const { names, open } = collector(async () => 200);
    const { exporter, failures } = exporterOf(open, { everyMs: 1 });
    const all = Array.from({ length: 1000 }, (_, i) => `s${i}`);
    for (const name of all) {
      exporter.add(span(name));
      if (Number(name.slice(1)) % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(await exporter.close(1000)).toBe(0);
    expect(names).toEqual(all);
    expect(failures).toEqual([]);
  });

  it('holds so many and drops the rest where a collector hangs, and does not wait for it at the end', async () => {
    const { open } = collector(
      (_, signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    );
    const { exporter, failures } = exporterOf(open, { capacity: 50 });
    for (let i = 0; i < 80; i++) exporter.add(span(`s${i}`));
    expect(await exporter.close(20)).toBe(80);
    expect(failures).toEqual(['it took too long']);
  });

  it('leaves an export that hangs at the end of the run, though it began before', async () => {
    let began = () => {};
    const hangs = new Promise<void>((resolve) => {
      began = resolve;
    });
    const { open } = collector((_, signal) => {
      began();
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    });
    const { exporter } = exporterOf(open);
    for (let i = 0; i < 256; i++) exporter.add(span(`s${i}`));
    await hangs;
    // Were it not cut, the test would end by its own time limit: an export alone may take ten seconds.
    expect(await exporter.close(20)).toBe(256);
  });

  it('holds so many characters, since one span may carry megabytes of a prompt', async () => {
    const { names, open } = collector(async () => 200);
    const { exporter } = exporterOf(open, { capacityChars: 10_000 });
    for (let i = 0; i < 5; i++) exporter.add(span(`${i}`.repeat(3000)));
    expect(await exporter.close(1000)).toBe(2);
    expect(names.map(([first]) => first)).toEqual(['0', '1', '2']);
  });

  it('cuts an export where it would be larger than a collector takes', async () => {
    const sizes: number[] = [];
    const { names, open } = collector(async ({ body }) => {
      sizes.push(body.length);
      return 200;
    });
    const { exporter } = exporterOf(open);
    for (let i = 0; i < 5; i++) exporter.add(span(`${i}`.repeat(1_500_000)));
    expect(await exporter.close(1000)).toBe(0);
    expect(names).toHaveLength(5);
    expect(sizes).toHaveLength(3);
    expect(Math.max(...sizes)).toBeLessThan(4_300_000);
  });

  it('sends again what a busy collector may take later, and warns of nothing then', async () => {
    let n = 0;
    const { names, open } = collector(async () => (n++ < 2 ? 503 : 200));
    const { exporter, failures } = exporterOf(open, { everyMs: 1, againMs: 1 });
    exporter.add(span('a'));
    await expect.poll(() => names).toEqual(['a']);
    expect([await exporter.close(1000), failures, n]).toEqual([0, [], 3]);
  });

  it('is not kept waiting at the end by a collector that asks for an hour', async () => {
    let n = 0;
    const { open } = collector(
      async () => {
        n += 1;
        return 429;
      },
      { headers: { 'retry-after': '3600' } },
    );
    const { exporter, failures } = exporterOf(open, { everyMs: 1 });
    exporter.add(span('a'));
    await expect.poll(() => n).toBe(1);
    expect(await exporter.close(1000)).toBe(1);
    expect([n, failures]).toEqual([2, ['it answered with status 429']]);
  });

  it('counts spans that a collector refuses out of an export it takes', async () => {
    const { open } = collector(async () => 200, { body: '{"partialSuccess":{"rejectedSpans":"2"}}' });
    const { exporter, failures } = exporterOf(open);
    for (const name of ['a', 'b', 'c']) exporter.add(span(name));
    expect(await exporter.close(1000)).toBe(2);
    expect(failures).toEqual(['it refused 2 of 3']);
  });

  it('counts what a collector refuses, and warns once', async () => {
    let n = 0;
    const { names, open } = collector(async () => (n++ < 2 ? 500 : 200));
    const { exporter, failures } = exporterOf(open, { everyMs: 100_000 });
    for (let i = 0; i < 256 * 3; i++) exporter.add(span(`s${i}`));
    expect(await exporter.close(1000)).toBe(512);
    expect(names).toHaveLength(256);
    expect(failures).toEqual(['it answered with status 500']);
  });
});

describe('OTLP in JSON', () => {
  it('writes whole numbers as text, and leaves out what is unknown', () => {
    expect(attributesOf({ a: 1, b: 0.5, c: 'x', d: true, e: ['y', 'z'], f: undefined })).toEqual([
      { key: 'a', value: { intValue: '1' } },
      { key: 'b', value: { doubleValue: 0.5 } },
      { key: 'c', value: { stringValue: 'x' } },
      { key: 'd', value: { boolValue: true } },
      { key: 'e', value: { arrayValue: { values: [{ stringValue: 'y' }, { stringValue: 'z' }] } } },
    ]);
  });
  it('writes what a vendor counts beyond 64 bits, and half a character, as a collector can read them', () => {
    expect(attributesOf({ a: 1e300, b: Number.NaN, c: 'x\ud800y' })).toEqual([
      { key: 'a', value: { doubleValue: 1e300 } },
      { key: 'b', value: { doubleValue: 'NaN' } },
      { key: 'c', value: { stringValue: 'x\ufffdy' } },
    ]);
  });
  it('keeps nanoseconds that a number would round', () => {
    expect(nanos(1_795_416_773_498.123)).toBe('1795416773498123000');
  });
});
