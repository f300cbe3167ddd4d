import type { DokuPaymentIntent } from '../reconciliation/payment-intent.js';
import type { NonSnapNotification } from './non-snap-notification.js';
import type { SnapBindingNotification, SnapPaymentNotification } from './snap-notification.js';

/** What happened to a payment, as far as DOKU tells. */
export type DokuPaymentEventType =
  | 'payment.succeeded'
  | 'payment.failed'
  | 'payment.pending'
  | 'payment.expired'
  | 'payment.cancelled'
  | 'payment.refunded';

/**
 * The notification of a payment, as one of DOKU's two schemes has it; of a reconciliation the answer to the query,
 * with the members of a notification in place of its own. Of SNAP when
 * `originalPartnerReferenceNo` is there, of non-SNAP when `transaction` is.
 */
export type DokuPaymentNotification = NonSnapNotification | SnapPaymentNotification;

/** What happened to a customer's binding of an account. */
export type DokuBindingEventType = 'binding.succeeded' | 'binding.failed';

/** Every type of event that `@OnDokuEvent` can listen to. */
export type DokuEventType =
  | DokuPaymentEventType
  /** Nobody knows what became of a call that moves money. */
  | 'payment.unresolved'
  | DokuBindingEventType
  /** The same fact arrived before, with another amount. */
  | 'notification.conflict'
  /** Genuine, but of a shape or status that this version does not know. */
  | 'notification.unrecognised';

/** Facts that every event has. */
export interface DokuEventBase<Type extends DokuEventType, Payload> {
  /** The same for every delivery of the same fact, and another one for every other fact. */
  readonly id: string;
  readonly type: Type;
  /** Whether DOKU told it, or was asked. Whichever comes first is the event; the other is a duplicate of it. */
  readonly source: 'notification' | 'reconciliation';
  /**
   * `'cimb-direct-debit'`, `'allo-direct-debit'`, `'wallet'` …; of a channel that this library does not know, DOKU's
   * own code; `'unknown'` where DOKU names none, as in the only binding that is known (reference snap 12.6).
   */
  readonly channel: string;
  /** Name of the merchant in the module's options. */
  readonly merchant: string;
  /**
   * Amount in IDR, two decimals: `'90000.00'`. Compare it with the order before fulfilling. Of a refund, what
   * was given back, and absent where DOKU tells only the amount of the order.
   */
  readonly amount?: { readonly value: string; readonly currency: 'IDR' };
  /** DOKU's status, as sent: `'SUCCESS'`, of a SNAP payment `'00'`; `'UNRESOLVED'` is ours. */
  readonly status: string;
  /** When it happened, as DOKU tells; else when it was received. ISO 8601, UTC. */
  readonly occurredAt: string;
  /** When this delivery, or the answer to the query, was received. ISO 8601, UTC. */
  readonly receivedAt: string;
  readonly delivery: {
    /** How often this process has been given the event, this time included. */
    readonly attempt: number;
    /**
     * DOKU's id of the delivery (`Request-Id`, `X-EXTERNAL-ID`), which may differ between deliveries of the same event.
     * Of a reconciliation that of our query; empty when there was nobody to ask.
     */
    readonly transportId: string;
  };
  /** The notification as DOKU sent it; see {@link DokuPaymentNotification} and {@link DokuUnresolvedPaymentEvent}. */
  readonly payload: Payload;
}

/** Something happened to a payment. */
export interface DokuPaymentEvent<
  Type extends DokuPaymentEventType = DokuPaymentEventType,
> extends DokuEventBase<Type, DokuPaymentNotification> {
  /** The merchant's own reference: the invoice number, or `partnerReferenceNo`. */
  readonly reference: string;
  /** DOKU's or the bank's reference, where the notification has one. */
  readonly dokuReference?: string;
}

/**
 * A call that moves money was recorded, and after `reconciliation.giveUpAfterMs` nobody knows what became of it: DOKU
 * does not know it, gives no final answer, or could not be asked. It is no failure: a person should look, and the
 * notification may still come. The payload is what was recorded of the call: `kind` tells whether it is about a
 * payment, a refund or a cancellation.
 */
export interface DokuUnresolvedPaymentEvent extends DokuEventBase<
  'payment.unresolved',
  DokuPaymentIntent
> {
  /** The merchant's own reference of the payment, also where a refund or a cancellation of it is unresolved. */
  readonly reference: string;
}

/** A customer bound an account, or failed to. */
export interface DokuBindingEvent<
  Type extends DokuBindingEventType = DokuBindingEventType,
> extends DokuEventBase<Type, SnapBindingNotification> {
  /** The merchant's own id of the customer: `custIdMerchant`. */
  readonly reference: string;
}

/** The same fact arrived before, with another amount: a person should look. */
export interface DokuConflictEvent extends DokuEventBase<
  'notification.conflict',
  DokuPaymentNotification
> {
  readonly reference: string;
  readonly conflict: {
    /** `id` of the event that it contradicts. */
    readonly eventId: string;
    /** The amount that came first, in IDR with two decimals. */
    readonly firstAmount: string;
  };
}

/** Signed by DOKU, but unknown to this version. It is never swallowed. */
export interface DokuUnrecognisedEvent extends DokuEventBase<'notification.unrecognised', unknown> {
  readonly reference?: string;
}

/** An event by its type. */
export type DokuEventOf<Type extends DokuEventType> = Type extends DokuPaymentEventType
  ? DokuPaymentEvent<Type>
  : Type extends DokuBindingEventType
    ? DokuBindingEvent<Type>
    : Type extends 'payment.unresolved'
      ? DokuUnresolvedPaymentEvent
      : Type extends 'notification.conflict'
        ? DokuConflictEvent
        : DokuUnrecognisedEvent;

/** One event of DOKU; switch on `type`. */
export type DokuEvent = { [Type in DokuEventType]: DokuEventOf<Type> }[DokuEventType];

/** What `@OnDokuEvent` takes: a type, a family of types, or everything. */
export type DokuEventPattern = DokuEventType | 'payment.*' | 'binding.*' | 'notification.*' | '*';

/** The events that a pattern stands for. */
export type DokuEventMatching<Pattern extends DokuEventPattern> = Pattern extends '*'
  ? DokuEvent
  : Pattern extends `${infer Family}.*`
    ? Extract<DokuEvent, { readonly type: `${Family}.${string}` }>
    : Pattern extends DokuEventType
      ? DokuEventOf<Pattern>
      : never;
