import type { DirectDebitOptions } from '../non-snap-direct-debit/direct-debit.options.js';

/** The operations of `BriDirectDebitService`. */
export type BriOperationName =
  | 'registerCard'
  | 'validateRegistrationOtp'
  | 'resendRegistrationOtp'
  | 'listTokens'
  | 'createPayment'
  | 'validatePaymentOtp'
  | 'resendPaymentOtp'
  | 'createRecurringPayment'
  | 'deleteToken';

/** Settings of BRI direct debit. */
export type BriDirectDebitOptions = DirectDebitOptions<BriOperationName>;
