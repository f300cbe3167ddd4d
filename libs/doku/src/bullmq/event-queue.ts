import { conflictWith } from '../notifications/conflict.js';
import type { DokuEvent } from '../notifications/doku-event.js';
import type { DeadLetterJob } from './bullmq-dead-letters.js';
import type { BullMqSettings } from './bullmq-options.js';
import type { Engine, JobQueue } from './engine.js';
import { acceptanceId, amountOfAcceptance, QUEUES } from './job-names.js';
import { Opening } from './opening.js';
import { PendingAdditions } from './pending-additions.js';
import { storable } from './storable.js';

/** What cannot be handed on, since the engine is away, is tried for 30 years: PostgreSQL has 32 bits for it. */
const ATTEMPTS = 1_000_000_000;

/** An accepted event. */
export type EventJob = Omit<DeadLetterJob, 'listener'>;

/** Takes events in: durably, and each fact once. */
export class EventQueue {
  readonly opening: Opening<JobQueue<EventJob>>;
  private readonly additions = new PendingAdditions();

  constructor(
    private readonly engine: Engine,
    private readonly settings: Pick<BullMqSettings, 'deduplicateForMs'>,
  ) {
    this.opening = new Opening(
      () => engine.createQueue<EventJob>(QUEUES.events),
      (error) => engine.misconfiguration(error),
    );
  }

  /**
   * Resolves once the event is as durable as the options ask for.
   *
   * @throws Error when the engine did not say so in time; it may still take the event, which does no harm
   */
  async accept(event: DokuEvent): Promise<'queued' | 'duplicate'> {
    const queue = this.opening.current;
    if (!queue) throw new Error('not connected');
    return this.additions.wait(() => this.add(queue, event));
  }

  /** Resolves when nothing is being accepted any more. */
  settled(): Promise<void> {
    return this.additions.settled();
  }

  private async add(queue: JobQueue<EventJob>, event: DokuEvent): Promise<'queued' | 'duplicate'> {
    const id = acceptanceId(event);
    const job = await queue.add(
      event.type,
      { event: storable(event) },
      {
        jobId: id,
        deduplication: { id: event.id, ttl: this.settings.deduplicateForMs },
        attempts: ATTEMPTS,
        backoff: { type: 'fixed', delay: 1_000 },
        removeOnComplete: true,
        stackTraceLimit: 1,
      },
    );
    const isNew = job.id === id;
    const conflict = isNew ? undefined : conflictWith(amountOfAcceptance(job.id ?? ''), event);
    if (conflict) return this.add(queue, conflict);
    await this.engine.confirm();
    return isNew ? 'queued' : 'duplicate';
  }
}
