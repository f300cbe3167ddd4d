export { DokuOrderService } from './doku-order.service.js';
export type { CheckStatusRequest, OrderStatus } from './check-status.js';
