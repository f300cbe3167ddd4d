import { randomUUID } from 'node:crypto';

import { HttpStatus, Injectable } from '@nestjs/common';
import { CimbDirectDebitService } from 'nestjs-doku';

import { CardsService } from '../cards/cards.service.js';
import { isDokuError, outcomeUnknown, toShopError } from '../errors/gateway-failure.js';
import { ShopError } from '../errors/shop.error.js';
import { isSettled, lastAttempt, type Order, type PaymentAttempt } from '../orders/order.js';
import { OrdersStore } from '../orders/orders.store.js';
import { demandChargeable, needsNoAttempt } from '../payments/attempt-rules.js';
import { OneAtATime } from '../payments/one-at-a-time.js';

/** An attempt that charges a card. */
type CardAttempt = PaymentAttempt & Required<Pick<PaymentAttempt, 'card'>>;

/** Takes an order from "pay" to "the bank has the code". Whether it is paid is for the notification to say. */
@Injectable()
export class CimbPaymentsService {
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
      if (needsNoAttempt(order)) return order;
      demandChargeable(order, 'cimb');
      const last = lastAttempt(order);
      // The code was sent and its answer got lost: what the payment call would say is not news of that.
      if (last?.phase === 'unknown' && last.paymentToken !== undefined) {
        throw outcomeUnknown(last.id);
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
      if (isSettled(order) || lastAttempt(order)?.phase === 'confirming') return order;
      demandChargeable(order, 'cimb');
      const { id, wrongCodes, token } = waitingForCode(order);
      try {
        await this.cimb.validatePaymentOtp({ payment: { token, otp } });
      } catch (error) {
        throw this.codeNotTaken(reference, id, wrongCodes, error);
      }
      // SUCCESS or FAILED, the notification settles it.
      return this.orders.noteAttempt(reference, id, { phase: 'confirming' }) ?? order;
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

  private async attemptFor(order: Order, cardId: string): Promise<CardAttempt> {
    const last = lastAttempt(order);
    // A call that never left may go to another card; one that may have arrived may not.
    if (last && isOpenByCard(last) && (last.phase === 'unknown' || last.card.id === cardId)) {
      return last;
    }
    const { tokenId, label } = await this.cards.find(order.customerId, cardId);
    return {
      id: randomUUID(),
      method: 'cimb',
      label,
      phase: 'starting',
      startedAt: Date.now(),
      card: { id: cardId, tokenId },
      wrongCodes: 0,
    };
  }

  private async send(order: Order, { id, card, phase }: CardAttempt): Promise<Order> {
    const { reference, amount, product, customerId } = order;
    try {
      const { payment } = await this.cimb.createPayment(
        {
          customer: { id: customerId, name: 'Demo Customer', country: 'ID' },
          order: {
            invoice_number: reference,
            amount,
            line_items: [{ name: product.name, price: product.price, quantity: 1 }],
          },
          payment: { token_id: card.tokenId },
        },
        { requestId: id },
      );
      const news = {
        phase: payment.status === 'PENDING' ? 'otp' : 'confirming',
        paymentToken: payment.token,
      } as const;
      return this.orders.noteAttempt(reference, id, news) ?? order;
    } catch (error) {
      throw this.notStarted(order, { id, phase }, error);
    }
  }

  private notStarted(
    { reference }: Order,
    { id, phase }: Pick<PaymentAttempt, 'id' | 'phase'>,
    error: unknown,
  ): unknown {
    const isUnknown = isDokuError(error) && error.outcome === 'unknown';
    // Once an answer got lost, no later failure proves that the first sending did nothing.
    if (isUnknown || phase === 'unknown') {
      this.orders.noteAttempt(reference, id, { phase: 'unknown' });
      return outcomeUnknown(id);
    }
    // DOKU has answered this Request-Id, and would answer it the same way again.
    if (isDokuError(error) && !error.retryable) {
      this.orders.noteAttempt(reference, id, { phase: 'over' });
    }
    return toShopError(error);
  }

  private codeNotTaken(reference: string, id: string, wrongCodes: number, error: unknown): unknown {
    if (!isDokuError(error)) return error;
    if (error.code === 'outcome-unknown') {
      this.orders.noteAttempt(reference, id, { phase: 'unknown' });
      return outcomeUnknown(id);
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
    this.orders.noteAttempt(reference, id, { wrongCodes: wrongCodes + 1 });
    return new ShopError(
      'otp-wrong',
      HttpStatus.UNPROCESSABLE_ENTITY,
      'The bank did not accept this code. Check it and type it again.',
      error.requestId,
    );
  }
}

function isOpenByCard(attempt: PaymentAttempt): attempt is CardAttempt {
  return attempt.card !== undefined && attempt.phase !== 'over';
}

function waitingForCode(order: Order): PaymentAttempt & { readonly token: string } {
  const attempt = lastAttempt(order);
  if (attempt?.phase === 'unknown') throw outcomeUnknown(attempt.id);
  if (attempt?.phase === 'otp' && attempt.paymentToken !== undefined) {
    return { ...attempt, token: attempt.paymentToken };
  }
  throw new ShopError(
    'otp-not-expected',
    HttpStatus.CONFLICT,
    'This order does not wait for a code.',
  );
}
