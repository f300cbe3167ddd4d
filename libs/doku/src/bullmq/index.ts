export { bullMqDelivery } from './bullmq-delivery.js';
export type { BullMqConnection, BullMqDeliveryOptions } from './bullmq-options.js';
export { DokuNotificationWorkerModule } from './doku-notification-worker.module.js';
export { type MigrateOptions, migrateDokuSchema } from './migrate-doku-schema.js';
