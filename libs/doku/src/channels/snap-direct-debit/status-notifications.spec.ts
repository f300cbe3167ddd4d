import { describe, expect, it } from '@jest/globals';

import type { DokuPaymentIntent } from '../../reconciliation/payment-intent.js';
import {
  cancellationNotifications,
  paymentNotifications,
  refundNotifications,
  type SnapStatusAnswer,
} from './status-notifications.js';

const intent: DokuPaymentIntent = {
  merchant: 'default',
  channel: 'kki',
  operation: 'kki.createPayment',
  kind: 'payment',
  reference: 'INV-1',
  attempt: 'RFD-1',
  ids: {},
  recordedAt: '2026-01-01T00:00:00.000Z',
  call: 'call-1',
};
const amount = (value: string) => ({ value, currency: 'IDR' });
const answer = (latestTransactionStatus: string, more: object = {}): SnapStatusAnswer => ({
  status: 'unknown',
  latestTransactionStatus,
  transactionStatusDesc: 'As it stands',
  transAmount: amount('50000.00'),
  ...more,
});
const refund = (more: object) => ({
  refundNo: 'DOKU-1',
  partnerReferenceNo: 'RFD-1',
  refundAmount: amount('10000.00'),
  refundStatus: '00',
  ...more,
});
const REFUNDED = {
  originalPartnerReferenceNo: 'INV-1',
  latestTransactionStatus: '04',
  partnerRefundNo: 'RFD-1',
  refundNo: 'DOKU-1',
  refundAmount: amount('10000.00'),
};

describe('a payment', () => {
  it('reads as its notification, without our own reading of the status', () => {
    expect(paymentNotifications(answer('00'), intent)).toEqual([
      {
        originalPartnerReferenceNo: 'INV-1',
        latestTransactionStatus: '00',
        transactionStatusDesc: 'As it stands',
        amount: amount('50000.00'),
      },
    ]);
  });

  it('that was given back reads as each of its refunds', () => {
    const refundHistory = [refund({}), refund({ partnerReferenceNo: 'RFD-2', refundNo: 'DOKU-2' })];

    expect(paymentNotifications(answer('04', { refundHistory }), intent)).toMatchObject([
      REFUNDED,
      { ...REFUNDED, partnerRefundNo: 'RFD-2', refundNo: 'DOKU-2' },
    ]);
  });

  it.each([[undefined], [[]], [null], ['none'], [[refund({ partnerReferenceNo: undefined })]]])(
    'that was given back, with the history %j, reads as itself',
    (refundHistory) => {
      expect(paymentNotifications(answer('04', { refundHistory }), intent)).toMatchObject([
        { originalPartnerReferenceNo: 'INV-1', latestTransactionStatus: '04' },
      ]);
    },
  );
});

describe('a refund', () => {
  it.each([
    ['by the name of direct debit', refund({})],
    [
      'by the name of the wallet',
      refund({ partnerReferenceNo: undefined, partnerRefundNo: 'RFD-1' }),
    ],
    ['where it has no status', refund({ refundStatus: undefined })],
    ['where its status is empty', refund({ refundStatus: '' })],
  ])('is found %s, although the payment still counts as paid', (_how, entry) => {
    const others = [refund({ partnerReferenceNo: 'RFD-0' }), entry];
    const [told, ...more] = refundNotifications(answer('00', { refundHistory: others }), intent);

    expect(more).toEqual([]);
    expect(told).toMatchObject(REFUNDED);
    // That is the payment's.
    expect(told).not.toHaveProperty('transactionStatusDesc');
  });

  it.each([
    ['no history', undefined],
    ['another refund only', [refund({ partnerReferenceNo: 'RFD-2' })]],
    ['a refund under way', [refund({ refundStatus: '03' })]],
    ['a refund that failed', [refund({ refundStatus: '06' })]],
  ])('is not decided by %s, even if all was given back', (_what, refundHistory) => {
    expect(refundNotifications(answer('04', { refundHistory }), intent)).toEqual([]);
  });
});

describe('a cancellation', () => {
  it('is not decided while the payment is paid', () => {
    expect(cancellationNotifications(answer('00'), intent)).toEqual([]);
  });

  it.each(['05', '06', '04'])('ends with the payment, by %s', (status) => {
    expect(cancellationNotifications(answer(status), intent)).toMatchObject([
      { latestTransactionStatus: status },
    ]);
  });
});
