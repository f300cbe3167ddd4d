import { Injectable, Logger } from '@nestjs/common';

/** DOKU documents no tolerance; a difference below this is not what it refuses. */
const NOTICEABLE_MS = 10_000;
/** A `Date` further away is more likely wrong than our clock. */
const MOST_MS = 24 * 60 * 60 * 1000;

/** After a correction that did not help, in milliseconds: whoever sends such a `Date` is not believed again. */
const DISTRUST_MS = 60_000;

/**
 * The time that requests are stamped with: that of this machine, corrected once DOKU refused it.
 *
 * Only the `Date` of an answer over HTTPS, or over loopback, reaches it: the option `baseUrl` allows no
 * other host. A correction stands only if DOKU lets an attempt in that was stamped with it.
 */
@Injectable()
export class DokuClock {
  private readonly logger = new Logger('DokuClient');
  private correctionMs = 0;
  private provenMs = 0;
  private distrustedUntil = -Infinity;

  /** What is added to the machine's time, in milliseconds. */
  get offsetMs(): number {
    return this.correctionMs;
  }

  now(): Date {
    return new Date(Date.now() + this.correctionMs);
  }

  /** An attempt that was stamped with this offset was let in. */
  prove(usedOffsetMs: number): void {
    if (usedOffsetMs === this.correctionMs) this.provenMs = usedOffsetMs;
  }

  /**
   * Takes in the `Date` of a refusal (HTTP 401), and tells whether an attempt that was stamped with
   * `usedOffsetMs` may have been refused for its time.
   *
   * @param date `Date` header: an HTTP date, whole seconds
   * @param sentAt when the attempt was sent, by the machine's clock
   */
  explainsRefusal(date: string | undefined, sentAt: number, usedOffsetMs: number): boolean {
    const theirs = date === undefined ? NaN : Date.parse(date);
    if (!Number.isNaN(theirs)) this.takeIn(theirs, sentAt, usedOffsetMs);
    // Another call may have found it out meanwhile: one correction serves all.
    return Math.abs(this.correctionMs - usedOffsetMs) > NOTICEABLE_MS;
  }

  private takeIn(theirs: number, sentAt: number, usedOffsetMs: number): void {
    const now = Date.now();
    // Whole seconds are cut off; on average half of one is missing.
    const offset = theirs + 500 - (sentAt + now) / 2;
    // When on its way the answer was stamped is unknown.
    const noticeable = NOTICEABLE_MS + (now - sentAt) / 2;
    if (Math.abs(offset - usedOffsetMs) <= noticeable) {
      this.giveUp(usedOffsetMs);
      return;
    }
    const isKnown = Math.abs(offset - this.correctionMs) <= noticeable;
    if (isKnown || Math.abs(offset) > MOST_MS || performance.now() < this.distrustedUntil) return;
    this.correctionMs = Math.abs(offset) <= NOTICEABLE_MS ? 0 : Math.round(offset);
    this.logger.warn(
      `DOKU's clock is ${Math.round(Math.abs(offset) / 1000)} s ${offset > 0 ? 'ahead of' : 'behind'} that of this machine; requests are stamped with DOKU's time. Set the clock right (NTP).`,
    );
  }

  /** Refused although stamped as that `Date` wanted: the time was not the reason, and the `Date` is wrong. */
  private giveUp(usedOffsetMs: number): void {
    if (usedOffsetMs !== this.correctionMs || usedOffsetMs === this.provenMs) return;
    this.correctionMs = this.provenMs;
    this.distrustedUntil = performance.now() + DISTRUST_MS;
    this.logger.warn(
      "stamping requests with the Date of DOKU's refusals did not help; no longer done",
    );
  }
}
