import { randomUUID } from 'node:crypto';

import { HttpStatus, Injectable } from '@nestjs/common';

import {
  codeRefused,
  isDokuError,
  outcomeUnknown,
  toShopError,
} from '../errors/gateway-failure.js';
import { ShopError } from '../errors/shop.error.js';
import { isSettled, lastAttempt, type Order, type PaymentAttempt } from '../orders/order.js';
import { OrdersStore } from '../orders/orders.store.js';
import { demandChargeable, needsNoAttempt } from '../payments/attempt-rules.js';
import { OneAtATime } from '../payments/one-at-a-time.js';
import { type CardBank, inWordsOf, isBlocked } from './card-bank.js';
import type { PayByCardDto } from './dto/pay-by-card.dto.js';
import { SavedCards } from './saved-cards.service.js';

/** An attempt that charges a card. */
type CardAttempt = PaymentAttempt & Required<Pick<PaymentAttempt, 'card'>>;

/**
 * Takes an order from "pay" to "the bank has the code", at every bank with cards alike. Whether it is paid
 * is for the notification to say.
 */
@Injectable()
export class CardPayments {
  constructor(
    private readonly cards: SavedCards,
    private readonly orders: OrdersStore,
    private readonly steps: OneAtATime,
  ) {}

  /**
   * Starts to pay. Pressed again, it gives the attempt under way; after an answer that got lost, it sends
   * the very same call, which DOKU carries out once.
   */
  pay(bank: CardBank, { reference, customerId }: Order, choice: PayByCardDto): Promise<Order> {
    if (choice.withoutCode && !bank.service.createRecurringPayment) {
      throw new ShopError(
        'invalid-input',
        HttpStatus.BAD_REQUEST,
        `${bank.name} asks for a code with every payment.`,
      );
    }
    return this.steps.run(reference, 'pay', async () => {
      const order = this.orders.get(reference, customerId);
      if (needsNoAttempt(order)) return order;
      demandChargeable(order, bank.method);
      const last = lastAttempt(order);
      // The code was sent and its answer got lost: what the payment call would say is not news of that.
      if (last?.phase === 'unknown' && last.paymentToken !== undefined) {
        throw outcomeUnknown(last.id);
      }
      const attempt = await this.attemptFor(bank, order, choice);
      // While the cards were asked for, an event may have settled the order.
      const current = this.orders.get(reference, customerId);
      if (current.version !== order.version) return current;
      this.orders.startAttempt(current, attempt);
      return this.send(bank, current, attempt);
    });
  }

  /** Hands the code to the bank. It is never sent a second time on its own: a wrong one uses up a try. */
  confirm(bank: CardBank, { reference, customerId }: Order, otp: string): Promise<Order> {
    return this.steps.run(reference, 'confirm', async () => {
      const order = this.orders.get(reference, customerId);
      if (isSettled(order) || lastAttempt(order)?.phase === 'confirming') return order;
      demandChargeable(order, bank.method);
      const attempt = waitingForCode(order, bank);
      try {
        await bank.service.validatePaymentOtp({ payment: { token: attempt.token, otp } });
      } catch (error) {
        throw this.codeNotTaken(bank, order, attempt, error);
      }
      // SUCCESS or FAILED, the notification settles it.
      return this.orders.noteAttempt(reference, attempt.id, { phase: 'confirming' }) ?? order;
    });
  }

  /** Has the bank send the code again. */
  resendCode(bank: CardBank, { reference, customerId }: Order): Promise<Order> {
    return this.steps.run(reference, 'resend', async () => {
      const order = this.orders.get(reference, customerId);
      const attempt = waitingForCode(order, bank);
      try {
        await bank.service.resendPaymentOtp({ payment: { token: attempt.token } });
      } catch (error) {
        throw this.ended(bank, reference, attempt.id, toShopError(error));
      }
      return order;
    });
  }

  private async attemptFor(
    bank: CardBank,
    order: Order,
    { cardId, withoutCode = false }: PayByCardDto,
  ): Promise<CardAttempt> {
    const last = lastAttempt(order);
    // A call that never left may go another way; one that may have arrived may not.
    if (last?.method === bank.method && isOpenByCard(last)) {
      const isSame = last.card.id === cardId && last.card.withoutCode === withoutCode;
      if (last.phase === 'unknown' || isSame) return last;
    }
    const { tokenId, label } = await this.cards.find(bank, order.customerId, cardId);
    return {
      id: randomUUID(),
      method: bank.method,
      label,
      phase: 'starting',
      startedAt: Date.now(),
      card: { id: cardId, tokenId, withoutCode },
      wrongCodes: 0,
    };
  }

  private async send(
    bank: CardBank,
    order: Order,
    { id, card, phase }: CardAttempt,
  ): Promise<Order> {
    const { reference, amount, product, customerId } = order;
    const request = {
      customer: { id: customerId, name: 'Demo Customer', country: 'ID' },
      order: {
        invoice_number: reference,
        amount,
        line_items: [{ name: product.name, price: product.price, quantity: 1 }],
      },
      payment: { token_id: card.tokenId },
    };
    const options = { requestId: id };
    try {
      const { payment } =
        card.withoutCode && bank.service.createRecurringPayment
          ? await bank.service.createRecurringPayment(request, options)
          : await bank.service.createPayment(request, options);
      const { status, token } = payment;
      const phase = status === 'PENDING' && token !== undefined ? 'otp' : 'confirming';
      const news = { phase, ...(token !== undefined && { paymentToken: token }) } as const;
      return this.orders.noteAttempt(reference, id, news) ?? order;
    } catch (error) {
      throw this.notStarted(bank, order, { id, phase }, error);
    }
  }

  private notStarted(
    bank: CardBank,
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
    return this.ended(bank, reference, id, toShopError(error));
  }

  private codeNotTaken(
    bank: CardBank,
    { reference }: Order,
    { id, wrongCodes }: PaymentAttempt,
    error: unknown,
  ): unknown {
    if (!isDokuError(error)) return error;
    if (error.code === 'outcome-unknown') {
      this.orders.noteAttempt(reference, id, { phase: 'unknown' });
      return outcomeUnknown(id);
    }
    if (error.code !== 'refused') return toShopError(error);
    const refusal = codeRefused(error);
    if (refusal.code === 'otp-wrong') {
      this.orders.noteAttempt(reference, id, { wrongCodes: wrongCodes + 1 });
    }
    return this.ended(bank, reference, id, refusal);
  }

  /** Ends the attempt where the bank takes no code: nobody but this shop could type another one for it. */
  private ended(bank: CardBank, reference: string, id: string, failure: unknown): unknown {
    const refusal = inWordsOf(bank, failure);
    if (isBlocked(refusal)) this.orders.noteAttempt(reference, id, { phase: 'over' });
    return refusal;
  }
}

function isOpenByCard(attempt: PaymentAttempt): attempt is CardAttempt {
  return attempt.card !== undefined && attempt.phase !== 'over';
}

function waitingForCode(
  order: Order,
  { method }: CardBank,
): PaymentAttempt & { readonly token: string } {
  const attempt = lastAttempt(order);
  if (attempt?.phase === 'unknown') throw outcomeUnknown(attempt.id);
  const { phase, paymentToken } = attempt ?? {};
  if (attempt?.method === method && phase === 'otp' && paymentToken !== undefined) {
    return { ...attempt, token: paymentToken };
  }
  throw new ShopError(
    'otp-not-expected',
    HttpStatus.CONFLICT,
    'This order does not wait for a code.',
  );
}
