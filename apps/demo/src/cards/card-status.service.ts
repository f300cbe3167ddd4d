import { Injectable } from '@nestjs/common';
import { DokuOrderService, type OrderStatus as DokuOrderStatus } from 'nestjs-doku';

import { isDokuError } from '../errors/gateway-failure.js';
import {
  isSettled,
  lastAttempt,
  type Order,
  type PaymentAttempt,
  toOrderView,
} from '../orders/order.js';
import { OrdersStore } from '../orders/orders.store.js';
import type { StatusHint } from '../payments/payment-method.js';

type Finding = Omit<StatusHint, 'order'>;

const NOT_DONE: Finding = {
  message: 'The bank is not done yet. Ask again in a minute.',
  next: 'wait',
};

/** How a charge of a card stands. It is a hint for the customer here: the notification settles the order. */
@Injectable()
export class CardStatus {
  constructor(
    private readonly dokuOrders: DokuOrderService,
    private readonly orders: OrdersStore,
  ) {}

  /** Asks for the attempt, not the invoice: an earlier attempt of the same invoice may have ended otherwise. */
  async check({ reference, customerId }: Order, { id }: PaymentAttempt): Promise<StatusHint> {
    const finding = await this.ask(id);
    const order = this.orders.get(reference, customerId);
    const attempt = lastAttempt(order);
    if (isSettled(order)) {
      return { message: 'It is paid.', next: 'wait', order: toOrderView(order) };
    }
    // There is something to continue only where an answer got lost.
    if (finding.next === 'continue' && attempt?.phase !== 'unknown') {
      return { ...NOT_DONE, order: toOrderView(order) };
    }
    // The bank still waits for the code, so the one whose answer got lost was not taken.
    if (finding.next === 'continue' && attempt?.paymentToken !== undefined) {
      const waiting = this.orders.noteAttempt(reference, attempt.id, { phase: 'otp' });
      return {
        message: 'The bank still waits for the code. Type it again.',
        next: 'enter-code',
        order: toOrderView(waiting ?? order),
      };
    }
    return { ...finding, order: toOrderView(order) };
  }

  private async ask(requestId: string): Promise<Finding> {
    try {
      const { transaction } = await this.dokuOrders.checkStatus({ request_id: requestId });
      return read(transaction.status);
    } catch (error) {
      if (isDokuError(error) && error.httpStatus === 404) {
        return {
          message: 'The bank has not heard of this payment. You can continue where you were.',
          next: 'continue',
        };
      }
      throw error;
    }
  }
}

function read(status: DokuOrderStatus['transaction']['status']): Finding {
  switch (status) {
    case 'SUCCESS':
      return { message: 'The bank says it is paid. Its confirmation is on the way.', next: 'wait' };
    case 'FAILED':
      return { message: 'The bank says it failed. Its confirmation is on the way.', next: 'wait' };
    case 'PENDING':
      return {
        message: 'The bank has the payment and waits. You can continue where you were.',
        next: 'continue',
      };
    default:
      return NOT_DONE;
  }
}
