import type { DokuDurableDelivery } from '../notifications/durable-delivery.js';
import { BullMqDurableDelivery } from './bullmq-durable-delivery.js';
import { type BullMqDeliveryOptions, resolveBullMqOptions } from './bullmq-options.js';
import { createEngine } from './create-engine.js';

/**
 * Durable delivery on BullMQ, for the option `notifications.delivery`. DOKU is answered 200 once the event is
 * queued in Redis or PostgreSQL; workers, here or in an app of their own, bring it to the listeners, and try
 * again what fails.
 *
 * @throws DokuConfigurationError that names the option and what to change
 */
export function bullMqDelivery(options: BullMqDeliveryOptions): DokuDurableDelivery {
  const settings = resolveBullMqOptions(options);
  return {
    durable: true,
    create: (host) =>
      new BullMqDurableDelivery(createEngine(settings, host.options.environment), settings, host),
  };
}
