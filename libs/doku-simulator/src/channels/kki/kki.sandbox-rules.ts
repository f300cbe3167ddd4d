/** The OTP that every card has. */
export const KKI_OTP = '99999999';

/** Wrong OTPs after which a card is blocked, and for how long, on the virtual clock. */
export const WRONG_OTPS_ALLOWED = 5;
export const BLOCKED_MS = 24 * 3_600_000;

/** The rules in words, for the console. */
export const KKI_RULES: readonly string[] = [
  `KKI: the OTP is ${KKI_OTP}; after ${WRONG_OTPS_ALLOWED} wrong ones a card is blocked for 24 hours of virtual time.`,
];
