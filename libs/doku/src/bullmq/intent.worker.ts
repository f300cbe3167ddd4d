import type { Job } from 'bullmq';

import type { DeliveryHost } from '../notifications/durable-delivery.js';
import type { DokuPaymentIntent, IntentVerdict } from '../reconciliation/payment-intent.js';
import type { Engine } from './engine.js';
import type { IntentJob } from './intent-queue.js';
import { QUEUES } from './job-names.js';
import { JobRunner } from './job-runner.js';
import { retryDelay } from './retry-schedule.js';

/** A question waits for DOKU, not for us. */
const CONCURRENCY = 5;
/** Asking again does no harm, for as long as 32 bits of PostgreSQL allow. */
const MAX_STALLS = 1_000_000_000;

/** Asks for each intent when it is due, until it is over. */
export class IntentWorker extends JobRunner<IntentJob> {
  private ask: ((intent: DokuPaymentIntent) => Promise<IntentVerdict>) | undefined;
  private isOpen = false;

  constructor(engine: Engine, { options: { reconciliation } }: Pick<DeliveryHost, 'options'>) {
    const { queryDelaysMs, giveUpAfterMs, maxQueriesPerSecond } = reconciliation;
    super(engine, QUEUES.intents, {
      concurrency: CONCURRENCY,
      maxStalledCount: MAX_STALLS,
      limiter: { max: maxQueriesPerSecond, duration: 1_000 },
      settings: {
        backoffStrategy: (attemptsMade, _type, _error, job) => {
          const delay = retryDelay(queryDelaysMs, attemptsMade);
          const { recordedAt } = (job as Job<IntentJob>).data.intent;
          const leftMs = Date.parse(recordedAt) + giveUpAfterMs - Date.now();
          // The last question comes when the time is over, not hours later.
          return leftMs > 0 ? Math.min(delay, leftMs) : delay;
        },
      },
    });
  }

  /** Runs once somebody can be asked. */
  override start(): void {
    this.isOpen = true;
    if (this.ask) super.start();
  }

  serve(ask: (intent: DokuPaymentIntent) => Promise<IntentVerdict>): void {
    this.ask = ask;
    if (this.isOpen) super.start();
  }

  protected async process({ intent }: IntentJob): Promise<void> {
    const verdict = await this.ask?.(intent);
    // For BullMQ a question without an answer has failed, and is put again by the schedule.
    if (verdict !== 'settled') throw new Error('still open');
  }
}
