import type { CustomerDevice } from '../customers/customer-cookie.js';
import type { Order, OrderView, PaymentAttempt, PendingRefund } from '../orders/order.js';

/** What every way to pay can do, beside starting a payment in its own way. */
export interface PaymentMethod {
  /** Asks DOKU how the attempt stands. */
  check(order: Order, attempt: PaymentAttempt): Promise<StatusHint>;
}

/** A way to pay that can give back: BRI's cards cannot. */
export interface RefundingMethod extends PaymentMethod {
  /** What DOKU will know a refund by: such as it takes. */
  createRefundId(): string;

  /** Asks for a refund, or repeats one whose outcome is unknown: it is carried out once. */
  refund(wanted: WantedRefund): Promise<RefundAnswer>;
}

export function givesBack(method: PaymentMethod): method is RefundingMethod {
  return 'refund' in method;
}

/** What a question to DOKU brought, for the customer. */
export interface StatusHint {
  readonly message: string;
  /** `continue`: pressing "pay" again is safe, since it repeats the same call. */
  readonly next: 'wait' | 'enter-code' | 'continue';
  readonly order: OrderView;
}

/** A refund to ask for. */
export interface WantedRefund {
  readonly order: Order;
  /** `id` of the attempt that paid. */
  readonly paidBy: string;
  readonly refund: PendingRefund;
  readonly device: CustomerDevice;
}

/**
 * - `done`: given back.
 * - `confirming`: taken in; the notification tells.
 * - `unknown`: taken in, and nobody will tell: ask again.
 * - `refused`: nothing was given back.
 */
export type RefundAnswer = 'done' | 'confirming' | 'unknown' | 'refused';
