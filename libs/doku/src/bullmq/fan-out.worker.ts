import { Logger } from '@nestjs/common';
import { UnrecoverableError } from 'bullmq';

import { describeFailure } from '../notifications/describe-failure.js';
import type { DeliveryHost } from '../notifications/durable-delivery.js';
import type { DokuEvent } from '../notifications/doku-event.js';
import { intentsSettledBy } from '../reconciliation/settled-intents.js';
import type { DeliveryQueue } from './delivery-queue.js';
import { DeadLetterRunner } from './dead-letter-runner.js';
import type { Engine } from './engine.js';
import type { EventJob } from './event-queue.js';
import { failedReason } from './failed-reason.js';
import type { IntentQueue } from './intent-queue.js';
import { QUEUES } from './job-names.js';

/** Adding jobs takes a moment, and waits for the engine only. */
const CONCURRENCY = 10;
/** Our own code kills no worker: whoever dies beside it must not cost an event. */
const MAX_STALLS = 1_000_000_000;

/** Hands each accepted event on, as one job for each of its listeners. */
export class FanOutWorker extends DeadLetterRunner<EventJob> {
  private readonly logger = new Logger('DokuNotifications');

  constructor(
    engine: Engine,
    private readonly deliveries: DeliveryQueue,
    private readonly intents: IntentQueue,
    private readonly host: DeliveryHost,
  ) {
    super(engine, QUEUES.events, host.alarms, {
      concurrency: CONCURRENCY,
      maxStalledCount: MAX_STALLS,
    });
  }

  protected async process({ event }: EventJob): Promise<void> {
    const listeners = this.host.listeners.listenersFor(event);
    if (listeners.length === 0) this.tellUnheard(event);
    // Added before already, if a worker died halfway: then these are the same jobs.
    await Promise.all(listeners.map(({ name }) => this.deliveries.add(event, name)));
    this.host.mirror.emit(event);
    await this.settleIntents(event);
  }

  /** What has ended need not be asked for; should that fail, it is asked for once more. */
  private async settleIntents(event: DokuEvent): Promise<void> {
    if (!this.host.options.reconciliation.enabled) return;
    try {
      await Promise.all(intentsSettledBy(event).map((key) => this.intents.settle(key)));
    } catch (error) {
      const { summary } = describeFailure(error);
      this.logger.warn(`intents of event ${event.id} stay open: ${summary}`);
    }
  }

  private tellUnheard({ type, id, reference }: DokuEvent): void {
    if (this.host.options.notifications.unhandled === 'refuse') {
      throw new UnrecoverableError(failedReason('unheard', 'no @OnDokuEvent listens to it'));
    }
    this.logger.warn(
      `nothing listens to type=${type} id=${id} reference=${JSON.stringify(reference ?? '')}: add an @OnDokuEvent`,
    );
  }
}
