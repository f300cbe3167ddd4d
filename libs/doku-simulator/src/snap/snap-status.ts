import { Injectable } from '@nestjs/common';
import { SnapPaymentBook, type SnapPayment } from '../bank/snap-payment-book.js';
import { textAt } from '../engine/field-rules.js';
import { Settings } from '../engine/settings.js';
import { amountRules, toAmount, toSen } from './snap-amount.js';
import { SnapChannels } from './snap-channels.js';
import { SnapError } from './snap-error.js';
import { statusWordsOf } from './snap-notices.js';
import { SNAP_ENDPOINTS, type SnapCall, type SnapOperation } from './snap-operation.js';
import type { JsonObject } from '../engine/json.js';

/** Check status, for every SNAP channel (snap reference 9.7). */
@Injectable()
export class SnapStatus {
  readonly operation: SnapOperation = {
    name: 'snap.checkStatus',
    endpoint: SNAP_ENDPOINTS.checkStatus,
    headers: {
      'Authorization-Customer': 'forbidden',
      'X-IP-ADDRESS': 'forbidden',
      'X-DEVICE-ID': 'forbidden',
      'CHANNEL-ID': 'forbidden',
    },
    fields: () => [
      { field: 'originalPartnerReferenceNo', kind: 'text', max: 64 },
      { field: 'originalReferenceNo', kind: 'text', max: 64 },
      { field: 'originalExternalId', kind: 'text', max: 36 },
      {
        field: 'serviceCode',
        kind: 'text',
        required: true,
        pattern: /^5[45]$/,
        form: '"55", or "54" for the code of the payment',
      },
      { field: 'transactionDate', kind: 'text' },
      ...amountRules('amount', { required: false }),
      { field: 'additionalInfo', kind: 'object' },
    ],
    successCode: () => '2005500',
    foreignAnswer: {
      originalPartnerReferenceNo: 'REFERENCEOFSOMEBODYELSE',
      originalReferenceNo: 'DokusReferenceOfSomebodyElse0001',
      serviceCode: '55',
      latestTransactionStatus: '00',
      transactionStatusDesc: 'Success',
      transAmount: { value: '1.00', currency: 'IDR' },
    },
    handle: (call) => this.check(call),
  };

  constructor(
    private readonly payments: SnapPaymentBook,
    private readonly channels: SnapChannels,
    private readonly settings: Settings,
  ) {}

  private check({ merchant, body }: SnapCall): JsonObject {
    const payment = this.find(merchant.clientId, body);
    const { code, description } = statusWordsOf(payment);
    const requestId = this.settings.current.alloSpelling === 'java' ? 'requestId' : 'requestID';
    const acquirer = this.channels.ofPayment(payment)?.acquirer;
    return {
      originalPartnerReferenceNo: payment.partnerReferenceNo,
      originalReferenceNo: payment.referenceNo,
      originalExternalId: payment.externalId,
      ...(payment.paidTime !== undefined && { approvalCode: payment.referenceNo.slice(0, 12) }),
      serviceCode: textAt(body, 'serviceCode'),
      latestTransactionStatus: code,
      transactionStatusDesc: description,
      originalResponseCode: '2005400',
      originalResponseMessage: 'Successful',
      [requestId]: payment.externalId,
      refundHistory: payment.refunds.map((refund) => ({
        refundNo: refund.refundNo,
        partnerReferenceNo: refund.partnerRefundNo,
        refundAmount: { value: refund.amount, currency: 'IDR' },
        refundStatus: '00',
        refundDate: refund.refundTime,
        ...(refund.reason !== undefined && { reason: refund.reason }),
      })),
      transAmount: toAmount(toSen(payment.amount)),
      feeAmount: { value: '0.00', currency: 'IDR' },
      ...(payment.paidTime !== undefined && { paidTime: payment.paidTime }),
      additionalInfo: {
        ...(payment.deviceId !== undefined && { deviceId: payment.deviceId }),
        channel: payment.channel,
        ...(acquirer !== undefined && { acquirer: { id: acquirer } }),
      },
    };
  }

  private find(clientId: string, body: JsonObject): SnapPayment {
    const channel = textAt(body, 'additionalInfo.channel');
    if (channel !== undefined && this.channels.find(channel)?.standsAlone !== false) {
      throw SnapError.malformed('additionalInfo.channel', `"${channel}" is not a channel here.`);
    }
    const wanted = {
      partnerReferenceNo: textAt(body, 'originalPartnerReferenceNo'),
      referenceNo: textAt(body, 'originalReferenceNo'),
      externalId: textAt(body, 'originalExternalId'),
    };
    if (Object.values(wanted).every((value) => value === undefined)) {
      throw SnapError.missing('originalPartnerReferenceNo', 'or originalReferenceNo.');
    }
    const matches = (payment: SnapPayment): boolean =>
      payment.clientId === clientId &&
      this.channels.ofPayment(payment)?.standsAlone !== true &&
      (channel === undefined || payment.channel === channel) &&
      (wanted.partnerReferenceNo ?? payment.partnerReferenceNo) === payment.partnerReferenceNo &&
      (wanted.referenceNo ?? payment.referenceNo) === payment.referenceNo &&
      (wanted.externalId ?? payment.externalId) === payment.externalId;
    const payment = this.payments.all().findLast(matches);
    if (payment === undefined) {
      throw new SnapError(404, '01', 'Transaction Not Found: no payment fits what was asked for.');
    }
    return payment;
  }
}
