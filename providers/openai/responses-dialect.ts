import type { Dialect } from '../dialect.ts';
import { readResponse } from './responses-completion.ts';
import { type ResponsesOptions, responsesBody } from './responses-request.ts';
import { foldResponsesStream } from './responses-stream.ts';

/** The responses API. */
export const responsesDialect = (options: ResponsesOptions): Dialect => ({
  path: 'responses',
  body: (model, request, stream) => responsesBody(model, request, stream, options),
  read: readResponse,
  fold: foldResponsesStream,
});
