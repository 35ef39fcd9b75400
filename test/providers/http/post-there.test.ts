import { setMaxListeners } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { networkFault } from '../../../providers/faults/network-fault.ts';
import type { Poster } from '../../../providers/http/post.ts';
import { openPosterHere } from '../../../providers/http/post-here.ts';
import { sentError, thrownError } from '../../../providers/http/post-messages.ts';
import { openPosterThere } from '../../../providers/http/post-there.ts';

const BUILT = pathToFileURL('dist/http-sender.js');
const quiet = () => undefined;
const never = new AbortController().signal;
setMaxListeners(0, never);

describe.each([
  ['here', () => openPosterHere(quiet)],
  ['on a thread of its own', async () => openPosterThere(quiet, BUILT)],
])('requests sent %s', (_name, open) => {
  let server: Server;
  let url = '';
  let poster: Poster;
  let closed = 0;
  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      request.on('end', () => {
        if (request.url === '/hang') {
          response.on('close', () => closed++);
          return;
        }
        if (request.url === '/cut') {
          response.writeHead(200, { 'content-length': 100 }).write('half');
          setTimeout(() => response.destroy(), 20);
          return;
        }
        response.writeHead(418, { 'x-request-id': 'r-7', 'set-cookie': ['a', 'b'] });
        response.end(`${request.method} ${request.headers['x-own']} ${body}`);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    poster = await open();
  });
  afterAll(async () => {
    await poster.close();
    server.closeAllConnections();
    server.close();
  });
  const post = (path: string, signal = never) =>
    poster.post({ url: `${url}${path}`, headers: { 'x-own': 'mine' }, body: '{"q":"负荷"}' }, signal);

  it('bring status, headers and the whole text', async () => {
    const posted = await post('/');
    expect(posted.status).toBe(418);
    expect(posted.headers['x-request-id']).toBe('r-7');
    expect(posted.headers['set-cookie']).toEqual(['a', 'b']);
    expect(await posted.text()).toBe('POST mine {"q":"负荷"}');
  });
  it('bring the same as bytes, for who reads a stream', async () => {
    const { body } = await post('/');
    const pieces: Uint8Array[] = [];
    for await (const piece of body) pieces.push(piece);
    expect(Buffer.concat(pieces).toString()).toBe('POST mine {"q":"负荷"}');
  });
  it('answer each to its own, many at once', async () => {
    const texts = await Promise.all(
      Array.from({ length: 100 }, async (_, i) => {
        const { text } = await poster.post({ url, headers: { 'x-own': `${i}` }, body: '' }, never);
        return text();
      }),
    );
    expect(texts).toEqual(texts.map((_, i) => `POST ${i} `));
  });
  it('end at once when they are aborted, and the connection is let go', async () => {
    const controller = new AbortController();
    const hanging = post('/hang', controller.signal);
    setTimeout(() => controller.abort(), 50);
    await expect(hanging).rejects.toBeDefined();
    await expect.poll(() => closed, { timeout: 3000 }).toBeGreaterThan(0);
  });
  it('say what broke them: a reply cut short, a refused connection', async () => {
    const faultOf = async (sent: Promise<{ text(): Promise<string> }>) => {
      try {
        await (await sent).text();
      } catch (error) {
        return networkFault(error, never, []).message;
      }
      throw new Error('no fault');
    };
    expect(await faultOf(post('/cut'))).toMatch(
      /UND_ERR_SOCKET|UND_ERR_RES_CONTENT_LENGTH_MISMATCH|ECONNRESET/,
    );
    const refused = poster.post({ url: 'http://127.0.0.1:9', headers: {}, body: '' }, never);
    expect(await faultOf(refused)).toContain('ECONNREFUSED');
  });
});

describe('errors between threads', () => {
  it('keep their codes and causes, and a loop of causes ends', () => {
    const inner = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
    const outer = new Error('fetch failed', { cause: new AggregateError([inner], 'both') });
    const back = thrownError(structuredClone(sentError(outer)));
    expect(networkFault(back, never, []).message).toBe('the connection was reset [ECONNRESET]');
    const loop: Error & { cause?: unknown } = new Error('round');
    loop.cause = loop;
    expect(thrownError(sentError(loop)).message).toBe('round');
    expect(thrownError(sentError('a string')).message).toBe('a string');
  });
});

describe('a sending thread', () => {
  it('that dies fails what it held, and the next request starts another', async () => {
    const broken = openPosterThere(quiet, new URL('data:text/javascript,process.exit(3)'));
    const sent = () => broken.post({ url: 'http://127.0.0.1:9', headers: {}, body: '' }, never);
    await expect(sent()).rejects.toThrow('the sending thread ended');
    await expect(sent()).rejects.toThrow('the sending thread ended');
    await broken.close();
  });
  it('holds no request after it is closed', async () => {
    const poster = openPosterThere(quiet, BUILT);
    const sent = poster.post({ url: 'http://127.0.0.1:9', headers: {}, body: '' }, never);
    const ended = expect(sent).rejects.toThrow('the connection was closed');
    await poster.close();
    await ended;
  });
});
