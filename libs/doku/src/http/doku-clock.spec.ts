import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';

import { DokuClock } from './doku-clock.js';

const NOW = Date.parse('2026-03-01T03:00:00Z');

describe('the clock of requests', () => {
  let clock: DokuClock;

  beforeEach(() => {
    jest.useFakeTimers({ now: NOW });
    jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    clock = new DokuClock();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const dateIn = (ms: number) => new Date(Date.now() + ms).toUTCString();
  /** A refusal that came at once. */
  const refusedWith = (date: string | undefined, usedOffsetMs = clock.offsetMs) =>
    clock.explainsRefusal(date, Date.now(), usedOffsetMs);

  it.each([
    ['no Date', undefined],
    ['a Date that is none', 'yesterday'],
    ['the same time', dateOf(0)],
    ['9 seconds more', dateOf(9_000)],
    ['more than a day', dateOf(90_000_000)],
  ])('is not blamed at %s', (_what, date) => {
    expect(refusedWith(date)).toBe(false);
    expect(clock.offsetMs).toBe(0);
  });

  it.each([3_600_000, -3_600_000, 60_000])('follows a Date that is %i ms off', (offMs) => {
    expect(refusedWith(dateIn(offMs))).toBe(true);
    expect(Math.abs(clock.offsetMs - offMs)).toBeLessThan(1_000);
    expect(Math.abs(clock.now().getTime() - Date.now() - offMs)).toBeLessThan(1_000);
  });

  it('tells whoever used the old time that it was that, though another call has corrected it', () => {
    refusedWith(dateIn(3_600_000));
    expect(refusedWith(dateIn(3_600_000), 0)).toBe(true);
    expect(refusedWith(undefined, 0)).toBe(true);
  });

  it('is not blamed because an answer took long', () => {
    const sentAt = Date.now();
    jest.advanceTimersByTime(25_000);
    expect(clock.explainsRefusal(dateIn(0), sentAt, 0)).toBe(false);
  });

  it('goes back when a correction does not help, and does not listen for a minute', () => {
    const wrong = 7_200_000;
    expect(refusedWith(dateIn(wrong))).toBe(true);
    // Whoever used it may try again with the time that was right.
    expect(refusedWith(dateIn(wrong))).toBe(true);
    expect(clock.offsetMs).toBe(0);
    expect(refusedWith(dateIn(wrong))).toBe(false);
    expect(clock.offsetMs).toBe(0);
    jest.advanceTimersByTime(61_000);
    expect(refusedWith(dateIn(wrong))).toBe(true);
  });

  it('keeps a correction that has proved right, whatever is refused later', () => {
    refusedWith(dateIn(3_600_000));
    clock.prove(clock.offsetMs);
    expect(refusedWith(dateIn(3_600_000))).toBe(false);
    expect(clock.offsetMs).toBeGreaterThan(3_590_000);
  });

  it('follows back when the machine is set right', () => {
    refusedWith(dateIn(3_600_000));
    clock.prove(clock.offsetMs);
    expect(refusedWith(dateIn(0))).toBe(true);
    expect(clock.offsetMs).toBe(0);
  });
});

function dateOf(offMs: number): string {
  return new Date(NOW + offMs).toUTCString();
}
