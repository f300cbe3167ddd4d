import { OTP_BLOCK_MS, WRONG_OTPS_ALLOWED } from '../../bank/otp-attempts.js';
import { OTP_LIFE_MS, SANDBOX_OTP } from '../../direct-debit/direct-debit.rules.js';

/** The card of a registration that names none. */
export const DEFAULT_CARD_NO = '6013012345672800';

/** The rules in words, for the console. */
export const BRI_RULES: readonly string[] = [
  `BRI: the OTP of registrations and payments is ${SANDBOX_OTP} and lives ${OTP_LIFE_MS / 60_000} minutes; after ${WRONG_OTPS_ALLOWED} wrong ones the card is blocked for ${OTP_BLOCK_MS / 3_600_000} hours of virtual time.`,
];
