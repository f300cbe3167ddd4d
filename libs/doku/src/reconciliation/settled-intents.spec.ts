import { describe, expect, it } from '@jest/globals';

import type { Delivery } from '../notifications/delivery.js';
import { nonSnapEvent } from '../notifications/non-snap-event.js';
import { snapEvent } from '../notifications/snap-event.js';
import { intentsSettledBy, isFinalPaymentEvent } from './settled-intents.js';
import { unresolvedEvent } from './unresolved-event.js';

const delivery = (payload: object): Delivery => ({
  source: 'notification',
  merchant: 'shop2',
  channel: 'unknown',
  payload,
  rawBody: Buffer.from(JSON.stringify(payload)),
  transportId: 'transport-1',
  receivedAt: new Date('2026-01-01T00:00:00Z'),
});
const snap = (latestTransactionStatus: string, more: object = {}) =>
  snapEvent(delivery({ originalPartnerReferenceNo: 'INV-1', latestTransactionStatus, ...more }));
const nonSnap = (status: string) =>
  nonSnapEvent(
    delivery({
      transaction: { status, original_request_id: 'request-1' },
      order: { invoice_number: 'INV-1', amount: 90_000 },
    }),
  );
const key = (kind: string, attempt = '') => ({
  merchant: 'shop2',
  kind,
  reference: 'INV-1',
  attempt,
});

describe('intentsSettledBy', () => {
  it.each([
    ['a success', snap('00'), [key('payment')]],
    ['a failure', snap('06'), [key('payment'), key('cancellation')]],
    ['a cancellation', snap('05'), [key('payment'), key('cancellation')]],
    [
      'a refund with its number',
      snap('04', { partnerRefundNo: 'RFD-1' }),
      [key('refund', 'RFD-1')],
    ],
    ['a refund without', snap('04'), [key('payment'), key('cancellation')]],
    ['a success of non-SNAP', nonSnap('SUCCESS'), [key('payment', 'request-1')]],
    ['an expiry', nonSnap('EXPIRED'), [key('payment', 'request-1'), key('cancellation')]],
    ['what is pending', snap('03'), []],
    ['what was not found', snap('07'), []],
    ['what is pending at non-SNAP', nonSnap('TIMEOUT'), []],
    ['a status that nobody knows', nonSnap('NEW'), []],
  ])('of %s', (_what, event, keys) => {
    expect(intentsSettledBy(event)).toEqual(keys);
    expect(isFinalPaymentEvent(event)).toBe(keys.length > 0);
  });

  it('of a payment that is given up: it is over, but nothing is final', () => {
    const event = unresolvedEvent(
      {
        merchant: 'shop2',
        channel: 'kki',
        operation: 'kki.createPayment',
        kind: 'payment',
        reference: 'INV-1',
        attempt: '',
        ids: {},
        recordedAt: '2026-01-01T00:00:00.000Z',
        call: 'call-1',
      },
      'query-1',
    );

    expect(isFinalPaymentEvent(event)).toBe(false);
    expect(intentsSettledBy(event)).toEqual([]);
  });
});
