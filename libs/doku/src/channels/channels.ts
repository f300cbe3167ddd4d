import { AlloDirectDebitService } from './allo-direct-debit/allo-direct-debit.service.js';
import { CimbDirectDebitService } from './cimb-direct-debit/cimb-direct-debit.service.js';
import { KkiService } from './kki/kki.service.js';
import { DokuOrderService } from './orders/doku-order.service.js';

/** What the module provides and exports. A new channel is added here. */
export const CHANNEL_SERVICES = [
  AlloDirectDebitService,
  CimbDirectDebitService,
  KkiService,
  DokuOrderService,
];
