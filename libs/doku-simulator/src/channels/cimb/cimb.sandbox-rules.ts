import { WRONG_OTPS_ALLOWED } from '../../bank/otp-attempts.js';
import {
  OTP_LIFE_MS,
  POOR_ACCOUNT_ENDING,
  POOR_AMOUNT,
  SANDBOX_OTP,
} from '../../direct-debit/direct-debit.rules.js';

/** The account number that an approval without one gets. */
export const DEFAULT_ACCOUNT_NO = '760012342800';

/** An account that ends so pays at once, without an OTP. */
const TRUSTED_ACCOUNT_ENDING = '1111';

/** The rules in words, for the console. */
export const SANDBOX_RULES: readonly string[] = [
  `The OTP is ${SANDBOX_OTP}. It lives ${OTP_LIFE_MS / 60_000} minutes on the virtual clock.`,
  `The ${WRONG_OTPS_ALLOWED}th wrong OTP makes the payment FAILED.`,
  `Accounts ending in ${POOR_ACCOUNT_ENDING}: insufficient funds, FAILED when the OTP is validated.`,
  `Accounts ending in ${TRUSTED_ACCOUNT_ENDING}: no OTP, the payment answers SUCCESS at once.`,
  `Amount ${POOR_AMOUNT}: insufficient funds, whatever the account.`,
];

export function asksForOtp(accountNo: string): boolean {
  return !accountNo.endsWith(TRUSTED_ACCOUNT_ENDING);
}
