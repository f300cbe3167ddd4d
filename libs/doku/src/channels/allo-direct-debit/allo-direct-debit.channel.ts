import type { Channel } from '../channel.js';
import { alloReconciliation } from './allo-direct-debit.reconciliation.js';
import { AlloDirectDebitService } from './allo-direct-debit.service.js';

export const ALLO_CHANNEL: Channel = {
  name: 'allo-direct-debit',
  service: AlloDirectDebitService,
  codes: ['DIRECT_DEBIT_ALLO_SNAP'],
  codeIn: ({ alloDirectDebit }) => alloDirectDebit?.channel,
  reconciliation: alloReconciliation,
};
