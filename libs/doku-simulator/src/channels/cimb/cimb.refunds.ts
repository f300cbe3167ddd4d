import { Injectable } from '@nestjs/common';
import { Ledger, merchantParty } from '../../bank/ledger.js';
import { PaymentBook, type Payment } from '../../bank/payment-book.js';
import { accountParty } from '../../direct-debit/direct-debit-bank.js';
import { amountAt, requiredTextAt, textAt } from '../../engine/field-rules.js';
import { GatewayError } from '../../engine/gateway-error.js';
import { Settings } from '../../engine/settings.js';
import { toWireTimestamp } from '../../engine/signature.js';
import { SimulatorClock } from '../../engine/simulator-clock.js';
import { NotificationOutbox } from '../../notifications/notification-outbox.js';
import { createPaymentEnvelope } from '../../notifications/payment-envelope.js';
import { CIMB } from './cimb.bank.js';
import { REFUND } from './cimb.operations.js';
import type { AcceptedCall } from '../../engine/operation.js';

/** Gives paid money back, in full or in parts. */
@Injectable()
export class CimbRefunds {
  constructor(
    private readonly payments: PaymentBook,
    private readonly ledger: Ledger,
    private readonly outbox: NotificationOutbox,
    private readonly clock: SimulatorClock,
    private readonly settings: Settings,
  ) {}

  refund(call: AcceptedCall): unknown {
    const payment = this.findPayment(call);
    const amount = amountAt(call.body, 'refund.amount');
    const reason = textAt(call.body, 'refund.reason');
    demandRefundable(payment, amount);

    payment.refunded += amount;
    if (payment.refunded === payment.amount) {
      payment.status = 'REFUNDED';
      payment.statusDate = toWireTimestamp(this.clock.wireNow());
    }
    this.ledger.record({
      at: this.clock.now().toISOString(),
      kind: 'refund',
      operation: REFUND.name,
      clientId: payment.clientId,
      requestId: call.requestId,
      invoiceNumber: payment.invoiceNumber,
      tokenId: payment.tokenId,
      accountNo: payment.accountNo,
      amount,
      from: merchantParty(payment.clientId),
      to: accountParty(payment.channel, payment.accountNo),
    });
    this.payments.changed();

    const refund = { amount, ...(reason !== undefined && { reason }), status: 'SUCCESS' };
    if (this.settings.current.notifyRefunds) this.notify(payment, refund, call.answered);
    return {
      order: { invoice_number: payment.invoiceNumber },
      payment: { original_request_id: payment.requestId, payment_id: payment.paymentId },
      refund: { ...refund, message: 'SUCCESS' },
    };
  }

  /**
   * DOKU documents neither whether a refund causes a notification nor how it looks: this is the
   * payment's envelope with status REFUNDED, also after a partial refund, and a `refund` member.
   */
  private notify(payment: Payment, refund: object, answered: Promise<void>): void {
    const date = toWireTimestamp(this.clock.wireNow());
    const { clientId, notificationUrl } = payment;
    this.outbox.enqueue(
      {
        clientId,
        body: { ...createPaymentEnvelope(payment, { status: 'REFUNDED', date }), refund },
        ...(notificationUrl !== undefined && { url: notificationUrl }),
      },
      answered,
    );
  }

  private findPayment({ merchant, body }: AcceptedCall): Payment {
    const requestId = requiredTextAt(body, 'payment.original_request_id');
    const invoiceNumber = requiredTextAt(body, 'order.invoice_number');
    const payment = this.payments.byRequestId(merchant.clientId, requestId);
    if (payment?.channel.acquirer !== CIMB.channel.acquirer) {
      throw new GatewayError(
        'NOT_FOUND',
        'PAYMENT_NOT_FOUND',
        `No payment was started with Request-Id "${requestId}"; payment.original_request_id is the Request-Id of /cimb-direct-debit/v1/payment, not of payment/validate.`,
      );
    }
    if (payment.invoiceNumber !== invoiceNumber) {
      throw new GatewayError(
        'NOT_FOUND',
        'PAYMENT_NOT_FOUND',
        `Request-Id "${requestId}" paid invoice "${payment.invoiceNumber}", not "${invoiceNumber}".`,
      );
    }
    return payment;
  }
}

function demandRefundable(payment: Payment, amount: number): void {
  if (payment.status !== 'SUCCESS' && payment.status !== 'REFUNDED') {
    throw new GatewayError(
      'PAYMENT',
      'PAYMENT_NOT_REFUNDABLE',
      `This payment is ${payment.status}; only one with SUCCESS can be refunded.`,
    );
  }
  const left = payment.amount - payment.refunded;
  if (amount > left) {
    throw new GatewayError(
      'PAYMENT',
      'REFUND_EXCEEDS_PAYMENT',
      `refund.amount is ${amount}, but only ${left} of ${payment.amount} is left to refund.`,
      { left },
    );
  }
}
