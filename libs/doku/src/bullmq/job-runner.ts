import { Logger } from '@nestjs/common';
import { type Job, WaitingError } from 'bullmq';

import { describeFailure } from '../notifications/describe-failure.js';
import type { Engine, JobWorker, JobWorkerSettings } from './engine.js';
import { Opening } from './opening.js';
import { within } from './within.js';

/** How long giving back may take. */
const GIVE_BACK_MS = 1_500;

/** A worker of BullMQ that can be stopped in time: what it does not finish goes back to the queue. */
export abstract class JobRunner<Data> {
  readonly opening: Opening<JobWorker<Data>>;
  private readonly log = new Logger('DokuDelivery');
  /** Gives back a job that runs. */
  private readonly running = new Set<() => void>();
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
    const patience = setTimeout(() => {
      for (const giveBack of this.running) giveBack();
    }, patienceMs);
    try {
      await within(patienceMs + GIVE_BACK_MS, worker.close());
    } catch {
      await this.abandon();
    } finally {
      clearTimeout(patience);
    }
  }

  /** Stops without a word to an engine that is away: its jobs are taken over once their locks have expired. */
  async abandon(): Promise<void> {
    const worker = this.opening.current;
    if (!worker) return this.opening.close();
    await within(GIVE_BACK_MS, worker.close(true)).catch(() => undefined);
    await within(GIVE_BACK_MS, worker.disconnect()).catch(() => undefined);
  }

  protected abstract process(data: Data, job: Job<Data, unknown>, token: string): Promise<unknown>;

  /** A job has failed for good. */
  protected ended(job: Job<Data, unknown>): void {
    this.log.error(`job ${job.id ?? ''} has failed: ${job.failedReason}`);
  }

  /** A job that is given back is nobody's failure; what it still does is done beside whoever takes it next. */
  private async track(job: Job<Data, unknown>, token: string): Promise<unknown> {
    let giveBack: () => void = () => undefined;
    const givenBack = new Promise<never>((_resolve, reject) => {
      giveBack = () => {
        job.moveToWait(token).then(() => {
          reject(new WaitingError());
        }, reject);
      };
      this.running.add(giveBack);
    });
    try {
      return await Promise.race([this.process(job.data, job, token), givenBack]);
    } finally {
      this.running.delete(giveBack);
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
