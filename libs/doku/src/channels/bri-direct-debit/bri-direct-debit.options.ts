import {
  type DirectDebitOptions,
  type DirectDebitSettings,
  resolveDirectDebitOptions,
} from '../non-snap-direct-debit/direct-debit.options.js';

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

/** @throws DokuConfigurationError that names the option and what to change */
export function resolveBriOptions(
  given?: BriDirectDebitOptions,
): DirectDebitSettings<BriOperationName> {
  return resolveDirectDebitOptions(given, 'channels.briDirectDebit');
}
