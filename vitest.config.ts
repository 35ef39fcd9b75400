import { defineConfig } from 'vitest/config';

/** Tests that share a process, and what it has loaded and compiled: they leave nothing behind in it. */
const sharing = ['core', 'quantities', 'engineering', 'families', 'checkers', 'suite', 'report', 'cli'].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);
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
      { test: { ...common, name: 'sharing', include: sharing, pool: 'forks', isolate: false } },
      // Patched clients, servers and signals: each file has a process of its own.
      { test: { ...common, name: 'apart', include: ['test/**/*.test.ts'], exclude: sharing } },
    ],
  },
});
