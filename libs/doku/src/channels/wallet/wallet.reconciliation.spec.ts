import { describe, expect, it } from '@jest/globals';

import type { DokuPaymentIntent } from '../../reconciliation/payment-intent.js';
import { walletReconciliation } from './wallet.reconciliation.js';

const intent: DokuPaymentIntent = {
  merchant: 'default',
  channel: 'wallet',
  operation: 'wallet.transferToBank',
  kind: 'payment',
  reference: 'TRF-1',
  attempt: '',
  ids: {},
  recordedAt: '2026-01-01T00:00:00.000Z',
  call: 'call-1',
};
const named = (name: string, options = {}) => {
  const found = walletReconciliation(options).find(({ operation }) => operation.name === name);
  if (!found) throw new Error(`${name} is not asked for`);
  return found;
};

describe('a transfer of the wallet', () => {
  it.each([
    ['SUCCESS', '00'],
    ['CANCELLED', '05'],
  ])('that is %s in the history reads as %s', (status, code) => {
    const answer = { status, referenceNo: 'DOKU-1', partnerReferenceNo: 'TRF-1' };

    expect(named('wallet.transferToBank').notifications(answer, intent)).toEqual([
      {
        status,
        originalPartnerReferenceNo: 'TRF-1',
        originalReferenceNo: 'DOKU-1',
        latestTransactionStatus: code,
      },
    ]);
  });

  it.each([
    { status: 'INIT' },
    { status: 'CLOSED' },
    { status: 'constructor' },
    { status: 'SUCCESS', partnerReferenceNo: 'TRF-2' },
  ])('is not decided by %j', (answer) => {
    expect(named('wallet.transferToBank').notifications(answer, intent)).toEqual([]);
  });
});

it('asks with the settings of the channel', () => {
  const { query } = named('wallet.purchase', {
    wallet: {
      paths: { queryPurchase: '/v2/status' },
      tokenLevels: { queryPurchase: 'b2b' },
    },
  });

  expect(query).toMatchObject({ name: 'wallet.queryPurchase', path: '/v2/status' });
  expect(query.customer).toBeUndefined();
});
