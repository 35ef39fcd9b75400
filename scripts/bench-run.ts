/**
 * What the run engine costs beside a model that answers at once: CPU a sample, memory, bytes of journal.
 *
 *   npx tsx scripts/bench-run.ts [samples] [rounds]
 *
 * Each figure is the median of several processes. The samples are made as they are pulled, each with a prompt of
 * about 1,500 characters, a reply of about 800 and two numeric checks, scored by the project's own checkers.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { numeric } from '../harness/checkers/numeric.ts';
import { scoreReply } from '../harness/checkers/score-reply.ts';
import { shortHash } from '../harness/core/canonical.ts';
import type { ModelRecord } from '../harness/core/event.ts';
import type { Provider } from '../harness/core/provider.ts';
import type { Sample } from '../harness/core/sample.ts';
import { foldRecords } from '../harness/report/records.ts';
import { execute } from '../harness/run/execute.ts';
import { openJournal } from '../harness/run/journal.ts';
import { readEntries, readJournal } from '../harness/run/journal-reader.ts';
import { planRun } from '../harness/run/plan.ts';
import { foldState } from '../harness/run/state.ts';
import { systemClock } from '../providers/clock.ts';

const TASKS = ['run', 'scoring alone', 'read', 'resume'] as const;
type Task = (typeof TASKS)[number];
interface Measure {
  cpuUsPerSample: number;
  wallS: number;
  peakMb: number;
  journalBytesPerSample: number;
}

const FILLER = 'Unit G1 runs between 120 and 450 MW at 23.5 $/MWh. '.repeat(30);
const STEPS = 'Load the cheapest unit first, then the next, until demand is met. '.repeat(11);

function makeSample(i: number): Sample {
  const config = { field: 'price', rel: 0.005 };
  const check = { checker: numeric, config, field: 'price', weight: 1, gate: false };
  return {
    id: `bench/dispatch/s${i}/en`,
    suite: 'bench',
    task: 'dispatch',
    lang: 'en',
    seed: `${i}`,
    cluster: `bench/dispatch/s${i}`,
    skills: ['calculation', 'market'],
    tags: [],
    messages: [{ role: 'user', content: `Case ${i}. ${FILLER}` }],
    answer: {
      style: 'json',
      fields: [
        { name: 'price', type: 'number', unit: '$/MWh' },
        { name: 'cost', type: 'number', unit: '$/h' },
      ],
    },
    checks: [check, { ...check, config: { field: 'cost', rel: 0.005 }, field: 'cost' }],
    oracle: {
      targets: { price: 20 + (i % 40), cost: 1000 + i },
      targetUnits: { price: '$/MWh', cost: '$/h' },
      reply: () => '',
      mistakes: () => [],
    },
    pass: 1,
    hash: shortHash(['question', i]),
    keyHash: shortHash(['key', i]),
  };
}

const replyTo = (i: number) => `${STEPS}\n{"price": "${20 + (i % 40)} $/MWh", "cost": ${1000 + i}}`;

function* makeSamples(count: number): Generator<Sample> {
  for (let i = 0; i < count; i++) yield makeSample(i);
}

const model: ModelRecord = { id: 'bench/instant', provider: 'bench', baseline: true, settings: {} };
const instant: Provider = {
  id: model.id,
  complete: (request) =>
    Promise.resolve({
      text: replyTo(Number(/\d+/.exec(request.messages[0]?.content ?? '')?.[0])),
      finish: { unified: 'stop', raw: 'stop' },
      usage: { inputTokens: 400, outputTokens: 180 },
      servedModel: 'instant-2026-11-01',
      latency: { totalMs: 812.4 },
      requestId: 'chatcmpl-9f8e7d6c5b4a39281706f5e4d3c2b1a0',
    }),
};

async function runAll(path: string, count: number): Promise<void> {
  const journal = openJournal(path, { clock: systemClock });
  const state = await foldState(readEntries(path));
  const plan = await planRun({ samples: () => makeSamples(count), models: [model], epochs: 1, state });
  const never = new AbortController().signal;
  const outcome = await execute(plan, {
    header: {
      run: 'bench',
      harness: '0',
      suites: [],
      models: [model],
      selection: { langs: ['en'] },
      checkers: { numeric: 1 },
    },
    journal,
    providers: new Map([[model.id, instant]]),
    concurrency: () => 50,
    scoring: { score: scoreReply, judgeRequests: () => [] },
    clock: systemClock,
    stop: never,
    abort: never,
  });
  journal.close();
  const done = (outcome.lanes.get(model.id)?.scored ?? 0) + (plan.counts.get(model.id)?.done ?? 0);
  if (outcome.status !== 'done' || done !== count) throw new Error(`${outcome.status}: ${done} of ${count}`);
}

async function perform(task: Task, path: string, count: number): Promise<void> {
  if (task === 'run' || task === 'resume') return runAll(path, count);
  if (task === 'read') {
    const { attempts } = await foldRecords(readJournal(path));
    if (attempts.length !== count) throw new Error(`read ${attempts.length} of ${count}`);
    return;
  }
  let right = 0;
  for (const sample of makeSamples(count)) {
    const { score } = scoreReply(sample, replyTo(Number(sample.seed)));
    if (score.status === 'scored') right += score.value;
  }
  if (right !== count) throw new Error(`${right} of ${count} right`);
}

async function child(task: Task, path: string, count: number): Promise<void> {
  const before = process.cpuUsage();
  const startedAt = performance.now();
  await perform(task, path, count);
  const { user, system } = process.cpuUsage(before);
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const kept =
    JSON.stringify(makeSample(count - 1).messages).length + JSON.stringify(replyTo(count - 1)).length;
  const measure: Measure = {
    cpuUsPerSample: (user + system) / count,
    wallS: (performance.now() - startedAt) / 1000,
    peakMb: process.resourceUsage().maxRSS / 1024,
    journalBytesPerSample: size / count - kept,
  };
  process.send?.(measure);
}

function measure(task: Task, path: string, count: number): Promise<Measure> {
  return new Promise((resolve, reject) => {
    const args = ['--child', task, path, `${count}`];
    const process = fork(fileURLToPath(import.meta.url), args, { execArgv: ['--import', 'tsx'] });
    process.once('message', (message) => resolve(message as Measure));
    process.once('exit', (code) => code !== 0 && reject(new Error(`${task} ended with ${code}`)));
  });
}

const median = (values: number[]): number =>
  values.sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;

async function main(count: number, rounds: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'wattmark-bench-'));
  console.log(`${count} samples, median of ${rounds}; ${cpus()[0]?.model}, Node ${process.version}`);
  const results = new Map<Task, Measure[]>(TASKS.map((task) => [task, []]));
  for (let round = 0; round < rounds; round++) {
    const path = join(folder, `${round}.jsonl`);
    for (const task of TASKS) results.get(task)?.push(await measure(task, path, count));
  }
  for (const [task, measures] of results) {
    const of = (key: keyof Measure, digits: number) => median(measures.map((m) => m[key])).toFixed(digits);
    console.log(
      `${task.padEnd(14)} ${of('cpuUsPerSample', 1).padStart(7)} µs CPU a sample  ${of('wallS', 2).padStart(6)} s  ` +
        `peak ${of('peakMb', 0).padStart(4)} MB  journal ${of('journalBytesPerSample', 0)} B a sample beside prompt and reply`,
    );
  }
  rmSync(folder, { recursive: true });
}

const [first, second, third, fourth] = process.argv.slice(2);
if (first === '--child') await child(second as Task, third as string, Number(fourth));
else await main(Number(first ?? 100_000), Number(second ?? 3));
