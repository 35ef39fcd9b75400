import type { BatchProvider } from '../harness/core/batch.ts';
import { nearest, UserError } from '../harness/core/errors.ts';
import type { ModelRecord } from '../harness/core/event.ts';
import type { GenerationSettings, Provider } from '../harness/core/provider.ts';
import type { Sample } from '../harness/core/sample.ts';
import { BASELINES, isBaseline } from './baseline/names.ts';
import { type Clock, systemClock } from './clock.ts';
import { clientOf, type ModelTuning, type ProvidersConfig, tuningFor } from './config.ts';
import type { OnRates } from './faults/rate-headers.ts';
import type { EnvLookup } from './http/pool.ts';
import { type Api, ignoredSettings } from './ignored-settings.ts';
import { listPrice } from './list-price.ts';
import { type ModelSpec, parseModelSpec } from './model-spec.ts';
import type { ListPrice } from './price-table.ts';
import type { ReplayLookup } from './replay/provider.ts';
import { type ClientThread, startClientThread, threadSetup } from './thread/client-thread.ts';
import { VENDORS } from './vendors.ts';

export interface ResolveDeps {
  config: ProvidersConfig;
  env: EnvLookup;
  /** For the baselines. */
  lookupSample(sampleHash: string): Sample | undefined;
  /** Reads the journal of a run. @throws UserError where there is none */
  openReplay(run: string): Promise<ReplayLookup>;
  /** Imports a user's module, relative to where the user stands. */
  importModule(path: string): Promise<unknown>;
  clock?: Clock;
  /** False where nothing will be asked (a dry run): a missing key is then no fault. */
  requireKeys?: boolean;
}

/** A model, found and checked but not opened: no SDK, socket, program or journal has been touched. */
export interface ResolvedModel {
  /** As the user named it. */
  id: string;
  /** `openai`, `anthropic`, `openai-compatible`, `baseline`, `command`, `replay` or `module`. */
  provider: string;
  baseline: boolean;
  tuning: ModelTuning;
  /** What all models of this provider have to keep to together. */
  shared?: { provider: string; limits: NonNullable<ModelTuning['limits']> };
  prices?: ModelRecord['prices'];
  /** The prices are the vendor's list prices of a day, which nobody confirmed. */
  listPriced?: boolean;
  /** Where it is asked; absent for what answers on this machine. */
  endpoint?: string;
  /** The settings that the model's API has no word for: they will not be sent. */
  ignores(settings: GenerationSettings): (keyof GenerationSettings)[];
  open(onRates?: OnRates): Promise<Provider>;
  /** Its client on a thread of its own, started at the first call; undefined where no thread can be had. */
  thread?(): ClientThread | undefined;
  /** Opens its interface for batches; absent where it has none, or was not said to have one. */
  openBatch?(): Promise<BatchProvider>;
}

/**
 * Finds the model that a user named, and everything wrong with the name, before anything is asked.
 * @throws UserError for an unknown name (with the nearest known one) or a missing key (naming its variable)
 */
export function resolveModel(text: string, deps: ResolveDeps): ResolvedModel {
  const spec = parseModelSpec(text);
  const id = text.trim();
  const clock = deps.clock ?? systemClock;
  switch (spec.kind) {
    case 'command':
      return local(id, 'command', async () => {
        const { createCommand } = await import('./command/provider.ts');
        return createCommand({ id, program: spec.program, args: spec.args, clock });
      });
    case 'replay':
      return local(id, 'replay', async () => {
        const [{ createReplay }, lookup] = await Promise.all([
          import('./replay/provider.ts'),
          deps.openReplay(spec.run),
        ]);
        return createReplay({ id, lookup, ...(spec.model !== undefined && { model: spec.model }) });
      });
    case 'module':
      return local(id, 'module', async () => {
        const { openModule } = await import('./module/provider.ts');
        return openModule(id, spec.path, deps.importModule, deps.env);
      });
    case 'named':
      return spec.provider === 'baseline'
        ? baseline(id, spec.model, deps, clock)
        : vendor(id, spec, deps, clock);
  }
}

function local(id: string, provider: string, open: () => Promise<Provider>): ResolvedModel {
  return { id, provider, baseline: false, tuning: {}, ignores: () => [], open };
}

function baseline(id: string, name: string, { lookupSample }: ResolveDeps, clock: Clock): ResolvedModel {
  if (!isBaseline(name)) {
    throw unknownName(
      id,
      BASELINES.map((known) => `baseline/${known}`),
    );
  }
  const open = async () => {
    const { createBaseline } = await import('./baseline/provider.ts');
    return createBaseline({ id, name, lookup: lookupSample, clock });
  };
  return { ...local(id, 'baseline', open), baseline: true };
}

type Named = Extract<ModelSpec, { kind: 'named' }>;

function vendor(id: string, spec: Named, deps: ResolveDeps, clock: Clock): ResolvedModel {
  const { config, env } = deps;
  const entry = Object.hasOwn(config, spec.provider) ? config[spec.provider] : undefined;
  if (!entry && spec.provider !== 'openai' && spec.provider !== 'anthropic') {
    const known = ['baseline', 'openai', 'anthropic', ...Object.keys(config)];
    throw unknownName(
      id,
      known.map((provider) => `${provider}/${spec.model}`),
    );
  }
  const name = clientOf(spec.provider, entry ?? {});
  const client = VENDORS[name];
  // A vendor's own key goes to entries of the vendor's own name only, never to another endpoint that speaks its protocol.
  const keyName = entry?.key_env ?? (spec.provider === name ? client.keyEnv : undefined);
  const apiKey = keyName === undefined ? undefined : readKey(id, keyName, deps);
  const tuning = tuningFor(entry ?? {}, spec.model);
  const baseUrl = entry?.base_url ?? ((client.baseUrlEnv && env(client.baseUrlEnv)) || client.baseUrl);
  const batches = tuning.batch ?? name !== 'openai-compatible';
  const prices = tuning.prices ? renamed(tuning.prices, name, batches) : undefined;
  // Under another address the same name may be another's model, at another's price.
  const listed = !prices && baseUrl === client.baseUrl ? listPrice(name, spec.model) : undefined;
  const api: Api = name === 'anthropic' ? 'messages' : (tuning.api ?? 'chat');
  const opening = {
    id,
    model: spec.model,
    baseUrl,
    ...(apiKey && { apiKey }),
    ...(entry?.key_header && { keyHeader: entry.key_header.toLowerCase() }),
    headers: entry?.headers ?? {},
    tuning,
    env,
    clock,
  };
  let thread: ClientThread | undefined;
  return {
    id,
    provider: name,
    baseline: false,
    endpoint: baseUrl,
    tuning,
    ...(entry?.shared_limits && { shared: { provider: spec.provider, limits: entry.shared_limits } }),
    ...(prices && { prices }),
    ...(listed && { prices: inDollars(listed), listPriced: true }),
    ignores: (settings) => ignoredSettings(api, settings),
    open: (onRates) => client.open({ ...opening, ...(onRates && { onRates }) }),
    thread: () => {
      thread ??= startClientThread(threadSetup(name, opening));
      return thread;
    },
    ...(batches && { openBatch: () => client.openBatch(opening) }),
  };
}

/** The key, without the line break that a file read into a variable leaves. @throws UserError naming the variable */
function readKey(id: string, name: string, { env, requireKeys }: ResolveDeps): string | undefined {
  const key = env(name)?.trim();
  if (key && !/^[\x21-\x7e]+$/.test(key)) {
    throw new UserError(`${id}: ${name} holds spaces, line breaks or letters that no key has`);
  }
  if (!key && requireKeys !== false) {
    throw new UserError(`${id} needs a key: ${name} is not set`, `export ${name}=… and run again`);
  }
  return key || undefined;
}

/** Nobody published what a batch costs elsewhere than with the two vendors: there it is taken at the full price. */
function renamed(
  { input, output, currency, as_of, batch }: NonNullable<ModelTuning['prices']>,
  client: keyof typeof VENDORS,
  batches: boolean,
): ModelRecord['prices'] {
  const share = batch ?? (client === 'openai-compatible' && batches ? 1 : undefined);
  return {
    ...{ input, output, currency },
    ...(as_of && { asOf: as_of }),
    ...(share !== undefined && { batch: share }),
  };
}

const inDollars = ({ input, output, asOf }: ListPrice): ModelRecord['prices'] => ({
  input,
  output,
  currency: 'USD',
  asOf,
});

function unknownName(id: string, known: readonly string[]): UserError {
  const message = `${id} is no model that is known here`;
  if (id.includes(',')) return new UserError(message, 'give each model a -m of its own');
  const near = nearest(id, known);
  const hint = near
    ? `did you mean ${near}?`
    : 'openai/…, anthropic/…, baseline/…, or name an endpoint under providers: in wattmark.yaml';
  return new UserError(message, hint);
}
