import type { Job } from 'bullmq';

import type { DeadLetterQuery, DeadLetters, DokuDeadLetter } from '../dead-letters/dead-letter.js';
import type { DokuEvent } from '../notifications/doku-event.js';
import type { JobQueue } from './engine.js';
import { readFailedReason } from './failed-reason.js';
import type { Openable, Opening } from './opening.js';
import { storableText } from './storable.js';
import { within } from './within.js';

/** What a job has that can become a dead letter. */
export interface DeadLetterJob {
  readonly event: DokuEvent;
  /** Name of the listener; absent where nobody listens. */
  readonly listener?: string;
  /** Set when the dead letter was discarded. */
  readonly discarded?: { readonly reason: string; readonly at: string };
}

type DeadJob = Job<DeadLetterJob, unknown>;
type DeadLetterQueue = Pick<JobQueue<DeadLetterJob>, 'getJob' | 'getJobs'>;

const PATIENCE_MS = 5_000;
const PAGE = 100;

/** Dead letters are the failed jobs of BullMQ, which keeps them until they are run again. */
export class BullMqDeadLetters implements DeadLetters {
  /** @param openings of the queues whose jobs can become dead letters */
  constructor(private readonly openings: readonly Opening<DeadLetterQueue & Openable>[]) {}

  async list({ offset = 0, limit = PAGE, includeDiscarded = false }: DeadLetterQuery = {}): Promise<
    readonly DokuDeadLetter[]
  > {
    const found: DokuDeadLetter[] = [];
    let skipped = 0;
    for await (const letter of this.letters()) {
      if (found.length >= limit) break;
      if (letter.discarded && !includeDiscarded) continue;
      if (skipped < offset) skipped += 1;
      else found.push(letter);
    }
    return found;
  }

  async find(id: string): Promise<{ letter: DokuDeadLetter; event: unknown } | undefined> {
    const job = await this.deadJob(id);
    return job && { letter: deadLetterOf(job), event: job.data.event };
  }

  async replay(id: string): Promise<'replayed' | 'not-dead'> {
    const job = await this.deadJob(id);
    if (!job) return 'not-dead';
    const { discarded, ...data } = job.data;
    if (discarded) await within(PATIENCE_MS, job.updateData(data));
    try {
      await within(
        PATIENCE_MS,
        job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true }),
      );
      return 'replayed';
    } catch (error) {
      // Somebody else was faster.
      if (!(await this.deadJob(id))) return 'not-dead';
      throw error;
    }
  }

  async discard(id: string, reason: string): Promise<'discarded' | 'not-dead'> {
    const job = await this.deadJob(id);
    if (!job) return 'not-dead';
    const discarded = { reason: storableText(reason), at: new Date().toISOString() };
    // The job stays: with it would go what is known of duplicates.
    await within(PATIENCE_MS, job.updateData({ ...job.data, discarded }));
    return 'discarded';
  }

  private async *letters(): AsyncGenerator<DokuDeadLetter> {
    for (const queue of this.queues()) {
      for (let start = 0; ; start += PAGE) {
        const jobs = await within(PATIENCE_MS, queue.getJobs(['failed'], start, start + PAGE - 1));
        yield* jobs.map(deadLetterOf);
        if (jobs.length < PAGE) break;
      }
    }
  }

  private async deadJob(id: string): Promise<DeadJob | undefined> {
    for (const queue of this.queues()) {
      const job = await within(PATIENCE_MS, queue.getJob(id));
      if (job && (await within(PATIENCE_MS, job.isFailed()))) return job;
    }
    return undefined;
  }

  private queues(): DeadLetterQueue[] {
    return this.openings.map(({ current }) => {
      if (!current) throw new Error('the engine of the durable delivery is not reachable');
      return current;
    });
  }
}

/** What is told of a job that has failed for good. */
export function deadLetterOf(job: DeadJob): DokuDeadLetter {
  const { event, listener, discarded } = job.data;
  const { id, type, channel, merchant, reference } = event;
  return {
    id: job.id ?? '',
    ...(listener === undefined ? {} : { listener }),
    event: { id, type, channel, merchant, ...(reference === undefined ? {} : { reference }) },
    ...readFailedReason(job.failedReason),
    attempts: job.attemptsMade,
    deadLetteredAt: new Date(job.finishedOn ?? job.timestamp).toISOString(),
    ...(discarded === undefined ? {} : { discarded }),
  };
}
