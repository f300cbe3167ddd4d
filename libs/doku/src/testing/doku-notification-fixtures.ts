import { randomUUID } from 'node:crypto';

import type { NonSnapNotification } from '../notifications/non-snap-notification.js';

/** What a test wants to vary. */
export interface NotificationFixtureInput {
  /** @defaultValue `'INV-0001'` */
  readonly invoiceNumber?: string;
  /**
   * Whole rupiah.
   * @defaultValue `90_000`
   */
  readonly amount?: number;
  /**
   * `Request-Id` of the payment call; it tells attempts apart.
   * @defaultValue a new UUID
   */
  readonly originalRequestId?: string;
  /** @defaultValue now; ISO 8601, UTC */
  readonly date?: string;
}

const DEFAULT_AMOUNT = 90_000;

function payment(status: string) {
  return (input: NotificationFixtureInput = {}): NonSnapNotification => ({
    service: { id: 'DIRECT_DEBIT' },
    acquirer: { id: 'CIMB' },
    channel: { id: 'DIRECT_DEBIT_CIMB' },
    transaction: {
      status,
      date: input.date ?? `${new Date().toISOString().slice(0, 19)}Z`,
      original_request_id: input.originalRequestId ?? randomUUID(),
    },
    order: {
      invoice_number: input.invoiceNumber ?? 'INV-0001',
      amount: input.amount ?? DEFAULT_AMOUNT,
    },
  });
}

/** Payloads for `signDokuNotification`, named after the event that they become. */
export const dokuNotificationFixtures = {
  paymentSucceeded: payment('SUCCESS'),
  paymentFailed: payment('FAILED'),
  paymentPending: payment('PENDING'),
  paymentExpired: payment('EXPIRED'),
  paymentCancelled: payment('CANCELLED'),
  /** `amount` is that of the order and of the refund alike: everything was given back. */
  paymentRefunded: (input: NotificationFixtureInput = {}): NonSnapNotification => ({
    ...payment('REFUNDED')(input),
    refund: { amount: input.amount ?? DEFAULT_AMOUNT },
  }),
  /** Genuine, but of no shape that is known. */
  unrecognised: (): Readonly<Record<string, unknown>> => ({ hello: 'from a newer DOKU' }),
};
