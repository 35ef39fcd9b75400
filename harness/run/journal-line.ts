import { UserError } from '../core/errors.ts';
import { eventSchema, JOURNAL_VERSION, type RunEvent } from '../core/event.ts';

/** In bytes. Past about twice this Node cannot make one string of a line. */
export const LONGEST_LINE = 256 * 1024 * 1024;

/** What one line of a journal turned out to be. */
export type LineReading =
  | { status: 'event'; event: RunEvent }
  /** A kind of event that this version does not know: a reader passes over it and counts it. */
  | { status: 'unknown'; kind: string }
  | { status: 'damaged'; reason: string };

const KNOWN: ReadonlySet<unknown> = new Set(eventSchema.options.map((o) => o.shape.event.value));

/**
 * Reads one line. Nothing below this sees unvalidated data.
 * @throws UserError for a line of a newer journal version: guessing at it could miscount
 */
export function readLine(text: string, path: string, line: number): LineReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { status: 'damaged', reason: 'not one whole JSON value' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { status: 'damaged', reason: 'not a JSON object' };
  }
  const { v, event } = value as Record<string, unknown>;
  if (typeof v === 'number' && v > JOURNAL_VERSION) throw newer(path, line, v);
  if (v === JOURNAL_VERSION && typeof event === 'string' && !KNOWN.has(event)) {
    return { status: 'unknown', kind: event };
  }
  return validated(value);
}

function validated(value: object): LineReading {
  try {
    const parsed = eventSchema.safeParse(value);
    if (parsed.success) return { status: 'event', event: parsed.data };
    const first = parsed.error.issues[0];
    return { status: 'damaged', reason: `${first?.path.join('.') || 'event'}: ${first?.message}` };
  } catch {
    // Validating hostile nesting recurses; a stack overflow is a fault of the line, not of the reader.
    return { status: 'damaged', reason: 'nested too deep' };
  }
}

function newer(file: string, line: number, version: number): UserError {
  return new UserError([
    {
      place: { file, line },
      message: `journal version ${version} was written by a newer Wattmark (this one reads up to ${JOURNAL_VERSION})`,
      hint: 'upgrade Wattmark to read this run',
    },
  ]);
}

/** An event that a reader could not read back: a fault of whoever made it, found before it is written. */
export class UnwritableEvent extends Error {
  override readonly name = 'UnwritableEvent';
}

/**
 * An event as its line, newline included. Lone surrogates are escaped by JSON itself. A score is read back first,
 * since checks hand over whatever they extracted: a line that no reader would take (a value of NaN, hostile
 * nesting) must never get into a journal. All else was parsed when it came in.
 * @throws UnwritableEvent
 */
export function writeLine(event: RunEvent): string {
  let text: string;
  try {
    text = JSON.stringify(event);
  } catch (error) {
    throw new UnwritableEvent(
      `${event.event}: ${error instanceof RangeError ? 'nested too deep' : 'no JSON form'}`,
    );
  }
  // A UTF-16 unit takes at most three bytes.
  if (text.length > LONGEST_LINE / 3) throw new UnwritableEvent(`${event.event}: too long to keep`);
  const back = event.event === 'score-end' ? readLine(text, 'journal', 0) : undefined;
  if (back?.status === 'damaged') throw new UnwritableEvent(`${event.event}: ${back.reason}`);
  return `${text}\n`;
}
