import type { Post, RawHeaders } from './post.ts';

/** What goes between a thread that asks and the thread that sends. */
export type ToSender = { id: number; post: Post } | { id: number; abort: true } | { close: true };
export type FromSender =
  | { ready: true }
  | { id: number; status: number; headers: RawHeaders; text: string }
  | { id: number; error: SentError };

/** An error between threads: a structured clone would lose the codes that tell what happened. */
export interface SentError {
  message: string;
  code?: string;
  cause?: SentError;
}

const DEEPEST = 8;

export function sentError(error: unknown, depth = 0): SentError {
  const { message, code, cause } =
    error instanceof Error ? (error as NodeJS.ErrnoException) : { message: String(error) };
  // Node tries IPv6 and IPv4 side by side and then throws both failures in one.
  const inner = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : cause;
  return {
    message,
    ...(typeof code === 'string' ? { code } : {}),
    ...(inner === undefined || depth >= DEEPEST ? {} : { cause: sentError(inner, depth + 1) }),
  };
}

export function thrownError({ message, code, cause }: SentError): Error {
  const error = new Error(message, cause === undefined ? {} : { cause: thrownError(cause) });
  return code === undefined ? error : Object.assign(error, { code });
}
