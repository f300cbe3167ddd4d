import { type Job, Queue, Worker } from 'bullmq';

import { DokuConfigurationError } from '../errors/doku-configuration.error.js';
import type { BullMqSettings } from './bullmq-options.js';
import {
  type Engine,
  type JobProcessor,
  type JobQueue,
  type JobWorker,
  type JobWorkerSettings,
  quiet,
  STREAMS,
  TAKE_OVER,
} from './engine.js';
import { FSYNC_CONNECTIONS, FsyncConfirmation } from './fsync-confirmation.js';
import { openRedis, type PlainRedis, type RedisConnectionOptions } from './redis-client.js';
import { inspectRedis } from './redis-safety.js';

/** A server that has a command and says nothing for so long is gone; in milliseconds. */
const SILENCE_MS = 5_000;

/** Keeps jobs in Redis. */
export class RedisEngine implements Engine {
  readonly name = 'redis';
  readonly address: string;
  private readonly connection: RedisConnectionOptions;
  private fsync: FsyncConfirmation | undefined;
  private inspecting: PlainRedis | undefined;

  constructor(
    options: Readonly<Record<string, unknown>>,
    private readonly settings: Pick<BullMqSettings, 'namespace' | 'waitForFsync'>,
  ) {
    this.address = addressOf(options);
    this.connection = {
      retryStrategy: (times: number) => Math.min(times * 100, 1_000),
      ...options,
      // Commands wait for a reconnection; who waits for them has a deadline of its own.
      maxRetriesPerRequest: null,
    };
  }

  createQueue<Data>(name: string): JobQueue<Data> {
    return quiet(
      new Queue(name, {
        connection: { ...this.connection, socketTimeout: SILENCE_MS },
        prefix: this.settings.namespace,
        streams: STREAMS,
      }),
    );
  }

  createWorker<Data>(
    name: string,
    processor: JobProcessor<Data>,
    settings: JobWorkerSettings,
  ): JobWorker<Data> {
    return new Worker(name, (job: Job<Data, unknown>, token = '') => processor(job, token), {
      connection: this.connection,
      prefix: this.settings.namespace,
      autorun: false,
      ...TAKE_OVER,
      ...settings,
    });
  }

  async inspect(): Promise<readonly string[]> {
    const client = (this.inspecting = await openRedis(this.connection));
    try {
      const { losses, canWaitAof } = await inspectRedis(client, this.address);
      if (!this.settings.waitForFsync) return losses;
      if (canWaitAof !== true) {
        const why =
          canWaitAof === undefined
            ? 'this Redis does not say whether it can wait for its disk'
            : 'this Redis has no WAITAOF (it came with 7.2) or keeps no append-only file';
        return [
          ...losses,
          `waitForFsync is on, but ${why}: DOKU is answered before the event is on disk`,
        ];
      }
      this.fsync ??= new FsyncConfirmation(
        await Promise.all(Array.from({ length: FSYNC_CONNECTIONS }, () => this.openWaiting())),
        `${this.settings.namespace}:fsync`,
      );
      return losses;
    } finally {
      client.disconnect();
    }
  }

  /** A WAITAOF that is sent again on another connection has no write before it, and waits for nothing. */
  private openWaiting(): Promise<PlainRedis> {
    return openRedis({ ...this.connection, maxRetriesPerRequest: 0, socketTimeout: SILENCE_MS });
  }

  async confirm(): Promise<void> {
    await this.fsync?.confirm();
  }

  misconfiguration(error: unknown): Error | undefined {
    if (!(error instanceof Error) || !/^(NOAUTH|WRONGPASS|NOPERM)/.test(error.message)) {
      return undefined;
    }
    return new DokuConfigurationError(
      `Redis at ${this.address} refuses the user or the password`,
      'bullMqDelivery.connection',
      'Give those of a user that may use every command of BullMQ on the keys of the namespace.',
    );
  }

  close(): Promise<void> {
    this.inspecting?.disconnect();
    this.fsync?.close();
    return Promise.resolve();
  }
}

function addressOf({ url, host, port, path }: Readonly<Record<string, unknown>>): string {
  if (typeof url === 'string' && URL.canParse(url)) return new URL(url).host;
  if (typeof path === 'string') return path;
  const text = (value: unknown, fallback: string): string =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : fallback;
  return `${text(host, '127.0.0.1')}:${text(port, '6379')}`;
}
