import type { ResolvedDokuOptions } from '../options/resolved-doku-options.js';
import type { DokuPaymentIntent, IntentKey } from '../reconciliation/payment-intent.js';
import type { Engine, JobQueue } from './engine.js';
import { onlyJobId, QUEUES } from './job-names.js';
import { Opening } from './opening.js';
import { PendingAdditions } from './pending-additions.js';
import { RETRY_SCHEDULE } from './retry-schedule.js';
import { within } from './within.js';

/** Forgetting is best effort: what stays is asked for once more. */
const FORGET_PATIENCE_MS = 1_500;
/** An intent is asked for until the reconciler says that it is over, for as long as 32 bits of PostgreSQL allow. */
const ATTEMPTS = 1_000_000_000;

/** A call that waits for being asked for. */
export interface IntentJob {
  readonly intent: DokuPaymentIntent;
}

/** Keeps the calls that move money, each until its outcome is known: as delayed jobs, one for each key. */
export class IntentQueue {
  readonly opening: Opening<JobQueue<IntentJob>>;
  private readonly additions = new PendingAdditions();

  constructor(
    private readonly engine: Engine,
    private readonly settings: Pick<
      ResolvedDokuOptions['reconciliation'],
      'queryDelaysMs' | 'bestEffort'
    >,
  ) {
    this.opening = new Opening(
      () => engine.createQueue<IntentJob>(QUEUES.intents),
      (error) => engine.misconfiguration(error),
    );
  }

  /**
   * Resolves once the intent is as durable as the options ask for. One with the same key that is there stays.
   *
   * @throws Error when the engine did not say so in time; should it take the intent later, it is taken back,
   *   unless the call is sent all the same
   */
  async record(intent: DokuPaymentIntent): Promise<void> {
    const queue = this.open();
    let added: Promise<void> | undefined;
    try {
      await this.additions.wait(() => (added = this.add(queue, intent)));
    } catch (error) {
      // Taken or not: a call that will not be sent must not be asked for.
      if (added && !this.settings.bestEffort) void this.takeBack(queue, intent, added);
      throw error;
    }
  }

  /** @throws Error when the engine did not say in time that it has forgotten it */
  async settle(key: IntentKey, call?: string): Promise<void> {
    await within(FORGET_PATIENCE_MS, this.remove(this.open(), key, call));
  }

  /** Resolves when nothing is being recorded any more. */
  settled(): Promise<void> {
    return this.additions.settled();
  }

  private open(): JobQueue<IntentJob> {
    const queue = this.opening.current;
    if (!queue) throw new Error('not connected');
    return queue;
  }

  private async add(queue: JobQueue<IntentJob>, intent: DokuPaymentIntent): Promise<void> {
    await queue.add(
      intent.operation,
      { intent },
      {
        jobId: idOf(intent),
        delay: this.settings.queryDelaysMs[0] ?? 0,
        attempts: ATTEMPTS,
        backoff: { type: RETRY_SCHEDULE },
        // The same reference may be used again once it is over.
        removeOnComplete: true,
        stackTraceLimit: 1,
      },
    );
    await this.engine.confirm();
  }

  private async takeBack(
    queue: JobQueue<IntentJob>,
    intent: DokuPaymentIntent,
    added: Promise<void>,
  ): Promise<void> {
    await added.catch(() => undefined);
    await this.remove(queue, intent, intent.call).catch(() => undefined);
  }

  private async remove(queue: JobQueue<IntentJob>, key: IntentKey, call?: string): Promise<void> {
    const job = await queue.getJob(idOf(key));
    if (!job || (call !== undefined && job.data.intent.call !== call)) return;
    try {
      await job.remove();
    } catch (error) {
      // A worker is asking for it right now, and will find that it is over.
      if (!(await job.isActive())) throw error;
    }
  }
}

function idOf({ merchant, kind, reference, attempt }: IntentKey): string {
  return onlyJobId('intent', merchant, kind, reference, attempt);
}
