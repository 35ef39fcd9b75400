import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { ProviderError } from '../../harness/core/provider.ts';
import { onAbort } from '../abort.ts';
import { CONNECT_TIMEOUT_MS, LONGEST_BODY_BYTES, UNWANTED_BYTES } from './pool.ts';
import type { Posted, Poster } from './post.ts';

/** Straight to the server, over as many connections as there are requests at once. */
export function openNodePoster(longest: number = LONGEST_BODY_BYTES): Poster {
  const plain = new http.Agent({ keepAlive: true });
  const secure = new https.Agent({ keepAlive: true });
  // One endpoint is asked again and again: its address is read once.
  const places = new Map<string, http.RequestOptions>();
  const placeOf = (url: string): http.RequestOptions => {
    let place = places.get(url);
    if (!place) {
      const { protocol, hostname, port, pathname, search } = new URL(url);
      const agent = protocol === 'https:' ? secure : plain;
      // Brackets are how a URL writes an IPv6 address, not part of it.
      const host = hostname.replace(/^\[|\]$/g, '');
      place = { method: 'POST', protocol, host, port, path: pathname + search, agent };
      places.set(url, place);
    }
    return place;
  };
  return {
    post: ({ url, headers, body }, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(new Error('aborted'));
        const place = placeOf(url);
        const length = { 'content-length': Buffer.byteLength(body) };
        const { request: open } = place.protocol === 'https:' ? https : http;
        const sent = open({ ...place, headers: { ...headers, ...length } });
        const forget = onAbort(signal, () => sent.destroy(new Error('aborted')));
        sent.on('close', forget);
        sent.on('error', reject);
        sent.on('response', (response) => resolve(postedOf(response, longest)));
        limitConnecting(sent);
        sent.end(body);
      }),
    async close() {
      plain.destroy();
      secure.destroy();
    },
  };
}

/** Only while connecting: how long a reply may take is for withTimeout to say. */
function limitConnecting(sent: ClientRequest): void {
  sent.once('socket', (socket: Socket) => {
    if (!socket.connecting) return;
    const late = () =>
      sent.destroy(Object.assign(new Error('the connection timed out'), { code: 'ETIMEDOUT' }));
    socket.setTimeout(CONNECT_TIMEOUT_MS, late);
    socket.once('connect', () => {
      socket.setTimeout(0);
      socket.off('timeout', late);
    });
  });
}

function postedOf(response: IncomingMessage, longest: number): Posted {
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: piecesOf(response, longest),
    text: () => textOf(response, longest),
    async dump() {
      await textOf(response, UNWANTED_BYTES).catch(() => {});
    },
  };
}

const tooLong = () =>
  new ProviderError('bad-response', 'the reply is far longer than any answer', { retryable: false });

/** By its events: an iterator over a stream costs as much again as reading it. */
function textOf(response: IncomingMessage, longest: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let length = 0;
    response.on('data', (piece: Buffer) => {
      pieces.push(piece);
      length += piece.length;
      if (length > longest) response.destroy(tooLong());
    });
    response.on('error', reject);
    response.on('end', () =>
      resolve(
        Buffer.concat(pieces)
          .toString('utf8')
          .replace(/^\uFEFF/, ''),
      ),
    );
  });
}

async function* piecesOf(response: IncomingMessage, longest: number): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    length += piece.length;
    // Leaving the loop closes the connection.
    if (length > longest) throw tooLong();
    yield piece;
  }
}
