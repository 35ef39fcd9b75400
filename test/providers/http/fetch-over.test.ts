import { describe, expect, it } from 'vitest';
import { fetchOver } from '../../../providers/http/fetch-over.ts';
import type { Post, Posted, Poster } from '../../../providers/http/post.ts';

/** A poster that answers with what it is given, and notes what it was asked. */
function posterOf(reply: Partial<Posted>, pieces: readonly string[] = ['{}']) {
  const posts: Post[] = [];
  const signals: AbortSignal[] = [];
  let read = 0;
  const poster: Poster = {
    async post(post, signal) {
      posts.push(post);
      signals.push(signal);
      return {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: (async function* () {
          for (const piece of pieces) {
            read++;
            yield Buffer.from(piece);
          }
        })(),
        text: async () => pieces.join(''),
        dump: async () => {},
        ...reply,
      };
    },
    close: async () => {},
  };
  return { poster, posts, signals, read: () => read };
}

const POST = {
  method: 'post',
  body: '{"q":"负荷"}',
  headers: { Authorization: 'Bearer k', 'X-Own': 'mine' },
};

describe('fetch over connections of our own', () => {
  it('hands on address, headers, body and signal, and gives the reply as fetch would', async () => {
    const headers = {
      'content-type': 'application/json',
      'x-request-id': 'r-1',
      'set-cookie': ['a=1', 'b=2'],
    };
    const { poster, posts, signals } = posterOf({ status: 429, headers }, ['{"a":1}']);
    const { signal } = new AbortController();
    const response = await fetchOver(poster, false)('http://m.test/v1/chat', { ...POST, signal });
    expect(posts).toEqual([
      {
        url: 'http://m.test/v1/chat',
        body: POST.body,
        headers: { authorization: 'Bearer k', 'x-own': 'mine' },
      },
    ]);
    expect(signals[0]).toBe(signal);
    expect([response.status, response.ok]).toEqual([429, false]);
    expect(response.headers.get('x-request-id')).toBe('r-1');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await response.json()).toEqual({ a: 1 });
  });

  it('hands on a stream piece by piece, and stops reading where nobody wants more', async () => {
    const { poster, read } = posterOf({}, ['data: 1\n\n', 'data: 2\n\n', 'data: 3\n\n', 'data: 4\n\n']);
    const response = await fetchOver(poster, true)(new URL('http://m.test/'), POST);
    const reader = response.body!.getReader();
    expect(Buffer.from((await reader.read()).value!).toString()).toBe('data: 1\n\n');
    await reader.cancel();
    expect(read()).toBeLessThan(4);
  });

  it.each([204, 205, 304])('gives no body with status %i, which may have none', async (status) => {
    const response = await fetchOver(posterOf({ status }, ['']).poster, false)('http://m.test/', POST);
    expect([response.status, await response.text()]).toEqual([status, '']);
  });

  it('fails where a server answers with a status that is none', async () => {
    await expect(
      fetchOver(posterOf({ status: 999 }).poster, false)('http://m.test/', POST),
    ).rejects.toThrow();
  });

  it.each([
    ['another method', { ...POST, method: 'GET', body: null }],
    ['no text', { ...POST, body: new Uint8Array(3) }],
  ])('sends nothing of %s', async (_, init) => {
    const { poster, posts } = posterOf({});
    await expect(
      fetchOver(poster, false)('http://m.test/', init as Parameters<typeof fetch>[1]),
    ).rejects.toThrow(TypeError);
    expect(posts).toEqual([]);
  });
});
