import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import {
  type EveryEvalEver,
  everyEvalEver,
  everyEvalEverSchema,
  type Publisher,
} from '../report/exports/every-eval-ever.ts';
import { everyEvalEverRow } from '../report/exports/every-eval-ever-samples.ts';
import { recordPath } from '../report/exports/record-path.ts';
import type { RunRecords } from '../report/records.ts';
import { summariseRecords } from '../report/summarise.ts';
import type { RunFolder } from '../run/run-id.ts';
import { runViews } from './run-views.ts';

/** Every Eval Ever records of a run by path, one a model, each with its samples beside it unless they are redacted. */
export async function everyEvalEverFiles(
  folder: RunFolder,
  records: RunRecords,
  {
    organization,
    relationship,
    redact,
    targetOf,
  }: {
    organization?: string;
    redact?: boolean;
    /** A right reply by sample hash, where the suites are at hand. */
    targetOf(hash: string): string | undefined;
  } & Pick<Publisher, 'relationship'>,
): Promise<[path: string, text: string][]> {
  const summary = summariseRecords(records);
  const aggregates = summary.models.map((model) =>
    everyEvalEver(summary, model, { organization: organization!, relationship }),
  );
  const rows = redact ? undefined : await sampleRows(folder, records, aggregates, targetOf);
  return aggregates.flatMap((aggregate): [string, string][] => {
    const path = recordPath(aggregate);
    const lines = rows?.get(aggregate.model_info.id);
    const samples = lines?.join('');
    const samplesPath = path.replace(/\.json$/, '_samples.jsonl');
    const record = everyEvalEverSchema.parse({
      ...aggregate,
      ...(lines && samples !== undefined
        ? { detailed_evaluation_results: detailed(samplesPath, samples, lines.length) }
        : {}),
    });
    return [
      [path, `${JSON.stringify(record, null, 2)}\n`],
      ...(samples === undefined ? [] : [[samplesPath, samples] as [string, string]]),
    ];
  });
}

/** Lines of JSON by model. */
async function sampleRows(
  folder: RunFolder,
  records: RunRecords,
  aggregates: readonly EveryEvalEver[],
  targetOf: (hash: string) => string | undefined,
): Promise<Map<string, string[]>> {
  const lines = new Map<string, string[]>(aggregates.map(({ model_info }) => [model_info.id, []]));
  const byModel = new Map(aggregates.map((aggregate) => [aggregate.model_info.id, aggregate]));
  for await (const { sample, attempts } of runViews(folder, records)) {
    // Its rows are of the problems as scored; a variant is in no score.
    if (sample.variant) continue;
    for (const attempt of attempts) {
      const row = everyEvalEverRow(sample, attempt, byModel.get(attempt.model)!, targetOf(sample.sample));
      if (row) lines.get(attempt.model)!.push(`${JSON.stringify(row)}\n`);
    }
  }
  return lines;
}

const detailed = (
  path: string,
  text: string,
  rows: number,
): NonNullable<EveryEvalEver['detailed_evaluation_results']> => ({
  format: 'jsonl',
  file_path: basename(path),
  hash_algorithm: 'sha256',
  checksum: createHash('sha256').update(text).digest('hex'),
  total_rows: rows,
});
