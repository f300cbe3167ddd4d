import { isObject, readMember } from '../http/members.js';
import { normaliseAmount } from '../validation/amount.js';
import { type Delivery, deliveryFacts } from './delivery.js';
import type {
  DokuEvent,
  DokuPaymentEvent,
  DokuPaymentEventType,
  DokuUnrecognisedEvent,
} from './doku-event.js';
import { bodyEventId, eventId } from './event-id.js';
import type { NonSnapNotification } from './non-snap-notification.js';

/** `transaction.status` of notifications and of check status (reference non-snap 7). */
const TYPES: Readonly<Record<string, DokuPaymentEventType>> = {
  SUCCESS: 'payment.succeeded',
  FAILED: 'payment.failed',
  PENDING: 'payment.pending',
  TIMEOUT: 'payment.pending',
  REDIRECT: 'payment.pending',
  EXPIRED: 'payment.expired',
  CANCELLED: 'payment.cancelled',
  VOIDED: 'payment.cancelled',
  REFUNDED: 'payment.refunded',
};

/** Turns a notification into the event that business code hears; what it does not know stays whole. */
export function nonSnapEvent(delivery: Delivery): DokuEvent {
  const { payload } = delivery;
  if (!isNonSnapNotification(payload)) return unrecognisedEvent(delivery);
  const type = typeOf(payload.transaction.status);
  return type === undefined ? unrecognisedEvent(delivery) : paymentEvent(type, payload, delivery);
}

function paymentEvent(
  type: DokuPaymentEventType,
  payload: NonSnapNotification,
  delivery: Delivery,
): DokuPaymentEvent {
  const { merchant, rawBody } = delivery;
  const { status } = payload.transaction;
  const attempt = payload.transaction.original_request_id ?? '';
  const reference = String(payload.order.invoice_number);
  const isRefund = type === 'payment.refunded';
  // Of a refund, `order.amount` may still be the whole payment: only an amount of its own can be relied on.
  const amount = normaliseAmount(
    isRefund ? readMember(payload, ['refund', 'amount']) : payload.order.amount,
  );
  const dokuReference = readMember(payload, ['payment', 'payment_id']);
  return {
    // DOKU numbers no refunds here, so two of the same invoice differ only by their bodies.
    id: isRefund
      ? bodyEventId(merchant, rawBody)
      : eventId({ merchant, kind: 'payment', reference, attempt, status }),
    type,
    ...deliveryFacts(delivery, occurredAt(payload)),
    reference,
    ...(typeof dokuReference === 'string' ? { dokuReference } : {}),
    ...(amount === undefined ? {} : { amount: { value: amount, currency: 'IDR' as const } }),
    status,
    payload,
  };
}

function unrecognisedEvent(delivery: Delivery): DokuUnrecognisedEvent {
  const { payload, merchant, rawBody } = delivery;
  const reference = readMember(payload, ['order', 'invoice_number']);
  const status = readMember(payload, ['transaction', 'status']);
  return {
    id: bodyEventId(merchant, rawBody),
    type: 'notification.unrecognised',
    ...deliveryFacts(delivery, occurredAt(payload)),
    ...(typeof reference === 'string' ? { reference } : {}),
    status: typeof status === 'string' ? status : '',
    payload,
  };
}

function occurredAt(payload: unknown): string | undefined {
  const date = readMember(payload, ['transaction', 'date']);
  if (typeof date !== 'string') return undefined;
  // DOKU's instants are UTC; without a zone they would be read in that of this machine.
  const instant = new Date(/T[\d:.]+$/.test(date) ? `${date}Z` : date);
  return Number.isNaN(instant.getTime()) ? undefined : instant.toISOString();
}

function typeOf(status: string): DokuPaymentEventType | undefined {
  const known = status.toUpperCase();
  return Object.hasOwn(TYPES, known) ? TYPES[known] : undefined;
}

function isNonSnapNotification(payload: unknown): payload is NonSnapNotification {
  if (!isObject(payload)) return false;
  const { transaction, order } = payload;
  return (
    isObject(transaction) &&
    typeof transaction.status === 'string' &&
    isTextOrAbsent(transaction.original_request_id) &&
    isObject(order) &&
    ((typeof order.invoice_number === 'string' && order.invoice_number !== '') ||
      Number.isSafeInteger(order.invoice_number))
  );
}

function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || value === null || typeof value === 'string';
}
