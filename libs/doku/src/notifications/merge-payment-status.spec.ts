import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { DokuEventMatching } from './doku-event.js';
import { type DokuPaymentStatus, mergePaymentStatus } from './merge-payment-status.js';

type Told = DokuEventMatching<'payment.*'>['type'];

const TYPES: readonly Told[] = [
  'payment.pending',
  'payment.unresolved',
  'payment.failed',
  'payment.expired',
  'payment.cancelled',
  'payment.succeeded',
  'payment.refunded',
];
const UNPAID: readonly DokuPaymentStatus[] = ['failed', 'expired', 'cancelled'];

const after = (types: readonly Told[], start?: DokuPaymentStatus) =>
  types.reduce<DokuPaymentStatus | undefined>(
    (current, type) => mergePaymentStatus(current, { type }),
    start,
  );

const events = fc.array(fc.constantFrom(...TYPES), { minLength: 1, maxLength: 12 });
/** The same events in two orders, and some of them twice. */
const shuffled = events.chain((types) =>
  fc.tuple(
    fc.constant(types),
    fc.shuffledSubarray([...types, ...types], { minLength: 2 * types.length }),
  ),
);

describe('mergePaymentStatus', () => {
  it.each(TYPES)('begins with what the first event tells: %s', (type) => {
    expect(`payment.${mergePaymentStatus(undefined, { type })}`).toBe(type);
  });

  it.each<[DokuPaymentStatus, Told, DokuPaymentStatus]>([
    ['pending', 'payment.succeeded', 'succeeded'],
    ['pending', 'payment.unresolved', 'unresolved'],
    ['succeeded', 'payment.pending', 'succeeded'],
    ['succeeded', 'payment.unresolved', 'succeeded'],
    ['succeeded', 'payment.failed', 'succeeded'],
    ['succeeded', 'payment.expired', 'succeeded'],
    ['succeeded', 'payment.cancelled', 'succeeded'],
    ['succeeded', 'payment.refunded', 'refunded'],
    ['failed', 'payment.pending', 'failed'],
    ['failed', 'payment.unresolved', 'failed'],
    ['failed', 'payment.succeeded', 'succeeded'],
    ['failed', 'payment.expired', 'expired'],
    ['expired', 'payment.failed', 'expired'],
    ['expired', 'payment.cancelled', 'cancelled'],
    ['expired', 'payment.succeeded', 'succeeded'],
    ['cancelled', 'payment.succeeded', 'succeeded'],
    ['unresolved', 'payment.pending', 'unresolved'],
    ['unresolved', 'payment.failed', 'failed'],
    ['unresolved', 'payment.succeeded', 'succeeded'],
    ['refunded', 'payment.succeeded', 'refunded'],
    ['refunded', 'payment.cancelled', 'refunded'],
  ])('%s and %s make %s', (current, type, next) => {
    expect(mergePaymentStatus(current, { type })).toBe(next);
  });

  it('ends the same in whatever order the events come, and however often', () => {
    fc.assert(
      fc.property(shuffled, ([types, again]) => {
        expect(after(again)).toBe(after(types));
      }),
    );
  });

  it('never takes back that money came or went, nor that an attempt has ended', () => {
    fc.assert(
      fc.property(events, events, (before, later) => {
        const known = after(before);
        const next = after(later, known);
        if (known === 'refunded') expect(next).toBe('refunded');
        if (known === 'succeeded') expect(['succeeded', 'refunded']).toContain(next);
        if (known !== undefined && UNPAID.includes(known)) {
          expect([...UNPAID, 'succeeded', 'refunded']).toContain(next);
        }
      }),
    );
  });

  it('knows that money came as soon as one event says so', () => {
    fc.assert(
      fc.property(events, (types) => {
        const isPaid = types.includes('payment.succeeded') || types.includes('payment.refunded');
        expect(['succeeded', 'refunded'].includes(after(types) ?? '')).toBe(isPaid);
      }),
    );
  });
});
