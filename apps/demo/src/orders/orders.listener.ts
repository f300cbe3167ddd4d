import { Injectable, Logger } from '@nestjs/common';
import {
  type DokuConflictEvent,
  type DokuPaymentEvent,
  type DokuPaymentNotification,
  OnDokuEvent,
} from 'nestjs-doku';

import type { Order } from './order.js';
import { OrdersStore } from './orders.store.js';
import { wholeRupiah } from './rupiah.js';
import { failed, paid, refunded } from './settlement.js';

/**
 * Settles orders by what DOKU tells, of every channel alike. DOKU may tell a thing twice, so each event
 * counts once.
 */
@Injectable()
export class OrdersListener {
  private readonly logger = new Logger(OrdersListener.name);
  /** Ids of events that have been worked in. A real shop stores them with the order, in one transaction. */
  private readonly done = new Set<string>();

  constructor(private readonly orders: OrdersStore) {}

  @OnDokuEvent('payment.succeeded')
  markPaid(event: DokuPaymentEvent<'payment.succeeded'>): void {
    this.once(event, (order) => {
      // CIMB and BRI need not name the attempt.
      const lastByCard = order.attempts.findLast(({ card }) => card !== undefined)?.id;
      const attemptId = attemptOf(event.payload) ?? lastByCard;
      return paid(order, attemptId, wholeRupiah(event.amount?.value));
    });
  }

  @OnDokuEvent(['payment.failed', 'payment.expired', 'payment.cancelled'])
  markFailed(
    event: DokuPaymentEvent<'payment.failed' | 'payment.expired' | 'payment.cancelled'>,
  ): void {
    this.once(event, (order) => failed(order, attemptOf(event.payload)));
  }

  @OnDokuEvent('payment.refunded')
  markRefunded(event: DokuPaymentEvent<'payment.refunded'>): void {
    const { partnerRefundNo, originalPartnerReferenceNo } = event.payload;
    const isSnap = originalPartnerReferenceNo !== undefined;
    const refundId = typeof partnerRefundNo === 'string' ? partnerRefundNo : undefined;
    this.once(event, (order) =>
      refunded(order, { amount: wholeRupiah(event.amount?.value), refundId, isSnap }),
    );
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
    const order = this.orders.findForDoku(reference);
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

/** What the attempt is called in the shop, where DOKU names it. */
function attemptOf(payload: DokuPaymentNotification): string | undefined {
  return payload.transaction === undefined
    ? payload.originalPartnerReferenceNo
    : (payload.transaction.original_request_id ?? undefined);
}
