import { Injectable } from '@nestjs/common';
import { OtpAttempts, triesLeft } from '../../bank/otp-attempts.js';
import { SnapError } from '../../snap/snap-error.js';
import { KKI_OTP } from './kki.sandbox-rules.js';

/** Checks the OTPs of cards. */
@Injectable()
export class KkiOtps {
  constructor(private readonly attempts: OtpAttempts) {}

  /** @throws {@link SnapError} 15 when it is wrong, 11 when the card is blocked */
  check(card: string, otp: string): void {
    const key = `kki ${card}`;
    if (this.attempts.blockedUntil(key) !== undefined) {
      throw new SnapError(403, '11', 'OTP Blocked: too many wrong OTPs; try again after 24 hours.');
    }
    if (otp === KKI_OTP) {
      this.attempts.forget(key);
      return;
    }
    const left = this.attempts.countWrong(key);
    throw new SnapError(
      404,
      '15',
      `Invalid OTP: ${triesLeft(left)}. The sandbox's OTP is ${KKI_OTP}.`,
    );
  }
}
