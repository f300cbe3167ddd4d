import type { DirectDebitBank } from '../../direct-debit/direct-debit-bank.js';

export const CIMB: DirectDebitBank = {
  channel: { service: 'DIRECT_DEBIT', acquirer: 'CIMB', channel: 'DIRECT_DEBIT_CIMB' },
  basePath: '/cimb-direct-debit/v1',
};
