/** A GOOSE message as a subscriber received it. Times in ms on one synchronised clock. */
export interface GooseMessage {
  arrival_ms: number;
  /** State number: one more at each change of the data. */
  st: number;
  /** Sequence number: 0 with a new state, 1 where the publisher begins at all, one more at each repetition. */
  sq: number;
  /** When the state changed, by the publisher. */
  changed_ms: number;
  /** timeAllowedToLive, ms: by then the next message must have come. */
  live_ms: number;
  trip: boolean;
  test: boolean;
  conf_rev: number;
}

export interface GooseReport {
  duplicates: number;
  /** Messages that gaps of the numbering prove to be lost. */
  lost: number;
  /** Time in which nothing valid was held, since the time allowed to live had run out, ms. */
  dead_ms: number;
  /** The numbering began again at state 1. */
  restarts: number;
  tests: number;
  /** Messages of another configuration revision than the subscriber's. */
  foreign: number;
  /** From the change to trip until the first message that says so, ms; undefined without one. */
  delay_ms: number | undefined;
  /** Whether a subscriber that is not under test acts on the trip. */
  operates: boolean;
}

/**
 * What the numbering and the times of a stream tell, as IEC 61850-8-1 numbers and repeats messages. A copy of the
 * message before it is dropped and changes nothing. Losses just before a new state leave no gap and are not counted.
 */
export function analyseGoose(messages: readonly GooseMessage[], conf_rev: number): GooseReport {
  const kept = messages.filter((message, i) => !isCopy(message, messages[i - 1]));
  let [lost, dead_ms, restarts] = [0, 0, 0];
  kept.forEach((message, i) => {
    const before = kept[i - 1];
    if (!before) return;
    dead_ms += Math.max(0, message.arrival_ms - before.arrival_ms - before.live_ms);
    if (message.st === before.st) lost += message.sq - before.sq - 1;
    else if (message.st > before.st) lost += message.sq;
    else restarts++;
  });
  const said = kept.find(({ trip }) => trip);
  return {
    duplicates: messages.length - kept.length,
    lost,
    dead_ms,
    restarts,
    tests: kept.filter(({ test }) => test).length,
    foreign: kept.filter((message) => message.conf_rev !== conf_rev).length,
    delay_ms: said ? said.arrival_ms - said.changed_ms : undefined,
    operates: kept.some((message) => message.trip && !message.test && message.conf_rev === conf_rev),
  };
}

const isCopy = (message: GooseMessage, before: GooseMessage | undefined): boolean =>
  before !== undefined && before.st === message.st && before.sq === message.sq;

/** Intervals between repetitions of a state, ms: they double from the shortest until the steady one. */
export function repetitionIntervals(shortest_ms: number, steady_ms: number, count: number): number[] {
  return Array.from({ length: count }, (_, k) => Math.min(steady_ms, shortest_ms * 2 ** k));
}
