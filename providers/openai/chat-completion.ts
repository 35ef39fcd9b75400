import * as z from 'zod';
import { badResponse, type Reply } from '../dialect.ts';
import { chatFinish } from './chat-finish.ts';
import { messageWire, type Spoken, splitThinking, spoken } from './chat-text.ts';
import { readUsage, usageWire } from './usage.ts';

const completionWire = z.object({
  model: z.string().optional().catch(undefined),
  choices: z.array(z.object({ message: messageWire, finish_reason: z.string().nullish().catch(undefined) })),
  usage: usageWire,
});

/** Reads a whole chat completion. @throws ProviderError of kind `bad-response` */
export function readChatCompletion(wire: unknown): Reply {
  const parsed = completionWire.safeParse(wire);
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join('.') || 'body';
    throw badResponse(`the reply is no chat completion: ${where} is missing or of another type`);
  }
  const { choices, model, usage } = parsed.data;
  const choice = choices[0];
  if (!choice) throw badResponse('the reply holds no choices');
  return chatReply(spoken(choice.message), choice.finish_reason, { model, usage });
}

/** The reply that a whole completion or a folded stream amounts to. */
export function chatReply(
  said: Spoken,
  finishReason: string | null | undefined,
  rest: { model: string | undefined; usage: z.infer<typeof usageWire> },
): Reply {
  const refused = said.refusal !== '';
  const finish = chatFinish(finishReason, refused);
  const parted = said.reasoning
    ? { text: said.text, reasoning: said.reasoning }
    : splitThinking(said.text, finish.unified === 'length');
  return {
    text: parted.text || said.refusal,
    ...(parted.reasoning && { reasoning: parted.reasoning }),
    finish,
    usage: readUsage(rest.usage),
    ...(rest.model && { servedModel: rest.model }),
  };
}
