import type { DeliveryOutcome } from './delivery-outcome.js';
import type { DokuEvent } from './doku-event.js';

/** Brings an event to its listeners. Provided as {@link NOTIFICATION_DELIVERY}: inline, or a durable one. */
export interface NotificationDelivery {
  /** Never rejects. */
  deliver(event: DokuEvent): Promise<DeliveryOutcome>;
}

/** Injection token of the delivery in use. */
export const NOTIFICATION_DELIVERY: unique symbol = Symbol.for('nestjs-doku:delivery');
