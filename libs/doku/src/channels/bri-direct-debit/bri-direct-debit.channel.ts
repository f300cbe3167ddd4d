import type { Channel } from '../channel.js';
import { briReconciliation } from './bri-direct-debit.reconciliation.js';
import { BriDirectDebitService } from './bri-direct-debit.service.js';

export const BRI_CHANNEL: Channel = {
  name: 'bri-direct-debit',
  service: BriDirectDebitService,
  codes: ['DIRECT_DEBIT_BRI'],
  acquirer: 'BRI',
  reconciliation: briReconciliation,
};
