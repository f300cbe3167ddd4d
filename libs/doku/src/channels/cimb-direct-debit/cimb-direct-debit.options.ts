/** The operations of `CimbDirectDebitService`. */
export type CimbOperationName =
  | 'registerCard'
  | 'listTokens'
  | 'createPayment'
  | 'validatePaymentOtp'
  | 'resendPaymentOtp'
  | 'deleteToken'
  | 'refund';

/** Settings of CIMB direct debit. */
export interface CimbDirectDebitOptions {
  /** Replaces the path of an operation, such as `{ registerCard: '/cimb-direct-debit/v2/token' }`. */
  readonly paths?: Partial<Record<CimbOperationName, string>>;
  /**
   * Whether the line items of a payment, when given, must add up to its amount. DOKU demands it, and its
   * own sample breaks it (reference non-snap 3.19 no. 9).
   * @defaultValue `true`
   */
  readonly checkLineItems?: boolean;
}
