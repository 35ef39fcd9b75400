import * as z from 'zod';
import { badResponse, type EventFold } from '../dialect.ts';
import { chatReply } from './chat-completion.ts';
import { messageWire, type Spoken, spoken } from './chat-text.ts';
import { usageWire } from './usage.ts';

const chunkWire = z.object({
  model: z.string().optional().catch(undefined),
  // The last chunk, that of the usage, has none.
  choices: z
    .array(
      z.object({
        index: z.number().optional().catch(undefined),
        delta: messageWire.nullish().catch(undefined),
        finish_reason: z.string().nullish().catch(undefined),
      }),
    )
    .nullish()
    .catch(undefined),
  usage: usageWire,
});

/** Folds chat.completion.chunk events. A stream is whole when a finish reason came, or the server's own [DONE]. */
export function foldChatStream(): EventFold {
  const said: Spoken = { text: '', reasoning: '', refusal: '' };
  let finish: string | undefined;
  let model: string | undefined;
  let usage: z.infer<typeof usageWire>;
  let chunks = 0;
  return {
    push(event) {
      const parsed = chunkWire.safeParse(event);
      if (!parsed.success) throw badResponse('the stream holds something that is no chunk');
      chunks++;
      model ??= parsed.data.model || undefined;
      usage = parsed.data.usage ?? usage;
      const choice = parsed.data.choices?.find(({ index }) => (index ?? 0) === 0);
      finish = choice?.finish_reason ?? finish;
      if (!choice?.delta) return false;
      const more = spoken(choice.delta);
      said.text += more.text;
      said.reasoning += more.reasoning;
      said.refusal += more.refusal;
      return more.text !== '' || more.reasoning !== '' || more.refusal !== '';
    },
    end(ended) {
      if (finish === undefined && !(ended && chunks > 0)) {
        throw badResponse(
          chunks === 0 ? 'the stream is empty' : 'the stream broke off before the reply ended',
        );
      }
      return chatReply(said, finish, { model, usage });
    },
  };
}
