import { nearest, UserError } from '../../core/errors.ts';
import { langSchema } from '../../core/lang.ts';
import type { Leaderboard, LeaderboardRow, Ranking } from '../leaderboard/schema.ts';
import type { AttemptRecord, RunRecords, SampleRecord } from '../records.ts';
import type { Side } from './pairs.ts';

/**
 * A row of a leaderboard as one side of a comparison, from the scores that were published sample by sample. The mean
 * of a sample's epochs stands for one attempt. Rows pair by id within equal suites, keys and checkers: the ranking's
 * key is part of every sample's name here, so that rows of different rankings never pair.
 * @throws UserError where no row or more than one is meant, or its samples were not published
 */
export function publishedSide(board: Leaderboard, file: string, wanted: string | undefined): Side {
  const { row, ranking } = findRow(board, file, wanted);
  const published = board.samples?.find(({ run }) => run === row.run);
  const scores = published?.models.find(({ model }) => model === row.model)?.scores;
  const about = board.runs.find(({ run }) => run === row.run);
  if (!published || !scores || !about)
    throw new UserError(
      `${file}: ${row.model} was published without its samples, and only samples can be paired`,
      'publish with --samples, or name the run that the row comes from',
    );
  const samples = published.ids.map((id) => sampleOf(id, ranking.key));
  return {
    model: row.model,
    records: {
      run: row.run,
      harness: about.harness,
      started: about.started,
      ended: about.ended,
      status: about.status,
      wallMs: 1000 * row.wall_s,
      wallMsByModel: new Map(),
      suites: about.suites.map((suite) => ({ ...suite, source: suite.name, title: {} })),
      models: [{ id: row.model, provider: row.provider, baseline: row.baseline, settings: {} }],
      ...(ranking.comparable.judge === undefined ? {} : { judge: ranking.comparable.judge }),
      epochs: 1,
      selection: { langs: ranking.comparable.langs },
      checkers: ranking.comparable.checkers,
      samples: new Map(samples.map((sample) => [sample.sample, sample])),
      attempts: samples.map(({ sample }, i) => attemptOf(sample, row.model, scores[i] ?? null)),
      variantAttempts: [],
    } satisfies RunRecords,
  };
}

function findRow(
  { rankings }: Leaderboard,
  file: string,
  wanted: string | undefined,
): { row: LeaderboardRow; ranking: Ranking } {
  const all = rankings.flatMap((ranking) => ranking.rows.map((row) => ({ row, ranking })));
  const names = [...new Set(all.map(({ row }) => row.model))];
  if (wanted === undefined)
    throw new UserError(
      `${file}: which row? It has ${names.join(', ')}`,
      `name one: ${file}:${names[0] ?? '<model>'}`,
    );
  // The first ranking is the one that is read first.
  const found = all.find(({ row }) => row.model === wanted);
  if (found) return found;
  const near = nearest(wanted, names);
  throw new UserError(
    `${file} has no row ${wanted}`,
    near ? `did you mean ${file}:${near}?` : `it has ${names.join(', ')}`,
  );
}

/** `<suite>/<task>/<label>/<lang>`, as every sample is named. */
function sampleOf(id: string, key: string): SampleRecord {
  const parts = id.split('/');
  const [suite = '', task = '', label = ''] = parts;
  const lang = langSchema.safeParse(parts.at(-1)).data ?? 'en';
  const cluster = `${suite}/${task}/${label}`;
  const named = { suite, task, lang, seed: label, cluster };
  return { sample: `${key} ${id}`, id, ...named, skills: [], tags: [], pass: 1, key };
}

function attemptOf(sample: string, model: string, score: number | null): AttemptRecord {
  const outcome =
    score === null
      ? ({ status: 'unscored', fault: 'run', kind: 'not-scored' } as const)
      : ({ status: 'scored', value: score } as const);
  return { sample, model, epoch: 1, outcome };
}
