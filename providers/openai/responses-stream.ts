import * as z from 'zod';
import { badResponse, type EventFold, type Reply } from '../dialect.ts';
import { readResponse } from './responses-completion.ts';

const eventWire = z.object({
  type: z.string(),
  delta: z.unknown().optional(),
  response: z.unknown().optional(),
});
const ENDS = new Set(['response.completed', 'response.incomplete']);

/** Folds the events of a streamed response. Its last event repeats the response whole, so the deltas only tell the time. */
export function foldResponsesStream(): EventFold {
  let reply: Reply | undefined;
  return {
    push(event) {
      const parsed = eventWire.safeParse(event);
      if (!parsed.success) throw badResponse('the stream holds something that is no event');
      if (ENDS.has(parsed.data.type)) reply = readResponse(parsed.data.response);
      return parsed.data.type.endsWith('.delta') && typeof parsed.data.delta === 'string';
    },
    end() {
      if (!reply) throw badResponse('the stream broke off before the reply ended');
      return reply;
    },
  };
}
