import { WRONG_ENTRIES_ALLOWED } from '../../snap/snap-bindings.js';
import { POOR_AMOUNT } from '../../snap/snap-payments.js';

/** What a customer enters on the pages of the bank. */
export const ALLO_OTP = '999999';
export const ALLO_PIN = '123456';

/** The rules in words, for the pages and the console. */
export const ALLO_RULES: readonly string[] = [
  `Allo: the OTP is ${ALLO_OTP}, the PIN ${ALLO_PIN}; the ${WRONG_ENTRIES_ALLOWED}th wrong entry fails the binding or payment.`,
  'Allo: an account begins with Rp 1.000.000 and Rp 50.000 in points; a payment of more FAILS on its page.',
  `Allo and KKI: amount ${POOR_AMOUNT} is refused for insufficient funds.`,
];
