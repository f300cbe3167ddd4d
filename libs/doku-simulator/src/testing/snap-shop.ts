import { textOf } from './cimb-shop.js';
import { exchange } from './test-merchant.js';
import { SnapMerchant, type SnapChanges, type SnapTestAnswer } from './snap-merchant.js';

export const SNAP_PATHS = {
  bind: '/direct-debit/core/v1/registration-account-binding',
  balance: '/direct-debit/core/v1/balance-inquiry',
  payment: '/direct-debit/core/v1/debit/payment-host-to-host',
  refund: '/direct-debit/core/v1/debit/refund',
  unbind: '/direct-debit/core/v1/registration-account-unbinding',
  status: '/orders/v1.0/debit/status',
} as const;

export const ALLO = 'DIRECT_DEBIT_ALLO_SNAP';
export const KKI = 'KARTU_KREDIT_INDONESIA';
const IP = { 'X-IP-ADDRESS': '192.168.1.1' };

let references = 0;

/** A reference of 32 letters and digits that no test has used. */
export function newReference(prefix = 'INV'): string {
  return prefix + String(++references).padStart(32 - prefix.length, '0');
}

export const idr = (value: string): object => ({ value, currency: 'IDR' });

/** A customer who bound an account. */
export interface BoundCustomer {
  readonly authCode: string;
  readonly token: string;
}

/** The ways of customers through a shop on SNAP, in calls to the simulator. */
export class SnapShop {
  readonly merchant: SnapMerchant;

  constructor(
    readonly url: string,
    merchant = new SnapMerchant(url),
  ) {
    this.merchant = merchant;
  }

  static async open(url: string, merchant?: SnapMerchant): Promise<SnapShop> {
    const shop = new SnapShop(url, merchant);
    await shop.merchant.login();
    return shop;
  }

  api(method: string, path: string, body?: unknown): Promise<SnapTestAnswer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    return exchange(`${this.url}/_simulator/${path}`, method, {}, text);
  }

  /** What the newest call of an operation left in the records. */
  async lastRecord(operation: string): Promise<Record<string, unknown>> {
    const { body } = await this.api('GET', `requests?operation=${operation}&last=1`);
    return (body as Record<string, unknown>[])[0] ?? {};
  }

  bindingBody(phoneNo: string, custIdMerchant: string, more: object = {}): object {
    return {
      phoneNo,
      additionalInfo: {
        channel: ALLO,
        custIdMerchant,
        successRegistrationUrl: 'https://shop.example/ok?x=1',
        failedRegistrationUrl: 'https://shop.example/failed',
        deviceModel: 'Pixel 8',
        osType: 'android',
        channelId: 'app',
        ...more,
      },
    };
  }

  bind(body: object, changes: SnapChanges = {}): Promise<SnapTestAnswer> {
    const headers = { ...IP, 'X-DEVICE-ID': '912f12e223624d2e94828b168199aa' };
    return this.merchant.post(SNAP_PATHS.bind, body, headers, changes);
  }

  /** Binds, approves and fetches the customer's token. */
  async boundCustomer(phoneNo: string, custIdMerchant = `cust-${phoneNo}`): Promise<BoundCustomer> {
    const answer = await this.bind(this.bindingBody(phoneNo, custIdMerchant));
    const authCode = textOf(answer, 'additionalInfo.authCode');
    await this.api('POST', `bindings/${authCode}/approve`);
    return { authCode, token: await this.merchant.customerToken(authCode) };
  }

  balance(token: string, changes: SnapChanges = {}): Promise<SnapTestAnswer> {
    const headers = { ...IP, 'Authorization-Customer': `Bearer ${token}` };
    const body = { additionalInfo: { channel: ALLO } };
    return this.merchant.post(SNAP_PATHS.balance, body, headers, changes);
  }

  paymentBody(partnerReferenceNo: string, value: string, more: object = {}): object {
    return {
      partnerReferenceNo,
      amount: idr(value),
      payOptionDetails: [{ payMethod: 'BALANCE', transAmount: idr(value) }],
      additionalInfo: {
        channel: ALLO,
        remarks: 'Order 1',
        successPaymentUrl: 'https://shop.example/paid',
        failedPaymentUrl: 'https://shop.example/unpaid',
        lineItems: [{ name: 'Kopi susu', price: value, quantity: 1 }],
      },
      ...more,
    };
  }

  pay(token: string, body: object, changes: SnapChanges = {}): Promise<SnapTestAnswer> {
    const headers = { ...IP, 'Authorization-Customer': `Bearer ${token}` };
    return this.merchant.post(SNAP_PATHS.payment, body, headers, changes);
  }

  /** Pays and approves; answers the reference. */
  async paid(token: string, value: string): Promise<string> {
    const reference = newReference();
    await this.pay(token, this.paymentBody(reference, value));
    await this.api('POST', `payments/${reference}/approve`);
    return reference;
  }

  refund(
    token: string,
    originalPartnerReferenceNo: string,
    value: string,
    partnerRefundNo = newReference('RFD'),
    changes: SnapChanges = {},
  ): Promise<SnapTestAnswer> {
    const body = {
      originalPartnerReferenceNo,
      refundAmount: idr(value),
      reason: 'Request by Customer',
      partnerRefundNo,
      additionalInfo: { channel: ALLO },
    };
    const headers = { ...IP, 'Authorization-Customer': `Bearer ${token}` };
    return this.merchant.post(SNAP_PATHS.refund, body, headers, changes);
  }

  unbind(tokenId: string): Promise<SnapTestAnswer> {
    const body = { tokenId, additionalInfo: { channel: ALLO } };
    return this.merchant.post(SNAP_PATHS.unbind, body, IP);
  }

  status(originalPartnerReferenceNo: string): Promise<SnapTestAnswer> {
    const body = { originalPartnerReferenceNo, serviceCode: '55' };
    return this.merchant.post(SNAP_PATHS.status, body);
  }

  kkiBody(partnerReferenceNo: string, value: string, more: object = {}): object {
    return {
      partnerReferenceNo,
      cpan: '9360001609987000000',
      otp: '99999999',
      amount: idr(value),
      additionalInfo: { channel: KKI },
      ...more,
    };
  }

  payByCard(body: object | string, changes: SnapChanges = {}): Promise<SnapTestAnswer> {
    return this.merchant.post(SNAP_PATHS.payment, body, {}, changes);
  }
}

/** Code and status together: each answer must have both. */
export function codeOf(answer: SnapTestAnswer): string {
  const code = textOf(answer, 'responseCode');
  return code.startsWith(String(answer.status)) ? code : `${answer.status} with ${code}`;
}

export function messageOf(answer: SnapTestAnswer): string {
  return textOf(answer, 'responseMessage');
}
