import { Command } from 'commander';
import { registerBatch } from './commands/batch.ts';
import { registerCalc } from './commands/calc.ts';
import { registerCompare } from './commands/compare.ts';
import { registerGate } from './commands/gate.ts';
import { registerHistory } from './commands/history.ts';
import { registerInit } from './commands/init.ts';
import { registerJudge } from './commands/judge.ts';
import { registerLeaderboard } from './commands/leaderboard.ts';
import { registerModels } from './commands/models.ts';
import { registerPlan } from './commands/plan.ts';
import { registerRead } from './commands/read.ts';
import { registerReport } from './commands/report.ts';
import { registerRun } from './commands/run.ts';
import { registerScore } from './commands/score.ts';
import { registerShow } from './commands/show.ts';
import { registerStatus } from './commands/status.ts';
import { registerSuites } from './commands/suites.ts';
import type { Io } from './io.ts';
import { VERSION } from './version.ts';

const EXIT_CODES = `
Exit codes:
  0    done
  1    gate: the new run is worse
  2    usage or suite error; nothing was asked
  3    ended with unscored samples (a provider or judge failed; --resume retries them)
  4    gate: inconclusive
  130  interrupted, and resumable

Guide: README.md of the project. Each command has examples: wattmark <command> --help`;

/** Every command of the terminal. Declaring is cheap; what a command does is imported when it runs. */
export function createProgram(io: Io): Command {
  const program = new Command('wattmark')
    .description('Measures how well AI models do energy-sector work.')
    .version(VERSION, '-V, --version')
    .option('--no-color', 'plain text, no colours')
    .addHelpText('after', EXIT_CODES)
    .showHelpAfterError('(wattmark --help lists the commands)')
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .exitOverride();
  const registers = [
    registerRun,
    registerStatus,
    registerBatch,
    registerScore,
    registerReport,
    registerShow,
    registerLeaderboard,
    registerCompare,
    registerGate,
    registerHistory,
    registerPlan,
    registerSuites,
    registerModels,
    registerJudge,
    registerInit,
    registerCalc,
    registerRead,
  ];
  for (const register of registers) register(program, io);
  return program;
}
