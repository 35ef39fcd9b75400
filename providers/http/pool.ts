import type { Dispatcher } from 'undici';

/** The longest reply that is read. Far beyond any answer; it keeps a hostile or broken server from filling the memory. */
export const LONGEST_BODY_BYTES = 32 * 1024 * 1024;
/** Of a reply that nobody wants so much is read to keep its connection; a longer one is not worth it. */
export const UNWANTED_BYTES = 64 * 1024;
export const CONNECT_TIMEOUT_MS = 30_000;

/** Looks up a variable of the environment: handed in, since only the command line reads the real one. */
export type EnvLookup = (name: string) => string | undefined;

interface Proxies {
  httpProxy?: string;
  httpsProxy?: string;
  noProxy: string;
}

/** HTTP_PROXY, HTTPS_PROXY and NO_PROXY, in capitals or not; undefined where nothing goes through a proxy. */
export function proxiesOf(env: EnvLookup): Proxies | undefined {
  const either = (name: string) => env(name.toLowerCase()) || env(name) || undefined;
  const [httpProxy, httpsProxy, noProxy] = [either('HTTP_PROXY'), either('HTTPS_PROXY'), either('NO_PROXY')];
  if ((!httpProxy && !httpsProxy) || noProxy?.trim() === '*') return undefined;
  return {
    ...(httpProxy && { httpProxy }),
    ...(httpsProxy && { httpsProxy }),
    // A model on this machine is not reached through a proxy on another, whatever NO_PROXY forgot.
    noProxy: [noProxy, 'localhost', '127.0.0.1', '[::1]'].filter(Boolean).join(','),
  };
}

/**
 * A pool of kept-alive connections, through the proxy of the environment where there is one. It sets no time limits of its own:
 * withTimeout owns them, and undici's 300 s would cut long reasoning short.
 */
export async function openPool(
  env: EnvLookup,
  maxResponseSize: number = LONGEST_BODY_BYTES,
): Promise<Dispatcher> {
  const { Agent, EnvHttpProxyAgent } = await import('undici');
  const options = {
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: CONNECT_TIMEOUT_MS },
    keepAliveTimeout: 30_000,
    maxResponseSize,
  };
  const proxies = proxiesOf(env);
  return proxies ? new EnvHttpProxyAgent({ ...options, ...proxies }) : new Agent(options);
}
