import { Injectable } from '@nestjs/common';
import { ChangeFeed } from '../engine/change-feed.js';
import type { PaymentStatus } from './payment-book.js';

/** Money given back, in whole or in part. Amounts as on the wire, e.g. `10000.00`. */
export interface SnapRefund {
  readonly partnerRefundNo: string;
  readonly refundNo: string;
  readonly externalId: string;
  readonly amount: string;
  readonly reason?: string;
  /** As on the wire, in Jakarta's time. */
  readonly refundTime: string;
  /** Of the request, to know a repeat by. */
  readonly fingerprint: string;
}

export type SnapPaymentStatus = PaymentStatus | 'CANCELLED';

/** One attempt to pay. Amounts as on the wire, e.g. `50000.00`. */
export interface SnapPayment {
  readonly scheme: 'snap';
  readonly clientId: string;
  readonly partnerReferenceNo: string;
  readonly referenceNo: string;
  /** `X-EXTERNAL-ID` of the call that made it. */
  readonly externalId: string;
  /** Name of the operation that made it, such as `allo.createPayment`. */
  readonly operation: string;
  /** Code of the channel. */
  readonly channel: string;
  readonly amount: string;
  /** Of a bound customer. */
  readonly authCode?: string;
  readonly custIdMerchant?: string;
  /** The account that pays: a phone number, a masked card number, a card token. */
  readonly account: string;
  /** How the amount is made up, where the channel asks for it. */
  readonly payOptions: readonly { readonly payMethod: string; readonly amount: string }[];
  readonly lineItems?: readonly unknown[];
  readonly deviceId?: string;
  readonly successUrl?: string;
  readonly failedUrl?: string;
  /** Last part of the address of its page, if it has one. */
  readonly pageId?: string;
  /** The page itself, relative to the simulator. */
  readonly page?: string;
  /** Of the request, to know a repeat by. */
  readonly fingerprint: string;
  /** Virtual time, ISO 8601. */
  readonly createdAt: string;
  status: SnapPaymentStatus;
  /** As on the wire, in Jakarta's time. */
  paidTime?: string;
  /** Wrong OTPs and PINs entered so far. */
  wrongEntries: number;
  refunded: string;
  readonly refunds: SnapRefund[];
  /** Why it failed. */
  failure?: string;
}

/** All attempts to pay on SNAP, oldest first. */
@Injectable()
export class SnapPaymentBook {
  private readonly payments: SnapPayment[] = [];

  constructor(private readonly feed: ChangeFeed) {}

  add(payment: SnapPayment): void {
    this.payments.push(payment);
    this.feed.announce();
  }

  /** To be called after changing a payment. */
  changed(): void {
    this.feed.announce();
  }

  all(): readonly SnapPayment[] {
    return this.payments;
  }

  /** The newest attempt under a reference: a new one is possible only after a failure. */
  byReference(partnerReferenceNo: string, clientId?: string): SnapPayment | undefined {
    return this.payments.findLast(
      (each) =>
        each.partnerReferenceNo === partnerReferenceNo &&
        (clientId === undefined || each.clientId === clientId),
    );
  }

  byPage(pageId: string): SnapPayment | undefined {
    return this.payments.find((each) => each.pageId === pageId);
  }

  refundOf(clientId: string, partnerRefundNo: string): SnapRefund | undefined {
    return this.payments
      .filter((each) => each.clientId === clientId)
      .flatMap(({ refunds }) => refunds)
      .find((refund) => refund.partnerRefundNo === partnerRefundNo);
  }
}
