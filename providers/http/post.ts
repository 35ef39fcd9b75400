import type { HeaderLookup } from '../faults/retry-after.ts';

/** A request as it goes over the wire, and its whole reply. */
export interface Post {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface Posted {
  status: number;
  headers: RawHeaders;
  /** In pieces as they come; a reply that was read elsewhere comes as one. */
  body: AsyncIterable<Uint8Array>;
  text(): Promise<string>;
  /** Reads a body that nobody wants to its end, or the connection could not be used again. */
  dump(): Promise<void>;
}

/** Sends requests and reads replies: here, or on a thread of its own. */
export interface Poster {
  /** Rejects with what the network threw, and as soon as `signal` aborts. */
  post(post: Post, signal: AbortSignal): Promise<Posted>;
  close(): Promise<void>;
}

export type RawHeaders = Record<string, string | string[] | undefined>;

export function headerLookup(headers: RawHeaders): HeaderLookup {
  return (name) => {
    const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
    return Array.isArray(value) ? value[0] : value;
  };
}
