import { randomUUID } from 'node:crypto';

import { HttpStatus, Injectable } from '@nestjs/common';
import { CimbDirectDebitService } from 'nestjs-doku';

import { isDokuError, toShopError } from '../errors/gateway-failure.js';
import { ShopError } from '../errors/shop.error.js';
import type { Order, PendingRefund } from '../orders/order.js';
import { OrdersStore } from '../orders/orders.store.js';
import { OneAtATime } from './one-at-a-time.js';

/** Gives money back. The order shows it when the notification confirms it. */
@Injectable()
export class RefundsService {
  constructor(
    private readonly cimb: CimbDirectDebitService,
    private readonly orders: OrdersStore,
    private readonly steps: OneAtATime,
  ) {}

  /**
   * Asks for a refund. Until it is confirmed, pressing again repeats the same call.
   *
   * @param amount whole rupiah; all that is left when left out
   */
  refund({ reference, customerId }: Order, amount?: number): Promise<Order> {
    return this.steps.run(reference, 'refund', async () => {
      const order = this.orders.get(reference, customerId);
      const { paidBy } = order;
      const left = order.amount - order.refunded;
      if (order.status !== 'paid' || paidBy === undefined) {
        throw notPossible('Only what is paid can be refunded.');
      }
      if (order.refund?.phase === 'confirming') return order;
      const wanted = amount ?? order.refund?.amount ?? left;
      if (wanted > left) throw notPossible('That is more than what is left to refund.');
      const refund = this.pending(order, wanted);
      this.orders.save({
        ...order,
        refund,
        refundsAsked: order.refundsAsked + (order.refund === refund ? 0 : 1),
      });
      return this.send(order, refund, paidBy);
    });
  }

  private pending({ refund, refundsAsked }: Order, amount: number): PendingRefund {
    if (refund?.phase === 'unknown' && refund.amount !== amount) {
      throw notPossible('The last refund is not confirmed yet. Repeat that one first.');
    }
    if (refund?.amount === amount) return refund;
    return {
      requestId: randomUUID(),
      amount,
      // DOKU numbers no refunds: without a number of ours, two equal ones could not be told apart.
      reason: `Refund ${refundsAsked + 1}`,
      phase: 'starting',
    };
  }

  private async send(order: Order, refund: PendingRefund, paidBy: string): Promise<Order> {
    const { reference } = order;
    const { amount, reason, requestId } = refund;
    try {
      const answer = await this.cimb.refund(
        {
          order: { invoice_number: reference },
          payment: { original_request_id: paidBy },
          refund: { amount, reason },
        },
        { requestId },
      );
      if (answer.refund.status === 'FAILED') {
        this.note(reference, requestId, undefined);
        throw new ShopError(
          'refused',
          HttpStatus.UNPROCESSABLE_ENTITY,
          'The bank did not refund. Nothing was given back.',
          requestId,
        );
      }
      return this.note(reference, requestId, 'confirming') ?? order;
    } catch (error) {
      throw this.notRefunded(reference, refund, error);
    }
  }

  private notRefunded(reference: string, refund: PendingRefund, error: unknown): unknown {
    if (!isDokuError(error)) return error;
    const isUnknown = error.outcome === 'unknown' || refund.phase === 'unknown';
    if (!isUnknown) {
      this.note(reference, refund.requestId, undefined);
      return error.code === 'refused'
        ? notPossible('The bank refused the refund. Nothing was given back.')
        : toShopError(error);
    }
    this.note(reference, refund.requestId, 'unknown');
    return new ShopError(
      'outcome-unknown',
      HttpStatus.BAD_GATEWAY,
      'The bank did not answer, so we do not know yet whether it was refunded. Repeating it is safe.',
      refund.requestId,
    );
  }

  /** Changes the refund, unless its notification came first and took it off the order. */
  private note(
    reference: string,
    requestId: string,
    phase: PendingRefund['phase'] | undefined,
  ): Order | undefined {
    const order = this.orders.find(reference);
    if (order?.refund?.requestId !== requestId) return order;
    const { refund, ...rest } = order;
    return this.orders.save(phase ? { ...rest, refund: { ...refund, phase } } : rest);
  }
}

function notPossible(message: string): ShopError {
  return new ShopError('refund-not-possible', HttpStatus.UNPROCESSABLE_ENTITY, message);
}
