// Time and memory of folding, summarising and comparing a big run: node --expose-gc --import tsx scripts/bench-report.ts
import { compare } from '../harness/report/compare/compare.ts';
import { foldRecords } from '../harness/report/records.ts';
import { summariseRecords } from '../harness/report/summarise.ts';
import { summaryTable } from '../harness/report/table.ts';
import { makeRun } from '../test/report/run-fixture.ts';

const models = ['lab/a', 'lab/b', 'lab/c', 'lab/d'];
const events = makeRun({
  suites: { dispatch: ['a', 'b', 'c', 'd'], faults: ['e', 'f', 'g'], forecasting: ['h', 'i', 'j'] },
  seeds: 500,
  models,
  epochs: 2,
  fate: ({ seed }, model, epoch) => ((seed * 7 + model.length + epoch) % 3 ? 1 : 0.4),
});

async function* asStream() {
  yield* events;
}

async function timed<T>(name: string, work: () => T | Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  process.stdout.write(`${name.padEnd(12)} ${(performance.now() - start).toFixed(0).padStart(6)} ms\n`);
  return result;
}

globalThis.gc?.();
const before = process.memoryUsage().heapUsed;
const records = await timed('fold', () => foldRecords(asStream()));
globalThis.gc?.();
const held = process.memoryUsage().heapUsed - before;
const summary = await timed('summarise', () => summariseRecords(records));
await timed('table', () => summaryTable(summary, { width: 120, colour: false }));
await timed('compare', () => compare({ records, model: 'lab/a' }, { records, model: 'lab/b' }));
process.stdout.write(
  `${records.attempts.length} attempts of ${records.samples.size} samples, ${events.length} events, ${(held / 1e6).toFixed(0)} MB of records\n`,
);
