import { Logger } from '@nestjs/common';
import type { Job } from 'bullmq';

import { describeFailure } from '../notifications/describe-failure.js';
import type { Engine, JobWorker, JobWorkerSettings } from './engine.js';
import { Opening } from './opening.js';

/** A worker of BullMQ that can be stopped in time: what it does not finish goes back to the queue. */
export abstract class JobRunner<Data> {
  readonly opening: Opening<JobWorker<Data>>;
  private readonly log = new Logger('DokuDelivery');
  private readonly running = new Map<Job<Data, unknown>, string>();
  private lastError = '';

  constructor(engine: Engine, queue: string, settings: JobWorkerSettings) {
    this.opening = new Opening(
      () => {
        const worker = engine.createWorker<Data>(
          queue,
          (job, token) => this.track(job, token),
          settings,
        );
        worker.on('error', (error) => {
          this.report(error);
        });
        worker.on('failed', (job) => {
          // Without a job it is one that is gone; without an end it is run again.
          if (job?.finishedOn !== undefined) this.ended(job);
        });
        return worker;
      },
      (error) => engine.misconfiguration(error),
    );
  }

  /** Runs jobs from now on. */
  start(): void {
    // What it rejects with comes as an `error` as well.
    void this.opening.current?.run().catch(() => undefined);
  }

  /**
   * Claims nothing more, and gives back what has not ended in time.
   *
   * @param patienceMs how long jobs may go on
   */
  async stop(patienceMs: number): Promise<void> {
    const worker = this.opening.current;
    if (!worker) return this.opening.close();
    const closing = worker.close();
    const isClosed = await endsWithin(patienceMs, closing);
    if (isClosed) return;
    await Promise.allSettled([...this.running].map(([job, token]) => job.moveToWait(token)));
    await worker.disconnect();
  }

  protected abstract process(data: Data, job: Job<Data, unknown>): Promise<unknown>;

  /** A job has failed for good. */
  protected ended(job: Job<Data, unknown>): void {
    this.log.error(`job ${job.id ?? ''} has failed: ${job.failedReason}`);
  }

  private async track(job: Job<Data, unknown>, token: string): Promise<unknown> {
    this.running.set(job, token);
    try {
      return await this.process(job.data, job);
    } finally {
      this.running.delete(job);
    }
  }

  /** An engine that is away says so many times a second. */
  private report(error: Error): void {
    const { summary } = describeFailure(error);
    if (summary === this.lastError) return;
    this.lastError = summary;
    this.log.warn(`a worker has trouble with its engine: ${summary}`);
  }
}

function endsWithin(ms: number, promise: Promise<void>): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      resolve(false);
    }, ms);
    promise
      .then(() => {
        resolve(true);
      }, reject)
      .finally(() => {
        clearTimeout(timer);
      });
  });
}
