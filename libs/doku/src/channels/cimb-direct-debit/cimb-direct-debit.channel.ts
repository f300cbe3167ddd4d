import type { Channel } from '../channel.js';
import { cimbReconciliation } from './cimb-direct-debit.reconciliation.js';
import { CimbDirectDebitService } from './cimb-direct-debit.service.js';

export const CIMB_CHANNEL: Channel = {
  name: 'cimb-direct-debit',
  service: CimbDirectDebitService,
  codes: ['DIRECT_DEBIT_CIMB'],
  acquirer: 'CIMB',
  reconciliation: cimbReconciliation,
};
