import type { Poster, RawHeaders } from './post.ts';

/** What may have no body, by the fetch standard. */
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);
const NEVER = new AbortController().signal;

/**
 * As much of fetch as an SDK needs to post, over connections of our own: fetch itself takes half of all that an SDK's request
 * costs. Redirects are not followed: a key is not carried to wherever a reply points.
 * @param streamed whether replies are handed on in pieces as they come
 */
export function fetchOver(poster: Poster, streamed: boolean): typeof globalThis.fetch {
  return async (input, init = {}) => {
    const { method = 'GET', body = null } = init;
    if (method.toUpperCase() !== 'POST' || typeof body !== 'string' || input instanceof Request)
      throw new TypeError('only texts are posted here');
    const headers = Object.fromEntries(new Headers(init.headers));
    const posted = await poster.post({ url: String(input), headers, body }, init.signal ?? NEVER);
    const { status } = posted;
    const content = streamed ? ReadableStream.from(posted.body) : await posted.text();
    return new Response(
      BODILESS.has(status) ? null : (content as ConstructorParameters<typeof Response>[0]),
      {
        status,
        headers: headersOf(posted.headers),
      },
    );
  };
}

function headersOf(raw: RawHeaders): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(raw))
    for (const each of Array.isArray(value) ? value : [value])
      if (each !== undefined) headers.append(name, each);
  return headers;
}
