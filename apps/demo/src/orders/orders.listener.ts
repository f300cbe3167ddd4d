import { Injectable, Logger } from '@nestjs/common';
import { type DokuConflictEvent, type DokuPaymentEvent, OnDokuEvent } from 'nestjs-doku';

import { isSettled, type Order } from './order.js';
import { OrdersStore } from './orders.store.js';

/**
 * The only place that settles orders, from what DOKU tells and nothing else. DOKU may tell a thing twice
 * and out of order, so each event counts once and nothing takes a paid order back.
 */
@Injectable()
export class OrdersListener {
  private readonly logger = new Logger(OrdersListener.name);
  /** Ids of events that have been worked in. A real shop stores them with the order, in one transaction. */
  private readonly done = new Set<string>();

  constructor(private readonly orders: OrdersStore) {}

  @OnDokuEvent('payment.succeeded', { channel: 'cimb-direct-debit' })
  markPaid(event: DokuPaymentEvent<'payment.succeeded'>): void {
    this.once(event, (order) => {
      const paidBy = event.payload.transaction.original_request_id ?? order.attempt?.requestId;
      if (isSettled(order)) {
        return paidBy === order.paidBy ? order : { ...order, review: 'It was paid twice.' };
      }
      if (rupiah(event) !== order.amount) {
        return { ...order, review: 'The bank took another amount than the order says.' };
      }
      return {
        ...order,
        status: 'paid',
        ...(paidBy !== undefined && { paidBy }),
        ...(order.attempt && { attempt: { ...order.attempt, phase: 'over' } }),
      };
    });
  }

  @OnDokuEvent(['payment.failed', 'payment.expired', 'payment.cancelled'], {
    channel: 'cimb-direct-debit',
  })
  markFailed(
    event: DokuPaymentEvent<'payment.failed' | 'payment.expired' | 'payment.cancelled'>,
  ): void {
    this.once(event, (order) => {
      const { original_request_id: failed } = event.payload.transaction;
      // It ends one attempt, not the order: another may be under way, or have succeeded already.
      // One that is not named may be any of them: the current one is not ended on a guess.
      const isCurrent = failed === order.attempt?.requestId;
      if (isSettled(order) || !isCurrent || !order.attempt) return order;
      return { ...order, status: 'failed', attempt: { ...order.attempt, phase: 'over' } };
    });
  }

  @OnDokuEvent('payment.refunded', { channel: 'cimb-direct-debit' })
  markRefunded(event: DokuPaymentEvent<'payment.refunded'>): void {
    this.once(event, (order) => {
      const amount = rupiah(event);
      const left = order.amount - order.refunded;
      if (!isSettled(order) || amount === undefined || amount > left) {
        return { ...order, review: 'A refund does not fit what was paid.' };
      }
      const { refund, ...rest } = order;
      return {
        ...rest,
        status: amount === left ? 'refunded' : 'paid',
        refunded: order.refunded + amount,
        ...(refund && refund.amount !== amount && { refund }),
      };
    });
  }

  @OnDokuEvent('notification.conflict')
  askForReview(event: DokuConflictEvent): void {
    this.once(event, (order) => ({
      ...order,
      review: 'The bank told two different amounts for the same payment.',
    }));
  }

  private once(
    { id, type, reference }: DokuPaymentEvent | DokuConflictEvent,
    change: (order: Order) => Order,
  ): void {
    if (this.done.has(id)) return;
    const order = this.orders.find(reference);
    if (order) {
      const changed = change(order);
      if (changed !== order) this.orders.save(changed);
    } else {
      // Orders are stored before they are paid, so this one was never ours, or the demo was restarted.
      this.logger.warn(`${type} for an unknown order reference=${JSON.stringify(reference)}`);
    }
    this.done.add(id);
  }
}

/** Whole rupiah of an event; `undefined` when it has none, or a fraction. */
function rupiah({ amount }: DokuPaymentEvent): number | undefined {
  const value = Number(amount?.value);
  return Number.isSafeInteger(value) ? value : undefined;
}
