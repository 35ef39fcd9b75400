import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../providers/clock.ts';
import { chatDialect } from '../../providers/openai/chat-dialect.ts';
import { createCompatible } from '../../providers/openai-compatible/provider.ts';
import type { FixtureServer } from '../fixtures/servers/fixture-server.ts';
import { startOpenAiServer } from '../fixtures/servers/openai-server.ts';
import { faultOf, never, request } from './requests.ts';

let server: FixtureServer;
let proxy: Server;
let tunnels: string[];
beforeEach(async () => {
  server = await startOpenAiServer(() => ({ text: 'through' }));
  tunnels = [];
  proxy = createServer();
  proxy.on('connect', (asked, client) => {
    tunnels.push(asked.url ?? '');
    const target = connect(Number(new URL(server.url).port), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      target.pipe(client).pipe(target);
    });
    target.on('error', () => client.destroy());
    client.on('error', () => target.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  proxy.close();
  await server.close();
});

async function ask(baseUrl: string, more: Record<string, string> = {}) {
  const env: Record<string, string> = {
    HTTP_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    ...more,
  };
  const provider = createCompatible({
    id: 'grid/m',
    model: 'm',
    baseUrl,
    dialect: chatDialect({ maxTokensName: 'max_tokens', reasoning: 'effort' }),
    stream: false,
    headers: {},
    env: (name) => env[name],
    clock: systemClock,
  });
  try {
    return await provider.complete(request(), never());
  } finally {
    await provider.close?.();
  }
}

describe('a proxy in the environment', () => {
  it('is used for what is not on this machine', async () => {
    expect((await ask('http://grid.invalid/v1')).text).toBe('through');
    expect(tunnels).toEqual(['grid.invalid:80']);
  });

  it('is not used for a model on this machine', async () => {
    expect((await ask(server.url)).text).toBe('through');
    expect(tunnels).toEqual([]);
  });

  it.each(['*', 'grid.invalid'])('is not used where NO_PROXY says so: %s', async (NO_PROXY) => {
    expect((await faultOf(ask('http://grid.invalid/v1', { NO_PROXY }))).fault).toBe('network');
    expect(tunnels).toEqual([]);
  });
});
