import {
  type Completion,
  type CompletionRequest,
  ProviderError,
  type ProviderFault,
} from '../harness/core/provider.ts';

/** What a vendor's reply says, without what only the transport knows (latency, request id). */
export type Reply = Pick<Completion, 'text' | 'reasoning' | 'finish' | 'usage' | 'servedModel'>;

/**
 * One HTTP API of a vendor, as pure translators: how a request is written and a reply is read. Wire bodies are
 * untrusted. A reader throws ProviderError of kind `bad-response` for what it cannot read.
 */
export interface Dialect {
  /** Below the base URL: `chat/completions`. */
  readonly path: string;
  body(model: string, request: CompletionRequest, stream: boolean): Record<string, unknown>;
  read(wire: unknown): Reply;
  fold(): EventFold;
}

/** Builds a reply from the events of one stream. */
export interface EventFold {
  /** @returns whether the event carried a part of the reply, text or reasoning */
  push(event: unknown): boolean;
  /**
   * @param ended whether the stream said itself that it was over (`[DONE]`)
   * @throws ProviderError of kind `bad-response` where the stream broke off before the reply was whole
   */
  end(ended: boolean): Reply;
}

export const badResponse = (message: string, fault: ProviderFault = 'bad-response'): ProviderError =>
  new ProviderError(fault, message);
