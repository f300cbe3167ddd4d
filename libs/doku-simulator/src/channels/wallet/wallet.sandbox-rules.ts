import { OTP_BLOCK_MS, WRONG_OTPS_ALLOWED } from '../../bank/otp-attempts.js';
import { WRONG_ENTRIES_ALLOWED } from '../../snap/snap-bindings.js';

/** Code of the channel in payments and bindings; DOKU's bodies name none. */
export const WALLET = 'DOKU_WALLET';

/** What customers enter. */
export const WALLET_OTP = '999999';
export const WALLET_PIN = '123456';

/** Life of an OTP on the virtual clock (wallet reference 3). */
export const WALLET_OTP_LIFE_MS = 5 * 60_000;

/** What a new wallet holds. */
export const START_BALANCE = '1000000.00';

/** Limits that the inquiry before a top-up tells, and that each top-up keeps to. */
export const SMALLEST_TOP_UP = '1.00';
export const LARGEST_TOP_UP = '20000000.00';

/** A bank account that ends so does not exist. */
export const UNKNOWN_BANK_ACCOUNT_ENDING = '0000';

/** Whom every other bank account belongs to. */
export const BENEFICIARY_NAME = 'Budi Example';

/** The rules in words, for the pages and the console. */
export const WALLET_RULES: readonly string[] = [
  `Wallet: the OTP is ${WALLET_OTP} and lives ${WALLET_OTP_LIFE_MS / 60_000} minutes; after ${WRONG_OTPS_ALLOWED} wrong ones a customer is blocked for ${OTP_BLOCK_MS / 3_600_000} hours of virtual time.`,
  `Wallet: the PIN is ${WALLET_PIN}; the ${WRONG_ENTRIES_ALLOWED}th wrong one ends the registration or purchase.`,
  `Wallet: a new one holds Rp 1.000.000; bank accounts ending in ${UNKNOWN_BANK_ACCOUNT_ENDING} do not exist.`,
];
