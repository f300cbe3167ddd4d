/**
 * What a call is about. A cancellation is of the payment that its reference names; a refund has a number besides.
 */
export type DokuIntentKind = 'payment' | 'refund' | 'cancellation';

/** A call that moves money, as it is remembered before it is sent. Holds no credential. */
export interface DokuPaymentIntent {
  /** Name of the merchant in the module's options. */
  readonly merchant: string;
  /** Our name of the channel, such as `'allo-direct-debit'`. */
  readonly channel: string;
  /** Name of the operation, such as `'allo.createPayment'`. */
  readonly operation: string;
  readonly kind: DokuIntentKind;
  /**
   * The merchant's own reference of the payment, also where it is refunded or cancelled: the invoice number, or
   * `partnerReferenceNo`.
   */
  readonly reference: string;
  /**
   * What tells attempts of one reference apart: of a non-SNAP payment its `Request-Id`, of a refund its
   * `partnerRefundNo`; else empty.
   */
  readonly attempt: string;
  /** Amount that was asked for, in IDR with two decimals, where the request tells it. */
  readonly amount?: { readonly value: string; readonly currency: 'IDR' };
  /** `requestId` (non-SNAP) or `externalId` (SNAP) of the call's first attempt: quote it to DOKU's support. */
  readonly ids: Readonly<Record<string, string>>;
  /** When it was recorded, before the call was sent. ISO 8601, UTC. */
  readonly recordedAt: string;
  /** The call that recorded it, unlike any other: a repeat with the same reference and attempt is another one. */
  readonly call: string;
}

/** What makes an intent that intent: its channel and operation do not, as they do not in the ids of events. */
export type IntentKey = Pick<DokuPaymentIntent, 'merchant' | 'kind' | 'reference' | 'attempt'>;

/** What became of an intent when DOKU was asked: it is over, or it stays open. */
export type IntentVerdict = 'settled' | 'open';

/** Keeps the intents of a durable delivery, and brings each back when it is time to ask. */
export interface IntentStore {
  /**
   * Resolves once the intent is kept. One with the same key that is still open stays as it is: its outcome is not
   * known, whatever becomes of this call. Rejects when the engine did not take it in time; then it must not be
   * kept later either, as far as this process can prevent it.
   */
  record(intent: DokuPaymentIntent): Promise<void>;
  /**
   * Forgets an intent, whose outcome is known. Does nothing when there is none. Best effort: asking once more does
   * no harm.
   *
   * @param call forget it only if this call recorded it
   */
  settle(key: IntentKey, call?: string): Promise<void>;
  /**
   * Has every intent asked for when it is due, by `reconciliation.queryDelaysMs`, until its verdict is `settled`.
   * `ask` rejects when DOKU could not be asked: the intent stays open. Does nothing in a process that runs no
   * workers.
   */
  serve(ask: (intent: DokuPaymentIntent) => Promise<IntentVerdict>): void;
}
