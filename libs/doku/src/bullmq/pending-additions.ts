import { within } from './within.js';

/** Whoever waits is answered within 2 seconds whatever happens; what is left of them is for a busy process. */
const PATIENCE_MS = 1_500;
/** What waits for an engine that does not answer; whoever is turned away comes again. */
const MAX_PENDING = 1_000;

/** Additions to a queue that may be away: each waits only so long, and not too many at once. */
export class PendingAdditions {
  private pending = 0;

  /** @throws Error when the engine did not take it in time; it may still take it */
  async wait<Value>(add: () => Promise<Value>): Promise<Value> {
    if (this.pending >= MAX_PENDING) throw new Error(`${MAX_PENDING} others wait for it already`);
    this.pending += 1;
    const added = add().finally(() => {
      this.pending -= 1;
    });
    return within(PATIENCE_MS, added);
  }

  /** Resolves when nothing waits any more. */
  async settled(): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    while (this.pending > 0 && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
