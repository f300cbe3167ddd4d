import type { Channel } from '../channel.js';
import { kkiReconciliation } from './kki.reconciliation.js';
import { KkiService } from './kki.service.js';

export const KKI_CHANNEL: Channel = {
  name: 'kki',
  service: KkiService,
  // What DOKU calls it where it documents a code; on SNAP it documents none (reference snap 10).
  codes: ['KARTU_KREDIT_INDONESIA'],
  codeIn: ({ kki }) => kki?.channel,
  reconciliation: kkiReconciliation,
};
