import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { dokuNotificationFixtures } from '../testing/doku-notification-fixtures.js';
import { dokuSnapNotificationFixtures } from '../testing/doku-snap-notification-fixtures.js';
import { redactedEvent } from './redacted-event.js';

const FACTS = {
  id: '5f'.repeat(32),
  type: 'payment.succeeded',
  source: 'notification',
  channel: 'allo-direct-debit',
  merchant: 'default',
  reference: 'INV-1',
  dokuReference: 'REF-77',
  amount: { value: '90000.00', currency: 'IDR' },
  status: '00',
  occurredAt: '2026-01-01T00:00:00.000Z',
  receivedAt: '2026-01-01T00:00:00.000Z',
  delivery: { attempt: 1, transportId: 'transport-1' },
};

describe('redactedEvent', () => {
  it.each([
    ['non-SNAP payment', dokuNotificationFixtures.paymentSucceeded()],
    ['non-SNAP refund', dokuNotificationFixtures.paymentRefunded()],
  ])('shows all of a %s, which has ids, statuses and amounts only', (_what, payload) => {
    expect(redactedEvent({ ...FACTS, payload })).toEqual({ ...FACTS, payload });
  });

  it('shows the facts of a SNAP payment', () => {
    const payload = dokuSnapNotificationFixtures.paymentSucceeded({ partnerReferenceNo: 'INV-1' });
    expect(redactedEvent({ ...FACTS, payload })).toMatchObject({
      ...FACTS,
      payload: {
        originalPartnerReferenceNo: 'INV-1',
        latestTransactionStatus: '00',
        amount: payload.amount,
        additionalInfo: { channelId: payload.additionalInfo?.channelId },
      },
    });
  });

  it('hides the credential of a binding, and shows whose it is', () => {
    const payload = {
      additionalInfo: { authCode: 'auth-1', custIdMerchant: 'cust-1', status: 'SUCCESS' },
    };
    expect(redactedEvent({ ...FACTS, payload })).toMatchObject({
      payload: {
        additionalInfo: { authCode: '[redacted]', custIdMerchant: 'cust-1', status: 'SUCCESS' },
      },
    });
  });

  it.each([
    ['a card number', { card: { number: '4111111111111111' } }],
    ['a card number that is a number', { card: { number: 4111111111111111 } }],
    ['a token', { payment: { token_id: 'SECRET' } }],
    ['a name', { customer: { id: 'SECRET', name: 'SECRET' } }],
    ['a phone in a list', { contacts: [['SECRET'], { phone: 'SECRET' }] }],
    ['a list where an id is expected', { originalReferenceNo: ['SECRET'] }],
    ['an object where an id is expected', { originalReferenceNo: { otp: 'SECRET' } }],
    ['a text that is no id', { originalReferenceNo: `SECRET\n` }],
    ['a table by token', { tokens: { 'SECRET-0123456789abcdef': true, '6281394130621': 1 } }],
    ['a member named like one of every object', { constructor: 'SECRET', __proto__: 'SECRET' }],
    ['a text', 'SECRET'],
  ])('hides %s', (_what, payload) => {
    const shown = JSON.stringify(redactedEvent({ ...FACTS, payload }));
    expect(shown).not.toMatch(/SECRET|4111|62813/);
    expect(shown).toContain('INV-1');
    expect(shown).toContain('[redacted]');
  });

  it('keeps the shape, so that a person sees what was there', () => {
    const payload = { customer: { name: 'SECRET', verified: true, phone: null }, items: [1, {}] };
    expect(redactedEvent({ payload })).toEqual({
      payload: {
        customer: { name: '[redacted]', verified: true, phone: null },
        items: ['[redacted]', {}],
      },
    });
  });

  it('bears any nesting', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(30_000)}"SECRET"${']'.repeat(30_000)}`);
    expect(JSON.stringify(redactedEvent({ payload: deep }))).not.toContain('SECRET');
  });

  it('never shows a text of a member that it does not know', () => {
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: 'medium' }), (payload) => {
        const marked = mark(payload);
        expect(
          JSON.stringify(redactedEvent({ ...FACTS, payload: { unknown: marked } })),
        ).not.toContain('CANARY');
      }),
    );
  });
});

/** The same shape, every text a secret. */
function mark(value: unknown): unknown {
  if (typeof value === 'string') return `CANARY${value}`;
  if (Array.isArray(value)) return value.map(mark);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, mark(each)]));
}
