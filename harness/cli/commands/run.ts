import { type Command, Option } from 'commander';
import type { Lang, Variant, Vote } from '../../core/words.ts';
import { REASONING_EFFORTS, VOTES } from '../../core/words.ts';
import type { Io } from '../io.ts';
import { LOG_LEVELS, type LogLevel } from '../log-levels.ts';
import {
  duration,
  languages,
  listed,
  modelNames,
  money,
  nonNegative,
  oneOf,
  repeated,
  seedRange,
  variantNames,
  wholeNumber,
} from './options.ts';

export interface RunOptions {
  model?: string[];
  judge?: string[];
  judgeVote?: Vote;
  judgeBatch?: boolean;
  judgeAudit?: string;
  lang?: Lang[];
  seeds?: { from: number; to: number };
  seedKeyEnv?: string;
  task?: string[];
  tag?: string[];
  limit?: number;
  variants?: Variant[];
  epochs?: number;
  concurrency?: number;
  temperature?: number;
  topP?: number;
  maxTokens?: number;
  samplingSeed?: number;
  reasoningEffort?: (typeof REASONING_EFFORTS)[number];
  maxCost?: { amount: number; currency: string };
  maxTime?: number;
  maxRequests?: number;
  maxRunTokens?: number;
  attemptTimeout?: number;
  batch?: boolean;
  cache?: string;
  cacheSize?: number;
  checker?: string[];
  config?: string;
  runs: string;
  resume?: string;
  dryRun?: boolean;
  json?: boolean;
  quiet?: boolean;
  logLevel?: LogLevel;
  /** Where the collector listens; true: as OpenTelemetry's variables say. */
  trace?: string | true;
  traceContent?: boolean;
}

const EXAMPLES = `
Examples:
  wattmark run                                          three suites, four baselines: no key, no network
  wattmark run dispatch -m openai/gpt-5.2               needs OPENAI_API_KEY
  wattmark run dispatch faults -m anthropic/claude-opus-4-5 -m local/qwen3 --lang zh --seeds 1-5 --epochs 3
  wattmark run -m openai/gpt-5.2 --judge anthropic/claude-opus-4-5 --max-cost 5 --dry-run
  wattmark run --judge openai/gpt-5.2,anthropic/claude-opus-4-5,local/qwen3 -m local/my-model
  wattmark run ./my-suite -m command:./my-model.py
  wattmark run --resume latest

A model is openai/…, anthropic/…, <name>/… with an endpoint of wattmark.yaml, command:<program>, replay:<run>,
module:<file>, or baseline/reference, /mistakes, /guess, /silent. Ctrl-C once finishes what is in flight, twice stops now.`;

export function registerRun(program: Command, io: Io): void {
  program
    .command('run')
    .description('ask models the questions of suites, check the answers, show a table')
    .argument('[suites...]', 'names of built-in suites or folders (default: dispatch faults forecasting)')
    .option(
      '-m, --model <model>',
      'a model to ask; repeat for several (default: the four baselines)',
      repeated,
    )
    .option(
      '--judge <models>',
      'judges rubrics, a call a criterion; a,b,c or repeated: a panel, best of different families (default: criteria are looked for as words)',
      modelNames,
    )
    .addOption(
      new Option(
        '--judge-vote <vote>',
        'how a panel decides: majority (needs an odd number) or mean, the share of judges (default: majority if odd)',
      ).argParser(oneOf(VOTES)),
    )
    .option(
      '--judge-batch',
      'ask for all criteria of a reply at once: cheaper, but one verdict may colour another; never ranked with single calls',
    )
    .option(
      '--judge-audit <file>',
      'what `judge audit` measured of this judge: corrects the rubric mean; kept with the run',
    )
    .option('--lang <languages>', 'en, zh or en,zh (default: all the suite has)', languages)
    .option(
      '--seeds <range>',
      'seeds of generated tasks, such as 1-5 (default: what each task says)',
      seedRange,
    )
    .option('--seed-key-env <name>', 'environment variable with a secret that private seeds are drawn from')
    .option('--task <ids>', 'only these tasks', listed)
    .option('--tag <tags>', 'only tasks with one of these tags', listed)
    .option('--limit <n>', 'at most n questions a suite, spread over its tasks', wholeNumber)
    .option(
      '--variants <kinds>',
      'ask each problem again with rows shuffled, irrelevant facts (noise), a paraphrase, other units, or all: measures stability',
      variantNames,
    )
    .option('--epochs <n>', 'ask each question n times', wholeNumber)
    .option('--concurrency <n>', 'requests at once, for each model', wholeNumber)
    .option('--temperature <t>', "sampling temperature (default: the vendor's)", nonNegative)
    .option('--top-p <p>', "nucleus sampling (default: the vendor's)", nonNegative)
    .option('--max-tokens <n>', 'longest reply, in tokens', wholeNumber)
    .option('--sampling-seed <n>', "seed of the vendor's sampling, where it has one", wholeNumber)
    .addOption(
      new Option('--reasoning-effort <effort>', `one of ${REASONING_EFFORTS.join(', ')}`).argParser(
        oneOf(REASONING_EFFORTS),
      ),
    )
    .option('--max-cost <money>', 'stop before spending more, such as 5 or 30CNY', money)
    .option('--max-time <time>', 'stop after this time, such as 15m', duration)
    .option('--max-requests <n>', 'stop after so many requests', wholeNumber)
    .option('--max-run-tokens <n>', 'stop after so many tokens, in and out', wholeNumber)
    .option('--attempt-timeout <time>', 'longest wait for one reply, such as 90s', duration)
    .option(
      '--batch',
      "ask through the vendors' batch interfaces: half the price, up to a day; --resume goes on with the same batch",
    )
    .option('--cache <folder>', 'keep replies here and use those kept; a repeated epoch is asked on its own')
    .option('--cache-size <MB>', 'largest size of the cache; the oldest replies go first', wholeNumber, 1024)
    .option('--checker <file>', 'a module with a checker of your own', repeated)
    .option('--config <file>', 'configuration (default: wattmark.yaml, if there is one)')
    .option('--runs <folder>', 'where runs are kept', 'results/runs')
    .option('--resume <run>', 'go on with a run: its id, a part of it, its folder, or latest')
    .option('--dry-run', 'say how many requests, tokens and how much money it would take; ask nothing')
    .option('--json', 'print the summary as JSON, and nothing else')
    .option('-q, --quiet', 'no progress')
    .addOption(
      new Option('--log-level <level>', `a line an event, on standard error: ${LOG_LEVELS.join(', ')}`)
        .argParser(oneOf(LOG_LEVELS))
        .env('WATTMARK_LOG_LEVEL'),
    )
    .option(
      '--trace [url]',
      'send OpenTelemetry spans to a collector (default: OTEL_EXPORTER_OTLP_ENDPOINT, or port 4318 of this machine)',
    )
    .option('--trace-content', 'put prompts and replies into the spans')
    .addHelpText('after', EXAMPLES)
    .action(async (suites: string[], options: RunOptions) => {
      const [{ run }] = await Promise.all([import('../actions/run.ts'), startThreadFor(options)]);
      process.exitCode = await run(suites, options, io);
    });
}

/** A thread for many requests at once, where some will be sent: it takes as long to start as all else takes to load. */
async function startThreadFor({ concurrency = 0, dryRun, batch }: RunOptions): Promise<void> {
  if (dryRun || batch) return;
  const { MANY, startSpareThread } = await import('../../../providers/thread/worker.ts');
  if (concurrency >= MANY) startSpareThread();
}
