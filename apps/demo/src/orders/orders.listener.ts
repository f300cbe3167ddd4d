import { Injectable, Logger } from '@nestjs/common';
import {
  type DokuConflictEvent,
  type DokuPaymentEvent,
  type DokuPaymentNotification,
  type DokuUnresolvedPaymentEvent,
  OnDokuEvent,
} from 'nestjs-doku';

import type { Order } from './order.js';
import { OrdersStore } from './orders.store.js';
import { wholeRupiah } from './rupiah.js';
import { failed, paid, refunded, unresolved } from './settlement.js';

/**
 * Settles orders by what DOKU tells, by itself or on being asked, of every channel alike. It may tell a thing
 * twice, so each event counts once.
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

  /** Nobody could learn how a call ended. It is no failure: whatever DOKU tells later still counts. */
  @OnDokuEvent('payment.unresolved')
  askWhatBecame(event: DokuUnresolvedPaymentEvent): void {
    const { kind, attempt, reference } = event.payload;
    this.once(event, (order) => unresolved(order, { kind, id: attempt || reference }));
  }

  private once(
    {
      id,
      type,
      channel,
      reference,
    }: DokuPaymentEvent | DokuConflictEvent | DokuUnresolvedPaymentEvent,
    change: (order: Order) => Order,
  ): void {
    if (this.done.has(id)) return;
    const order = this.orders.findForDoku(reference);
    if (order) {
      const changed = change(order);
      if (changed !== order) this.orders.save(changed);
    } else if (channel !== 'wallet') {
      // Orders are stored before they are paid, so this one was never ours, or the demo was restarted. Of wallets
      // there are movements without an order, and `WalletMovesListener` knows them.
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
