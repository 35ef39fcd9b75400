import { canonicalJson } from '../../core/canonical.ts';
import { points } from '../figures.ts';
import { groupBy } from '../group-by.ts';
import { sorted } from '../rows.ts';
import type { ModelSummary, Summary } from '../summary.ts';
import { by, comparableKey, comparableOf, differences } from './comparable.ts';
import { ranked } from './rank.ts';
import {
  LEADERBOARD_VERSION,
  type Leaderboard,
  type LeaderboardRow,
  type PublishedSamples,
  type Ranking,
} from './schema.ts';

export interface LeaderboardOptions {
  /** Rows with a larger share of attempts unscored are refused (0.05 unless told). */
  maxUnscored?: number;
  /** Why the suites of a run cannot be stood behind, by run: their own check failed, or could not be repeated. */
  unproved?: ReadonlyMap<string, string>;
  /** Scores sample by sample, to be told with the rows. */
  samples?: readonly PublishedSamples[];
  /** Take refused rows after all, and mark them. */
  force?: boolean;
}

type Entry = { row: LeaderboardRow; started: string };

/**
 * Merges runs into rankings. Rows stand in one ranking only if suites, checkers, judge and selection are the same;
 * where one model has several results there with the same settings, the newest run's counts. The first ranking is
 * the one with most models, then the newest. The result depends on the runs alone: not on their order, not on the time.
 */
export function buildLeaderboard(runs: readonly Summary[], options: LeaderboardOptions = {}): Leaderboard {
  const ordered = [...new Map(runs.map((run) => [run.run, run])).values()].sort(
    by(({ started, run }) => `${started} ${run}`),
  );
  const refused: Leaderboard['refused'] = [];
  const groups = groupBy(ordered, (run) => comparableKey(comparableOf(run)));
  const rankings = [...groups]
    .map(([key, members]) => ranking(key, members, options, refused))
    .filter(({ rows }) => rows.length > 0);
  const newest = new Map([...groups].map(([key, members]) => [key, members.at(-1)!.started]));
  const models = ({ rows }: Ranking) => rows.filter(({ baseline }) => !baseline).length;
  rankings.sort(
    (a, b) =>
      models(b) - models(a) ||
      by<Ranking>(({ key }) => newest.get(key)!)(b, a) ||
      by<Ranking>(({ key }) => key)(a, b),
  );
  const first = rankings[0];
  const standing = new Set(rankings.flatMap(({ rows }) => rows.map(({ run }) => run)));
  return {
    schema_version: LEADERBOARD_VERSION,
    runs: ordered.map(provenance),
    rankings: rankings.map((each) => ({
      ...each,
      apart: each === first ? [] : differences(each.comparable, first!.comparable),
    })),
    ...(options.samples ? { samples: options.samples.filter(({ run }) => standing.has(run)) } : {}),
    refused,
  };
}

function ranking(
  key: string,
  runs: readonly Summary[],
  options: LeaderboardOptions,
  refused: Leaderboard['refused'],
): Ranking {
  const newest = new Map<string, Entry>();
  const superseded: Ranking['superseded'] = [];
  for (const run of runs)
    for (const model of run.models) {
      const row = rowOf(run, model);
      const reasons = [options.unproved?.get(run.run), tooUnscored(row, options.maxUnscored ?? 0.05)].filter(
        (reason) => reason !== undefined,
      );
      if (reasons.length > 0 && !options.force) {
        refused.push({ model: row.model, run: row.run, reason: reasons.join('; ') });
        continue;
      }
      row.marks.push(...reasons);
      const identity = canonicalJson([row.model, row.settings]);
      const older = newest.get(identity)?.row;
      if (older)
        superseded.push({
          model: older.model,
          run: older.run,
          ...(older.overall.score === undefined ? {} : { score: older.overall.score }),
        });
      newest.set(identity, { row, started: run.started });
    }
  const rows = sorted([...newest.values()].map(({ row }) => ({ ...row, label: labelOf(row) })));
  return {
    key,
    comparable: comparableOf(runs[0]!),
    apart: [],
    rows: ranked(rows.map(({ label: _label, ...row }) => row)),
    superseded,
  };
}

function tooUnscored({ overall: { attempts, unscored } }: LeaderboardRow, limit: number): string | undefined {
  if (attempts === 0) return 'nothing was asked';
  return unscored / attempts > limit
    ? `${unscored} of ${attempts} attempts unscored, more than ${points(limit)} %`
    : undefined;
}

function rowOf(run: Summary, summary: ModelSummary): LeaderboardRow {
  // The rates are in the carbon figure's method and factor.
  const { id, settings, prices, energy: _rates, ...rest } = summary;
  const { temperature, topP, maxTokens, seed, stop, reasoningEffort } = settings;
  return {
    ...rest,
    model: id,
    settings: {
      ...(temperature === undefined ? {} : { temperature }),
      ...(topP === undefined ? {} : { top_p: topP }),
      ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
      ...(seed === undefined ? {} : { seed }),
      ...(stop === undefined ? {} : { stop }),
      ...(reasoningEffort === undefined ? {} : { reasoning_effort: reasoningEffort }),
    },
    ...(prices ? { prices: priceOf(prices) } : {}),
    run: run.run,
    epochs: run.epochs,
    marks: run.status === 'done' ? [] : [`its run ended ${run.status}`],
  };
}

function priceOf({
  asOf,
  batch: _batch,
  ...prices
}: NonNullable<ModelSummary['prices']>): LeaderboardRow['prices'] {
  return { ...prices, ...(asOf === undefined ? {} : { as_of: asOf }) };
}

function provenance({ run, started, ended, status, harness, suites }: Summary): Leaderboard['runs'][number] {
  return {
    run,
    started,
    ended,
    status,
    harness,
    suites: suites.map(({ name, version, hash, samples, floors }) => ({
      name,
      version,
      hash,
      samples,
      floors,
    })),
  };
}

/** A model's name, with the settings it was asked with where there are any. */
export function labelOf({ model, settings }: Pick<LeaderboardRow, 'model' | 'settings'>): string {
  const told = Object.entries(settings).map(([name, value]) => `${name} ${value}`);
  return told.length > 0 ? `${model} (${told.join(', ')})` : model;
}
