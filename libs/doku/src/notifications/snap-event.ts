import { readMember } from '../http/members.js';
import { parseInstant } from '../signing/timestamp.js';
import { normaliseAmount } from '../validation/amount.js';
import { type Delivery, deliveryFacts } from './delivery.js';
import type {
  DokuBindingEvent,
  DokuBindingEventType,
  DokuEvent,
  DokuPaymentEvent,
  DokuPaymentEventType,
  DokuUnrecognisedEvent,
} from './doku-event.js';
import { bodyEventId, eventId } from './event-id.js';
import {
  bindingStatusOf,
  isSnapBindingNotification,
  isSnapPaymentNotification,
  type SnapBindingNotification,
  type SnapPaymentNotification,
} from './snap-notification.js';

/**
 * `latestTransactionStatus` (reference snap 9.7). `07`, not found, is missing on purpose: one reading of it
 * says nothing about the payment.
 */
const PAYMENT_TYPES: Readonly<Record<string, DokuPaymentEventType>> = {
  '00': 'payment.succeeded',
  '01': 'payment.pending',
  '02': 'payment.pending',
  '03': 'payment.pending',
  '04': 'payment.refunded',
  '05': 'payment.cancelled',
  '06': 'payment.failed',
};

/** `additionalInfo.status` of a binding. `PENDING` decides nothing, and has no event. */
const BINDING_TYPES: Readonly<Record<string, DokuBindingEventType>> = {
  SUCCESS: 'binding.succeeded',
  FAILED: 'binding.failed',
};

/** Turns a SNAP notification into the event that business code hears; what it does not know stays whole. */
export function snapEvent(delivery: Delivery): DokuEvent {
  const { payload } = delivery;
  return (
    (isSnapPaymentNotification(payload) ? paymentEvent(payload, delivery) : undefined) ??
    (isSnapBindingNotification(payload) ? bindingEvent(payload, delivery) : undefined) ??
    unrecognisedEvent(delivery)
  );
}

function paymentEvent(
  payload: SnapPaymentNotification,
  delivery: Delivery,
): DokuPaymentEvent | undefined {
  const { latestTransactionStatus: status, originalPartnerReferenceNo: reference } = payload;
  const type = lookUp(PAYMENT_TYPES, status);
  const isRefund = type === 'payment.refunded';
  // Of a refund, `amount` may be the whole payment: only an amount of its own can be relied on.
  const amount = readMember(payload, [isRefund ? 'refundAmount' : 'amount']);
  // An event can only tell rupiah.
  if (type === undefined || !isInRupiah(amount)) return undefined;
  const value = normaliseAmount(readMember(amount, ['value']));
  const dokuReference = readMember(payload, ['originalReferenceNo']);
  return {
    id: isRefund ? refundId(payload, delivery) : paymentId(payload, delivery),
    type,
    ...deliveryFacts(delivery, type === 'payment.succeeded' ? paidAt(payload) : undefined),
    reference,
    ...(typeof dokuReference === 'string' ? { dokuReference } : {}),
    ...(value === undefined ? {} : { amount: { value, currency: 'IDR' as const } }),
    status,
    payload,
  };
}

/** `paidTime`, which a status query tells. */
function paidAt({ paidTime }: SnapPaymentNotification): string | undefined {
  return typeof paidTime === 'string' ? parseInstant(paidTime)?.toISOString() : undefined;
}

/** `partnerReferenceNo` is the attempt as well: a second attempt has another one (reference snap 14). */
function paymentId(payload: SnapPaymentNotification, { merchant }: Delivery): string {
  const { latestTransactionStatus: status, originalPartnerReferenceNo: reference } = payload;
  return eventId({ merchant, kind: 'payment', reference, attempt: '', status });
}

/**
 * By the refund's number, which DOKU does not document for notifications; without one, two refunds of a
 * payment differ only by their bodies. A `refundHistory` does not count: it tells all refunds, not this one.
 */
function refundId(payload: SnapPaymentNotification, { merchant, rawBody }: Delivery): string {
  const { latestTransactionStatus: status, originalPartnerReferenceNo: reference } = payload;
  const number = payload.partnerRefundNo ?? payload.refundNo;
  return typeof number === 'string' && number !== ''
    ? eventId({ merchant, kind: 'refund', reference, attempt: number, status })
    : bodyEventId(merchant, rawBody);
}

function bindingEvent(
  payload: SnapBindingNotification,
  delivery: Delivery,
): DokuBindingEvent | undefined {
  const { authCode, custIdMerchant: reference } = payload.additionalInfo;
  const status = bindingStatusOf(payload) ?? '';
  const type = lookUp(BINDING_TYPES, status.toUpperCase());
  if (type === undefined) return undefined;
  const { merchant } = delivery;
  return {
    // A hash, so the authCode cannot be read from it.
    id: eventId({ merchant, kind: 'binding', reference, attempt: authCode, status: type }),
    type,
    ...deliveryFacts(delivery),
    reference,
    status,
    payload,
  };
}

function unrecognisedEvent(delivery: Delivery): DokuUnrecognisedEvent {
  const { payload, merchant, rawBody } = delivery;
  const reference = readMember(payload, ['originalPartnerReferenceNo']);
  const status =
    readMember(payload, ['latestTransactionStatus']) ??
    readMember(payload, ['additionalInfo', 'status']);
  return {
    id: bodyEventId(merchant, rawBody),
    type: 'notification.unrecognised',
    ...deliveryFacts(delivery),
    ...(typeof reference === 'string' ? { reference } : {}),
    status: typeof status === 'string' ? status : '',
    payload,
  };
}

function isInRupiah(amount: unknown): boolean {
  const currency = readMember(amount, ['currency']) ?? '';
  return typeof currency === 'string' && ['', 'IDR'].includes(currency.trim().toUpperCase());
}

function lookUp<Type>(types: Readonly<Record<string, Type>>, status: string): Type | undefined {
  return Object.hasOwn(types, status) ? types[status] : undefined;
}
