import type { Job, JobsOptions, JobType, WorkerOptions } from 'bullmq';

import type { DeliveryEngine } from '../notifications/durable-delivery.js';

/** What of BullMQ's `Queue` is used, whatever keeps its jobs. */
export interface JobQueue<Data> {
  add(name: string, data: Data, options: JobsOptions): Promise<Job<Data, unknown>>;
  getJob(id: string): Promise<Job<Data, unknown> | undefined>;
  getJobs(
    types: JobType | JobType[],
    start: number,
    end: number,
    oldestFirst?: boolean,
  ): Promise<Job<Data, unknown>[]>;
  getJobCounts(...types: JobType[]): Promise<Record<string, number>>;
  waitUntilReady(): Promise<unknown>;
  close(): Promise<void>;
  disconnect(): Promise<void>;
}

/** What of BullMQ's `Worker` is used, whatever keeps its jobs. */
export interface JobWorker<Data> {
  run(): Promise<void>;
  waitUntilReady(): Promise<unknown>;
  close(force?: boolean): Promise<void>;
  disconnect(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'failed', listener: (job: Job<Data, unknown> | undefined) => void): unknown;
}

/** What a kind of worker decides for itself. */
export type JobWorkerSettings = Pick<
  WorkerOptions,
  'concurrency' | 'maxStalledCount' | 'limiter' | 'settings'
>;

/** Runs a job. */
export type JobProcessor<Data> = (job: Job<Data, unknown>, token: string) => Promise<unknown>;

/** Redis or PostgreSQL, as BullMQ uses them. */
export interface Engine {
  readonly name: DeliveryEngine;
  /** Where it is, for the log; without credentials. */
  readonly address: string;
  createQueue<Data>(name: string): JobQueue<Data>;
  /** The worker does not run before `run()`. */
  createWorker<Data>(
    name: string,
    processor: JobProcessor<Data>,
    settings: JobWorkerSettings,
  ): JobWorker<Data>;
  /**
   * Looks at how the engine keeps what it is given, once it is reachable.
   *
   * @returns what can be lost, a sentence each
   * @throws DokuConfigurationError when it must not be used as it is
   */
  inspect(): Promise<readonly string[]>;
  /** Resolves once what was added before is as durable as the options ask for. */
  confirm(): Promise<void>;
  /** The configuration error behind a failure to open, if it is one: trying again would not help. */
  misconfiguration(error: unknown): Error | undefined;
  close(): Promise<void>;
}

/**
 * How jobs of dead workers are taken over, in milliseconds: a lock not renewed for `lockDuration` has expired, and
 * of the checks, one marks a job and the next takes it. In all at most 16 seconds.
 */
export const TAKE_OVER = {
  lockDuration: 10_000,
  lockRenewTime: 3_000,
  stalledInterval: 3_000,
  // BullMQ's own wait after a connection error is 15 seconds.
  runRetryDelay: 500,
} as const;

/** Redis: length of BullMQ's own event streams, which nothing here reads. */
export const STREAMS = { events: { maxLen: 100 } } as const;

/** A queue whose connection may break: who uses it is told by the call that fails, and BullMQ reconnects. */
export function quiet<Queue extends { on(event: 'error', listener: () => void): unknown }>(
  queue: Queue,
): Queue {
  queue.on('error', () => undefined);
  return queue;
}
