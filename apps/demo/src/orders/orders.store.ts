import { HttpStatus, Injectable } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { createPartnerReference } from 'nestjs-doku';

import type { Product } from '../catalog/catalog.js';
import { ShopError } from '../errors/shop.error.js';
import { isSettled, lastAttempt, type Order, type PaymentAttempt } from './order.js';

/** Emitted with the order as it is now. */
export const ORDER_CHANGED = 'shop.order-changed';

/** What can become of an attempt under way. */
export type AttemptNews = Partial<
  Pick<PaymentAttempt, 'phase' | 'paymentToken' | 'wrongCodes' | 'pageUrl' | 'mayRepeat'>
>;

/**
 * All orders, in memory: a demo forgets them when it stops. A real shop has a table here, and writes each
 * attempt's id to it before the call.
 */
@Injectable()
export class OrdersStore {
  private readonly orders = new Map<string, Order>();
  /** References of orders by the ids of their attempts. */
  private readonly attempts = new Map<string, string>();

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
      attempts: [],
      refunded: 0,
      refundsAsked: 0,
      refundIds: [],
    });
  }

  find(reference: string): Order | undefined {
    return this.orders.get(reference);
  }

  /** By what DOKU calls it: our reference, or that of an attempt to pay over SNAP. */
  findForDoku(reference: string): Order | undefined {
    return this.orders.get(this.attempts.get(reference) ?? reference);
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

  /** Puts an attempt on record, before anything is sent. One that is there already is sent again. */
  startAttempt(order: Order, attempt: PaymentAttempt): Order {
    this.attempts.set(attempt.id, order.reference);
    const others = order.attempts.filter(({ id }) => id !== attempt.id);
    return this.save({ ...order, status: 'open', attempts: [...others, attempt] });
  }

  /**
   * Notes what a synchronous answer told about the attempt under way. The notification may have come first
   * and knows better: then nothing is changed.
   */
  noteAttempt(reference: string, id: string, change: AttemptNews): Order | undefined {
    const order = this.orders.get(reference);
    if (!order || isSettled(order)) return order;
    const attempt = lastAttempt(order);
    if (attempt?.id !== id || attempt.phase === 'over') return order;
    const attempts = [...order.attempts.slice(0, -1), { ...attempt, ...change }];
    return this.save({ ...order, attempts });
  }
}
