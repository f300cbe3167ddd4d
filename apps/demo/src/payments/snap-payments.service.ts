import { Inject, Injectable } from '@nestjs/common';
import {
  createPartnerReference,
  type SnapRefund,
  type SnapRefundDto,
  type SnapTransactionStatus,
} from 'nestjs-doku';

import {
  isDokuError,
  isUnknownToDoku,
  outcomeUnknown,
  toShopError,
} from '../errors/gateway-failure.js';
import { ShopError } from '../errors/shop.error.js';
import {
  isSettled,
  lastAttempt,
  type Order,
  type PaymentAttempt,
  type PaymentMethodName,
  toOrderView,
} from '../orders/order.js';
import { type AttemptNews, OrdersStore } from '../orders/orders.store.js';
import { wholeRupiah } from '../orders/rupiah.js';
import { failed, paid } from '../orders/settlement.js';
import { type ShopSettings, shopSettings } from '../settings/shop-settings.js';
import { demandChargeable, needsNoAttempt } from './attempt-rules.js';
import { OneAtATime } from './one-at-a-time.js';
import type { RefundAnswer, StatusHint, WantedRefund } from './payment-method.js';

/** How one channel starts a payment. */
interface PaymentPlan {
  readonly method: PaymentMethodName;
  readonly label: string;
  /** What has to be right before anything is put on record. */
  readonly prepare?: (order: Order) => Promise<void>;
  /** `reference` is the payment's `partnerReferenceNo`. */
  readonly send: (order: Order, reference: string) => Promise<AttemptNews>;
}

/** `refundStatus` of DOKU's refund history: the codes of a payment's status (reference snap 9.7). */
const REFUND_ANSWERS: Readonly<Record<string, RefundAnswer>> = {
  '00': 'done',
  '04': 'done',
  '05': 'refused',
  '06': 'refused',
};

type AskForStatus = (
  reference: string,
) => Promise<Pick<SnapTransactionStatus, 'status' | 'transAmount' | 'refundHistory'>>;

type RefundRequest = Pick<
  SnapRefundDto,
  'originalPartnerReferenceNo' | 'refundAmount' | 'reason' | 'partnerRefundNo'
>;

/**
 * What Allo, KKI and the wallet have in common. A SNAP call that changes something is never repeated on its own: when
 * its answer got lost, DOKU is asked for the status before anything else is sent.
 */
@Injectable()
export class SnapPayments {
  constructor(
    private readonly orders: OrdersStore,
    private readonly steps: OneAtATime,
    @Inject(shopSettings.KEY) private readonly settings: ShopSettings,
  ) {}

  /** Starts to pay. Pressed again, it gives the attempt under way. */
  pay({ reference, customerId }: Order, plan: PaymentPlan): Promise<Order> {
    return this.steps.run(reference, 'pay', async () => {
      const order = this.orders.get(reference, customerId);
      if (needsNoAttempt(order)) return order;
      demandChargeable(order, plan.method);
      const attempt = nextAttempt(order, plan);
      await plan.prepare?.(order);
      // Meanwhile an event may have settled the order.
      const current = this.orders.get(reference, customerId);
      if (current.version !== order.version) return current;
      return this.send(this.orders.startAttempt(current, attempt), attempt, plan);
    });
  }

  /** Asks DOKU how the attempt stands; what it says of the payment settles the order as an event would. */
  async check(order: Order, attempt: PaymentAttempt, ask: AskForStatus): Promise<StatusHint> {
    const finding = await this.ask(attempt, ask);
    const current = this.orders.get(order.reference, order.customerId);
    const changed = finding.change?.(current) ?? current;
    const saved = changed === current ? current : this.orders.save(changed);
    const { message, next = 'wait' } = isSettled(saved) ? { message: 'It is paid.' } : finding;
    return { message, next, order: toOrderView(saved) };
  }

  /** Asks for a refund; one whose answer got lost is looked up first, and keeps its number. */
  async refund(
    { paidBy, refund }: WantedRefund,
    ask: AskForStatus,
    send: (request: RefundRequest) => Promise<Pick<SnapRefund, 'status'>>,
  ): Promise<RefundAnswer> {
    if (refund.phase === 'unknown') {
      const { refundHistory = [] } = await ask(paidBy);
      const known = refundHistory.find((entry) => entry.partnerReferenceNo === refund.id);
      if (known) return REFUND_ANSWERS[known.refundStatus ?? ''] ?? 'unknown';
      // DOKU may only not know it yet.
      if (Date.now() - refund.askedAt < this.settings.statusAfterMs) return 'unknown';
    }
    const { status } = await send({
      originalPartnerReferenceNo: paidBy,
      refundAmount: { value: refund.amount },
      reason: refund.reason,
      partnerRefundNo: refund.id,
    });
    // DOKU has no notification for a part that was given back: its answer is all there is.
    return status === 'accepted' ? 'done' : 'unknown';
  }

  private async send(order: Order, attempt: PaymentAttempt, plan: PaymentPlan): Promise<Order> {
    const { reference } = order;
    try {
      const news = await plan.send(order, attempt.id);
      return this.orders.noteAttempt(reference, attempt.id, news) ?? order;
    } catch (error) {
      const isDefinite = isDokuError(error)
        ? error.outcome === 'definite'
        : error instanceof ShopError;
      if (!isDefinite) {
        this.orders.noteAttempt(reference, attempt.id, { phase: 'unknown', mayRepeat: false });
      } else if (!(isDokuError(error) && error.code === 'unavailable')) {
        // Of what was never sent, all holds that was known before.
        this.orders.noteAttempt(reference, attempt.id, { phase: 'over' });
      }
      throw toShopError(error);
    }
  }

  private async ask(attempt: PaymentAttempt, ask: AskForStatus): Promise<Finding> {
    try {
      return this.read(attempt, await ask(attempt.id));
    } catch (error) {
      if (isUnknownToDoku(error)) return this.notFound(attempt);
      throw error;
    }
  }

  private read(
    attempt: PaymentAttempt,
    { status, transAmount }: Awaited<ReturnType<AskForStatus>>,
  ): Finding {
    const { id } = attempt;
    switch (status) {
      case 'paid':
        // Without an amount to compare, the notification has to tell.
        return transAmount === undefined
          ? { message: 'The bank says it is paid. Its confirmation is on the way.' }
          : {
              message: 'The bank took another amount. Our staff will look at it.',
              change: (order) => paid(order, id, wholeRupiah(transAmount.value)),
            };
      case 'failed':
      case 'cancelled':
        return {
          message: 'The bank says it was not paid. Nothing was charged.',
          change: (order) => failed(order, id),
        };
      case 'pending':
        return pending(attempt);
      case 'refunded':
        return {
          message: 'The bank says it was paid and given back. Our staff will look at it.',
          change: (order) =>
            isSettled(order)
              ? order
              : { ...order, review: 'The bank says that it was paid and given back.' },
        };
      case 'unknown':
        return this.notFound(attempt);
    }
  }

  /** DOKU may only not know it yet, so a first "not found" proves nothing. */
  private notFound({ id, phase, startedAt }: PaymentAttempt): Finding {
    if (phase !== 'unknown' || Date.now() - startedAt < this.settings.statusAfterMs) {
      return { message: 'The bank has not heard of this payment yet. Ask again in a minute.' };
    }
    return {
      message: 'The bank has not heard of this payment. You can send it again.',
      next: 'continue',
      change: (order) => withLast(order, id, { mayRepeat: true }),
    };
  }
}

interface Finding {
  readonly message: string;
  readonly next?: StatusHint['next'];
  readonly change?: (order: Order) => Order;
}

/** DOKU has the payment and waits for the customer. */
function pending({ id, method, phase, pageUrl }: PaymentAttempt): Finding {
  if (method === 'kki') {
    return {
      message: 'The bank waits until you confirm in its app.',
      change: (order) => withLast(order, id, { phase: 'confirming' }),
    };
  }
  if (pageUrl !== undefined) {
    return { message: 'The bank waits for you on its page. Nothing is paid yet.' };
  }
  // Only the lost answer had the address of the page, and DOKU gives it out once.
  return phase === 'unknown'
    ? {
        message:
          'The bank has opened this payment, but the way to its page got lost. It ends by itself when nobody pays; then you can try again.',
      }
    : { message: 'The bank is not done yet. Ask again in a minute.' };
}

function withLast(order: Order, id: string, news: AttemptNews): Order {
  const attempt = lastAttempt(order);
  if (attempt?.id !== id || attempt.phase !== 'unknown' || isSettled(order)) return order;
  return { ...order, attempts: [...order.attempts.slice(0, -1), { ...attempt, ...news }] };
}

/** A new one, or the one that DOKU says it never got: under the same name it cannot be paid twice. */
function nextAttempt(order: Order, { method, label }: PaymentPlan): PaymentAttempt {
  const attempt = lastAttempt(order);
  if (attempt?.phase !== 'unknown') {
    const id = createPartnerReference();
    return { id, method, label, phase: 'starting', startedAt: Date.now(), wrongCodes: 0 };
  }
  if (attempt.mayRepeat) return { ...attempt, startedAt: Date.now() };
  throw outcomeUnknown(attempt.id);
}
