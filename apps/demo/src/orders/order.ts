import type { Product } from '../catalog/catalog.js';

/**
 * What has been settled. `paid`, `failed` and `refunded` come from DOKU's events only; a new attempt takes
 * `failed` back to `open`.
 */
type OrderStatus = 'open' | 'paid' | 'failed' | 'refunded';

/**
 * How far an attempt to pay has come.
 *
 * - `starting`: being sent, or it never left; may be sent again as it is.
 * - `otp`: the bank waits for the customer's code.
 * - `confirming`: the bank has answered; the notification decides.
 * - `unknown`: sent, and no trustworthy answer came.
 * - `over`: refused or failed; the next press starts another attempt.
 */
type AttemptPhase = 'starting' | 'otp' | 'confirming' | 'unknown' | 'over';

/** One attempt to pay an order. */
export interface PaymentAttempt {
  /** `Request-Id` of `createPayment`, chosen before the call: DOKU carries it out once, however often sent. */
  readonly requestId: string;
  readonly cardId: string;
  readonly cardLabel: string;
  readonly tokenId: string;
  readonly phase: AttemptPhase;
  /** DOKU's token of this attempt; known once `createPayment` was answered. */
  readonly paymentToken?: string;
  readonly wrongCodes: number;
}

/** A refund that is not confirmed yet. */
export interface PendingRefund {
  readonly requestId: string;
  /** Whole rupiah. */
  readonly amount: number;
  readonly reason: string;
  readonly phase: 'starting' | 'confirming' | 'unknown';
}

/** A purchase. Never changed in place: the store replaces it. */
export interface Order {
  /** Our reference everywhere: DOKU's `invoice_number`. */
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
  readonly attempt?: PaymentAttempt;
  /** `Request-Id` of the attempt that paid; a refund names it. */
  readonly paidBy?: string;
  /** Whole rupiah given back so far. */
  readonly refunded: number;
  readonly refundsAsked: number;
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
    readonly phase: AttemptPhase;
    readonly cardId: string;
    readonly cardLabel: string;
    readonly wrongCodes: number;
  } | null;
  readonly refund: { readonly amount: number; readonly phase: PendingRefund['phase'] } | null;
  readonly review: string | null;
}

export function toOrderView(order: Order): OrderView {
  const { reference, version, product, amount, createdAt, status, refunded, attempt, refund } =
    order;
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
          phase: attempt.phase,
          cardId: attempt.cardId,
          cardLabel: attempt.cardLabel,
          wrongCodes: attempt.wrongCodes,
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
