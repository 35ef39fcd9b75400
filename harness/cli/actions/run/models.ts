import { isOldPrice } from '../../../../providers/list-price.ts';
import type { ReplyCache } from '../../../../providers/middleware/cache.ts';
import type { RetryWait } from '../../../../providers/middleware/retry.ts';
import { cachedBy, createTogether, openModel } from '../../../../providers/open-model.ts';
import { type ResolveDeps, type ResolvedModel, resolveModel } from '../../../../providers/registry.ts';
import type { ReplayLookup } from '../../../../providers/replay/provider.ts';
import { type Issue, UserError } from '../../../core/errors.ts';
import type { ModelRecord } from '../../../core/event.ts';
import type { Completion, GenerationSettings, Middleware, Provider } from '../../../core/provider.ts';
import type { Sample } from '../../../core/sample.ts';
import { openLines, readEntries } from '../../../run/journal-reader.ts';
import type { ProgressEvent } from '../../../run/progress.ts';
import { resolveRun } from '../../../run/run-id.ts';
import { findAttempt, foldState } from '../../../run/state.ts';
import { carbonRates } from '../../carbon-rates.ts';
import { readConfig } from '../../config.ts';
import type { Io } from '../../io.ts';
import { importUserModule } from '../../registries.ts';

export interface FindOptions {
  config?: string | undefined;
  runs: string;
  lookupSample(hash: string): Sample | undefined;
  requireKeys: boolean;
}

/** Finds every model that is named, and reports all that is wrong with any of them at once. */
export function findModels(names: readonly string[], options: FindOptions, io: Io): ResolvedModel[] {
  const deps: ResolveDeps = {
    config: readConfig(options.config, io).providers,
    env: (name) => io.env[name],
    lookupSample: options.lookupSample,
    openReplay: (run) => openReplay(options.runs, run),
    importModule: (path) => importUserModule(path, io),
    requireKeys: options.requireKeys,
  };
  const issues: Issue[] = [];
  const found = names.flatMap((name) => {
    try {
      return [resolveModel(name, deps)];
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      issues.push(...error.issues);
      return [];
    }
  });
  if (issues.length > 0) throw new UserError(issues);
  return found;
}

/** What a user had better know of the models before they are asked: settings they will not hear, prices that have aged. */
export function modelRemarks(
  models: readonly ResolvedModel[],
  records: readonly ModelRecord[],
  nowMs: number,
): string[] {
  return models.flatMap((model, i) => {
    const ignored = model.ignores(records[i]?.settings ?? {});
    const asOf = model.listPriced ? model.prices?.asOf : undefined;
    return [
      ...(ignored.length > 0 ? [`${model.id}: has no ${ignored.join(', ')}; not sent`] : []),
      ...(asOf !== undefined && isOldPrice(asOf, nowMs)
        ? [`${model.id}: its price is of ${asOf}; give today's in wattmark.yaml`]
        : []),
    ];
  });
}

/** @throws UserError for an emission factor that is not published */
export function modelRecord(model: ResolvedModel, settings: GenerationSettings): ModelRecord {
  const { id, provider, baseline, prices, tuning } = model;
  return {
    id,
    provider,
    baseline,
    settings: baseline ? {} : settings,
    ...(prices ? { prices } : {}),
    ...(tuning.carbon ? { energy: carbonRates(id, tuning.carbon) } : {}),
  };
}

export interface OpenedModels {
  providers: ReadonlyMap<string, Provider>;
  /** The same without the trace. */
  untraced: ReadonlyMap<string, Provider>;
  /** Puts the cache and the trace of a model around another way of asking it. */
  around(model: ResolvedModel, provider: Provider): Provider;
  /** Pieces of work in hand: above the limit on requests, since one that waits to be sent again holds no slot. */
  concurrency(model: Pick<ModelRecord, 'id'>): number;
  close(): Promise<void>;
}

export interface OpenSettings {
  concurrency: number | undefined;
  attemptTimeoutMs: number | undefined;
  cache?: { folder: string; maxBytes: number } | undefined;
  onWait(event: Extract<ProgressEvent, { kind: 'retrying' | 'throttled' }>): void;
  onRetry?(wait: RetryWait): void;
  /** Put around all else that happens to a request: a reply from the cache passes it too. */
  wrap?(model: ResolvedModel): Middleware;
}

const CONCURRENCY = { vendor: 10, baseline: 4, local: 4 };

/** How many requests of a model may be in flight at once. */
export function widthOf(model: ResolvedModel, asked: number | undefined): number {
  const kind = model.baseline
    ? 'baseline'
    : ['command', 'replay', 'module'].includes(model.provider)
      ? 'local'
      : 'vendor';
  const configured = model.tuning.limits?.concurrency ?? model.shared?.limits.concurrency;
  return asked ?? configured ?? CONCURRENCY[kind];
}

/** Opens models with their retries, limits and deadlines. Nothing has been asked yet. */
export async function openModels(
  models: readonly ResolvedModel[],
  settings: OpenSettings,
): Promise<OpenedModels> {
  const { cache: kept } = settings;
  const cache = kept && (await openCache(kept));
  const opened = new Map<string, Provider>();
  const widths = new Map<string, number>();
  const shared: Shared = new Map();
  for (const model of models) {
    // A model may be asked and judge at once: one connection, one limit.
    if (opened.has(model.id)) continue;
    const concurrency = widthOf(model, settings.concurrency);
    const together = togetherOf(model, shared, settings);
    widths.set(model.id, concurrency);
    const tuning =
      settings.attemptTimeoutMs === undefined
        ? model.tuning
        : { ...model.tuning, timeout_s: settings.attemptTimeoutMs / 1000 };
    const limited = { ...tuning, limits: { ...tuning.limits, concurrency } };
    opened.set(
      model.id,
      await openModel(
        { ...model, tuning: limited },
        {
          concurrency,
          ...(together && { together }),
          ...(cache ? { cache } : {}),
          onWait(wait) {
            settings.onWait(retryingOf(model, wait));
            settings.onRetry?.(wait);
          },
          onThrottle: ({ by, waitMs }) =>
            settings.onWait({ kind: 'throttled', model: model.id, waitMs, reason: throttledBy(by, model) }),
        },
      ),
    );
  }
  const traced = (model: ResolvedModel, provider: Provider) => settings.wrap?.(model)(provider) ?? provider;
  return {
    untraced: opened,
    around: (model, provider) => traced(model, cachedBy(cache, model)(provider)),
    providers: new Map(
      models.flatMap((model) => {
        const provider = opened.get(model.id);
        return provider ? [[model.id, traced(model, provider)] as const] : [];
      }),
    ),
    concurrency: ({ id }) => Math.ceil(1.5 * (widths.get(id) ?? 1)),
    async close() {
      await Promise.allSettled([...opened.values()].map(async (provider) => provider.close?.()));
    },
  };
}

/** What models of one provider share, by the provider's name. */
type Shared = Map<string, { limit: Middleware; models: string[] }>;

/** One limiter a provider, whichever of its models came first. Where it holds back one, it holds back all. */
function togetherOf(
  { id, shared }: ResolvedModel,
  known: Shared,
  { onWait }: OpenSettings,
): Middleware | undefined {
  if (!shared) return undefined;
  let together = known.get(shared.provider);
  if (!together) {
    const models: string[] = [];
    const reason = 'held to the shared limits of wattmark.yaml';
    const onThrottle = ({ waitMs }: { waitMs: number }) => {
      for (const model of models) onWait({ kind: 'throttled', model, waitMs, reason });
    };
    together = { limit: createTogether(shared.limits, { onThrottle }), models };
    known.set(shared.provider, together);
  }
  together.models.push(id);
  return together.limit;
}

/** @throws UserError where the folder cannot be made */
async function openCache({ folder, maxBytes }: NonNullable<OpenSettings['cache']>): Promise<ReplyCache> {
  const { openReplyCache } = await import('../../../../providers/middleware/cache.ts');
  return openReplyCache(folder, maxBytes).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`--cache ${folder}: cannot be made (${error.code ?? error.message})`);
  });
}

const retryingOf = (
  { id: model }: ResolvedModel,
  { request: { sampleId: sample, epoch }, fault, tries, waitMs }: RetryWait,
) => ({
  kind: 'retrying' as const,
  model,
  ...(sample === undefined || epoch === undefined ? {} : { sample, epoch }),
  fault,
  tries,
  waitMs,
});

const throttledBy = (by: 'vendor' | 'config', { id }: ResolvedModel): string =>
  by === 'vendor' ? `throttled by ${id.split('/')[0]}` : 'held to the rate of wattmark.yaml';

/** The replies of an earlier run, by sample, model and epoch, read from its journal as they are needed. */
async function openReplay(runs: string, run: string): Promise<ReplayLookup> {
  const { journal } = resolveRun(runs, run);
  const state = await foldState(readEntries(journal, { onDamage: () => {} }));
  const lines = openLines(journal);
  return (sampleHash, model, epoch): Completion | undefined => {
    const candidates = [...state.models.values()].filter(({ id }) => model === undefined || id === model);
    for (const candidate of candidates) {
      const ref = findAttempt(state, candidate, epoch, sampleHash)?.reply;
      const event = ref && lines.read(ref);
      if (event?.event === 'completion-end') return event.completion;
    }
    return undefined;
  };
}
