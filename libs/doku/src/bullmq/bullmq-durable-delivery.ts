import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';

import { Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';

import { DokuConfigurationError } from '../errors/doku-configuration.error.js';
import type { DeliveryOutcome } from '../notifications/delivery-outcome.js';
import { describeFailure } from '../notifications/describe-failure.js';
import type { DokuEvent } from '../notifications/doku-event.js';
import type {
  DeliveryHealth,
  DeliveryHost,
  DurableDelivery,
} from '../notifications/durable-delivery.js';
import type { DokuPaymentIntent, IntentStore } from '../reconciliation/payment-intent.js';
import { BullMqDeadLetters } from './bullmq-dead-letters.js';
import type { BullMqSettings } from './bullmq-options.js';
import { DeliveryQueue } from './delivery-queue.js';
import type { Engine, JobQueue } from './engine.js';
import { EngineWatch } from './engine-watch.js';
import { EventQueue } from './event-queue.js';
import { FanOutWorker } from './fan-out.worker.js';
import { IntentQueue } from './intent-queue.js';
import { IntentWorker } from './intent.worker.js';
import { ListenerWorker } from './listener.worker.js';
import { AGAIN_MS } from './opening.js';
import { within } from './within.js';

/** How long a start waits for the engine; after that it goes on, and DOKU is answered 503 until it is there. */
const START_PATIENCE_MS = 5_000;
/** How long jobs may go on while the app shuts down. */
const STOP_PATIENCE_MS = 5_000;
/** Whoever has asked nothing for so long is not about to. */
const QUIET_MS = 1_000;
/** How long those that ask at once are answered 503 before connections are closed. */
const DRAIN_MS = 250;
/** Turns of Node's loop without a notification: nobody waits to be heard. */
const QUIET_TURNS = 50;
/** Who is asked faster than it can answer is never quiet. */
const QUIET_PATIENCE_MS = 1_000;
const HEALTH_PATIENCE_MS = 1_000;

/** Durable delivery on BullMQ: what is accepted is queued, and workers bring it to the listeners. */
export class BullMqDurableDelivery
  implements DurableDelivery, OnApplicationBootstrap, BeforeApplicationShutdown
{
  readonly deadLetters: BullMqDeadLetters;
  readonly intents: IntentStore = {
    record: (intent) => this.record(intent),
    settle: (key, call) => this.openIntents.settle(key, call),
    serve: (ask) => this.intentWorker?.serve(ask),
  };
  private readonly logger = new Logger('DokuDelivery');
  private readonly events: EventQueue;
  private readonly deliveries: DeliveryQueue;
  private readonly openIntents: IntentQueue;
  private readonly intentWorker: IntentWorker | undefined;
  /** Bring events to the listeners of this app. */
  private readonly eventWorkers: (FanOutWorker | ListenerWorker)[];
  private readonly watch: EngineWatch;
  /** While it shuts down, and when it cannot work. */
  private isRefusing = false;
  private lastAskedAt = 0;
  private asked = 0;
  private readonly closed = new AbortController();
  /** Why the engine did not tell how it keeps events. */
  private unanswered: unknown;

  constructor(
    private readonly engine: Engine,
    private readonly settings: BullMqSettings,
    private readonly host: DeliveryHost,
  ) {
    this.events = new EventQueue(engine, settings);
    this.deliveries = new DeliveryQueue(engine, settings);
    this.deadLetters = new BullMqDeadLetters([this.deliveries.opening, this.events.opening]);
    const { reconciliation } = host.options;
    this.openIntents = new IntentQueue(engine, reconciliation);
    const runsWorkers = settings.worker || host.isWorkerApp;
    this.intentWorker =
      runsWorkers && reconciliation.enabled ? new IntentWorker(engine, host) : undefined;
    this.eventWorkers = runsWorkers
      ? [
          new FanOutWorker(engine, this.deliveries, this.openIntents, host),
          new ListenerWorker(engine, settings, host),
        ]
      : [];
    this.watch = new EngineWatch(engine, host.alarms, () => this.ping());
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.host.listeners.discover().length === 0) this.leaveEventsToOthers();
    const opened = this.open().catch(async (error: unknown) => {
      await Promise.all(this.workers().map(({ opening }) => opening.close()));
      await this.close();
      throw error;
    });
    const isOpen = await Promise.race([
      opened.then(() => true),
      new Promise<false>((resolve) => setTimeout(resolve, START_PATIENCE_MS, false).unref()),
    ]);
    if (isOpen) return;
    // From here on a mistake in the settings can only be told, and nothing taken in.
    opened.catch((error: unknown) => {
      this.isRefusing = true;
      this.logger.error(`durable delivery cannot start: ${describeFailure(error).summary}`);
    });
    const lastFailure = this.unanswered ?? this.events.opening.lastFailure;
    const why = lastFailure === undefined ? '' : ` (${describeFailure(lastFailure).summary})`;
    this.watch.failed(`no connection within ${START_PATIENCE_MS} ms${why}`);
  }

  get runsListeners(): boolean {
    return this.eventWorkers.length > 0;
  }

  async deliver(event: DokuEvent): Promise<DeliveryOutcome> {
    this.lastAskedAt = Date.now();
    this.asked += 1;
    if (this.isRefusing) return 'unavailable';
    try {
      const outcome = await this.events.accept(event);
      this.watch.succeeded();
      return outcome;
    } catch (error) {
      this.watch.failed(describeFailure(error).summary);
      return 'unavailable';
    }
  }

  async health(): Promise<DeliveryHealth> {
    const { name: engine } = this.engine;
    try {
      const [oldestWaitingMs, deadLetters] = await within(
        HEALTH_PATIENCE_MS,
        Promise.all([this.oldestWaitingMs(), this.deadLetters.count()]),
      );
      return { reachable: true, engine, oldestWaitingMs, deadLetters };
    } catch (error) {
      return { reachable: false, engine, reason: describeFailure(error).summary };
    }
  }

  /** New notifications are answered 503; what runs is finished or given back; then everything is closed. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isRefusing = true;
    this.watch.stop();
    await Promise.all([this.events.settled(), this.openIntents.settled(), this.drained()]);
    const isAway = await this.ping().then(
      () => false,
      () => true,
    );
    await Promise.all(
      this.workers().map((worker) => (isAway ? worker.abandon() : worker.stop(STOP_PATIENCE_MS))),
    );
    await this.close();
    await this.nobodyWaits();
  }

  private async open(): Promise<void> {
    await this.events.opening.open();
    for (const loss of await this.losses()) this.logger.warn(`durable delivery: ${loss}`);
    await this.deliveries.opening.open();
    if (this.host.options.reconciliation.enabled) await this.openIntents.opening.open();
    await Promise.all(this.workers().map(({ opening }) => opening.open()));
    if (this.closed.signal.aborted) return;
    for (const worker of this.workers()) worker.start();
    this.watch.succeeded();
    const { name, address } = this.engine;
    const { namespace, concurrency } = this.settings;
    const workers = this.runsListeners
      ? `with workers (${concurrency} listeners at a time)`
      : 'without workers';
    this.logger.log(
      `durable delivery on ${name} at ${address}, namespace ${namespace}, ${workers}`,
    );
  }

  /** A worker hands an event to the listeners that it knows: one without any would use events up. */
  private leaveEventsToOthers(): void {
    if (this.eventWorkers.splice(0).length === 0) return;
    this.logger.warn(
      'this app has no @OnDokuEvent, so it runs no workers: events wait for an app that has (plain @OnEvent listeners do not count); say so with worker: false',
    );
  }

  private workers(): readonly (FanOutWorker | ListenerWorker | IntentWorker)[] {
    return [...this.eventWorkers, ...(this.intentWorker ? [this.intentWorker] : [])];
  }

  /** What the engine can lose, as soon as it tells. */
  private async losses(): Promise<readonly string[]> {
    const { signal } = this.closed;
    while (!signal.aborted) {
      try {
        return await this.engine.inspect();
      } catch (error) {
        if (error instanceof DokuConfigurationError) throw error;
        this.unanswered = error;
        await wait(AGAIN_MS, undefined, { signal }).catch(() => undefined);
      }
    }
    return [];
  }

  /** A kept connection learns from a 503 that it ends; closed before, it would cut off what is on its way. */
  private async drained(): Promise<void> {
    if (Date.now() - this.lastAskedAt < QUIET_MS) await wait(DRAIN_MS);
  }

  /**
   * The system accepts connections before Node, which hears one of them a turn; when the host stops to listen,
   * which it does next, the rest is reset.
   */
  private async nobodyWaits(): Promise<void> {
    if (Date.now() - this.lastAskedAt >= QUIET_MS) return;
    const deadline = Date.now() + QUIET_PATIENCE_MS;
    let quietTurns = 0;
    while (quietTurns < QUIET_TURNS && Date.now() < deadline) {
      const { asked } = this;
      await turn();
      quietTurns = this.asked === asked ? quietTurns + 1 : 0;
    }
  }

  private async close(): Promise<void> {
    this.closed.abort();
    await Promise.all(this.queues().map(({ opening }) => opening.close()));
    await this.engine.close();
  }

  private async record(intent: DokuPaymentIntent): Promise<void> {
    if (this.isRefusing)
      throw new Error('the app is shutting down, or its durable delivery could not start');
    try {
      await this.openIntents.record(intent);
      this.watch.succeeded();
    } catch (error) {
      this.watch.failed(describeFailure(error).summary);
      throw error;
    }
  }

  private queues(): readonly [EventQueue, DeliveryQueue, IntentQueue] {
    return [this.events, this.deliveries, this.openIntents];
  }

  private async ping(): Promise<void> {
    const queue = this.events.opening.current;
    if (!queue) throw new Error('not connected');
    await within(HEALTH_PATIENCE_MS, queue.getJobCounts('waiting'));
  }

  private async oldestWaitingMs(): Promise<number> {
    const ages = await Promise.all(
      [this.events.opening.current, this.deliveries.opening.current].map((queue) => ageOf(queue)),
    );
    return Math.max(...ages);
  }
}

/** How long the oldest job of a queue waits, in milliseconds. */
async function ageOf(queue: Pick<JobQueue<unknown>, 'getJobs'> | undefined): Promise<number> {
  if (!queue) throw new Error('not connected');
  // More than one, since what is done meanwhile is missing.
  const [oldest] = await queue.getJobs(['waiting'], 0, 9, true);
  return oldest ? Math.max(0, Date.now() - oldest.timestamp) : 0;
}
