import { describe, expect, it } from '@jest/globals';

import type { DokuPaymentIntent } from '../../reconciliation/payment-intent.js';
import { resolveCimbOptions } from '../cimb-direct-debit/cimb-direct-debit.options.js';
import { cimbOperations } from '../cimb-direct-debit/cimb-direct-debit.operations.js';
import { directDebitPayment } from './direct-debit.reconciliation.js';

const { createPayment } = cimbOperations(resolveCimbOptions());
const payment = directDebitPayment(createPayment);

const intent = (more: Partial<DokuPaymentIntent> = {}): DokuPaymentIntent => ({
  merchant: 'default',
  channel: 'cimb-direct-debit',
  operation: 'cimb.createPayment',
  kind: 'payment',
  reference: '1001',
  attempt: 'request-1',
  ids: {},
  recordedAt: '2026-01-01T00:00:00.000Z',
  call: 'call-1',
  ...more,
});
const answer = (transaction: object = {}, more: object = {}) => ({
  transaction: { status: 'SUCCESS', original_request_id: 'request-1', ...transaction },
  order: { invoice_number: '1001', amount: '90000.00' },
  ...more,
});

describe('the status of a non-SNAP payment', () => {
  it('is asked by its Request-Id, and by its invoice where that is not known', () => {
    expect(payment.request(intent())).toEqual({ identifier: 'request-1' });
    expect(payment.request(intent({ attempt: '' }))).toEqual({ identifier: '1001' });
  });

  it('reads as its notification', () => {
    expect(payment.notifications(answer(), intent())).toEqual([answer()]);
  });

  it.each([
    ['the Request-Id', answer({ original_request_id: undefined })],
    ['the invoice', answer({}, { order: { amount: '90000.00' } })],
    ['the order', answer({}, { order: undefined })],
  ])('may lack %s, which is known', (_what, given) => {
    expect(payment.notifications(given, intent())).toMatchObject([
      { transaction: { original_request_id: 'request-1' }, order: { invoice_number: '1001' } },
    ]);
  });

  it('may have an invoice of digits as a number', () => {
    const given = answer({}, { order: { invoice_number: 1001 } });
    expect(payment.notifications(given, intent())).toHaveLength(1);
  });

  it.each([
    ['another attempt', answer({ original_request_id: 'request-2' })],
    ['another invoice', answer({}, { order: { invoice_number: '1002' } })],
  ])('decides nothing when it is about %s', (_what, given) => {
    expect(payment.notifications(given, intent())).toEqual([]);
  });

  it('of an invoice tells of whichever attempt DOKU means', () => {
    const given = answer({ original_request_id: 'request-2' });
    expect(payment.notifications(given, intent({ attempt: '' }))).toEqual([given]);
  });
});
