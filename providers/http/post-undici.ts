import { type EnvLookup, openPool, UNWANTED_BYTES } from './pool.ts';
import type { Poster } from './post.ts';

/** Through the proxies of the environment. */
export async function openUndiciPoster(env: EnvLookup): Promise<Poster> {
  const [dispatcher, { request }] = await Promise.all([openPool(env), import('undici')]);
  return {
    async post({ url, headers, body }, signal) {
      const response = await request(url, { method: 'POST', headers, body, dispatcher, signal });
      return {
        status: response.statusCode,
        headers: response.headers,
        body: response.body,
        text: () => response.body.text(),
        dump: () => response.body.dump({ limit: UNWANTED_BYTES }),
      };
    },
    close: () => dispatcher.destroy(),
  };
}
