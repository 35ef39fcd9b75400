import { defineConfig } from 'vitest/config';

/** Tests that compute and touch nothing else: they share a thread, and what it has loaded and compiled. */
const pure = ['core', 'quantities', 'engineering', 'families', 'checkers', 'suite'].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);
const common = { setupFiles: ['test/setup.ts'], testTimeout: 60_000 };

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
      { test: { ...common, name: 'calculation', include: pure, pool: 'threads', isolate: false } },
      // Patched clients, servers, signals and processes: each file has a process of its own.
      { test: { ...common, name: 'processes', include: ['test/**/*.test.ts'], exclude: pure } },
    ],
  },
});
