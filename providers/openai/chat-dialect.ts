import type { Dialect } from '../dialect.ts';
import { readChatCompletion } from './chat-completion.ts';
import { type ChatOptions, chatBody } from './chat-request.ts';
import { foldChatStream } from './chat-stream.ts';

/** Chat completions, as OpenAI and the many servers after its model speak it. */
export const chatDialect = (options: ChatOptions): Dialect => ({
  path: 'chat/completions',
  body: (model, request, stream) => chatBody(model, request, stream, options),
  read: readChatCompletion,
  fold: foldChatStream,
});
