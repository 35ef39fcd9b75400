import * as z from 'zod';
import {
  type CompletionRequest,
  FINISH_REASONS,
  PROVIDER_FAULTS,
  ProviderError,
  usageSchema,
} from '../../harness/core/provider.ts';
import type { Reply } from '../dialect.ts';
import { redact } from '../faults/redact.ts';

/** One line to the program: `{"id": 1, "messages": [{"role", "content"}], "settings": {…}, "epoch": 1}`. */
export function requestLine(id: number, { messages, settings, epoch = 1 }: CompletionRequest): string {
  // The sample's name and hash stay here: a program must answer the question, not look it up.
  return `${JSON.stringify({ id, messages, settings, epoch })}\n`;
}

const lineSchema = z.object({
  id: z.int(),
  text: z.string().optional(),
  reasoning: z.string().optional(),
  finish: z.union([z.enum(FINISH_REASONS), z.string()]).optional(),
  usage: usageSchema.partial().optional(),
  model: z.string().optional(),
  error: z
    .union([
      z.string(),
      z.object({
        message: z.string(),
        fault: z.enum(PROVIDER_FAULTS).optional().catch(undefined),
        retryAfterMs: z.number().nonnegative().optional(),
      }),
    ])
    .optional(),
});

export type LineReading =
  | { status: 'reply'; id: number; reply: Reply }
  | { status: 'error'; id: number; error: ProviderError }
  | { status: 'garbage'; reason: string };

const UNIFIED = new Set<string>(FINISH_REASONS);

/** Reads one line of the program: `{"id": 1, "text": "…"}`, or `{"id": 1, "error": "…"}`. Everything else is garbage. */
export function readLine(line: string): LineReading {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return { status: 'garbage', reason: `not JSON: ${redact(line, [], 80)}` };
  }
  const read = lineSchema.safeParse(parsed);
  if (!read.success) {
    const issue = read.error.issues[0];
    return { status: 'garbage', reason: `${issue?.path.join('.') || 'line'}: ${issue?.message ?? 'wrong'}` };
  }
  const { id, text, error } = read.data;
  if (error !== undefined) return { status: 'error', id, error: programError(error) };
  if (text === undefined) return { status: 'garbage', reason: 'neither text nor error' };
  return { status: 'reply', id, reply: replyOf(text, read.data) };
}

function programError(error: NonNullable<z.infer<typeof lineSchema>['error']>): ProviderError {
  const {
    message,
    fault = 'server',
    retryAfterMs = undefined,
  } = typeof error === 'string' ? { message: error } : error;
  return new ProviderError(fault, `the program says: ${redact(message)}`, {
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

function replyOf(text: string, { reasoning, finish, usage, model }: z.infer<typeof lineSchema>): Reply {
  const unified = finish === undefined ? 'unknown' : UNIFIED.has(finish) ? finish : 'other';
  return {
    text,
    ...(reasoning && { reasoning }),
    finish: {
      unified: unified as Reply['finish']['unified'],
      ...(finish !== undefined && { raw: finish.slice(0, 60) }),
    },
    usage: usage ?? {},
    ...(model && { servedModel: model }),
  };
}
