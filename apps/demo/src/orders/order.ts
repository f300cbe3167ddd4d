import type { Product } from '../catalog/catalog.js';

/**
 * The ways to pay: a saved card of CIMB or BRI, a linked Allo Bank account, a card of Kartu Kredit Indonesia,
 * a linked DOKU Wallet.
 */
export type PaymentMethodName = 'cimb' | 'bri' | 'allo' | 'kki' | 'wallet';

/**
 * What has been settled: by DOKU's events, or by its answer to a question about the status. A new attempt
 * takes `failed` back to `open`.
 */
type OrderStatus = 'open' | 'paid' | 'failed' | 'refunded';

/**
 * How far an attempt to pay has come.
 *
 * - `starting`: being sent, or it never left.
 * - `otp`: the bank waits for the customer's code.
 * - `page`: the bank waits for the customer on its page.
 * - `confirming`: the bank has answered; the notification decides.
 * - `unknown`: sent, and no trustworthy answer came.
 * - `over`: refused or failed; the next press starts another attempt.
 */
type AttemptPhase = 'starting' | 'otp' | 'page' | 'confirming' | 'unknown' | 'over';

/** One attempt to pay an order. */
export interface PaymentAttempt {
  /**
   * What DOKU knows it by, chosen before the call: the `Request-Id` of a card's payment, a
   * `partnerReferenceNo` of SNAP.
   */
  readonly id: string;
  readonly method: PaymentMethodName;
  /** Such as `CIMB ···· 2800`. */
  readonly label: string;
  readonly phase: AttemptPhase;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** CIMB and BRI: what is charged, and whether the bank asks for a code. */
  readonly card?: { readonly id: string; readonly tokenId: string; readonly withoutCode: boolean };
  /** CIMB and BRI: DOKU's token of this attempt; known once the payment call was answered. */
  readonly paymentToken?: string;
  /** CIMB and BRI: a wrong code does not end the attempt. */
  readonly wrongCodes: number;
  /** Allo and the wallet: where the customer pays. */
  readonly pageUrl?: string;
  /** SNAP, while `unknown`: DOKU has said that it has no such payment, so the same may be sent again. */
  readonly mayRepeat?: boolean;
}

/** A refund that is not confirmed yet. */
export interface PendingRefund {
  /** What DOKU knows it by: the `Request-Id` of CIMB's refund, a `partnerRefundNo` of SNAP. */
  readonly id: string;
  /** Whole rupiah. */
  readonly amount: number;
  readonly reason: string;
  /** Milliseconds since 1970. */
  readonly askedAt: number;
  readonly phase: 'starting' | 'confirming' | 'unknown';
}

/** A purchase. Never changed in place: the store replaces it. */
export interface Order {
  /** Our reference, and the `invoice_number` of a card's payment. */
  readonly reference: string;
  /** Counts up with every change. */
  readonly version: number;
  readonly customerId: string;
  /** Made by the page; the same draft never becomes two orders. */
  readonly draftId: string;
  readonly product: Product;
  /** Whole rupiah. */
  readonly amount: number;
  readonly createdAt: string;
  readonly status: OrderStatus;
  /** Oldest first; only the last can be under way. */
  readonly attempts: readonly PaymentAttempt[];
  /** `id` of the attempt that paid; a refund names it. */
  readonly paidBy?: string;
  /** Whole rupiah given back so far. */
  readonly refunded: number;
  readonly refundsAsked: number;
  /** Ids of refunds that are counted in `refunded`, as far as DOKU tells them. */
  readonly refundIds: readonly string[];
  readonly refund?: PendingRefund;
  /** What a person has to look at: amounts that do not match. */
  readonly review?: string;
}

/** An order as the page sees it: no tokens. */
export interface OrderView {
  readonly reference: string;
  /** Answers and live updates may overtake each other: the higher one is the newer. */
  readonly version: number;
  readonly productId: string;
  readonly productName: string;
  readonly amount: number;
  readonly createdAt: string;
  readonly status: OrderStatus;
  readonly refunded: number;
  readonly payment: {
    readonly method: PaymentMethodName;
    readonly phase: AttemptPhase;
    readonly label: string;
    readonly cardId: string | null;
    readonly wrongCodes: number;
    /** Where the customer goes on, while the bank waits there. */
    readonly pageUrl: string | null;
  } | null;
  readonly refund: { readonly amount: number; readonly phase: PendingRefund['phase'] } | null;
  readonly review: string | null;
}

export function toOrderView(order: Order): OrderView {
  const { reference, version, product, amount, createdAt, status, refunded, refund } = order;
  const attempt = payingAttempt(order) ?? lastAttempt(order);
  return {
    reference,
    version,
    productId: product.id,
    productName: product.name,
    amount,
    createdAt,
    status,
    refunded,
    payment: attempt
      ? {
          method: attempt.method,
          phase: attempt.phase,
          label: attempt.label,
          cardId: attempt.card?.id ?? null,
          wrongCodes: attempt.wrongCodes,
          pageUrl: attempt.phase === 'page' ? (attempt.pageUrl ?? null) : null,
        }
      : null,
    refund: refund ? { amount: refund.amount, phase: refund.phase } : null,
    review: order.review ?? null,
  };
}

/** Whether money has been taken for it. */
export function isSettled({ status }: Order): boolean {
  return status === 'paid' || status === 'refunded';
}

export function lastAttempt({ attempts }: Order): PaymentAttempt | undefined {
  return attempts.at(-1);
}

/** The attempt that paid; `undefined` also when it was none that the shop knows. */
export function payingAttempt({ attempts, paidBy }: Order): PaymentAttempt | undefined {
  return attempts.find(({ id }) => id === paidBy);
}
