import { Logger } from '@nestjs/common';
import { DelayedError, type Job, UnrecoverableError } from 'bullmq';

import { isDeadLetterError } from '../dead-letters/dead-letter.error.js';
import { eventFacts, publish } from '../diagnostics/doku-diagnostics.js';
import { deepFreeze } from '../notifications/deep-freeze.js';
import { describeFailure } from '../notifications/describe-failure.js';
import type { DokuEvent } from '../notifications/doku-event.js';
import type { DeliveryHost } from '../notifications/durable-delivery.js';
import type { Listener } from '../notifications/listener.registry.js';
import type { BullMqSettings } from './bullmq-options.js';
import type { DeliveryJob } from './delivery-queue.js';
import { DeadLetterRunner } from './dead-letter-runner.js';
import type { Engine } from './engine.js';
import { failedReason } from './failed-reason.js';
import { QUEUES } from './job-names.js';
import { retryDelay } from './retry-schedule.js';
import { TooSlow, within } from './within.js';

/** How many workers may die under a job before it is taken for what kills them. */
const MAX_STALLS = 3;
/** Within how long jobs whose worker has died are run again, in milliseconds, for each of its deaths. */
const APART_MS = 3_000;

/** Runs listeners, each on its own: a broken one is tried again without the others. */
export class ListenerWorker extends DeadLetterRunner<DeliveryJob> {
  private readonly logger = new Logger('DokuNotifications');

  constructor(
    engine: Engine,
    private readonly settings: BullMqSettings,
    private readonly host: DeliveryHost,
  ) {
    super(engine, QUEUES.deliveries, host.alarms, {
      concurrency: settings.concurrency,
      maxStalledCount: MAX_STALLS,
      settings: {
        backoffStrategy: (attemptsMade) => retryDelay(settings.retryDelaysMs, attemptsMade),
      },
    });
  }

  protected async process(
    { event, listener: name, deathsSeen = 0 }: DeliveryJob,
    job: Job<DeliveryJob, unknown>,
    token: string,
  ): Promise<void> {
    if (job.stalledCounter > deathsSeen) await setApart(job, token);
    const attempt = job.attemptsMade + 1;
    const listener = this.host.listeners.named(name);
    if (!listener) {
      // Another version of the app may know it: it waits as long as a listener that fails.
      this.logger.error(`listener=${name} is unknown to this worker ${lineOf(event, attempt)}`);
      throw new Error(failedReason('unknown-listener', `no worker knows the listener "${name}"`));
    }
    const started = performance.now();
    try {
      await this.run(listener, event, attempt);
    } catch (error) {
      this.fail(listener, event, attempt, started, error);
    }
    publish('nestjs-doku:listener.delivered', () => ({
      event: eventFacts(event),
      listener: name,
      attempt,
      durationMs: performance.now() - started,
      lagMs: Date.now() - Date.parse(event.receivedAt),
    }));
  }

  private run(listener: Listener, event: DokuEvent, attempt: number): Promise<unknown> {
    const numbered = deepFreeze({ ...event, delivery: { ...event.delivery, attempt } });
    return within(this.settings.listenerTimeoutMs, listener.call(numbered));
  }

  private fail(
    { name }: Listener,
    event: DokuEvent,
    attempt: number,
    started: number,
    error: unknown,
  ): never {
    const isFinal = isDeadLetterError(error);
    const { summary, stack } =
      error instanceof TooSlow
        ? { summary: `has not finished within ${this.settings.listenerTimeoutMs} ms` }
        : describeFailure(error);
    this.logger.error(`listener=${name} failed: ${summary} ${lineOf(event, attempt)}`, stack);
    publish('nestjs-doku:listener.failed', () => ({
      event: eventFacts(event),
      listener: name,
      attempt,
      durationMs: performance.now() - started,
    }));
    // Never what was thrown itself: BullMQ reads names and messages of errors as orders.
    if (isFinal) throw new UnrecoverableError(failedReason('listener-gave-up', error.reason));
    throw new Error(failedReason('attempts-used-up', summary));
  }
}

/**
 * Jobs that were beside each other when their worker died are run again apart: what killed it would take the others
 * with it once more, until all of them look like it.
 */
async function setApart(job: Job<DeliveryJob, unknown>, token: string): Promise<never> {
  const deaths = job.stalledCounter;
  await job.updateData({ ...job.data, deathsSeen: deaths });
  await job.moveToDelayed(Date.now() + Math.random() * APART_MS * deaths, token);
  throw new DelayedError();
}

function lineOf({ type, id, reference }: DokuEvent, attempt: number): string {
  return `type=${type} id=${id} reference=${JSON.stringify(reference ?? '')} attempt=${attempt}`;
}
