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
  /** Set when the dead letter was discarded; `diedAt` tells which one, should it be replayed and die again. */
  readonly discarded?: { readonly reason: string; readonly at: string; readonly diedAt: number };
}

type DeadJob = Job<DeadLetterJob, unknown>;
type DeadLetterQueue = Pick<JobQueue<DeadLetterJob>, 'getJob' | 'getJobs' | 'getJobCounts'>;

const PATIENCE_MS = 5_000;
const PAGE = 100;
/** More than so many are not counted one by one. */
const MAX_COUNTED = 1_000;
/** How long a count may look at each of them. */
const COUNT_PATIENCE_MS = 500;

/** Dead letters are the failed jobs of BullMQ, which keeps them until they are run again. */
export class BullMqDeadLetters implements DeadLetters {
  private counting: Promise<number> | undefined;

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
    const at = new Date().toISOString();
    const discarded = { reason: storableText(reason), at, diedAt: diedAtOf(job) };
    // The job stays: with it would go what is known of duplicates.
    try {
      await within(PATIENCE_MS, job.updateData({ ...job.data, discarded }));
      return 'discarded';
    } catch (error) {
      // Replayed meanwhile, and done.
      if (!(await this.deadJob(id))) return 'not-dead';
      throw error;
    }
  }

  /**
   * How many nobody has replayed or discarded. Of very many, or of an engine too slow to show them all, those that
   * were discarded are counted as well.
   */
  async count(): Promise<number> {
    const counts = await Promise.all(this.queues().map((queue) => queue.getJobCounts('failed')));
    const total = counts.reduce((sum, { failed = 0 }) => sum + failed, 0);
    if (total === 0 || total > MAX_COUNTED) return total;
    // Whoever asks meanwhile waits for the same count.
    this.counting ??= this.list({ limit: MAX_COUNTED })
      .then(({ length }) => length)
      .finally(() => {
        this.counting = undefined;
      });
    return within(COUNT_PATIENCE_MS, this.counting).catch(() => total);
  }

  private async *letters(): AsyncGenerator<DokuDeadLetter> {
    for (const queue of this.queues()) {
      for (let start = 0; ; start += PAGE) {
        const jobs = await within(PATIENCE_MS, queue.getJobs(['failed'], start, start + PAGE - 1));
        yield* jobs.map(deadLetterOf);
        // Of a page what is done meanwhile is missing.
        if (jobs.length === 0) break;
      }
    }
  }

  private async deadJob(id: string): Promise<DeadJob | undefined> {
    for (const queue of this.queues()) {
      const job = await within(PATIENCE_MS, queue.getJob(storableText(id)));
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
    deadLetteredAt: new Date(diedAtOf(job)).toISOString(),
    ...(discarded?.diedAt === diedAtOf(job)
      ? { discarded: { reason: discarded.reason, at: discarded.at } }
      : {}),
  };
}

function diedAtOf({ finishedOn, timestamp }: DeadJob): number {
  return finishedOn ?? timestamp;
}
