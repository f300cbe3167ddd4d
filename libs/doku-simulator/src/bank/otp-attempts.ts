import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../engine/simulator-clock.js';

/** Wrong OTPs after which a card or customer is blocked, and for how long, on the virtual clock. */
export const WRONG_OTPS_ALLOWED = 5;
export const OTP_BLOCK_MS = 24 * 3_600_000;

interface WrongOtps {
  readonly count: number;
  readonly lastAt: number;
}

/** Counts wrong OTPs, by whatever they protect: a card, a customer. */
@Injectable()
export class OtpAttempts {
  private readonly wrong = new Map<string, WrongOtps>();

  constructor(private readonly clock: SimulatorClock) {}

  /** When the block ends, in virtual time; `undefined` when there is none. */
  blockedUntil(key: string): Date | undefined {
    const known = this.recent(key);
    if (known === undefined || known.count < WRONG_OTPS_ALLOWED) return undefined;
    return new Date(known.lastAt + OTP_BLOCK_MS);
  }

  /** Answers how many tries are left. */
  countWrong(key: string): number {
    const count = (this.recent(key)?.count ?? 0) + 1;
    this.wrong.set(key, { count, lastAt: this.clock.now().getTime() });
    return WRONG_OTPS_ALLOWED - count;
  }

  /** A right OTP makes up for the wrong ones. */
  forget(key: string): void {
    this.wrong.delete(key);
  }

  private recent(key: string): WrongOtps | undefined {
    const known = this.wrong.get(key);
    const isOld = known !== undefined && this.clock.now().getTime() - known.lastAt >= OTP_BLOCK_MS;
    return isOld ? undefined : known;
  }
}

/** `1 try left`, `3 tries left`. */
export function triesLeft(count: number): string {
  return `${count} ${count === 1 ? 'try' : 'tries'} left`;
}
