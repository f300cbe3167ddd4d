import {
  type DirectDebitOptions,
  type DirectDebitSettings,
  resolveDirectDebitOptions,
} from '../non-snap-direct-debit/direct-debit.options.js';

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

/** @throws DokuConfigurationError that names the option and what to change */
export function resolveCimbOptions(
  given?: CimbDirectDebitOptions,
): DirectDebitSettings<CimbOperationName> {
  return resolveDirectDebitOptions(given, 'channels.cimbDirectDebit');
}
