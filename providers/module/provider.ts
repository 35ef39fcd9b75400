import { UserError } from '../../harness/core/errors.ts';
import { completionSchema, type Provider, ProviderError } from '../../harness/core/provider.ts';
import { badResponse } from '../dialect.ts';
import { cancelled } from '../faults/network-fault.ts';
import { redact } from '../faults/redact.ts';
import type { EnvLookup } from '../http/pool.ts';

/** What a user's module exports, by default or as `createProvider`. */
export type ProviderFactory = (context: { id: string; env: EnvLookup }) => Provider | Promise<Provider>;

/**
 * Opens a provider that a user wrote. What it throws becomes a ProviderError and what it returns is checked: the
 * rest of the house may trust both.
 * @throws UserError where the module exports no factory, or the factory gives no provider
 */
export async function openModule(
  id: string,
  path: string,
  importModule: (path: string) => Promise<unknown>,
  env: EnvLookup,
): Promise<Provider> {
  const loaded = await importModule(path).catch((error: unknown) => {
    throw new UserError(`${id}: cannot be loaded: ${words(error)}`);
  });
  const { createProvider, default: byDefault } = loaded as Record<string, unknown>;
  const factory = createProvider ?? byDefault;
  const example = 'export default ({ id, env }) => ({ id, async complete(request, signal) { … } })';
  if (typeof factory !== 'function') throw new UserError(`${id}: exports no provider factory`, example);
  const provider = await (factory as ProviderFactory)({ id, env });
  if (typeof (provider as Provider | undefined)?.complete !== 'function') {
    throw new UserError(`${id}: its factory gave no provider`, example);
  }
  return guarded(id, provider);
}

function guarded(id: string, provider: Provider): Provider {
  const ask = async (...args: Parameters<Provider['complete']>): Promise<unknown> => {
    try {
      return await provider.complete(...args);
    } catch (error) {
      if (error instanceof ProviderError) throw error;
      if (args[1].aborted) throw cancelled();
      throw new ProviderError('server', `the module threw: ${words(error)}`);
    }
  };
  return {
    id,
    async complete(request, signal) {
      if (signal.aborted) throw cancelled();
      const read = completionSchema.safeParse(await ask(request, signal));
      if (read.success) return read.data;
      const issue = read.error.issues[0];
      throw badResponse(
        `the module returned no completion: ${issue?.path.join('.') || 'it'}: ${issue?.message}`,
      );
    },
    close: async () => provider.close?.(),
  };
}

const words = (error: unknown) => redact(error instanceof Error ? error.message : String(error));
