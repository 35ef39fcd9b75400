import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { networkFault } from '../../../providers/faults/network-fault.ts';
import type { Poster } from '../../../providers/http/post.ts';
import { openNodePoster } from '../../../providers/http/post-node.ts';
import { never } from '../requests.ts';

let server: Server | undefined;
let poster: Poster | undefined;
let sockets = 0;
afterEach(async () => {
  await poster?.close();
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

async function serve(listener: RequestListener, { host = '127.0.0.1', longest = 1000 } = {}) {
  sockets = 0;
  server = createServer(listener).on('connection', () => sockets++);
  await new Promise<void>((resolve) => server?.listen(0, host, resolve));
  poster = openNodePoster(longest);
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
const post = (url: string, signal = never(), body = '{"q":"负荷"}') =>
  (poster as Poster).post({ url, headers: { 'x-own': 'mine' }, body }, signal);
/** What a user is told of a request that fails while it is sent or read. */
const failure = async (sent: ReturnType<typeof post>): Promise<string> => {
  try {
    await (await sent).text();
  } catch (error) {
    return networkFault(error, never(), []).message;
  }
  throw new Error('no failure');
};

describe('a request over connections of its own', () => {
  it('goes out whole and brings status, headers and the whole text', async () => {
    const url = await serve((request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        const { method, headers } = request;
        response.writeHead(418, { 'x-request-id': 'r-7', 'set-cookie': ['a', 'b'] });
        const text = `${method} ${request.url} ${headers['x-own']} ${headers['content-length']} ${Buffer.concat(pieces)}`;
        // Split in the middle of a character, as networks do.
        const bytes = Buffer.from(text);
        response.write(bytes.subarray(0, -5));
        setImmediate(() => response.end(bytes.subarray(-5)));
      });
    });
    const posted = await post(`${url}/v1/chat?api-version=2`);
    expect(posted.status).toBe(418);
    expect(posted.headers['x-request-id']).toBe('r-7');
    expect(posted.headers['set-cookie']).toEqual(['a', 'b']);
    expect(await posted.text()).toBe('POST /v1/chat?api-version=2 mine 14 {"q":"负荷"}');
  });

  it('reads an address in IPv6', async ({ skip }) => {
    let url = '';
    try {
      url = await serve((_, response) => response.end('six'), { host: '::1' });
    } catch {
      skip('this machine has no IPv6 loopback');
    }
    expect(await (await post(url)).text()).toBe('six');
  });

  it('keeps its connection for the next, whether the body was read or not wanted', async () => {
    const url = await serve((request, response) =>
      request.resume().on('end', () => response.end('x'.repeat(500))),
    );
    for (const end of ['text', 'dump', 'text'] as const) {
      await (await post(url))[end]();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(sockets).toBe(1);
  });

  it('drops a byte order mark, which is no JSON', async () => {
    const url = await serve((_, response) => response.end('\uFEFF{}'));
    expect(await (await post(url)).text()).toBe('{}');
  });

  it('stops reading a reply that never ends, as text and as a stream, and closes', async () => {
    let closed = 0;
    const url = await serve((_, response) => {
      const more = () => response.destroyed || response.write('y'.repeat(400), () => setImmediate(more));
      response.on('close', () => closed++);
      more();
    });
    expect(await failure(post(url))).toBe('the reply is far longer than any answer');
    const { body } = await post(url);
    let got = 0;
    const reading = async () => {
      for await (const piece of body) got += piece.length;
    };
    await expect(reading()).rejects.toThrow('far longer than any answer');
    expect(got).toBeLessThanOrEqual(1000);
    await expect.poll(() => closed).toBe(2);
  });

  it('lets go of a reply that nobody wants and that never ends', async () => {
    let closed = 0;
    const url = await serve((_, response) => {
      const more = () => response.destroyed || response.write('z'.repeat(40_000), () => setImmediate(more));
      response.on('close', () => closed++);
      more();
    });
    await (await post(url)).dump();
    await expect.poll(() => closed).toBe(1);
  });

  it.each([
    ['before anything came', () => {}],
    [
      'in the middle of the body',
      (_: unknown, response: { write(text: string): void }) => response.write('half'),
    ],
  ] as [string, RequestListener][])(
    'ends when it is aborted %s, and its connection with it',
    async (_, listener) => {
      let closed = 0;
      const url = await serve((request, response) => {
        response.on('close', () => closed++);
        listener(request, response);
      });
      const controller = new AbortController();
      const sent = post(url, controller.signal).then((posted) => posted.text());
      setTimeout(() => controller.abort(), 50);
      await expect(sent).rejects.toThrow();
      await expect.poll(() => closed).toBe(1);
    },
  );

  it('says what broke it', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/reset') return request.socket.resetAndDestroy();
      response.writeHead(200, { 'content-length': 100 }).write('half');
      return setTimeout(() => response.destroy(), 10);
    });
    expect(await failure(post(`${url}/reset`))).toContain('ECONNRESET');
    expect(await failure(post(`${url}/cut`))).toContain('ECONNRESET');
    expect(await failure(post('http://127.0.0.1:9'))).toContain('ECONNREFUSED');
    expect(await failure(post('http://no-such-host.invalid'))).toMatch(/ENOTFOUND|EAI_AGAIN/);
  });
});
