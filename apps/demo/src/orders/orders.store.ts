import { HttpStatus, Injectable } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { createPartnerReference } from 'nestjs-doku';

import type { Product } from '../catalog/catalog.js';
import { ShopError } from '../errors/shop.error.js';
import { isSettled, type Order, type PaymentAttempt } from './order.js';

/** Emitted with the order as it is now. */
export const ORDER_CHANGED = 'shop.order-changed';

/**
 * All orders, in memory: a demo forgets them when it stops. A real shop has a table here, and writes each
 * attempt's `Request-Id` to it before the call.
 */
@Injectable()
export class OrdersStore {
  private readonly orders = new Map<string, Order>();

  constructor(private readonly emitter: EventEmitter2) {}

  /** The order of a draft; made when the draft is seen for the first time. */
  open(customerId: string, draftId: string, product: Product): Order {
    const known = this.ofCustomer(customerId).find((order) => order.draftId === draftId);
    if (known) return known;
    return this.save({
      reference: createPartnerReference(),
      version: 0,
      customerId,
      draftId,
      product,
      amount: product.price,
      createdAt: new Date().toISOString(),
      status: 'open',
      refunded: 0,
      refundsAsked: 0,
    });
  }

  find(reference: string): Order | undefined {
    return this.orders.get(reference);
  }

  /** @throws ShopError also for an order of somebody else */
  get(reference: string, customerId: string): Order {
    const order = this.orders.get(reference);
    if (order?.customerId === customerId) return order;
    throw new ShopError('not-found', HttpStatus.NOT_FOUND, 'There is no such order.');
  }

  /** Oldest first. */
  ofCustomer(customerId: string): readonly Order[] {
    return [...this.orders.values()].filter((order) => order.customerId === customerId);
  }

  /** @throws Error for a change of an order that has changed since it was read: it would undo that */
  save(changed: Order): Order {
    const known = this.orders.get(changed.reference);
    if (known && known.version !== changed.version) {
      throw new Error(`order ${changed.reference} has changed meanwhile`);
    }
    const order = { ...changed, version: changed.version + 1 };
    this.orders.set(order.reference, order);
    this.emitter.emit(ORDER_CHANGED, order);
    return order;
  }

  /** Puts an attempt on record, before anything is sent. */
  startAttempt(order: Order, attempt: PaymentAttempt): Order {
    return this.save({ ...order, status: 'open', attempt });
  }

  /**
   * Notes what a synchronous answer told about an attempt. The notification may have come first and knows
   * better: then nothing is changed.
   */
  noteAttempt(
    reference: string,
    requestId: string,
    change: Partial<Pick<PaymentAttempt, 'phase' | 'paymentToken' | 'wrongCodes'>>,
  ): Order | undefined {
    const order = this.orders.get(reference);
    if (order?.attempt?.requestId !== requestId) return order;
    if (isSettled(order) || order.attempt.phase === 'over') return order;
    return this.save({ ...order, attempt: { ...order.attempt, ...change } });
  }
}
