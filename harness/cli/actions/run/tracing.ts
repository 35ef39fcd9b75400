import type { RetryWait } from '../../../../providers/middleware/retry.ts';
import type { ResolvedModel } from '../../../../providers/registry.ts';
import type { Evaluation, TracedModel } from '../../../../providers/trace/gen-ai.ts';
import type { Clock } from '../../../core/clock.ts';
import { UserError } from '../../../core/errors.ts';
import type { Middleware } from '../../../core/provider.ts';
import type { Score } from '../../../core/score.ts';
import { sanitiseLine } from '../../../report/sanitise.ts';
import type { BatchObserver } from '../../../run/batch.ts';
import type { ProgressEvent } from '../../../run/progress.ts';
import type { RunOptions } from '../../commands/run.ts';
import type { Io } from '../../io.ts';
import { VERSION } from '../../version.ts';

const DEFAULT_ENDPOINT = 'http://localhost:4318';
const CLOSE_MS = 5000;

/** Where spans go, by OpenTelemetry's variables; a path is added where an address has none of its own. */
export interface TraceTarget {
  url: string;
  headers: Record<string, string>;
}

export interface Tracing {
  wrap(model: ResolvedModel): Middleware;
  report(event: ProgressEvent): void;
  batches(model: ResolvedModel): BatchObserver;
  retried(wait: RetryWait): void;
  /** `status`: of the run; absent where it threw. */
  close(status: string | undefined): Promise<void>;
}

/** @throws UserError where the address is none, or a header cannot be sent */
export function traceTarget(
  { trace }: Pick<RunOptions, 'trace'>,
  { env }: Pick<Io, 'env'>,
): TraceTarget | undefined {
  if (trace === undefined) return undefined;
  // OpenTelemetry reads a variable that is set and empty as one that is not set.
  const whole = trace === true ? env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] : undefined;
  const base = trace === true ? env['OTEL_EXPORTER_OTLP_ENDPOINT'] || DEFAULT_ENDPOINT : trace;
  const url = whole || `${base.replace(/\/(v1\/traces)?\/*$/, '')}/v1/traces`;
  if (!/^https?:\/\//.test(url) || !URL.canParse(url))
    throw new UserError(
      `--trace: ${sanitiseLine(url)} is no http address`,
      `give the collector's address, such as ${DEFAULT_ENDPOINT}, or put --trace last to take it from OTEL_EXPORTER_OTLP_ENDPOINT`,
    );
  const named = env['OTEL_EXPORTER_OTLP_TRACES_HEADERS'] || env['OTEL_EXPORTER_OTLP_HEADERS'] || '';
  return { url, headers: headersOf(named) };
}

function headersOf(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split(',')
      .filter((pair) => pair.trim() !== '')
      .map((pair) => {
        const at = pair.indexOf('=');
        const [name, value] = [pair.slice(0, at).trim().toLowerCase(), decoded(pair.slice(at + 1).trim())];
        // The value may be a key: it is not quoted.
        if (at < 0 || !/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name) || !/^[\x20-\x7e]*$/.test(value))
          throw new UserError('OTEL_EXPORTER_OTLP_HEADERS: cannot be read', 'write name=value,name=value');
        return [name, value];
      }),
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export async function openTracing(
  target: TraceTarget,
  run: { id: string; suites: readonly string[]; content: boolean },
  io: Io,
  clock: Clock,
): Promise<Tracing> {
  const [{ createExporter }, { attemptName, createTracer }, { openPoster }] = await Promise.all([
    import('../../../../providers/trace/exporter.ts'),
    import('../../../../providers/trace/tracer.ts'),
    import('../../../../providers/http/post.ts'),
  ]);
  const exporter = createExporter(() => openPoster((name) => io.env[name]), {
    ...target,
    resource: { 'service.name': 'wattmark', 'service.version': VERSION },
    version: VERSION,
    onFailure: (reason) =>
      io.err(
        `--trace: ${new URL(target.url).host} takes no spans (${sanitiseLine(reason)}); the run goes on\n`,
      ),
  });
  const attributes = { 'wattmark.run': run.id, 'wattmark.suites': run.suites };
  const tracer = createTracer(exporter, { clock, run: attributes, content: run.content });
  return {
    wrap: (model) => tracer.middleware(tracedModel(model)),
    batches: (model) => tracer.batches(tracedModel(model)),
    retried: tracer.retried,
    report(event) {
      if (!('sample' in event) || event.kind === 'retrying') return;
      const attempt = attemptName(event.model, event.sample, event.epoch);
      if (event.kind === 'asked') tracer.expectScore(attempt);
      else if (event.kind === 'scored') tracer.scored(attempt, evaluationOf(event.score));
      else if (event.kind !== 'replied') tracer.scored(attempt, undefined);
    },
    async close(status) {
      const lost = await tracer.close(CLOSE_MS, { 'wattmark.status': status ?? 'failed' });
      if (lost > 0) io.err(`--trace: ${lost} spans were not delivered\n`);
    },
  };
}

const tracedModel = ({ id, provider, endpoint }: ResolvedModel): TracedModel => ({
  // An endpoint of one's own is called as wattmark.yaml calls it.
  provider: provider === 'openai-compatible' ? (id.split('/')[0] ?? provider) : provider,
  model: id.slice(id.indexOf('/') + 1),
  ...(endpoint === undefined ? {} : { endpoint }),
});

const evaluationOf = (score: Score): Evaluation =>
  score.status === 'scored'
    ? { name: 'wattmark', value: score.value, label: 'scored' }
    : { name: 'wattmark', label: score.status };
