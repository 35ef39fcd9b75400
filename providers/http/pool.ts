import type { Dispatcher } from 'undici';

/** The longest reply that is read. Far beyond any answer; it keeps a hostile or broken server from filling the memory. */
export const LONGEST_BODY_BYTES = 32 * 1024 * 1024;

/** Looks up a variable of the environment: handed in, since only the command line reads the real one. */
export type EnvLookup = (name: string) => string | undefined;

/**
 * A pool of kept-alive connections, through the proxy of HTTP_PROXY, HTTPS_PROXY and NO_PROXY where they are set. It sets no
 * time limits of its own: withTimeout owns them, and undici's 300 s would cut long reasoning short.
 */
export async function openPool(
  env: EnvLookup,
  maxResponseSize: number = LONGEST_BODY_BYTES,
): Promise<Dispatcher> {
  const { Agent, EnvHttpProxyAgent } = await import('undici');
  const options = {
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: 30_000 },
    keepAliveTimeout: 30_000,
    maxResponseSize,
  };
  const either = (name: string) => env(name.toLowerCase()) || env(name) || undefined;
  const [httpProxy, httpsProxy, noProxy] = [either('HTTP_PROXY'), either('HTTPS_PROXY'), either('NO_PROXY')];
  if ((!httpProxy && !httpsProxy) || noProxy?.trim() === '*') return new Agent(options);
  return new EnvHttpProxyAgent({
    ...options,
    ...(httpProxy && { httpProxy }),
    ...(httpsProxy && { httpsProxy }),
    // A model on this machine is not reached through a proxy on another, whatever NO_PROXY forgot.
    noProxy: [noProxy, 'localhost', '127.0.0.1', '[::1]'].filter(Boolean).join(','),
  });
}
