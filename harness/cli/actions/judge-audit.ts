import { join, relative, resolve } from 'node:path';
import { auditSet } from '../../checkers/rubric/audit/set.ts';
import { rubric } from '../../checkers/rubric/rubric.ts';
import { UserError } from '../../core/errors.ts';
import type { ModelRecord } from '../../core/event.ts';
import { LANGS } from '../../core/words.ts';
import { type JudgeAudit, LEXICAL, sealAudit } from '../../report/judge-audit.ts';
import { auditResult } from '../../report/judge-audit-figures.ts';
import { auditMarkdown, auditTable } from '../../report/judge-audit-text.ts';
import { judgingOf } from '../../report/judge-use.ts';
import { sanitiseLine } from '../../report/sanitise.ts';
import type { RunFolder } from '../../run/run-id.ts';
import type { JudgeAuditOptions } from '../commands/judge.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { auditText } from '../judge-audit-file.ts';
import { recordsOf } from '../sides.ts';
import { VERSION } from '../version.ts';
import { writeWhole } from '../write-file.ts';
import { conductAudit } from './judge/conduct.ts';
import { judgedDecisions, lexicalDecisions } from './judge/decisions.ts';
import { REPLIES } from './judge/replies.ts';
import { type JudgingOrder, judgingName, judgingOrder, judgingRecord } from './run/judging.ts';

/** `wattmark judge audit`: what a judge's verdicts are worth. */
export async function judgeAudit(options: JudgeAuditOptions, io: Io): Promise<ExitCode> {
  const langs = LANGS.filter((lang) => options.lang?.includes(lang) ?? true);
  const set = auditSet(langs);
  const order = orderOf(options);
  const about = (judge: string, judges: ModelRecord[]): Omit<JudgeAudit, 'hash' | 'result'> => ({
    schema_version: '1.0',
    judge,
    judges,
    judging: order ? judgingRecord(order) : {},
    harness: `wattmark ${VERSION}`,
    audit_set: { version: set.version, hash: set.hash, langs: [...langs] },
    rubric_version: rubric.version,
  });
  if (!order) {
    const result = auditResult(lexicalDecisions(set));
    return finish(sealAudit({ ...about(LEXICAL, []), result }), [], options, io);
  }
  const { folder, judges, outcome } = await conductAudit(set, order, langs, options, io);
  if (outcome.status !== 'done') {
    const reason = outcome.reason ? `: ${sanitiseLine(outcome.reason)}` : '';
    io.err(`\nNot finished${reason}. Every judgement that came is kept; the same command goes on.\n`);
    return EXIT.interrupted;
  }
  const decisions = await judgedDecisions(set, folder);
  const unread = decisions.filter(({ met }) => met === undefined).length;
  if (unread > MOST_UNREAD * decisions.length) {
    io.err(
      `${unread} of ${decisions.length} decisions have no readable verdict, too many to measure by. The same command asks for these again.\n`,
    );
    return EXIT.unscored;
  }
  const usage = await usageOf(folder, io);
  const audit = sealAudit({ ...about(judgingName(order), judges), result: auditResult(decisions), usage });
  return finish(audit, [join(folder.folder, 'audit.json')], options, io);
}

/** Undefined for the lexical judge. */
function orderOf({ model, vote, batch }: JudgeAuditOptions): JudgingOrder | undefined {
  if (model.length === 1 && model[0] === LEXICAL) {
    if (vote === undefined && !batch) return undefined;
    throw new UserError(`-m ${LEXICAL}: patterns neither vote nor come in batches`);
  }
  if (model.includes(LEXICAL)) throw new UserError(`-m: ${LEXICAL} sits in no panel`, 'audit it by itself');
  return judgingOrder({
    judge: model,
    ...(vote === undefined ? {} : { judgeVote: vote }),
    ...(batch ? { judgeBatch: batch } : {}),
  });
}

/** Half an audit would be one of the easy half. */
const MOST_UNREAD = 0.1;

async function usageOf(folder: RunFolder, io: Io): Promise<NonNullable<JudgeAudit['usage']>> {
  const records = await recordsOf(folder, io);
  const uses = judgingOf(records.judging?.get(REPLIES.id) ?? [], records.judges ?? []) ?? [];
  const sum = (of: (use: (typeof uses)[number]) => number | undefined) => {
    const told = uses.map(of);
    return told.every((value) => value !== undefined) ? told.reduce((a, b) => a + b, 0) : undefined;
  };
  const [input, output, cost] = [
    sum(({ tokens }) => tokens.input?.count),
    sum(({ tokens }) => tokens.output?.count),
    sum(({ cost }) => cost?.amount),
  ];
  const currencies = new Set(uses.map(({ cost }) => cost?.currency));
  const [currency] = currencies;
  return {
    calls: uses.reduce((total, { replies }) => total + replies, 0),
    ...(input === undefined ? {} : { input_tokens: input }),
    ...(output === undefined ? {} : { output_tokens: output }),
    ...(cost === undefined || currency === undefined || currencies.size > 1
      ? {}
      : { cost: { amount: cost, currency } }),
  };
}

function finish(audit: JudgeAudit, kept: readonly string[], options: JudgeAuditOptions, io: Io): ExitCode {
  const out = options.out === undefined ? [] : [resolve(io.cwd, options.out)];
  for (const file of [...kept, ...out]) writeWhole(file, auditText(audit));
  if (options.json) io.out(auditText(audit));
  else if (options.markdown) io.out(`${auditMarkdown(audit)}\n`);
  else io.out(`\n${auditTable(audit, { colour: io.colour })}\n`);
  const file = out[0] ?? kept[0];
  if (file !== undefined && !options.json && !options.markdown) {
    const path = sanitiseLine(relative(io.cwd, file) || file);
    io.out(
      `\nWrote ${path}\nNext: ${io.self} run --judge … --judge-audit ${path}   corrects rubric means by it\n`,
    );
  }
  return audit.result.unread > 0 ? EXIT.unscored : EXIT.done;
}
