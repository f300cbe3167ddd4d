import { Injectable } from '@nestjs/common';
import { Ledger, merchantParty } from '../bank/ledger.js';
import { SnapPaymentBook, type SnapPayment, type SnapRefund } from '../bank/snap-payment-book.js';
import { requiredTextAt, textAt, type FieldRule } from '../engine/field-rules.js';
import { Settings } from '../engine/settings.js';
import { SimulatorClock } from '../engine/simulator-clock.js';
import { createReferenceNo } from './reference-numbers.js';
import { amountRules, senAt, toAmount, toRupiah, toSen } from './snap-amount.js';
import { SnapChannels } from './snap-channels.js';
import { SnapError } from './snap-error.js';
import { fingerprintOf } from './snap-fingerprint.js';
import { SnapPayments } from './snap-payments.js';
import { toJakartaTime } from './snap-time.js';
import type { JsonObject } from '../engine/json.js';
import type { SnapCall } from './snap-operation.js';

/** The table of refunds (snap reference 9.5). */
export function refundFields(partnerRefundNo: FieldRule): FieldRule[] {
  return [
    {
      field: 'originalPartnerReferenceNo',
      kind: 'text',
      required: true,
      pattern: /^[A-Za-z0-9-]{1,64}$/,
      form: 'a string of 1 to 64 letters and digits',
    },
    { field: 'originalExternalId', kind: 'text', max: 36 },
    ...amountRules('refundAmount', { required: true }),
    { field: 'reason', kind: 'text', max: 255 },
    partnerRefundNo,
    { field: 'additionalInfo', kind: 'object', required: true },
  ];
}

export const FOREIGN_REFUND: JsonObject = {
  refundAmount: { value: '1.00', currency: 'IDR' },
  originalPartnerReferenceNo: 'REFERENCEOFSOMEBODYELSE',
  originalReferenceNo: 'DokusReferenceOfSomebodyElse0001',
  refundNo: 'DokusRefundNoOfSomebodyElse00001',
  partnerRefundNo: 'REFUNDOFSOMEBODYELSE',
  refundTime: '2024-01-01T09:09:00+07:00',
};

/** Gives paid money back, in full or in parts, of whatever channel. */
@Injectable()
export class SnapRefunds {
  constructor(
    private readonly payments: SnapPayments,
    private readonly book: SnapPaymentBook,
    private readonly channels: SnapChannels,
    private readonly ledger: Ledger,
    private readonly clock: SimulatorClock,
    private readonly settings: Settings,
  ) {}

  /**
   * @param operation - name of the operation that refunds, for the ledger
   * @param mayRepeat - whether a repeated partnerRefundNo is refunded again
   */
  refund(
    operation: string,
    call: SnapCall,
    { mayRepeat = false }: { readonly mayRepeat?: boolean } = {},
  ): JsonObject {
    const { merchant, body, externalId } = call;
    const payment = this.findPayment(operation, call);
    const sen = senAt(body, 'refundAmount');
    const partnerRefundNo = requiredTextAt(body, 'partnerRefundNo');
    const reason = textAt(body, 'reason');
    const fingerprint = fingerprintOf(payment.partnerReferenceNo, sen.toString(), reason);
    if (!mayRepeat) this.demandNew(merchant.clientId, partnerRefundNo, fingerprint);
    demandRefundable(payment, sen);

    const refund: SnapRefund = {
      partnerRefundNo,
      refundNo: createReferenceNo(),
      externalId,
      amount: toAmount(sen).value,
      ...(reason !== undefined && { reason }),
      refundTime: toJakartaTime(this.clock.wireNow()),
      fingerprint,
    };
    this.book.changed();
    payment.refunds.push(refund);
    payment.refunded = toAmount(toSen(payment.refunded) + sen).value;
    if (payment.refunded === toAmount(toSen(payment.amount)).value) payment.status = 'REFUNDED';
    this.giveBack(payment, sen, { operation, externalId });
    // There is no status for a part, and 04 would say that all was given back.
    if (payment.status === 'REFUNDED' && this.settings.current.notifyRefunds) {
      this.payments.notify(payment, call.answered);
    }
    return {
      refundAmount: toAmount(sen),
      originalPartnerReferenceNo: payment.partnerReferenceNo,
      originalReferenceNo: payment.referenceNo,
      refundNo: refund.refundNo,
      partnerRefundNo,
      refundTime: refund.refundTime,
    };
  }

  /** Moves money back to where it came from. */
  giveBack(
    payment: SnapPayment,
    sen: bigint,
    { operation, externalId }: { readonly operation: string; readonly externalId: string },
  ): void {
    this.channels.ofPayment(payment)?.credit(payment, sen);
    this.ledger.record({
      at: this.clock.now().toISOString(),
      kind: 'refund',
      operation,
      clientId: payment.clientId,
      requestId: externalId,
      invoiceNumber: payment.partnerReferenceNo,
      tokenId: payment.authCode ?? '',
      accountNo: payment.account,
      amount: toRupiah(sen),
      from: merchantParty(payment.clientId),
      to: this.channels.partyOf(payment),
    });
  }

  private findPayment(operation: string, { merchant, body, customer }: SnapCall): SnapPayment {
    const reference = requiredTextAt(body, 'originalPartnerReferenceNo');
    const payment = this.book.byReference(reference, merchant.clientId);
    const channel = payment && this.channels.ofPayment(payment);
    if (payment === undefined || !channel?.operations.some(({ name }) => name === operation)) {
      throw notFound(`no payment of this channel has partnerReferenceNo "${reference}".`);
    }
    // Binding anew makes another authCode, but leaves both of these as they were.
    const isOther =
      customer?.phoneNo !== payment.account || customer.custIdMerchant !== payment.custIdMerchant;
    if (payment.authCode !== undefined && isOther) {
      throw notFound(`"${reference}" was paid by another customer than the token's.`);
    }
    const externalId = textAt(body, 'originalExternalId');
    if (externalId !== undefined && externalId !== '' && externalId !== payment.externalId) {
      throw notFound(`the payment's X-EXTERNAL-ID is not originalExternalId "${externalId}".`);
    }
    return payment;
  }

  private demandNew(clientId: string, partnerRefundNo: string, fingerprint: string): void {
    const known = this.book.refundOf(clientId, partnerRefundNo);
    if (known === undefined) return;
    throw known.fingerprint === fingerprint
      ? new SnapError(409, '01', `Duplicate partnerRefundNo "${partnerRefundNo}": refunded before.`)
      : new SnapError(
          404,
          '18',
          `Inconsistent Request: partnerRefundNo "${partnerRefundNo}" was used with other content.`,
        );
  }
}

function demandRefundable(payment: SnapPayment, sen: bigint): void {
  if (payment.status !== 'SUCCESS' && payment.status !== 'REFUNDED') {
    throw new SnapError(
      404,
      '00',
      `Invalid Transaction Status: this payment is ${payment.status}; only a paid one is refunded.`,
    );
  }
  const left = toSen(payment.amount) - toSen(payment.refunded);
  if (sen > left) {
    throw new SnapError(
      404,
      '13',
      `Invalid Amount: only ${toAmount(left).value} of ${payment.amount} is left to refund.`,
    );
  }
}

function notFound(reason: string): SnapError {
  return new SnapError(404, '01', `Transaction Not Found: ${reason}`);
}
