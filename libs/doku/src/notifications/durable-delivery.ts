import type { AlarmRegistry } from '../alarms/alarm.registry.js';
import type { DeadLetters } from '../dead-letters/dead-letter.js';
import type { ResolvedDokuOptions } from '../options/resolved-doku-options.js';
import type { IntentStore } from '../reconciliation/payment-intent.js';
import type { EventEmitterMirror } from './event-emitter-mirror.js';
import type { ListenerRegistry } from './listener.registry.js';
import type { NotificationDelivery } from './notification-delivery.js';

/** What a durable delivery gets from the module. */
export interface DeliveryHost {
  readonly options: ResolvedDokuOptions;
  readonly listeners: ListenerRegistry;
  readonly mirror: EventEmitterMirror;
  readonly alarms: AlarmRegistry;
  /** Whether this is a worker app: it takes in nothing, and must run workers. */
  readonly isWorkerApp: boolean;
}

/**
 * Durable delivery, for the option `notifications.delivery`: DOKU is answered 200 once the event is queued, and
 * workers bring it to the listeners. Made by `bullMqDelivery` of `nestjs-doku/bullmq`.
 */
export interface DokuDurableDelivery {
  readonly durable: true;
  /** @internal */
  create(host: DeliveryHost): DurableDelivery;
}

/** A delivery that keeps its events outside this process. */
export interface DurableDelivery extends NotificationDelivery {
  /** Whether this process brings events to its listeners; otherwise another one does. */
  readonly runsListeners: boolean;
  readonly deadLetters: DeadLetters;
  readonly intents: IntentStore;
  /** Asks the engine; `reachable: false` instead of rejecting. */
  health(): Promise<DeliveryHealth>;
}

/** How a durable delivery is doing. */
export type DeliveryHealth =
  | { readonly reachable: false; readonly engine: DeliveryEngine; readonly reason: string }
  | {
      readonly reachable: true;
      readonly engine: DeliveryEngine;
      /** How long the oldest event or listener's job waits for a worker, in milliseconds; 0 when none waits. */
      readonly oldestWaitingMs: number;
      /** Dead letters that nobody has replayed or discarded. */
      readonly deadLetters: number;
    };

/** What keeps the events. */
export type DeliveryEngine = 'redis' | 'postgresql';

/** Whether a delivery keeps events outside this process. */
export function isDurable(delivery: NotificationDelivery): delivery is DurableDelivery {
  return 'deadLetters' in delivery;
}
