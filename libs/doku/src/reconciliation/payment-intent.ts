/** A call that moves money, as it is remembered before it is sent. Holds no credential. */
export interface DokuPaymentIntent {
  /** Name of the merchant in the module's options. */
  readonly merchant: string;
  /** Our name of the channel, such as `'allo-direct-debit'`. */
  readonly channel: string;
  /** Name of the operation, such as `'allo.createPayment'`. */
  readonly operation: string;
  /** The merchant's own reference: the invoice number, `partnerReferenceNo` or `partnerRefundNo`. */
  readonly reference: string;
  /** What tells attempts of one reference apart: of non-SNAP the `Request-Id`; empty for SNAP. */
  readonly attempt: string;
  /** Amount in IDR with two decimals, where the request tells it. */
  readonly amount?: { readonly value: string; readonly currency: 'IDR' };
  /** Further ids that the channel's query needs. */
  readonly ids: Readonly<Record<string, string>>;
  /** When it was recorded, before the call was sent. ISO 8601, UTC. */
  readonly recordedAt: string;
}

/** What became of an intent when DOKU was asked: an event is out, it stays open, or it was given up. */
export type IntentVerdict = 'settled' | 'open';

/** Keeps the intents of a durable delivery, and brings each back when it is time to ask. */
export interface IntentStore {
  /** Resolves once the intent is kept. Rejects when the engine did not take it in time. */
  record(intent: DokuPaymentIntent): Promise<void>;
  /** Forgets the intents of a reference, whose outcome is known. Best effort: asking once more does no harm. */
  settle(intent: Pick<DokuPaymentIntent, 'merchant' | 'channel' | 'reference'>): Promise<void>;
  /**
   * Has every intent asked for when it is due, with growing gaps, until its verdict is `settled`.
   * `ask` rejects when DOKU could not be asked: the intent stays open.
   */
  serve(ask: (intent: DokuPaymentIntent) => Promise<IntentVerdict>): void;
}
