import { setTimeout } from 'node:timers/promises';

import { within } from './within.js';

/** What of a queue or worker has to be there before it can be used. */
export interface Openable {
  waitUntilReady(): Promise<unknown>;
  close(): Promise<void>;
  disconnect(): Promise<void>;
}

/** How long to wait before an engine that gave no answer is asked again. */
export const AGAIN_MS = 1_000;
const CLOSE_MS = 1_000;

/**
 * Opens a queue or a worker, and goes on trying until it is open or no longer wanted. BullMQ's own do not: one whose
 * first connection fails on PostgreSQL fails for ever.
 */
export class Opening<Resource extends Openable> {
  private resource: Resource | undefined;
  private beingOpened: Resource | undefined;
  /** Why it is not open, where that is known. */
  lastFailure: unknown;
  private readonly closed = new AbortController();

  constructor(
    private readonly create: () => Resource,
    private readonly misconfiguration: (error: unknown) => Error | undefined,
  ) {}

  /** The resource, once it is open. */
  get current(): Resource | undefined {
    return this.resource;
  }

  /** Resolves once it is open, or closed before. Rejects when trying again would not help. */
  async open(): Promise<void> {
    while (!this.isClosed()) {
      const resource = this.create();
      this.beingOpened = resource;
      try {
        await resource.waitUntilReady();
        if (!this.isClosed()) this.resource = resource;
        return;
      } catch (error) {
        await shut(resource);
        const misconfiguration = this.misconfiguration(error);
        if (misconfiguration) throw misconfiguration;
        this.lastFailure = error;
      }
      await this.pause();
    }
  }

  /** Stops trying, and closes what is open. */
  async close(): Promise<void> {
    this.closed.abort();
    const resource = this.resource ?? this.beingOpened;
    if (resource) await shut(resource);
    this.resource = undefined;
  }

  private isClosed(): boolean {
    return this.closed.signal.aborted;
  }

  private async pause(): Promise<void> {
    await setTimeout(AGAIN_MS, undefined, { signal: this.closed.signal }).catch(() => undefined);
  }
}

/** Closes; without a word to an engine that does not answer, for BullMQ would wait for it. */
async function shut(resource: Openable): Promise<void> {
  try {
    await within(CLOSE_MS, resource.close());
  } catch {
    await within(CLOSE_MS, resource.disconnect()).catch(() => undefined);
  }
}
