import type { PlainRedis } from './redis-client.js';

/** How long one `WAITAOF` may wait, in milliseconds. */
const WAIT_MS = 1_500;

/**
 * Waits until Redis has written to its disk all that it took in before, by `WAITAOF` on a connection of its own:
 * the command blocks its connection, and covers every write before it, whoever made it. Whoever asks while one is
 * under way shares the next one.
 */
export class FsyncConfirmation {
  private running: Promise<void> | undefined;
  private next: Promise<void> | undefined;

  /** @param marker key that is written, since only a connection that has written can wait */
  constructor(
    private readonly client: PlainRedis,
    private readonly marker: string,
  ) {}

  /** @throws Error when the disk was too slow, or the connection broke */
  confirm(): Promise<void> {
    if (!this.running) return (this.running = this.start());
    // What is under way may have begun before the caller's write.
    this.next ??= this.running.then(
      () => this.startNext(),
      () => this.startNext(),
    );
    return this.next;
  }

  close(): void {
    this.client.disconnect();
  }

  private startNext(): Promise<void> {
    this.next = undefined;
    return (this.running = this.start());
  }

  private async start(): Promise<void> {
    try {
      const marked = this.client.call('SET', this.marker, '1');
      const [, answer] = await Promise.all([marked, this.client.call('WAITAOF', 1, 0, WAIT_MS)]);
      const [local] = Array.isArray(answer) ? (answer as unknown[]) : [];
      if (Number(local) < 1) throw new Error(`not written to disk within ${WAIT_MS} ms`);
    } finally {
      if (!this.next) this.running = undefined;
    }
  }
}
