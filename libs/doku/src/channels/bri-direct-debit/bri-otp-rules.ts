/**
 * BRI's rules for the OTP of a payment, as data that a page can show (reference non-snap 3.13, 7). For a
 * registration DOKU documents none.
 */
export const BRI_OTP_RULES = {
  /** At most so many characters; keep it a text, because it can begin with 0. */
  maxLength: 6,
  /** Wrong entries in all before BRI blocks the card: the careful reading (reference non-snap 3.19 no. 22). */
  tries: 5,
  /** For how long BRI then blocks the card. */
  blockHours: 24,
} as const;
