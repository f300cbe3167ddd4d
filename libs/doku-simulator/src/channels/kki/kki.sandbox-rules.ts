import { WRONG_OTPS_ALLOWED } from '../../bank/otp-attempts.js';

/** The OTP that every card has. */
export const KKI_OTP = '99999999';

/** The rules in words, for the console. */
export const KKI_RULES: readonly string[] = [
  `KKI: the OTP is ${KKI_OTP}; after ${WRONG_OTPS_ALLOWED} wrong ones a card is blocked for 24 hours of virtual time.`,
];
