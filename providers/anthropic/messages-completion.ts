import * as z from 'zod';
import type { Completion } from '../../harness/core/provider.ts';
import { badResponse, type Reply } from '../dialect.ts';
import { readUsage, type UsageWire, usageWire } from './messages-usage.ts';

type Unified = Completion['finish']['unified'];

const UNIFIED: ReadonlyMap<string, Unified> = new Map([
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['refusal', 'refusal'],
  ['tool_use', 'tool-calls'],
  ['pause_turn', 'other'],
]);

export const stopDetailsWire = z
  .object({ explanation: z.string().nullish().catch(undefined) })
  .nullish()
  .catch(undefined);

const messageWire = z.object({
  model: z.string().optional().catch(undefined),
  content: z.array(
    z.object({
      type: z.string(),
      text: z.string().optional().catch(undefined),
      thinking: z.string().optional().catch(undefined),
    }),
  ),
  stop_reason: z.string().nullish().catch(undefined),
  stop_details: stopDetailsWire,
  usage: usageWire,
});

/** Reads a whole message. @throws ProviderError of kind `bad-response` */
export function readMessage(wire: unknown): Reply {
  const parsed = messageWire.safeParse(wire);
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join('.') || 'body';
    throw badResponse(`the reply is no message: ${where} is missing or of another type`);
  }
  const { content, model, stop_reason, stop_details, usage } = parsed.data;
  return messageReply({
    text: content.map((block) => (block.type === 'text' ? (block.text ?? '') : '')).join(''),
    reasoning: content.map((block) => (block.type === 'thinking' ? (block.thinking ?? '') : '')).join(''),
    model,
    stopReason: stop_reason ?? undefined,
    explanation: stop_details?.explanation ?? undefined,
    usage,
  });
}

/** What a whole message or a folded stream says. */
export interface MessageParts {
  text: string;
  reasoning: string;
  model: string | undefined;
  stopReason: string | undefined;
  /** Why a refusal was one, in the vendor's words. */
  explanation: string | undefined;
  usage: UsageWire;
}

export function messageReply(parts: MessageParts): Reply {
  const { stopReason: raw } = parts;
  const refused = raw === 'refusal';
  if (raw === undefined && parts.text === '') throw badResponse('the reply holds no text and no stop_reason');
  return {
    text: parts.text || (refused ? (parts.explanation ?? '') : ''),
    ...(parts.reasoning && { reasoning: parts.reasoning }),
    finish: {
      unified: raw === undefined ? 'unknown' : (UNIFIED.get(raw) ?? 'other'),
      ...(raw && { raw: raw.slice(0, 60) }),
    },
    usage: readUsage(parts.usage),
    ...(parts.model && { servedModel: parts.model }),
  };
}
