import { BadRequestException, Injectable } from '@nestjs/common';
import { SnapPaymentBook, type SnapPayment } from '../bank/snap-payment-book.js';
import { AlloChannel } from '../channels/allo/allo.channel.js';
import { MerchantDirectory } from '../engine/merchants.js';
import { createDigits, createReferenceNo } from '../snap/reference-numbers.js';
import { SnapChannels } from '../snap/snap-channels.js';
import { createPaymentNotice, descriptionOf } from '../snap/snap-notices.js';
import { ApiInput } from './api-input.js';
import type { JsonObject } from '../engine/json.js';
import type { NotificationOrder } from '../notifications/notification-outbox.js';

const AMOUNT = /^[0-9]{1,16}\.[0-9]{2}$/;

/** Reads orders for SNAP notifications, about payments that are known and others. */
@Injectable()
export class SnapNotificationOrders {
  constructor(
    private readonly payments: SnapPaymentBook,
    private readonly channels: SnapChannels,
    private readonly allo: AlloChannel,
    private readonly merchants: MerchantDirectory,
  ) {}

  read(body: JsonObject): NotificationOrder {
    const input = new ApiInput(body).allowOnly(
      'scheme',
      'partnerReferenceNo',
      'status',
      'amount',
      'clientId',
      'extra',
    );
    const reference = input.text('partnerReferenceNo');
    const status = input.optionalText('status');
    const amount = input.optionalText('amount');
    if (amount !== undefined && !AMOUNT.test(amount)) {
      throw new BadRequestException('"amount" must be a text such as "50000.00".');
    }
    const payment = this.payments.byReference(reference, input.optionalText('clientId'));
    const clientId =
      input.optionalText('clientId') ?? payment?.clientId ?? this.merchants.all[0]?.clientId ?? '';
    if (this.merchants.find(clientId) === undefined) {
      throw new BadRequestException(`"clientId" cannot be "${clientId}"; it is not known here.`);
    }
    const notice =
      payment === undefined
        ? this.makeUp(reference, status ?? '00', amount)
        : this.tellAbout(payment, status, amount);
    return {
      clientId,
      scheme: 'snap',
      body: { ...notice, ...input.optionalObject('extra') },
    };
  }

  private tellAbout(payment: SnapPayment, status?: string, amount?: string): JsonObject {
    return createPaymentNotice(payment, this.channels.ofPayment(payment)?.acquirer ?? '', {
      ...(status !== undefined && { status }),
      ...(amount !== undefined && { amount }),
    });
  }

  private makeUp(reference: string, status: string, amount: string | undefined): JsonObject {
    if (amount === undefined) {
      throw new BadRequestException(
        `No SNAP payment has partnerReferenceNo "${reference}"; give "amount" to send a notification about it all the same.`,
      );
    }
    return {
      originalPartnerReferenceNo: reference,
      originalReferenceNo: createReferenceNo(),
      originalExternalId: createDigits(24),
      latestTransactionStatus: status,
      transactionStatusDesc: descriptionOf(status),
      amount: { value: amount, currency: 'IDR' },
      additionalInfo: {
        channelId: this.allo.code,
        acquirerId: this.allo.acquirer,
        custIdMerchant: 'cust-unknown',
        accountType: 'DIRECT_DEBIT',
      },
    };
  }
}
