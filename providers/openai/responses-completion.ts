import * as z from 'zod';
import type { Completion } from '../../harness/core/provider.ts';
import { badResponse, type Reply } from '../dialect.ts';
import { readUsage, usageWire } from './usage.ts';

const text = z.object({ text: z.string().optional().catch(undefined) });
const itemWire = z.object({
  type: z.string(),
  content: z
    .array(
      z.object({
        type: z.string(),
        text: z.string().optional().catch(undefined),
        refusal: z.string().optional().catch(undefined),
      }),
    )
    .nullish()
    .catch(undefined),
  summary: z.array(text).nullish().catch(undefined),
});
const responseWire = z.object({
  model: z.string().optional().catch(undefined),
  status: z.string().nullish().catch(undefined),
  incomplete_details: z.object({ reason: z.string().optional() }).nullish().catch(undefined),
  output: z.array(itemWire),
  usage: usageWire,
});

/** Reads a whole response object. @throws ProviderError of kind `bad-response` */
export function readResponse(wire: unknown): Reply {
  const parsed = responseWire.safeParse(wire);
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join('.') || 'body';
    throw badResponse(`the reply is no response object: ${where} is missing or of another type`);
  }
  const { output, usage, model, incomplete_details } = parsed.data;
  const messages = output.filter((item) => item.type === 'message');
  const raw = incomplete_details?.reason ?? parsed.data.status ?? undefined;
  // Reasoning that used up every token leaves no message, and that is an answer; nothing at all is none.
  if (messages.length === 0 && (raw === 'completed' || raw === undefined)) {
    throw badResponse('the reply holds no message');
  }
  const parts = messages.flatMap((item) => item.content ?? []);
  const refusal = join(parts.filter((part) => part.type === 'refusal').map((part) => part.refusal));
  const reasoning = output.filter((item) => item.type === 'reasoning').map(reasoningText);
  return {
    text: join(parts.filter((part) => part.type === 'output_text').map((part) => part.text)) || refusal,
    ...(join(reasoning) && { reasoning: reasoning.filter(Boolean).join('\n\n') }),
    finish: { unified: unified(raw, refusal !== ''), ...(raw && { raw: raw.slice(0, 60) }) },
    usage: readUsage(usage),
    ...(model && { servedModel: model }),
  };
}

const join = (pieces: (string | undefined)[]) => pieces.join('');

/** Open models give the reasoning itself, OpenAI's own a summary of it. */
function reasoningText(item: z.infer<typeof itemWire>): string {
  return (
    join((item.content ?? []).map((part) => part.text)) ||
    (item.summary ?? []).map((s) => s.text).join('\n\n')
  );
}

function unified(raw: string | undefined, refused: boolean): Completion['finish']['unified'] {
  if (refused) return 'refusal';
  switch (raw) {
    case undefined:
      return 'unknown';
    case 'completed':
      return 'stop';
    case 'max_output_tokens':
      return 'length';
    case 'content_filter':
      return 'content-filter';
    case 'cancelled':
    case 'failed':
      throw badResponse(`the vendor broke off the reply: status ${raw}`, 'server');
    default:
      return 'other';
  }
}
