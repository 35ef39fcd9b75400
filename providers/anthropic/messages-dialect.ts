import type { Dialect } from '../dialect.ts';
import { readMessage } from './messages-completion.ts';
import { type MessagesOptions, messagesBody } from './messages-request.ts';
import { foldMessagesStream } from './messages-stream.ts';

/** Anthropic's messages API. */
export const messagesDialect = (options: MessagesOptions): Dialect => ({
  path: 'v1/messages',
  body: (model, request, stream) => messagesBody(model, request, stream, options),
  read: readMessage,
  fold: foldMessagesStream,
});
