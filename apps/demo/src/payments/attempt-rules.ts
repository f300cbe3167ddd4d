import { HttpStatus } from '@nestjs/common';

import { outcomeUnknown } from '../errors/gateway-failure.js';
import { ShopError } from '../errors/shop.error.js';
import { isSettled, lastAttempt, type Order, type PaymentMethodName } from '../orders/order.js';

/** Whether there is nothing to start: it is paid, or an attempt waits for the customer or the bank. */
export function needsNoAttempt(order: Order): boolean {
  const phase = lastAttempt(order)?.phase;
  return isSettled(order) || phase === 'otp' || phase === 'page' || phase === 'confirming';
}

/** @throws ShopError while nothing more may be charged: amounts differ, or another way may have paid already */
export function demandChargeable(order: Order, method: PaymentMethodName): void {
  if (order.review !== undefined) {
    throw new ShopError(
      'under-review',
      HttpStatus.CONFLICT,
      `${order.review} Our staff will look at it. Please do not pay again.`,
    );
  }
  const attempt = lastAttempt(order);
  if (attempt?.phase === 'unknown' && attempt.method !== method) throw outcomeUnknown(attempt.id);
}
