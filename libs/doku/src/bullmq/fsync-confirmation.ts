import { setTimeout as delay } from 'node:timers/promises';

import type { PlainRedis } from './redis-client.js';

/** How long one `WAITAOF` may wait, in milliseconds: `appendfsync everysec` writes once a second. */
const WAIT_MS = 1_200;
/** Whoever asks within so many milliseconds of each other shares a `WAITAOF`, unless none is under way. */
const GATHER_MS = 250;
/** So many that one is free whenever the next one is to begin. */
export const FSYNC_CONNECTIONS = 5;

/**
 * Waits until Redis has written to its disk all that it took in before, by `WAITAOF` on connections of its own: the
 * command blocks its connection, and covers every write before it, whoever made it.
 */
export class FsyncConfirmation {
  private readonly idle: PlainRedis[];
  /** Settle when a connection is idle again; never reject. */
  private readonly running = new Set<Promise<void>>();
  /** What is to begin, and covers whoever joins it until then. */
  private next: Promise<void> | undefined;
  private begunAt = 0;

  /** @param marker key that is written, since only a connection that has written can wait */
  constructor(
    private readonly clients: readonly PlainRedis[],
    private readonly marker: string,
  ) {
    this.idle = [...clients];
  }

  /** @throws Error when the disk was too slow, or the connection broke */
  confirm(): Promise<void> {
    return (this.next ??= this.waitInTurn());
  }

  close(): void {
    for (const client of this.clients) client.disconnect();
  }

  private async waitInTurn(): Promise<void> {
    const client = await this.turn();
    // Whoever comes from here on has perhaps written too late for this one.
    this.next = undefined;
    this.begunAt = Date.now();
    const waited = this.wait(client);
    const ended = waited
      .catch(() => undefined)
      .then(() => {
        this.idle.push(client);
        this.running.delete(ended);
      });
    this.running.add(ended);
    return waited;
  }

  private async turn(): Promise<PlainRedis> {
    if (this.running.size > 0) {
      const gathered = delay(this.begunAt + GATHER_MS - Date.now());
      await Promise.race([gathered, ...this.running]);
    }
    for (;;) {
      const client = this.idle.pop();
      if (client) return client;
      await Promise.race(this.running);
    }
  }

  private async wait(client: PlainRedis): Promise<void> {
    const marked = client.call('SET', this.marker, '1');
    const [, answer] = await Promise.all([marked, client.call('WAITAOF', 1, 0, WAIT_MS)]);
    const [local] = Array.isArray(answer) ? (answer as unknown[]) : [];
    if (Number(local) < 1) throw new Error(`not written to disk within ${WAIT_MS} ms`);
  }
}
