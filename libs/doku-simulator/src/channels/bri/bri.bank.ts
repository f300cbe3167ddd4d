import type { DirectDebitBank } from '../../direct-debit/direct-debit-bank.js';

/** BRI's paths have no bank name in them (reference 1). */
export const BRI: DirectDebitBank = {
  channel: { service: 'DIRECT_DEBIT', acquirer: 'BRI', channel: 'DIRECT_DEBIT_BRI' },
  basePath: '/direct-debit/v1',
};
