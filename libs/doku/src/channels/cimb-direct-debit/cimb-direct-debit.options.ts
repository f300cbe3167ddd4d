import type { DirectDebitOptions } from '../non-snap-direct-debit/direct-debit.options.js';

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
export type CimbDirectDebitOptions = DirectDebitOptions<CimbOperationName>;
