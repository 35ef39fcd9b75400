import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { FixtureServer } from '../fixtures/servers/fixture-server.ts';
import { startOpenAiServer } from '../fixtures/servers/openai-server.ts';
import { emptyFolder, meritOrderSuite, wattmark } from './cli.ts';

let server: FixtureServer;
afterEach(() => server.close());

/** Runs two models of one endpoint, and says how many of each, and of both, it had to answer at once. */
async function runBoth(provider: (url: string) => string): Promise<Record<'a' | 'b' | 'both', number>> {
  const cwd = emptyFolder();
  const now = { a: 0, b: 0, both: 0 };
  const most = { ...now };
  server = await startOpenAiServer(async (_messages, _n, { body }) => {
    const parts = [body['model'] as 'a' | 'b', 'both'] as const;
    for (const part of parts) most[part] = Math.max(most[part], ++now[part]);
    await new Promise((resolve) => setTimeout(resolve, 60));
    for (const part of parts) now[part]--;
    return { text: '{"price": "1 $/MWh"}' };
  });
  writeFileSync(join(cwd, 'wattmark.yaml'), provider(server.url));
  const models = ['-m', 'local/a', '-m', 'local/b'];
  const { code, err } = await wattmark(
    [
      'run',
      meritOrderSuite(cwd),
      '--seeds',
      '1-10',
      '--concurrency',
      '40',
      '--log-level',
      'debug',
      ...models,
    ],
    { cwd },
  );
  expect(code, err).toBe(0);
  return most;
}

it('two models of one provider keep to its shared limits together, however many each may have', async () => {
  const most = await runBoth(
    (url) => `providers:\n  local: { base_url: '${url}', shared_limits: { concurrency: 5 } }\n`,
  );
  expect(most.both).toBe(5);
  // Neither waits for the other to end.
  expect(most.a).toBeGreaterThan(0);
  expect(most.b).toBeGreaterThan(0);
});

it('limits that are not shared hold for each of them', async () => {
  const limits = 'models: { a: { limits: { rpm: 100000 } } }';
  const most = await runBoth((url) => `providers:\n  local: { base_url: '${url}', ${limits} }\n`);
  expect(most.both).toBeGreaterThan(5);
});
