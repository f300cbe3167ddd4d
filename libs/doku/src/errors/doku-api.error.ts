import { DokuError, type DokuErrorDetails } from './doku.error.js';

/**
 * Why an OTP was refused.
 *
 * - `wrong`: the customer may try again; tries are counted.
 * - `expired`: have another one sent.
 * - `blocked`: no OTP is taken for now; BRI blocks a card for 24 hours (`BRI_OTP_RULES`).
 */
export type DokuOtpProblem = 'wrong' | 'expired' | 'blocked';

/** DOKU refused the call: nothing was charged, and asking the same again will not help unless `retryable`. */
export class DokuApiError extends DokuError {
  readonly code = 'refused';
  /** Set when an OTP was refused and DOKU's answer says why. */
  declare readonly otpProblem?: DokuOtpProblem;

  constructor(
    message: string,
    {
      otpProblem,
      ...details
    }: DokuErrorDetails & { readonly otpProblem?: DokuOtpProblem | undefined },
  ) {
    super(message, details);
    if (otpProblem !== undefined) Object.assign(this, { otpProblem });
  }
}
