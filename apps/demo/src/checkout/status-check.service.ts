import { Injectable } from '@nestjs/common';
import { DokuOrderService, type OrderStatus as DokuOrderStatus } from 'nestjs-doku';

import { isDokuError } from '../errors/gateway-failure.js';
import { isSettled, type Order, toOrderView, type OrderView } from '../orders/order.js';
import { OrdersStore } from '../orders/orders.store.js';

/** What a question to DOKU brought: a hint for the customer, never a reason to change the order. */
export interface StatusHint {
  readonly message: string;
  /** `continue`: pressing "pay" again is safe, since it repeats the same call. */
  readonly next: 'wait' | 'enter-code' | 'continue';
  readonly order: OrderView;
}

type Finding = Omit<StatusHint, 'order'>;

const NOT_DONE: Finding = {
  message: 'The bank is not done yet. Ask again in a minute.',
  next: 'wait',
};

/** Asks DOKU how a payment stands when its answer got lost. */
@Injectable()
export class StatusCheckService {
  constructor(
    private readonly dokuOrders: DokuOrderService,
    private readonly orders: OrdersStore,
  ) {}

  async check({ reference, customerId }: Order): Promise<StatusHint> {
    const asked = this.orders.get(reference, customerId).attempt?.requestId;
    const finding = await this.ask(reference, asked);
    const order = this.orders.get(reference, customerId);
    const { attempt } = order;
    if (isSettled(order)) {
      return { message: 'It is paid.', next: 'wait', order: toOrderView(order) };
    }
    // There is something to continue only where an answer got lost.
    if (finding.next === 'continue' && attempt?.phase !== 'unknown') {
      return { ...NOT_DONE, order: toOrderView(order) };
    }
    // The bank still waits for the code, so the one whose answer got lost was not taken.
    if (finding.next === 'continue' && attempt?.paymentToken !== undefined) {
      const waiting = this.orders.noteAttempt(reference, attempt.requestId, { phase: 'otp' });
      return {
        message: 'The bank still waits for the code. Type it again.',
        next: 'enter-code',
        order: toOrderView(waiting ?? order),
      };
    }
    return { ...finding, order: toOrderView(order) };
  }

  /** Asks for the attempt, not the invoice: an earlier attempt of the same invoice may have ended otherwise. */
  private async ask(reference: string, requestId: string | undefined): Promise<Finding> {
    try {
      const { transaction } = await this.dokuOrders.checkStatus(
        requestId === undefined ? { invoice_number: reference } : { request_id: requestId },
      );
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
