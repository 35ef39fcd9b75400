import { VENDORS } from '../../../providers/vendors.ts';
import { UserError } from '../../core/errors.ts';
import { ProviderError } from '../../core/provider.ts';
import { sanitiseLine } from '../../report/sanitise.ts';
import type { ModelsOptions } from '../commands/models.ts';
import { readConfig } from '../config.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { findModels, openModels } from './run/models.ts';
import { DEFAULT_MODELS } from './run/order.ts';

interface ProviderLine {
  name: string;
  needs: string;
  ready: boolean;
}

/** `wattmark models`: what can be asked from here, and with --ping whether it answers. */
export async function models(options: ModelsOptions, io: Io): Promise<ExitCode> {
  if (options.ping) return ping(options, io);
  if (options.model) findModels(options.model, { ...unused, config: options.config, requireKeys: true }, io);
  const lines = providerLines(options, io);
  if (options.json) {
    io.out(`${JSON.stringify({ baselines: DEFAULT_MODELS, providers: lines }, null, 2)}\n`);
    return EXIT.done;
  }
  io.out(`Built in, no key: ${DEFAULT_MODELS.join(', ')}\n\n`);
  for (const { name, needs, ready } of lines)
    io.out(`${ready ? '✓' : '–'} ${sanitiseLine(name).padEnd(24)} ${sanitiseLine(needs)}\n`);
  io.out('\nAlso: command:<program>, replay:<run>, module:<file>\n');
  io.out(
    'Endpoints of your own go under providers: in wattmark.yaml; wattmark models --ping -m <model> asks one for a word.\n',
  );
  return EXIT.done;
}

const unused = { runs: 'results/runs', lookupSample: () => undefined };

function providerLines(options: ModelsOptions, io: Io): ProviderLine[] {
  const { providers } = readConfig(options.config, io);
  const vendors = (['openai', 'anthropic'] as const).map((name) =>
    keyLine(`${name}/<model>`, providers[name]?.key_env ?? VENDORS[name].keyEnv, io),
  );
  const own = Object.entries(providers)
    .filter(([name]) => name !== 'openai' && name !== 'anthropic')
    .map(([name, { key_env, base_url }]) => {
      const line = keyLine(`${name}/<model>`, key_env, io);
      return { ...line, needs: `${base_url ?? ''}${key_env ? `, ${line.needs}` : ''}` };
    });
  return [...vendors, ...own];
}

function keyLine(name: string, variable: string | undefined, io: Io): ProviderLine {
  if (variable === undefined) return { name, needs: 'no key', ready: true };
  const ready = Boolean(io.env[variable]?.trim());
  return { name, needs: ready ? `${variable} is set` : `needs ${variable}`, ready };
}

async function ping(options: ModelsOptions, io: Io): Promise<ExitCode> {
  if (!options.model)
    throw new UserError('--ping asks only models that are named', 'wattmark models --ping -m openai/<model>');
  const found = findModels(options.model, { ...unused, config: options.config, requireKeys: true }, io);
  const opened = await openModels(found, { concurrency: 1, attemptTimeoutMs: undefined, onWait: () => {} });
  const results = await Promise.all(
    [...opened.providers].map(async ([id, provider]) => {
      const messages = [{ role: 'user' as const, content: 'Reply with the one word: ready' }];
      try {
        const { text, latency, servedModel } = await provider.complete(
          { messages, settings: {} },
          AbortSignal.timeout(120_000),
        );
        return {
          id,
          ok: true,
          ms: Math.round(latency.totalMs),
          served: servedModel,
          said: text.slice(0, 60),
        };
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error;
        return { id, ok: false, fault: error.fault, message: error.message };
      }
    }),
  );
  await opened.close();
  if (options.json) io.out(`${JSON.stringify(results, null, 2)}\n`);
  else
    for (const result of results) {
      const rest = result.ok
        ? `${result.ms} ms, served by ${result.served ?? 'unknown'}: ${result.said}`
        : `${result.fault}: ${result.message}`;
      io.out(`${result.ok ? '✓' : '✗'} ${sanitiseLine(result.id)}  ${sanitiseLine(rest ?? '')}\n`);
    }
  return results.every(({ ok }) => ok) ? EXIT.done : EXIT.unscored;
}
