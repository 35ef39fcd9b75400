/** How long one turn of the event loop may go on with work that can wait: replies that come meanwhile stand in line. */
const SLICE_MS = 2;

/**
 * Lets work that can wait do so until what has arrived is dealt with: of a burst of replies each frees its slot and
 * sends the next request before any of them is scored. Scoring two hundred replies in the meantime would leave as many
 * connections idle.
 */
export class SpareTime {
  private readonly waiting: (() => void)[] = [];

  /** Resolves when it is this caller's turn, first come first served. What it then does at once is its piece of work. */
  turn(): Promise<void> {
    return new Promise((resolve) => {
      if (this.waiting.push(resolve) === 1) setImmediate(() => void this.slice());
    });
  }

  private async slice(): Promise<void> {
    const until = performance.now() + SLICE_MS;
    let next = 0;
    do {
      this.waiting[next++]?.();
      // Whoever waited goes on in the microtask before this one goes on.
      await Promise.resolve();
    } while (next < this.waiting.length && performance.now() < until);
    this.waiting.splice(0, next);
    if (this.waiting.length > 0) setImmediate(() => void this.slice());
  }
}
