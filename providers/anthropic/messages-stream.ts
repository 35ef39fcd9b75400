import * as z from 'zod';
import { badResponse, type EventFold } from '../dialect.ts';
import { type MessageParts, messageReply, stopDetailsWire } from './messages-completion.ts';
import { usageWire } from './messages-usage.ts';

const eventWire = z.object({
  type: z.string(),
  message: z
    .object({ model: z.string().optional().catch(undefined), usage: usageWire })
    .optional()
    .catch(undefined),
  delta: z
    .object({
      type: z.string().optional(),
      text: z.string().optional(),
      thinking: z.string().optional(),
      stop_reason: z.string().nullish(),
      stop_details: stopDetailsWire,
    })
    .optional()
    .catch(undefined),
  usage: usageWire,
});

/** Folds the events of a streamed message. Whole when a stop_reason came; counts of later events are cumulative. */
export function foldMessagesStream(): EventFold {
  const parts: MessageParts = {
    text: '',
    reasoning: '',
    model: undefined,
    stopReason: undefined,
    explanation: undefined,
    usage: undefined,
  };
  return {
    push(raw) {
      const parsed = eventWire.safeParse(raw);
      if (!parsed.success) throw badResponse('the stream holds something that is no event');
      const { type, message, delta, usage } = parsed.data;
      if (type === 'message_start') {
        parts.model = message?.model;
        // Its output count is that of the first token only: a placeholder until message_delta.
        parts.usage = { ...message?.usage, output_tokens: undefined };
      }
      if (type === 'message_delta') {
        parts.stopReason = delta?.stop_reason ?? parts.stopReason;
        parts.explanation = delta?.stop_details?.explanation ?? parts.explanation;
        parts.usage = { ...parts.usage, ...told(usage) };
      }
      if (type !== 'content_block_delta' || !delta) return false;
      parts.text += delta.text ?? '';
      parts.reasoning += delta.thinking ?? '';
      return Boolean(delta.text || delta.thinking);
    },
    end() {
      if (parts.stopReason === undefined) throw badResponse('the stream broke off before the reply ended');
      return messageReply(parts);
    },
  };
}

/** The counts an event does tell: null must not wipe out what message_start said. */
function told(usage: z.infer<typeof usageWire>): object {
  return Object.fromEntries(
    Object.entries(usage ?? {}).filter(([, value]) => value !== null && value !== undefined),
  );
}
