import type { Channel } from '../channel.js';
import { ovoReconciliation } from './ovo.reconciliation.js';
import { OvoService } from './ovo.service.js';

export const OVO_CHANNEL: Channel = {
  name: 'ovo',
  service: OvoService,
  codes: ['EMONEY_OVO_SNAP'],
  codeIn: ({ ovo }) => ovo?.channel,
  reconciliation: ovoReconciliation,
};
