import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../../engine/simulator-clock.js';
import { SnapError } from '../../snap/snap-error.js';
import { BLOCKED_MS, KKI_OTP, WRONG_OTPS_ALLOWED } from './kki.sandbox-rules.js';

interface WrongOtps {
  readonly count: number;
  readonly lastAt: number;
}

/** Counts the wrong OTPs of cards. */
@Injectable()
export class KkiOtps {
  private readonly wrong = new Map<string, WrongOtps>();

  constructor(private readonly clock: SimulatorClock) {}

  /** @throws {@link SnapError} 15 when it is wrong, 11 when the card is blocked */
  check(card: string, otp: string): void {
    const now = this.clock.now().getTime();
    const known = this.wrong.get(card);
    const isOld = known === undefined || now - known.lastAt >= BLOCKED_MS;
    const count = isOld ? 0 : known.count;
    if (count >= WRONG_OTPS_ALLOWED) {
      throw new SnapError(403, '11', 'OTP Blocked: too many wrong OTPs; try again after 24 hours.');
    }
    if (otp === KKI_OTP) {
      this.wrong.delete(card);
      return;
    }
    this.wrong.set(card, { count: count + 1, lastAt: now });
    const left = WRONG_OTPS_ALLOWED - count - 1;
    throw new SnapError(
      404,
      '15',
      `Invalid OTP: ${left} ${left === 1 ? 'try' : 'tries'} left. The sandbox's OTP is ${KKI_OTP}.`,
    );
  }
}
