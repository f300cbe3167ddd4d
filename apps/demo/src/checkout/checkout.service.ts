import { randomUUID } from 'node:crypto';

import { HttpStatus, Injectable } from '@nestjs/common';
import { CimbDirectDebitService } from 'nestjs-doku';

import { CardsService } from '../cards/cards.service.js';
import { isDokuError, outcomeUnknown, toShopError } from '../errors/gateway-failure.js';
import { ShopError } from '../errors/shop.error.js';
import { isSettled, type Order, type PaymentAttempt } from '../orders/order.js';
import { OrdersStore } from '../orders/orders.store.js';
import { OneAtATime } from './one-at-a-time.js';

/** Takes an order from "pay" to "the bank has the code". Whether it is paid is for the notification to say. */
@Injectable()
export class CheckoutService {
  constructor(
    private readonly cimb: CimbDirectDebitService,
    private readonly cards: CardsService,
    private readonly orders: OrdersStore,
    private readonly steps: OneAtATime,
  ) {}

  /**
   * Starts to pay. Pressed again, it gives the attempt under way; after an answer that got lost, it sends
   * the very same call, which DOKU carries out once.
   */
  pay({ reference, customerId }: Order, cardId: string): Promise<Order> {
    return this.steps.run(reference, 'pay', async () => {
      const order = this.orders.get(reference, customerId);
      const phase = order.attempt?.phase;
      if (isSettled(order) || phase === 'otp' || phase === 'confirming') return order;
      demandNoReview(order);
      // The code was sent and its answer got lost: what the payment call would say is not news of that.
      if (phase === 'unknown' && order.attempt?.paymentToken !== undefined) {
        throw outcomeUnknown(order.attempt.requestId);
      }
      const attempt = await this.attemptFor(order, cardId);
      // While the cards were asked for, an event may have settled the order.
      const current = this.orders.get(reference, customerId);
      if (current.version !== order.version) return current;
      this.orders.startAttempt(current, attempt);
      return this.send(current, attempt);
    });
  }

  /** Hands the code to the bank. It is never sent a second time on its own: a wrong one uses up a try. */
  confirm({ reference, customerId }: Order, otp: string): Promise<Order> {
    return this.steps.run(reference, 'confirm', async () => {
      const order = this.orders.get(reference, customerId);
      if (isSettled(order) || order.attempt?.phase === 'confirming') return order;
      demandNoReview(order);
      const { requestId, wrongCodes, token } = waitingForCode(order);
      try {
        await this.cimb.validatePaymentOtp({ payment: { token, otp } });
      } catch (error) {
        throw this.codeNotTaken(reference, requestId, wrongCodes, error);
      }
      // SUCCESS or FAILED, the notification settles it.
      return this.orders.noteAttempt(reference, requestId, { phase: 'confirming' }) ?? order;
    });
  }

  /** Has the bank send the code again. */
  resendCode({ reference, customerId }: Order): Promise<Order> {
    return this.steps.run(reference, 'resend', async () => {
      const order = this.orders.get(reference, customerId);
      const { token } = waitingForCode(order);
      await this.cimb.resendPaymentOtp({ payment: { token } });
      return order;
    });
  }

  private async attemptFor(order: Order, cardId: string): Promise<PaymentAttempt> {
    const { attempt } = order;
    const isOpen = attempt !== undefined && attempt.phase !== 'over';
    // A call that never left may go to another card; one that may have arrived may not.
    if (isOpen && (attempt.phase === 'unknown' || attempt.cardId === cardId)) return attempt;
    const { tokenId, label } = await this.cards.find(order.customerId, cardId);
    return {
      requestId: randomUUID(),
      cardId,
      cardLabel: label,
      tokenId,
      phase: 'starting',
      wrongCodes: 0,
    };
  }

  private async send(order: Order, attempt: PaymentAttempt): Promise<Order> {
    const { reference, amount, product, customerId } = order;
    const { requestId } = attempt;
    try {
      const { payment } = await this.cimb.createPayment(
        {
          customer: { id: customerId, name: 'Demo Customer', country: 'ID' },
          order: {
            invoice_number: reference,
            amount,
            line_items: [{ name: product.name, price: product.price, quantity: 1 }],
          },
          payment: { token_id: attempt.tokenId },
        },
        { requestId },
      );
      const phase = payment.status === 'PENDING' ? 'otp' : 'confirming';
      const paymentToken = payment.token;
      return this.orders.noteAttempt(reference, requestId, { phase, paymentToken }) ?? order;
    } catch (error) {
      throw this.notStarted(order, attempt, error);
    }
  }

  private notStarted({ reference }: Order, attempt: PaymentAttempt, error: unknown): unknown {
    const { requestId, phase } = attempt;
    const isUnknown = isDokuError(error) && error.outcome === 'unknown';
    // Once an answer got lost, no later failure proves that the first sending did nothing.
    if (isUnknown || phase === 'unknown') {
      this.orders.noteAttempt(reference, requestId, { phase: 'unknown' });
      return outcomeUnknown(requestId);
    }
    // DOKU has answered this Request-Id, and would answer it the same way again.
    if (isDokuError(error) && !error.retryable) {
      this.orders.noteAttempt(reference, requestId, { phase: 'over' });
    }
    return toShopError(error);
  }

  private codeNotTaken(
    reference: string,
    requestId: string,
    wrongCodes: number,
    error: unknown,
  ): unknown {
    if (!isDokuError(error)) return error;
    if (error.code === 'outcome-unknown') {
      this.orders.noteAttempt(reference, requestId, { phase: 'unknown' });
      return outcomeUnknown(requestId);
    }
    if (error.code !== 'refused') return toShopError(error);
    // What DOKU answers to a wrong or expired code is not documented, so this reads its code with care.
    if (/expired/i.test(error.responseCode ?? '')) {
      return new ShopError(
        'otp-expired',
        HttpStatus.UNPROCESSABLE_ENTITY,
        'This code has expired. Have a new one sent.',
        error.requestId,
      );
    }
    this.orders.noteAttempt(reference, requestId, { wrongCodes: wrongCodes + 1 });
    return new ShopError(
      'otp-wrong',
      HttpStatus.UNPROCESSABLE_ENTITY,
      'The bank did not accept this code. Check it and type it again.',
      error.requestId,
    );
  }
}

function demandNoReview({ review }: Order): void {
  if (review === undefined) return;
  throw new ShopError(
    'under-review',
    HttpStatus.CONFLICT,
    `${review} Our staff will look at it. Please do not pay again.`,
  );
}

function waitingForCode({ attempt }: Order): PaymentAttempt & { readonly token: string } {
  if (attempt?.phase === 'unknown') throw outcomeUnknown(attempt.requestId);
  if (attempt?.phase === 'otp' && attempt.paymentToken !== undefined) {
    return { ...attempt, token: attempt.paymentToken };
  }
  throw new ShopError(
    'otp-not-expected',
    HttpStatus.CONFLICT,
    'This order does not wait for a code.',
  );
}
