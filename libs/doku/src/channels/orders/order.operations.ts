import { operation } from '../../http/doku-operation.js';
import type { OrderStatus } from './check-status.js';

/** `GET /orders/v1/status/…`, for every non-SNAP channel (reference non-snap 3.17). */
export const CHECK_STATUS = operation<{ readonly identifier: string }, OrderStatus>({
  name: 'orders.checkStatus',
  method: 'GET',
  path: '/orders/v1/status/{identifier}',
  scheme: 'non-snap',
  effect: 'read',
  reference: ['identifier'],
  amounts: [
    ['order', 'amount'],
    ['refund', 'amount'],
  ],
  mandatory: [['transaction', 'status']],
});
