import { randomBytes, randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CardBook } from '../../bank/card-book.js';
import { Ledger } from '../../bank/ledger.js';
import { PaymentBook, type Payment, type PaymentChannel } from '../../bank/payment-book.js';
import { amountAt, requiredTextAt, textAt } from '../../engine/field-rules.js';
import { GatewayError } from '../../engine/gateway-error.js';
import { isJsonObject, valueAt, type JsonObject } from '../../engine/json.js';
import { Settings } from '../../engine/settings.js';
import { toWireTimestamp } from '../../engine/signature.js';
import { SimulatorClock } from '../../engine/simulator-clock.js';
import { NotificationOutbox } from '../../notifications/notification-outbox.js';
import { createPaymentEnvelope } from '../../notifications/payment-envelope.js';
import { CREATE_PAYMENT, VALIDATE_PAYMENT_OTP } from './cimb.operations.js';
import {
  asksForOtp,
  hasFunds,
  OTP_LIFE_MS,
  SANDBOX_OTP,
  WRONG_OTPS_ALLOWED,
} from './cimb.sandbox-rules.js';
import { echoOrder } from './cimb.echo.js';
import type { AcceptedCall, Operation } from '../../engine/operation.js';
import type { Merchant } from '../../engine/merchants.js';

const CIMB: PaymentChannel = {
  service: 'DIRECT_DEBIT',
  acquirer: 'CIMB',
  channel: 'DIRECT_DEBIT_CIMB',
};

/** Payments and their OTPs. */
@Injectable()
export class CimbPayments {
  constructor(
    private readonly cards: CardBook,
    private readonly payments: PaymentBook,
    private readonly ledger: Ledger,
    private readonly outbox: NotificationOutbox,
    private readonly clock: SimulatorClock,
    private readonly settings: Settings,
  ) {}

  create(call: AcceptedCall): unknown {
    const payment = this.openPayment(call);
    this.payments.add(payment);
    if (!asksForOtp(payment.accountNo)) this.charge(payment, call, CREATE_PAYMENT);
    return {
      customer: payment.customer,
      order: echoOrder(payment.order, String(payment.amount)),
      payment: { token: payment.token, status: payment.status },
    };
  }

  validateOtp(call: AcceptedCall): unknown {
    const payment = this.findPending(call);
    if (this.clock.now().getTime() >= Date.parse(payment.otpExpiresAt)) {
      throw new GatewayError(
        'PAYMENT',
        'OTP_EXPIRED',
        `The OTP expired at ${payment.otpExpiresAt} (virtual time); ask for another with payment-otp.`,
      );
    }
    if (requiredTextAt(call.body, 'payment.otp') === SANDBOX_OTP) {
      this.charge(payment, call, VALIDATE_PAYMENT_OTP);
    } else {
      this.countWrongOtp(payment, call);
    }
    return {
      customer: payment.customer,
      order: echoOrder(payment.order, `${payment.amount}.00`, { withSession: false }),
      payment: { payment_id: payment.paymentId, token: payment.token, status: payment.status },
    };
  }

  resendOtp(call: AcceptedCall): unknown {
    const payment = this.findPending(call);
    payment.otpExpiresAt = this.otpExpiry();
    payment.otpsSent++;
    this.payments.changed();
    return { payment: { token: payment.token } };
  }

  private openPayment({ merchant, requestId, body }: AcceptedCall): Payment {
    const customerId = requiredTextAt(body, 'customer.id');
    const tokenId = requiredTextAt(body, 'payment.token_id');
    const card = this.cards.find(merchant.clientId, tokenId);
    // A stranger's token is answered like an unknown one, so that nothing is given away.
    if (card?.customerId !== customerId) {
      throw new GatewayError(
        'NOT_FOUND',
        'TOKEN_NOT_FOUND',
        `Customer "${customerId}" has no card with payment.token_id "${tokenId}"; list the customer's cards with /cimb-direct-debit/v1/tokens.`,
      );
    }
    const amount = amountAt(body, 'order.amount');
    if (this.settings.current.checkLineItems) checkLineItems(body, amount);
    const notificationUrl = readOverrideUrl(body, merchant);
    const { customer, order } = body;
    return {
      token: createTransactionToken(),
      paymentId: `00${randomInt(1_000_000_000, 9_999_999_999)}`,
      clientId: merchant.clientId,
      channel: CIMB,
      requestId,
      invoiceNumber: requiredTextAt(body, 'order.invoice_number'),
      amount,
      customer: isJsonObject(customer) ? customer : {},
      order: isJsonObject(order) ? order : {},
      tokenId,
      accountNo: card.accountNo,
      ...(notificationUrl !== undefined && { notificationUrl }),
      status: 'PENDING',
      statusDate: toWireTimestamp(this.clock.wireNow()),
      wrongOtps: 0,
      otpExpiresAt: this.otpExpiry(),
      otpsSent: asksForOtp(card.accountNo) ? 1 : 0,
      refunded: 0,
    };
  }

  private findPending({ merchant, body }: AcceptedCall): Payment {
    const token = requiredTextAt(body, 'payment.token');
    const payment = this.payments.byToken(merchant.clientId, token);
    if (payment === undefined) {
      throw new GatewayError(
        'NOT_FOUND',
        'PAYMENT_NOT_FOUND',
        `No payment has payment.token "${token}"; send it exactly as the payment answered it, neither encoded nor trimmed.`,
      );
    }
    if (payment.status !== 'PENDING') {
      throw new GatewayError(
        'PAYMENT',
        'PAYMENT_NOT_PENDING',
        `This payment is ${payment.status} already and takes no OTP.`,
      );
    }
    return payment;
  }

  private charge(payment: Payment, call: AcceptedCall, operation: Operation): void {
    if (!hasFunds(payment.accountNo, payment.amount)) {
      this.settle(payment, 'FAILED', call, 'Insufficient funds');
      return;
    }
    this.ledger.record({
      at: this.clock.now().toISOString(),
      kind: 'debit',
      operation: operation.name,
      clientId: payment.clientId,
      requestId: call.requestId,
      invoiceNumber: payment.invoiceNumber,
      tokenId: payment.tokenId,
      accountNo: payment.accountNo,
      amount: payment.amount,
    });
    this.settle(payment, 'SUCCESS', call);
  }

  private countWrongOtp(payment: Payment, call: AcceptedCall): void {
    payment.wrongOtps++;
    this.payments.changed();
    const left = WRONG_OTPS_ALLOWED - payment.wrongOtps;
    if (left > 0) {
      throw new GatewayError(
        'PAYMENT',
        'INVALID_OTP',
        `The OTP is wrong; ${left} ${left === 1 ? 'try' : 'tries'} left. The sandbox's OTP is ${SANDBOX_OTP}.`,
        { remainingTries: left },
      );
    }
    this.settle(payment, 'FAILED', call, `${WRONG_OTPS_ALLOWED} wrong OTPs`);
  }

  private settle(
    payment: Payment,
    status: 'SUCCESS' | 'FAILED',
    { answered }: AcceptedCall,
    failure?: string,
  ): void {
    payment.status = status;
    payment.statusDate = toWireTimestamp(this.clock.wireNow());
    if (failure !== undefined) payment.failure = failure;
    this.payments.changed();
    const { clientId, notificationUrl } = payment;
    this.outbox.enqueue(
      {
        clientId,
        body: createPaymentEnvelope(payment),
        ...(notificationUrl !== undefined && { url: notificationUrl }),
      },
      answered,
    );
  }

  private otpExpiry(): string {
    return new Date(this.clock.now().getTime() + OTP_LIFE_MS).toISOString();
  }
}

/** The sum of the line items must be the amount, as DOKU says (reference C-3). */
function checkLineItems(body: JsonObject, amount: number): void {
  const items = valueAt(body, 'order.line_items');
  if (!Array.isArray(items) || items.length === 0) return;
  let sum = 0;
  for (const item of items) {
    sum += Number(textAt(item, 'price') ?? 0) * Number(textAt(item, 'quantity') ?? 1);
  }
  if (sum !== amount) {
    throw new GatewayError(
      'VALIDATION',
      'LINE_ITEMS_MISMATCH',
      `order.line_items add up to ${sum}, but order.amount is ${amount}; make them equal, or send no line_items.`,
      { sum, amount },
    );
  }
}

/** The URL of one payment's notifications; only the host may differ from the merchant's (4.1). */
function readOverrideUrl(body: JsonObject, merchant: Merchant): string | undefined {
  const override = textAt(body, 'additional_info.override_notification_url');
  if (override === undefined || override === '') return undefined;
  const field = 'additional_info.override_notification_url';
  if (merchant.notificationUrl === undefined) {
    throw new GatewayError(
      'VALIDATION',
      'INVALID_PARAMETER',
      `${field} needs a notification URL that it can override; start the simulator with --notification-url.`,
    );
  }
  if (!URL.canParse(override)) {
    throw new GatewayError('VALIDATION', 'INVALID_PARAMETER', `${field} is not a URL.`);
  }
  const given = new URL(override).pathname;
  const registered = new URL(merchant.notificationUrl).pathname;
  if (given !== registered) {
    throw new GatewayError(
      'VALIDATION',
      'INVALID_PARAMETER',
      `${field} must have the path of the registered notification URL, "${registered}", not "${given}".`,
    );
  }
  return override;
}

/** Holds the characters that DOKU's tokens can hold, so that encoding or trimming one shows. */
function createTransactionToken(): string {
  return `?${randomBytes(28).toString('base64').replaceAll('=', '')}+/=`;
}
