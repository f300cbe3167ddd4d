import { CimbDirectDebitService } from './cimb-direct-debit/cimb-direct-debit.service.js';
import { DokuOrderService } from './orders/doku-order.service.js';

/** What the module provides and exports. A new channel is added here. */
export const CHANNEL_SERVICES = [CimbDirectDebitService, DokuOrderService];
