import * as z from 'zod';
import { REASONING_STYLES } from './openai/chat-request.ts';

/** Headers that carry keys. A key in a file is a key in a repository sooner or later. */
const KEY_HEADER = /^(proxy-)?authorization$|^cookie$|(^|-)(api-?key|key|token|secret)$/i;
const RESERVED = new Set(['baseline', 'command', 'replay', 'module']);

const headersSchema = z
  .record(z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, 'is no header name'), z.string())
  .superRefine((headers, context) => {
    for (const [name, value] of Object.entries(headers)) {
      const problem = headerProblem(name, value);
      if (problem) context.addIssue({ code: 'custom', path: [name], message: problem });
    }
  });

function headerProblem(name: string, value: string): string | undefined {
  const fix = 'put the key in an environment variable and name it in key_env (and the header in key_header)';
  if (KEY_HEADER.test(name)) return `would hold a key in the file: ${fix}`;
  if (/\b(sk|pk|rk|gsk|xai)-[A-Za-z0-9]{8}|^bearer\s/i.test(value)) return `looks like a key: ${fix}`;
  return /[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)
    ? 'holds a line break or control character'
    : undefined;
}

const baseUrlSchema = z.string().superRefine((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const problem = !url
    ? 'is no URL'
    : !/^https?:$/.test(url.protocol)
      ? 'must start with http:// or https://'
      : url.username || url.password
        ? 'holds a password: put it in an environment variable and name it in key_env'
        : url.search || url.hash
          ? 'must not hold a query or fragment'
          : undefined;
  if (problem) context.addIssue({ code: 'custom', message: problem });
});

/** Money per million tokens. */
export const pricesSchema = z.strictObject({
  input: z.number().nonnegative(),
  output: z.number().nonnegative(),
  /** ISO 4217. */
  currency: z.string().regex(/^[A-Z]{3}$/, 'is no ISO 4217 code such as USD or CNY'),
  /** The day the prices were looked up. */
  as_of: z.iso.date().optional(),
  /** What a batch costs, as a share of these: 0.5 for the two vendors unless told, 1 for other endpoints. */
  batch: z.number().positive().max(1).optional(),
});

/**
 * What answering takes, for the carbon column: by the model's size (a published regression) or as measured, and the
 * emission factor of the electricity, published or told.
 */
export const carbonSchema = z
  .strictObject({
    active_parameters_b: z.number().positive().optional(),
    /** Absent: all parameters are active. */
    total_parameters_b: z.number().positive().optional(),
    /** Of the data centre; needed with the model's size. */
    pue: z.number().min(1).max(5).optional(),
    /** Measured at the facility's meter, instead of the model's size. */
    wh_per_1k_output_tokens: z.number().positive().optional(),
    /** A published factor, by region, year and basis… */
    region: z.string().optional(),
    year: z.int().optional(),
    basis: z.enum(['grid-average', 'residual', 'fossil']).optional(),
    /** … or one of your own, with where it is from. */
    kg_co2_per_kwh: z.number().nonnegative().optional(),
    source: z.string().min(1).optional(),
  })
  .superRefine((carbon, context) => {
    const sized = carbon.active_parameters_b !== undefined && carbon.pue !== undefined;
    const measured = carbon.wh_per_1k_output_tokens !== undefined;
    if (sized === measured)
      context.addIssue({
        code: 'custom',
        message: 'needs active_parameters_b with pue, or wh_per_1k_output_tokens, not both',
      });
    if ((carbon.total_parameters_b ?? Infinity) < (carbon.active_parameters_b ?? 0))
      context.addIssue({ code: 'custom', message: 'has more active parameters than parameters' });
    const own = carbon.kg_co2_per_kwh !== undefined && carbon.source !== undefined;
    const published = carbon.region !== undefined && carbon.year !== undefined && carbon.basis !== undefined;
    if (own === published)
      context.addIssue({
        code: 'custom',
        message:
          'needs region, year and basis of a published factor, or kg_co2_per_kwh with its source, not both',
      });
  });
export type CarbonConfig = z.infer<typeof carbonSchema>;

const limitsSchema = z.strictObject({
  concurrency: z.int().positive().max(10_000).optional(),
  rpm: z.number().positive().optional(),
  tpm: z.number().positive().optional(),
});

/** What may be said of a provider, and again of one of its models. */
const tuning = {
  api: z.enum(['chat', 'responses']).optional(),
  stream: z.boolean().optional(),
  prices: pricesSchema.optional(),
  carbon: carbonSchema.optional(),
  limits: limitsSchema.optional(),
  /** For one attempt, from sending to the last byte. */
  timeout_s: z.number().positive().max(86_400).optional(),
  /** How the endpoint is told to reason. */
  reasoning: z.enum(REASONING_STYLES).optional(),
  /** Responses API: ask for a summary of the reasoning. */
  reasoning_summary: z.enum(['auto', 'concise', 'detailed']).optional(),
  /** Anthropic: by effort (adaptive) or by a budget of tokens; by the model's name where absent. */
  thinking: z.enum(['adaptive', 'budget']).optional(),
  max_tokens_name: z.enum(['max_tokens', 'max_completion_tokens']).optional(),
  /** Whether the endpoint can be told to give one JSON object, as judges are to. OpenAI: yes unless told; others: no. */
  json_mode: z.boolean().optional(),
  /** Whether an OpenAI-compatible endpoint has the batch interface; the two vendors have. */
  batch: z.boolean().optional(),
  /** Members added to every request body. */
  extra_body: z.record(z.string(), z.json()).optional(),
};
const tuningSchema = z.strictObject(tuning);
export type ModelTuning = z.infer<typeof tuningSchema>;

const providerSchema = z.strictObject({
  ...tuning,
  /** Which client to use; `openai` and `anthropic` for entries of that name, else `openai-compatible`. */
  client: z.enum(['openai', 'anthropic', 'openai-compatible']).optional(),
  base_url: baseUrlSchema.optional(),
  /** The environment variable that holds the key. Absent: the endpoint wants none. */
  key_env: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'is no name of an environment variable')
    .optional(),
  /** The header that carries the bare key, where it is not Authorization with Bearer. */
  key_header: z
    .string()
    .regex(/^[A-Za-z0-9-]+$/, 'is no header name')
    .optional(),
  headers: headersSchema.optional(),
  /** Of all its models together; `limits` hold for each of them. */
  shared_limits: limitsSchema.optional(),
  models: z.record(z.string(), tuningSchema).optional(),
});
export type ProviderConfig = z.infer<typeof providerSchema>;

/** The `providers:` part of wattmark.yaml, by name. */
export const providersConfigSchema = z
  .record(z.string().regex(/^[a-z0-9][a-z0-9_-]*$/i, 'must be letters, digits, - and _'), providerSchema)
  .superRefine((providers, context) => {
    for (const [name, entry] of Object.entries(providers)) {
      const problem = RESERVED.has(name)
        ? 'is a name of its own here: choose another'
        : accountProblem(name, entry);
      if (problem) context.addIssue({ code: 'custom', path: [name], message: problem });
    }
  });
export type ProvidersConfig = z.infer<typeof providersConfigSchema>;

/** Which client an entry is for. */
export function clientOf(name: string, { client }: ProviderConfig): NonNullable<ProviderConfig['client']> {
  return client ?? (name === 'openai' || name === 'anthropic' ? name : 'openai-compatible');
}

function accountProblem(name: string, entry: ProviderConfig): string | undefined {
  const client = clientOf(name, entry);
  if (client === 'openai-compatible') {
    return entry.base_url ? undefined : 'needs a base_url, such as http://localhost:8000/v1';
  }
  return client === name || entry.key_env
    ? undefined
    : `needs a key_env: the key of ${client} is not sent to another endpoint unasked`;
}

/** What holds for one model: its own words over its provider's. Limits join, member by member. */
export function tuningFor(entry: ProviderConfig, model: string): ModelTuning {
  const own = entry.models && Object.hasOwn(entry.models, model) ? entry.models[model] : undefined;
  const shared: ModelTuning = Object.fromEntries(
    Object.entries(entry).filter(([name]) => Object.hasOwn(tuning, name)),
  );
  const limits = { ...shared.limits, ...own?.limits };
  return { ...shared, ...own, ...(Object.keys(limits).length > 0 && { limits }) };
}
