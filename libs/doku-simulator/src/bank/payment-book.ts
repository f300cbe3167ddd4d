import { Injectable } from '@nestjs/common';
import { ChangeFeed } from '../engine/change-feed.js';
import type { JsonObject } from '../engine/json.js';

/** As in `transaction.status` (reference 7). */
export type PaymentStatus = 'PENDING' | 'SUCCESS' | 'FAILED' | 'REFUNDED';

/** Where a payment comes from, as notifications name it (reference 4.2). */
export interface PaymentChannel {
  readonly service: string;
  readonly acquirer: string;
  readonly channel: string;
}

/** One attempt to pay an invoice. Amounts are whole rupiah. */
export interface Payment {
  /** Transaction token of this attempt. */
  readonly token: string;
  /** The bank's number, 12 digits. */
  readonly paymentId: string;
  readonly clientId: string;
  readonly channel: PaymentChannel;
  /** Request-Id of the call that started the attempt. */
  readonly requestId: string;
  readonly invoiceNumber: string;
  readonly amount: number;
  readonly customer: JsonObject;
  readonly order: JsonObject;
  readonly tokenId: string;
  readonly accountNo: string;
  /** Where this payment's notifications go instead of the merchant's URL. */
  readonly notificationUrl?: string;
  status: PaymentStatus;
  /** When it got its status, as sent: real time plus skew. */
  statusDate: string;
  /** Wrong OTPs entered so far. */
  wrongOtps: number;
  /** Virtual time, ISO 8601. */
  otpExpiresAt: string;
  /** How often an OTP was sent. */
  otpsSent: number;
  refunded: number;
  /** Why it failed. */
  failure?: string;
}

/** All attempts to pay, oldest first. */
@Injectable()
export class PaymentBook {
  private readonly payments: Payment[] = [];

  constructor(private readonly feed: ChangeFeed) {}

  add(payment: Payment): void {
    this.payments.push(payment);
    this.feed.announce();
  }

  /** To be called after changing a payment. */
  changed(): void {
    this.feed.announce();
  }

  all(): readonly Payment[] {
    return this.payments;
  }

  byToken(clientId: string, token: string): Payment | undefined {
    return this.payments.find((each) => each.clientId === clientId && each.token === token);
  }

  byRequestId(clientId: string, requestId: string): Payment | undefined {
    return this.payments.findLast(
      (each) => each.clientId === clientId && each.requestId === requestId,
    );
  }

  /** The attempt that tells about an invoice: the one that succeeded, else the newest. */
  byInvoice(invoiceNumber: string, clientId?: string): Payment | undefined {
    const attempts = this.payments.filter(
      (each) =>
        each.invoiceNumber === invoiceNumber &&
        (clientId === undefined || each.clientId === clientId),
    );
    const paid = attempts.findLast(({ status }) => status === 'SUCCESS' || status === 'REFUNDED');
    return paid ?? attempts.at(-1);
  }
}
