import { Injectable } from '@nestjs/common';
import { requiredTextAt, textAt, type FieldRule } from '../../engine/field-rules.js';
import { isJsonObject, valueAt, type JsonObject } from '../../engine/json.js';
import { rawMember } from '../../engine/json-text.js';
import { Settings } from '../../engine/settings.js';
import { SimulatorClock } from '../../engine/simulator-clock.js';
import { amountRules } from '../../snap/snap-amount.js';
import { SnapChannels, type SnapChannel } from '../../snap/snap-channels.js';
import { AT_ONCE } from '../../snap/snap-decision.js';
import { SnapError } from '../../snap/snap-error.js';
import { fingerprintOf } from '../../snap/snap-fingerprint.js';
import {
  SNAP_ENDPOINTS,
  type HeaderTable,
  type SnapCall,
  type SnapOperation,
} from '../../snap/snap-operation.js';
import { SnapPayments } from '../../snap/snap-payments.js';
import { maskCardNumber } from '../../snap/snap-records.js';
import { FOREIGN_REFUND, refundFields, SnapRefunds } from '../../snap/snap-refunds.js';
import { KkiOtps } from './kki-otps.js';
import type { SnapPayment } from '../../bank/snap-payment-book.js';
import { hashToken } from '../../snap/token-book.js';

/** The table of snap reference 5; whether the customer's token is needed is open (C12). */
const HEADERS: HeaderTable = {
  'Authorization-Customer': 'optional',
  'X-IP-ADDRESS': 'forbidden',
  'X-DEVICE-ID': 'forbidden',
  'CHANNEL-ID': 'forbidden',
};

/** The card of a payment: as it may be shown, and as it is known by. */
interface Card {
  readonly shown: string;
  readonly key: string;
}

/** Kartu Kredit Indonesia, host to host (snap reference 10). */
@Injectable()
export class KkiChannel implements SnapChannel {
  readonly acquirer = 'KKI';
  readonly standsAlone = false;

  readonly operations: readonly SnapOperation[] = [
    {
      name: 'kki.createPayment',
      endpoint: SNAP_ENDPOINTS.createPayment,
      headers: HEADERS,
      fields: () => this.paymentFields(),
      successCode: () => '2005400',
      foreignAnswer: { referenceNo: 'DokusReferenceOfSomebodyElse0001' },
      handle: (call) => this.pay(call),
    },
    {
      name: 'kki.refund',
      endpoint: SNAP_ENDPOINTS.refund,
      headers: HEADERS,
      fields: () => REFUND_FIELDS,
      successCode: () => this.settings.current.refundSuccessCode,
      foreignAnswer: FOREIGN_REFUND,
      handle: (call) => this.refunds.refund('kki.refund', call),
    },
  ];

  constructor(
    private readonly payments: SnapPayments,
    private readonly refunds: SnapRefunds,
    private readonly otps: KkiOtps,
    private readonly settings: Settings,
    private readonly clock: SimulatorClock,
    channels: SnapChannels,
  ) {
    channels.add(this);
  }

  get code(): string {
    return this.settings.current.kkiChannel;
  }

  /** Credit cards have no balance here. */
  debit(): undefined {
    return undefined;
  }

  credit(): void {
    // Nothing is kept that could grow.
  }

  private pay(call: SnapCall): JsonObject {
    const { merchant, body, externalId } = call;
    const partnerReferenceNo = requiredTextAt(body, 'partnerReferenceNo');
    const names = this.settings.current.kkiMembers;
    const { card, otp } = this.readCard(call);
    const info = valueAt(body, 'additionalInfo');
    const content = {
      ...body,
      // Each try has an OTP of its own; the digits of a card may be more than a number holds.
      [names.otp]: undefined,
      [names.cpan]: undefined,
      card: card.key,
      additionalInfo: { ...(isJsonObject(info) && info), origin: undefined },
    };
    const fingerprint = fingerprintOf(content);
    this.payments.demandNew(merchant.clientId, partnerReferenceNo, fingerprint);
    if (otp !== undefined) this.otps.check(`${merchant.clientId} ${card.key}`, otp);
    const custIdMerchant =
      textAt(body, 'additionalInfo.custIdMerchant') ?? call.customer?.custIdMerchant;
    const payment = this.payments.open({
      clientId: merchant.clientId,
      partnerReferenceNo,
      externalId,
      operation: 'kki.createPayment',
      channel: this.code,
      amount: requiredTextAt(body, 'amount.value'),
      ...(custIdMerchant !== undefined && { custIdMerchant }),
      account: card.shown,
      payOptions: [],
      fingerprint,
    });
    if (this.settings.current.kkiConfirmation === 'auto') this.confirmLater(payment, call.answered);
    return { partnerReferenceNo, referenceNo: payment.referenceNo };
  }

  /** As the customer would in the issuer's app, once the merchant has its answer. */
  private confirmLater(payment: SnapPayment, answered: Promise<void>): void {
    void this.clock.track(async () => {
      await answered;
      if (payment.status === 'PENDING') this.payments.approve(payment, AT_ONCE);
    });
  }

  /** The shapes of snap reference 10.1: card number and OTP, or a token. */
  private readCard({ body, text }: SnapCall): { card: Card; otp?: string } {
    const names = this.settings.current.kkiMembers;
    const cpan = readDigits(text, names.cpan, 1, 20);
    const otp = readDigits(text, names.otp, 8, 8);
    const token = textAt(body, names.token);
    if (cpan !== undefined && token !== undefined && token !== '') {
      throw SnapError.malformed(names.token, `send either it or ${names.cpan}, not both.`);
    }
    if (cpan !== undefined) {
      if (otp === undefined) throw SnapError.missing(names.otp, `${names.cpan} needs it.`);
      return { card: { shown: maskCardNumber(cpan), key: `cpan ${cpan}` }, otp };
    }
    if (token === undefined || token === '') {
      throw SnapError.missing(names.cpan, `or ${names.token}.`);
    }
    const card = { shown: `<token ${hashToken(token)}>`, key: `token ${token}` };
    return { card, ...(otp !== undefined && { otp }) };
  }

  private paymentFields(): FieldRule[] {
    return [
      {
        field: 'partnerReferenceNo',
        kind: 'text',
        required: true,
        pattern: /^[A-Za-z0-9-]{1,32}$/,
        form: 'a string of 1 to 32 letters and digits',
      },
      ...amountRules('amount', { required: true }),
      { field: this.settings.current.kkiMembers.token, kind: 'text', max: 64 },
      { field: 'additionalInfo', kind: 'object', required: true },
    ];
  }
}

/** Snap reference 10.2. */
const REFUND_FIELDS: readonly FieldRule[] = refundFields({
  field: 'partnerRefundNo',
  kind: 'text',
  required: true,
  pattern: /^[A-Za-z0-9-]{1,12}$/,
  form: 'a string of 1 to 12 letters, digits and hyphens',
});

/**
 * Digits as they stand in the body, in quotes or as a bare number (snap reference C34). Complaints
 * do not quote them.
 */
function readDigits(text: string, name: string, min: number, max: number): string | undefined {
  const raw = rawMember(text, name);
  if (raw === undefined || raw === 'null' || raw === '""') return undefined;
  const digits = raw.startsWith('"') ? raw.slice(1, -1) : raw;
  if (!/^[0-9]+$/.test(digits) || digits.length < min || digits.length > max) {
    const length = min === max ? String(max) : `${min} to ${max}`;
    throw SnapError.malformed(name, `it must have ${length} digits and nothing else.`);
  }
  return digits;
}
