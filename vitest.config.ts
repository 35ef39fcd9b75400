import { defineConfig } from 'vitest/config';

/** Tests that patch the network or the modules of their process for good, and so have one of their own. */
const apart = ['anthropic', 'batch', 'openai', 'registry'].map((name) => `test/providers/${name}.test.ts`);
const common = {
  setupFiles: ['test/setup.ts'],
  testTimeout: 60_000,
  hookTimeout: 60_000,
  // Waiting for an event ends with the event: the time is only for one that never comes.
  expect: { poll: { interval: 10, timeout: 30_000 } },
};

export default defineConfig({
  test: {
    coverage: {
      provider: 'v8',
      include: ['harness/**/*.ts', 'providers/**/*.ts'],
      reporter: ['text-summary'],
    },
    // By default one core is left idle: half of a machine of two.
    maxWorkers: '100%',
    projects: [
      // All others share a few processes, and what these have loaded and compiled: they leave nothing behind.
      {
        test: {
          ...common,
          name: 'sharing',
          include: ['test/**/*.test.ts'],
          exclude: apart,
          pool: 'forks',
          isolate: false,
        },
      },
      { test: { ...common, name: 'apart', include: apart } },
    ],
  },
});
