import type { DokuEvent } from '../notifications/doku-event.js';
import type { DeadLetterJob } from './bullmq-dead-letters.js';
import type { BullMqSettings } from './bullmq-options.js';
import type { Engine, JobQueue } from './engine.js';
import { onlyJobId, QUEUES } from './job-names.js';
import { Opening } from './opening.js';
import { RETRY_SCHEDULE } from './retry-schedule.js';

/** An event on its way to one listener. */
export interface DeliveryJob extends DeadLetterJob {
  readonly listener: string;
  /** How many deaths of its workers have been answered by setting it apart. */
  readonly deathsSeen?: number;
}

/** Events on their way to the listeners, each pair once. */
export class DeliveryQueue {
  readonly opening: Opening<JobQueue<DeliveryJob>>;

  constructor(
    engine: Engine,
    private readonly settings: Pick<BullMqSettings, 'deduplicateForMs' | 'retryDelaysMs'>,
  ) {
    this.opening = new Opening(
      () => engine.createQueue<DeliveryJob>(QUEUES.deliveries),
      (error) => engine.misconfiguration(error),
    );
  }

  /** Adds the job of an event and a listener, unless there was one already. */
  async add(event: DokuEvent, listener: string): Promise<void> {
    const queue = this.opening.current;
    if (!queue) throw new Error('not connected');
    const { retryDelaysMs, deduplicateForMs } = this.settings;
    const id = onlyJobId('delivery', event.id, listener);
    await queue.add(
      event.type,
      { event, listener },
      {
        jobId: id,
        deduplication: { id, ttl: deduplicateForMs },
        delay: retryDelaysMs[0] ?? 0,
        attempts: retryDelaysMs.length,
        backoff: { type: RETRY_SCHEDULE },
        removeOnComplete: true,
        // A dead letter stays until somebody replays it, and after.
        removeOnFail: false,
        stackTraceLimit: 1,
      },
    );
  }
}
