import { HttpStatus, Injectable } from '@nestjs/common';

import type { CustomerDevice } from '../customers/customer-cookie.js';
import { isDokuError, toShopError } from '../errors/gateway-failure.js';
import { ShopError } from '../errors/shop.error.js';
import { type Order, payingAttempt, type PendingRefund } from '../orders/order.js';
import { OrdersStore } from '../orders/orders.store.js';
import { refunded } from '../orders/settlement.js';
import { OneAtATime } from '../payments/one-at-a-time.js';
import {
  givesBack,
  type RefundAnswer,
  type RefundingMethod,
  type WantedRefund,
} from '../payments/payment-method.js';
import { PaymentMethods } from './payment-methods.js';

/** Gives money back, the way it was paid. */
@Injectable()
export class RefundsService {
  constructor(
    private readonly methods: PaymentMethods,
    private readonly orders: OrdersStore,
    private readonly steps: OneAtATime,
  ) {}

  /**
   * Asks for a refund. Until it is confirmed, pressing again repeats the same one.
   *
   * @param amount whole rupiah; all that is left when left out
   */
  refund(
    { reference, customerId }: Order,
    device: CustomerDevice,
    amount?: number,
  ): Promise<Order> {
    return this.steps.run(reference, 'refund', async () => {
      const order = this.orders.get(reference, customerId);
      const paidBy = payingAttempt(order);
      const left = order.amount - order.refunded;
      if (order.status !== 'paid' || !paidBy) {
        throw notPossible('Only what is paid can be refunded.');
      }
      if (order.refund?.phase === 'confirming') return order;
      const wanted = amount ?? order.refund?.amount ?? left;
      if (wanted > left) throw notPossible('That is more than what is left to refund.');
      const method = this.methods.named(paidBy.method);
      if (!givesBack(method)) {
        throw notPossible('DOKU gives nothing back to these cards. Ask our staff for a transfer.');
      }
      const refund = pendingRefund(order, wanted, method);
      const asked = this.orders.save({
        ...order,
        refund,
        refundsAsked: order.refundsAsked + (order.refund === refund ? 0 : 1),
      });
      return this.send(method, { order: asked, paidBy: paidBy.id, refund, device });
    });
  }

  private async send(method: RefundingMethod, wanted: WantedRefund): Promise<Order> {
    const { order, refund } = wanted;
    try {
      return this.note(order, refund, await method.refund(wanted));
    } catch (error) {
      throw this.notRefunded(order, refund, error);
    }
  }

  private note(order: Order, { id, amount }: PendingRefund, answer: RefundAnswer): Order {
    switch (answer) {
      case 'done': {
        const current = this.orders.get(order.reference, order.customerId);
        const changed = refunded(current, { amount, refundId: id });
        return changed === current ? current : this.orders.save(changed);
      }
      case 'confirming':
        return this.change(order, id, 'confirming');
      case 'unknown':
        this.change(order, id, 'unknown');
        throw unclear('The bank is still at it. Repeat it in a minute: it is given back once.', id);
      case 'refused':
        this.change(order, id, undefined);
        throw notPossible('The bank did not refund. Nothing was given back.');
    }
  }

  private notRefunded(order: Order, refund: PendingRefund, error: unknown): unknown {
    if (!isDokuError(error)) return error;
    const isUnknown = error.outcome === 'unknown' || refund.phase === 'unknown';
    if (!isUnknown) {
      this.change(order, refund.id, undefined);
      return error.code === 'refused'
        ? notPossible('The bank refused the refund. Nothing was given back.')
        : toShopError(error);
    }
    this.change(order, refund.id, 'unknown');
    return unclear(
      'The bank did not answer, so we do not know yet whether it was refunded. Repeating it is safe.',
      refund.id,
    );
  }

  /** Changes the refund, unless its notification came first and took it off the order. */
  private change(
    { reference, customerId }: Order,
    id: string,
    phase: PendingRefund['phase'] | undefined,
  ): Order {
    const order = this.orders.get(reference, customerId);
    if (order.refund?.id !== id) return order;
    const { refund, ...rest } = order;
    return this.orders.save(phase ? { ...rest, refund: { ...refund, phase } } : rest);
  }
}

function pendingRefund(
  { refund, refundsAsked }: Order,
  amount: number,
  method: RefundingMethod,
): PendingRefund {
  if (refund?.phase === 'unknown' && refund.amount !== amount) {
    throw notPossible('The last refund is not confirmed yet. Repeat that one first.');
  }
  if (refund?.amount === amount) return refund;
  return {
    id: method.createRefundId(),
    amount,
    // CIMB's refunds have no number: without one of ours, two equal ones could not be told apart.
    reason: `Refund ${refundsAsked + 1}`,
    askedAt: Date.now(),
    phase: 'starting',
  };
}

function unclear(message: string, refundId: string): ShopError {
  return new ShopError('outcome-unknown', HttpStatus.BAD_GATEWAY, message, refundId);
}

function notPossible(message: string): ShopError {
  return new ShopError('refund-not-possible', HttpStatus.UNPROCESSABLE_ENTITY, message);
}
