import type { HeaderLookup } from '../faults/retry-after.ts';
import { type EnvLookup, proxiesOf } from './pool.ts';

/** A request as it goes over the wire, and its whole reply. */
export interface Post {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface Posted {
  status: number;
  headers: RawHeaders;
  /** In pieces as they come. */
  body: AsyncIterable<Uint8Array>;
  text(): Promise<string>;
  /** Reads a body that nobody wants to its end, or the connection could not be used again. */
  dump(): Promise<void>;
}

/** Sends requests and reads replies over connections that are kept. */
export interface Poster {
  /** Rejects with what the network threw, and soon after `signal` aborts. */
  post(post: Post, signal: AbortSignal): Promise<Posted>;
  close(): Promise<void>;
}

export type RawHeaders = Record<string, string | string[] | undefined>;

/** Over Node's own HTTP, which starts sooner and takes a tenth less of each request; it knows no proxies before Node 24. */
export async function openPoster(env: EnvLookup): Promise<Poster> {
  if (proxiesOf(env)) return (await import('./post-undici.ts')).openUndiciPoster(env);
  return (await import('./post-node.ts')).openNodePoster();
}

export function headerLookup(headers: RawHeaders): HeaderLookup {
  return (name) => {
    const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
    return Array.isArray(value) ? value[0] : value;
  };
}
