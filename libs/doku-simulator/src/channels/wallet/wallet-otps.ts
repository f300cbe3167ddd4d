import { Injectable } from '@nestjs/common';
import { OtpAttempts, triesLeft } from '../../bank/otp-attempts.js';
import { ChangeFeed } from '../../engine/change-feed.js';
import { SimulatorClock } from '../../engine/simulator-clock.js';
import { SnapError } from '../../snap/snap-error.js';
import { normalisePhone } from './wallet-accounts.js';
import { WALLET_OTP, WALLET_OTP_LIFE_MS } from './wallet.sandbox-rules.js';
import type { JsonObject } from '../../engine/json.js';

/** What waits for a customer's OTP. */
interface OtpChallenge {
  readonly clientId: string;
  readonly partnerReferenceNo: string;
  readonly referenceNo: string;
  readonly phoneNo: string;
  readonly expiresAt: number;
  /** Does what was waited for; answers members of the answer. */
  readonly onVerified: () => JsonObject;
  isVerified: boolean;
}

/** The OTPs of account creations and unbindings (wallet reference 3). */
@Injectable()
export class WalletOtps {
  private readonly challenges: OtpChallenge[] = [];

  constructor(
    private readonly attempts: OtpAttempts,
    private readonly clock: SimulatorClock,
    private readonly feed: ChangeFeed,
  ) {}

  /** @throws {@link SnapError} 11 while the customer is blocked: no OTP is sent then */
  demandUnblocked(phoneNo: string): void {
    const until = this.attempts.blockedUntil(keyOf(phoneNo));
    if (until === undefined) return;
    throw new SnapError(
      403,
      '11',
      `OTP Blocked: too many wrong OTPs; try again after ${until.toISOString()} (virtual time).`,
    );
  }

  send(challenge: Omit<OtpChallenge, 'expiresAt' | 'isVerified'>): void {
    const expiresAt = this.clock.now().getTime() + WALLET_OTP_LIFE_MS;
    this.challenges.push({ ...challenge, expiresAt, isVerified: false });
  }

  /** @throws {@link SnapError} for unknown references, and an OTP that is used, old or wrong */
  verify(
    clientId: string,
    references: Pick<OtpChallenge, 'partnerReferenceNo' | 'referenceNo'>,
    otp: string,
  ): JsonObject {
    const challenge = this.challenges.find(
      (each) =>
        each.clientId === clientId &&
        each.partnerReferenceNo === references.partnerReferenceNo &&
        each.referenceNo === references.referenceNo,
    );
    if (challenge === undefined) {
      throw new SnapError(
        404,
        '01',
        'Transaction Not Found: no creation or unbinding has this pair of references.',
      );
    }
    this.demandUnblocked(challenge.phoneNo);
    if (challenge.isVerified) {
      throw new SnapError(
        404,
        '00',
        'Invalid Transaction Status: the OTP of these references was verified already.',
      );
    }
    if (this.clock.now().getTime() >= challenge.expiresAt) {
      throw new SnapError(403, '12', 'OTP Lifetime Expired: begin again to have another one sent.');
    }
    this.compare(challenge, otp);
    challenge.isVerified = true;
    return challenge.onVerified();
  }

  private compare({ phoneNo }: OtpChallenge, otp: string): void {
    const key = keyOf(phoneNo);
    if (otp === WALLET_OTP) {
      this.attempts.forget(key);
      return;
    }
    const left = this.attempts.countWrong(key);
    this.feed.announce();
    throw new SnapError(
      404,
      '15',
      `Invalid OTP: ${triesLeft(left)}. The sandbox's OTP is ${WALLET_OTP}.`,
    );
  }
}

function keyOf(phoneNo: string): string {
  return `wallet ${normalisePhone(phoneNo)}`;
}
