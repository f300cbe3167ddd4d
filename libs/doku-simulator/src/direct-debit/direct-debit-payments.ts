import { randomBytes, randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Ledger, merchantParty } from '../bank/ledger.js';
import { PaymentBook, type Payment } from '../bank/payment-book.js';
import { amountAt, requiredTextAt, textAt } from '../engine/field-rules.js';
import { GatewayError } from '../engine/gateway-error.js';
import { isJsonObject, valueAt, type JsonObject } from '../engine/json.js';
import { Settings } from '../engine/settings.js';
import { toWireTimestamp } from '../engine/signature.js';
import { SimulatorClock } from '../engine/simulator-clock.js';
import { NotificationOutbox } from '../notifications/notification-outbox.js';
import { createPaymentEnvelope } from '../notifications/payment-envelope.js';
import { accountParty, type DirectDebitBank } from './direct-debit-bank.js';
import { DirectDebitCards } from './direct-debit-cards.js';
import { hasFunds, OTP_LIFE_MS, SANDBOX_OTP } from './direct-debit.rules.js';
import type { Card } from '../bank/card-book.js';
import type { Merchant } from '../engine/merchants.js';
import type { AcceptedCall, Operation } from '../engine/operation.js';

/** The steps of a payment that all banks of the non-SNAP direct debit share. */
@Injectable()
export class DirectDebitPayments {
  constructor(
    private readonly cards: DirectDebitCards,
    private readonly payments: PaymentBook,
    private readonly ledger: Ledger,
    private readonly outbox: NotificationOutbox,
    private readonly clock: SimulatorClock,
    private readonly settings: Settings,
  ) {}

  /** The card that is to pay. */
  findCard(call: AcceptedCall, bank: DirectDebitBank): Card {
    return this.cards.find(call, bank, 'payment.token_id');
  }

  open(
    { merchant, requestId, body }: AcceptedCall,
    bank: DirectDebitBank,
    { card, asksForOtp }: { readonly card: Card; readonly asksForOtp: boolean },
  ): Payment {
    const amount = amountAt(body, 'order.amount');
    if (this.settings.current.checkLineItems) checkLineItems(body, amount);
    const notificationUrl = readOverrideUrl(body, merchant);
    const { customer, order } = body;
    const payment: Payment = {
      token: createTransactionToken(),
      paymentId: `00${randomInt(1_000_000_000, 9_999_999_999)}`,
      clientId: merchant.clientId,
      channel: bank.channel,
      requestId,
      invoiceNumber: requiredTextAt(body, 'order.invoice_number'),
      amount,
      customer: isJsonObject(customer) ? customer : {},
      order: isJsonObject(order) ? order : {},
      tokenId: card.tokenId,
      accountNo: card.accountNo,
      ...(notificationUrl !== undefined && { notificationUrl }),
      status: 'PENDING',
      statusDate: toWireTimestamp(this.clock.wireNow()),
      wrongOtps: 0,
      otpExpiresAt: this.otpExpiry(),
      otpsSent: asksForOtp ? 1 : 0,
      refunded: 0,
    };
    this.payments.add(payment);
    return payment;
  }

  find({ merchant, body }: AcceptedCall, { channel }: DirectDebitBank): Payment {
    const token = requiredTextAt(body, 'payment.token');
    const payment = this.payments.byToken(merchant.clientId, token);
    if (payment?.channel.acquirer !== channel.acquirer) {
      throw new GatewayError(
        'NOT_FOUND',
        'PAYMENT_NOT_FOUND',
        `No payment has payment.token "${token}"; send it exactly as the payment answered it, neither encoded nor trimmed.`,
      );
    }
    return payment;
  }

  demandPending({ status }: Payment): void {
    if (status === 'PENDING') return;
    throw new GatewayError(
      'PAYMENT',
      'PAYMENT_NOT_PENDING',
      `This payment is ${status} already and takes no OTP.`,
    );
  }

  /** Whether the OTP of the call is the right one. */
  checkOtp({ otpExpiresAt }: Payment, { body }: AcceptedCall): boolean {
    if (this.clock.now().getTime() >= Date.parse(otpExpiresAt)) throw otpExpired(otpExpiresAt);
    return requiredTextAt(body, 'payment.otp') === SANDBOX_OTP;
  }

  resendOtp(payment: Payment): void {
    payment.otpExpiresAt = this.otpExpiry();
    payment.otpsSent++;
    this.payments.changed();
  }

  noteWrongOtp(payment: Payment): void {
    payment.wrongOtps++;
    this.payments.changed();
  }

  /** Takes the money, if there is enough. */
  charge(payment: Payment, call: AcceptedCall, { name }: Operation): void {
    if (!hasFunds(payment.accountNo, payment.amount)) {
      this.settle(payment, 'FAILED', call, 'Insufficient funds');
      return;
    }
    this.ledger.record({
      at: this.clock.now().toISOString(),
      kind: 'debit',
      operation: name,
      clientId: payment.clientId,
      requestId: call.requestId,
      invoiceNumber: payment.invoiceNumber,
      tokenId: payment.tokenId,
      accountNo: payment.accountNo,
      amount: payment.amount,
      from: accountParty(payment.channel, payment.accountNo),
      to: merchantParty(payment.clientId),
    });
    this.settle(payment, 'SUCCESS', call);
  }

  settle(
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

/** @param resend - the path that sends another OTP */
export function otpExpired(expiredAt: string, resend = 'payment-otp'): GatewayError {
  return new GatewayError(
    'PAYMENT',
    'OTP_EXPIRED',
    `The OTP expired at ${expiredAt} (virtual time); ask for another with ${resend}.`,
  );
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
