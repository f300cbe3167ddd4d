import { Injectable } from '@nestjs/common';
import { OTP_BLOCK_MS, OtpAttempts, triesLeft } from '../../bank/otp-attempts.js';
import { SANDBOX_OTP } from '../../direct-debit/direct-debit.rules.js';
import { GatewayError } from '../../engine/gateway-error.js';

const BLOCK_HOURS = OTP_BLOCK_MS / 3_600_000;

/**
 * The limit on wrong OTPs, per card: registrations and payments count together (reference 7). The
 * codes are the simulator's, since DOKU documents none.
 */
@Injectable()
export class BriOtps {
  constructor(private readonly attempts: OtpAttempts) {}

  /** @throws {@link GatewayError} `OTP_BLOCKED` while the card is blocked */
  demandUnblocked(accountNo: string): void {
    const until = this.attempts.blockedUntil(keyOf(accountNo))?.toISOString();
    if (until === undefined) return;
    throw new GatewayError(
      'PAYMENT',
      'OTP_BLOCKED',
      `BRI blocks this card for ${BLOCK_HOURS} hours after too many wrong OTPs, until ${until} (virtual time).`,
      { blockedUntil: until },
    );
  }

  accept(accountNo: string): void {
    this.attempts.forget(keyOf(accountNo));
  }

  /** Counts a wrong OTP, and answers the refusal with the tries that are left. */
  refuse(accountNo: string): { readonly error: GatewayError; readonly left: number } {
    const left = this.attempts.countWrong(keyOf(accountNo));
    const error = new GatewayError(
      'PAYMENT',
      'INVALID_OTP',
      `The OTP is wrong; ${triesLeft(left)}${left === 0 ? `, and BRI blocks the card for ${BLOCK_HOURS} hours` : ''}. The sandbox's OTP is ${SANDBOX_OTP}.`,
      { remainingTries: left },
    );
    return { error, left };
  }
}

function keyOf(accountNo: string): string {
  return `bri ${accountNo}`;
}
