import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Side } from '../../report/compare/pairs.ts';
import { type GateResult, gate } from '../../report/gate/gate.ts';
import { gateAnnotations, gateMarkdown, gateText } from '../../report/gate/text.ts';
import { type Drift, driftLines, driftOf, trendLine } from '../../report/history/drift.ts';
import { type HistoryRecord, historyLine, historyRecord, readHistory } from '../../report/history/record.ts';
import { gateJunit } from '../../report/junit.ts';
import { escapeMarkdown } from '../../report/markdown.ts';
import { sanitiseLine } from '../../report/sanitise.ts';
import { summariseRecords } from '../../report/summarise.ts';
import type { GateOptions } from '../commands/gate.ts';
import { readConfig } from '../config.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { readSide } from '../sides.ts';
import { appendLine, writeWhole } from '../write-file.ts';

const EXIT_OF = { pass: EXIT.done, regressed: EXIT.regressed, inconclusive: EXIT.inconclusive } as const;

/** `wattmark gate`: its exit code is its verdict. */
export async function gateRuns(
  baseName: string,
  newName: string,
  options: GateOptions,
  io: Io,
): Promise<ExitCode> {
  const config = readConfig(options.config, io).gate;
  const base = await readSide(baseName, options, io);
  const next = await readSide(newName, options, io);
  const result = gate(base, next, config);
  const past = options.history === undefined ? undefined : keep(options.history, next, result, io);
  publish(result, past, options, io);
  if (options.json) {
    const history = past && { drift: past.drift };
    io.out(`${JSON.stringify({ ...result, ...(history ?? {}) }, null, 2)}\n`);
  } else {
    const text = gateText(result, { width: io.columns, colour: io.colour });
    if (result.status === 'refused') io.err(`${text}\n`);
    else io.out(`${[text, ...(past ? pastLines(past).map(sanitiseLine) : [])].join('\n')}\n`);
  }
  return result.status === 'refused' ? EXIT.usage : EXIT_OF[result.verdict];
}

interface Past {
  records: HistoryRecord[];
  drift: Drift;
}

/** A refused night has no verdict, but its scores are nights all the same. */
function keep(file: string, { records, model }: Side, result: GateResult, io: Io): Past {
  const path = resolve(io.cwd, file);
  const record = historyRecord(
    summariseRecords(records),
    model,
    result.status === 'gated' ? result.verdict : undefined,
  )!;
  appendLine(path, historyLine(record));
  const { records: nights, damaged } = readHistory(readFileSync(path, 'utf8'));
  for (const line of damaged) io.err(`${file}:${line}  damaged, left out\n`);
  return {
    records: nights.filter((night) => night.model === model && night.key === record.key),
    drift: driftOf(nights, model),
  };
}

function pastLines({ records, drift }: Past): string[] {
  const scores = records.flatMap(({ overall }) => (overall ? [overall.score] : []));
  return [`History: ${scores.length} comparable nights ${trendLine(scores)}`, ...driftLines(drift)];
}

/** What goes to files; to GitHub only where its variables exist. */
function publish(result: GateResult, past: Past | undefined, options: GateOptions, io: Io): void {
  const history = past ? `\n${pastLines(past).map(escapeMarkdown).join('\\\n')}\n` : '';
  const markdown = `${gateMarkdown(result)}${history}`;
  if (options.junit !== undefined) writeWhole(resolve(io.cwd, options.junit), gateJunit(result));
  if (options.md !== undefined) writeWhole(resolve(io.cwd, options.md), markdown);
  const summary = io.env['GITHUB_STEP_SUMMARY'];
  if (summary) appendLine(summary, `${markdown}\n`);
  // The runner reads commands from both streams; standard output may be JSON.
  if (io.env['GITHUB_ACTIONS'] === 'true')
    for (const annotation of gateAnnotations(result)) io.err(`${annotation}\n`);
}
