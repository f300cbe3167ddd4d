import { Injectable } from '@nestjs/common';
import { SnapPaymentBook, type SnapPayment } from '../../bank/snap-payment-book.js';
import { requiredTextAt, textAt } from '../../engine/field-rules.js';
import { isJsonObject, type JsonObject } from '../../engine/json.js';
import { PublicAddress } from '../../engine/public-address.js';
import { Settings } from '../../engine/settings.js';
import { SimulatorClock } from '../../engine/simulator-clock.js';
import { isWebAddress } from '../../engine/web-address.js';
import { createDigits } from '../../snap/reference-numbers.js';
import { toAmount, toSen } from '../../snap/snap-amount.js';
import { AT_ONCE } from '../../snap/snap-decision.js';
import { SnapError } from '../../snap/snap-error.js';
import { fingerprintOf } from '../../snap/snap-fingerprint.js';
import { statusWordsOf } from '../../snap/snap-notices.js';
import { SnapPayments } from '../../snap/snap-payments.js';
import { SnapRefunds } from '../../snap/snap-refunds.js';
import { toJakartaTime } from '../../snap/snap-time.js';
import { WalletCustomers } from './wallet-customer.js';
import { WalletHistory, type WalletTransaction } from './wallet-history.js';
import { inconsistent, WalletReferences } from './wallet-references.js';
import { WALLET } from './wallet.sandbox-rules.js';
import type { SnapCall } from '../../snap/snap-operation.js';

const PURCHASE = 'wallet.purchase';
const CANCEL = 'wallet.cancelPurchase';
const REFUND = 'wallet.refundPurchase';

interface Cancellation {
  readonly fingerprint: string;
  /** As on the wire, in Jakarta's time. */
  readonly cancelTime: string;
}

/** Purchases on the web, with what undoes them (wallet reference G). */
@Injectable()
export class WalletPurchases {
  private readonly startedAt = new WeakMap<SnapPayment, string>();
  private readonly cancellations = new Map<SnapPayment, Cancellation>();

  constructor(
    private readonly customers: WalletCustomers,
    private readonly payments: SnapPayments,
    private readonly book: SnapPaymentBook,
    private readonly refunds: SnapRefunds,
    private readonly references: WalletReferences,
    private readonly history: WalletHistory,
    private readonly address: PublicAddress,
    private readonly settings: Settings,
    private readonly clock: SimulatorClock,
  ) {}

  /** Makes the page where the customer pays: the answer moves no money. */
  purchase(call: SnapCall): JsonObject {
    return this.references.once(PURCHASE, call, (fingerprint) => {
      const { merchant, body, externalId } = call;
      const { account, binding } = this.customers.of(call);
      const partnerReferenceNo = requiredTextAt(body, 'partnerReferenceNo');
      const returnUrl = readReturnUrl(body);
      const pageId = createDigits(40);
      const page = `wallet/purchase?token=${pageId}`;
      const payment = this.payments.open({
        clientId: merchant.clientId,
        partnerReferenceNo,
        externalId,
        operation: PURCHASE,
        channel: WALLET,
        amount: requiredTextAt(body, 'amount.value'),
        authCode: binding.authCode,
        custIdMerchant: account.accountId,
        account: account.phoneNo,
        payOptions: [],
        ...(returnUrl !== undefined && { successUrl: returnUrl, failedUrl: returnUrl }),
        pageId,
        page,
        fingerprint,
      });
      const dateTime = toJakartaTime(this.clock.wireNow());
      this.startedAt.set(payment, dateTime);
      this.history.note({
        clientId: merchant.clientId,
        accountId: account.accountId,
        partnerReferenceNo,
        referenceNo: payment.referenceNo,
        dateTime,
        type: 'PAYMENT',
        amount: amountOf(payment),
        remark: `Payment to ${merchant.clientId}`,
        progress: () => this.progressOf(payment),
      });
      if (this.settings.current.walletConfirmation === 'auto') {
        this.confirmLater(payment, call.answered);
      }
      return {
        referenceNo: payment.referenceNo,
        partnerReferenceNo,
        webRedirectUrl: `${this.address.url}/${page}`,
        additionalInfo: {},
      };
    });
  }

  query(call: SnapCall): JsonObject {
    const payment = this.find(call);
    const { code, description } = statusWordsOf(payment);
    return {
      originalPartnerReferenceNo: payment.partnerReferenceNo,
      originalReferenceNo: payment.referenceNo,
      originalExternalId: payment.externalId,
      serviceCode: textAt(call.body, 'serviceCode'),
      latestTransactionStatus: code,
      transactionStatusDesc: description,
      originalResponseCode: '2005400',
      originalResponseMessage: 'Successful',
      transAmount: amountOf(payment),
      feeAmount: toAmount(0n),
      ...(payment.paidTime !== undefined && { paidTime: payment.paidTime }),
      refundHistory: payment.refunds.map((refund) => ({
        refundNo: refund.refundNo,
        partnerRefundNo: refund.partnerRefundNo,
        refundAmount: { value: refund.amount, currency: 'IDR' },
        refundStatus: '00',
        refundDate: refund.refundTime,
        ...(refund.reason !== undefined && { reason: refund.reason }),
      })),
      additionalInfo: {},
    };
  }

  /** Takes back the whole purchase, paid or not (G.1). */
  cancel(call: SnapCall): JsonObject {
    const payment = this.find(call);
    const fingerprint = fingerprintOf(textAt(call.body, 'reason'));
    this.demandCancellable(payment, fingerprint);
    if (payment.status === 'SUCCESS') {
      const { externalId } = call;
      this.refunds.giveBack(payment, toSen(payment.amount), { operation: CANCEL, externalId });
    }
    const cancelTime = toJakartaTime(this.clock.wireNow());
    payment.status = 'CANCELLED';
    this.cancellations.set(payment, { fingerprint, cancelTime });
    this.book.changed();
    return {
      originalPartnerReferenceNo: payment.partnerReferenceNo,
      originalReferenceNo: payment.referenceNo,
      originalExternalId: payment.externalId,
      cancelTime,
      transactionDate: this.startedAt.get(payment),
      additionalInfo: {},
    };
  }

  refund(call: SnapCall): JsonObject {
    const payment = this.find(call);
    const mayRepeat = !this.settings.current.idempotency;
    const answer = this.refunds.refund(REFUND, call, { mayRepeat });
    const { refundNo, partnerRefundNo, amount, refundTime, reason } = newestRefund(payment);
    this.history.note({
      clientId: payment.clientId,
      accountId: payment.custIdMerchant ?? '',
      partnerReferenceNo: partnerRefundNo,
      referenceNo: refundNo,
      dateTime: refundTime,
      type: 'REFUND',
      amount: { value: amount, currency: 'IDR' },
      remark: reason ?? 'Refund',
    });
    return { ...answer, originalExternalId: payment.externalId, additionalInfo: {} };
  }

  /** As the customer would on the page, once the merchant has its answer. */
  private confirmLater(payment: SnapPayment, answered: Promise<void>): void {
    void this.clock.track(async () => {
      await answered;
      if (payment.status === 'PENDING') this.payments.approve(payment, AT_ONCE);
    });
  }

  private find(call: SnapCall): SnapPayment {
    const { body, merchant } = call;
    const { accountId } = this.customers.of(call).account;
    const reference = requiredTextAt(body, 'originalPartnerReferenceNo');
    const fits = (field: string, value: string): boolean =>
      [undefined, '', value].includes(textAt(body, field));
    const payment = this.book
      .all()
      .findLast(
        (each) =>
          each.operation === PURCHASE &&
          each.clientId === merchant.clientId &&
          each.custIdMerchant === accountId &&
          each.partnerReferenceNo === reference &&
          fits('originalReferenceNo', each.referenceNo) &&
          fits('originalExternalId', each.externalId),
      );
    if (payment === undefined) {
      throw new SnapError(
        404,
        '01',
        `Transaction Not Found: no purchase of this customer has these references ("${reference}").`,
      );
    }
    return payment;
  }

  private demandCancellable(payment: SnapPayment, fingerprint: string): void {
    const { partnerReferenceNo, status, refunds } = payment;
    const former = this.cancellations.get(payment);
    if (former !== undefined && this.settings.current.idempotency) {
      if (former.fingerprint !== fingerprint) {
        throw inconsistent('originalPartnerReferenceNo', partnerReferenceNo);
      }
      throw new SnapError(409, '01', `Duplicate: "${partnerReferenceNo}" is cancelled already.`);
    }
    if (status !== 'PENDING' && status !== 'SUCCESS') {
      throw new SnapError(404, '00', `Invalid Transaction Status: this purchase is ${status}.`);
    }
    if (refunds.length > 0) {
      throw new SnapError(
        405,
        '01',
        'Requested Operation Is Not Allowed: a part was refunded; refund the rest too.',
      );
    }
  }

  private progressOf(payment: SnapPayment): ReturnType<NonNullable<WalletTransaction['progress']>> {
    const cancelledTime = this.cancellations.get(payment)?.cancelTime;
    return {
      status: STATUS_OF[payment.status],
      ...(cancelledTime !== undefined && { cancelledTime }),
      ...(payment.refunds.length > 0 && {
        refundAmount: { value: payment.refunded, currency: 'IDR' },
      }),
    };
  }
}

/** As the history calls it (wallet reference 16). */
const STATUS_OF = {
  PENDING: 'INIT',
  SUCCESS: 'SUCCESS',
  REFUNDED: 'SUCCESS',
  FAILED: 'CLOSED',
  CANCELLED: 'CANCELLED',
} as const;

function amountOf({ amount }: SnapPayment): ReturnType<typeof toAmount> {
  return toAmount(toSen(amount));
}

function newestRefund({ refunds }: SnapPayment): SnapPayment['refunds'][number] {
  const refund = refunds.at(-1);
  if (refund === undefined) throw new TypeError('A refund has left no trace');
  return refund;
}

/** Where the browser goes after the page; an app may have a scheme of its own. */
function readReturnUrl(body: JsonObject): string | undefined {
  const { urlParams } = body;
  const addresses = (Array.isArray(urlParams) ? urlParams : []).filter(isJsonObject);
  for (const [index, { url, isDeeplink }] of addresses.entries()) {
    const address = String(url);
    if (isDeeplink === 'Y' ? URL.canParse(address) : isWebAddress(address)) continue;
    throw SnapError.malformed(
      `urlParams[${index}].url`,
      'it must be an absolute http or https URL, or with isDeeplink "Y" any absolute URL.',
    );
  }
  return textAt(
    addresses.find(({ type }) => type === 'PAY_RETURN'),
    'url',
  );
}
