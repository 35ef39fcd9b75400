import { type Command, Option } from 'commander';
import type { Lang, Vote } from '../../core/words.ts';
import { VOTES } from '../../core/words.ts';
import type { Io } from '../io.ts';
import { languages, modelNames, money, oneOf, wholeNumber } from './options.ts';

export interface JudgeAuditOptions {
  model: string[];
  vote?: Vote;
  batch?: boolean;
  lang?: Lang[];
  out?: string;
  maxCost?: { amount: number; currency: string };
  concurrency?: number;
  config?: string;
  runs: string;
  markdown?: boolean;
  json?: boolean;
  quiet?: boolean;
}

const HELP = `
The audit set is built in: replies put together from statements that meet a criterion or miss it, so that the truth of every decision is
known: right replies, the same reworded and padded, omissions, planted errors and denials, and replies that carry instructions for the judge
or are empty formulas. Every reply of the judge is journalled under <runs>/judge-audits; the same command goes on where it stopped,
and asks nothing twice. "lexical" is what decides where a run has no judge: patterns in the words.

Examples:
  wattmark judge audit -m lexical --markdown
  wattmark judge audit -m anthropic/claude-opus-4-5 --max-cost 5 --out judge.json
  wattmark judge audit -m openai/gpt-5.2,anthropic/claude-opus-4-5,local/qwen3 --vote majority
  wattmark run -m local/my-model --judge anthropic/claude-opus-4-5 --judge-audit judge.json`;

export function registerJudge(program: Command, io: Io): void {
  const judge = program.command('judge').description('measure a judge before its verdicts are believed');
  judge
    .command('audit')
    .description(
      'ask a judge about replies whose truth is known: sensitivity, specificity, kappa, whether it can be talked over',
    )
    .requiredOption(
      '-m, --model <judges>',
      'the judge, or a,b,c for a panel, as in run --judge; or lexical',
      modelNames,
    )
    .addOption(new Option('--vote <vote>', 'as run --judge-vote').argParser(oneOf(VOTES)))
    .option('--batch', 'as run --judge-batch')
    .option('--lang <languages>', 'en, zh or en,zh (default: both)', languages)
    .option('--out <file>', 'write the audit here, for --judge-audit of run, score and leaderboard')
    .option('--max-cost <money>', 'stop before spending more, such as 5 or 30CNY', money)
    .option('--concurrency <n>', 'requests at once, for each judge', wholeNumber)
    .option('--config <file>', 'configuration (default: wattmark.yaml, if there is one)')
    .option('--runs <folder>', 'where runs and audits are kept', 'results/runs')
    .option('--markdown', 'the table as Markdown, for a dataset card')
    .option('--json', 'print the audit as JSON, and nothing else')
    .option('-q, --quiet', 'no progress')
    .addHelpText('after', HELP)
    .action(async (options: JudgeAuditOptions) => {
      const { judgeAudit } = await import('../actions/judge-audit.ts');
      process.exitCode = await judgeAudit(options, io);
    });
}
