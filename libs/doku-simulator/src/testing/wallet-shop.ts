import { randomUUID } from 'node:crypto';
import {
  jakartaTime,
  SnapMerchant,
  type SnapChanges,
  type SnapTestAnswer,
} from './snap-merchant.js';
import { textOf } from './cimb-shop.js';
import { idr } from './snap-shop.js';
import { exchange } from './test-merchant.js';

/** Wallet reference A.1. */
const WALLET_PATHS = {
  createAccount: '/snap-adapter/b2b/v1.0/registration-account-creation',
  verifyOtp: '/snap-adapter/b2b/v1.0/otp-verification',
  bindAccount: '/snap-adapter/b2b/v1.0/registration-account-binding',
  inquireAccount: '/snap-adapter/b2b/v1.0/registration-account-inquiry',
  unbindAccount: '/snap-adapter/b2b/v1.0/registration-account-unbinding',
  inquireBalance: '/snap-adapter/b2b2c/v1.0/balance-inquiry',
  inquireBankAccount: '/snap-adapter/b2b2c/v1.0/emoney/bank-account-inquiry',
  transferToBank: '/snap-adapter/b2b2c/v1.0/emoney/transfer-bank',
  inquireTopUpAccount: '/snap-adapter/b2b2c/v1.0/emoney/account-inquiry',
  topUp: '/snap-adapter/b2b2c/v1.0/emoney/topup',
  queryTopUp: '/snap-adapter/b2b2c/v1.0/emoney/topup-status',
  purchase: '/snap-adapter/b2b2c/v1.0/debit/payment-host-to-host',
  queryPurchase: '/snap-adapter/b2b2c/v1.0/debit/status',
  cancelPurchase: '/snap-adapter/b2b2c/v1.0/debit/cancel',
  refundPurchase: '/snap-adapter/b2b2c/v1.0/debit/refund',
  listTransactions: '/snap-adapter/b2b2c/v1.0/transaction-history-list',
  getTransaction: '/snap-adapter/b2b2c/v1.0/transaction-history-detail',
} as const;

export type WalletCallName = keyof typeof WALLET_PATHS;

/** A customer whose wallet is bound. */
export interface WalletHolder {
  readonly accountId: string;
  readonly phoneNo: string;
  readonly linkId: string;
  readonly token: string;
}

let phones = 0;

/** A phone number that no test has used. */
export function newPhone(): string {
  return `62812${String(++phones).padStart(8, '0')}`;
}

/** The ways of customers with a wallet, in calls to the simulator. */
export class WalletShop {
  constructor(
    readonly url: string,
    readonly merchant: SnapMerchant,
  ) {}

  static async open(url: string, merchant = new SnapMerchant(url)): Promise<WalletShop> {
    const shop = new WalletShop(url, merchant);
    await merchant.login();
    return shop;
  }

  api(method: string, path: string, body?: unknown): Promise<SnapTestAnswer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    return exchange(`${this.url}/_simulator/${path}`, method, {}, text);
  }

  /** A call of the partner, or with a customer's token of that customer. */
  call(
    name: WalletCallName,
    body: object,
    token?: string,
    changes: SnapChanges = {},
  ): Promise<SnapTestAnswer> {
    const headers = token === undefined ? {} : { 'Authorization-Customer': `Bearer ${token}` };
    return this.merchant.post(WALLET_PATHS[name], body, headers, changes);
  }

  creationBody(phoneNo: string, more: object = {}): object {
    return {
      partnerReferenceNo: randomUUID(),
      name: 'Budi',
      phoneNo,
      email: 'budi@example.com',
      redirectUrl: 'https://shop.example/registered?order=1',
      ...more,
    };
  }

  /** What the OTP of a creation or unbinding is sent with. */
  verify(answer: SnapTestAnswer, otp = '999999'): Promise<SnapTestAnswer> {
    return this.call('verifyOtp', {
      originalPartnerReferenceNo: textOf(answer, 'partnerReferenceNo'),
      originalReferenceNo: textOf(answer, 'referenceNo'),
      otp,
    });
  }

  /** A wallet that is bound, without its pages. */
  async holder(balance = '1000000.00', phoneNo = newPhone()): Promise<WalletHolder> {
    const { clientId } = this.merchant;
    const made = await this.api('POST', 'wallets', { phoneNo, balance, clientId, bind: true });
    return {
      accountId: textOf(made, 'wallet.accountId'),
      phoneNo,
      linkId: textOf(made, 'binding.authCode'),
      token: await this.merchant.customerToken(textOf(made, 'authCode')),
    };
  }

  async balanceOf({ token }: WalletHolder): Promise<string> {
    const answer = await this.call('inquireBalance', { partnerReferenceNo: randomUUID() }, token);
    const { accountInfos } = answer.body as { accountInfos: { amount: { value: string } }[] };
    return accountInfos[0]?.amount.value ?? 'none';
  }

  topUpBody(holder: WalletHolder, value: string, more: object = {}): object {
    return {
      partnerReferenceNo: randomUUID(),
      customerNumber: holder.phoneNo,
      amount: idr(value),
      ...more,
    };
  }

  bankBody(holder: WalletHolder, value: string, more: object = {}): object {
    return {
      partnerReferenceNo: randomUUID(),
      customerNumber: holder.phoneNo,
      beneficiaryAccountNumber: '888801000157508',
      amount: idr(value),
      additionalInfo: { bankCode: '014' },
      ...more,
    };
  }

  transferBody(inquiry: SnapTestAnswer, holder: WalletHolder, more: object = {}): object {
    const { amount } = inquiry.body as { amount: object };
    return {
      partnerReferenceNo: randomUUID(),
      customerNumber: holder.phoneNo,
      accountType: 'S',
      beneficiaryAccountNumber: textOf(inquiry, 'beneficiaryAccountNumber'),
      beneficiaryBankCode: textOf(inquiry, 'beneficiaryBankCode'),
      amount,
      sessionId: textOf(inquiry, 'sessionId'),
      additionalInfo: { referenceNo: textOf(inquiry, 'referenceNo') },
      ...more,
    };
  }

  purchaseBody(value: string, more: object = {}): object {
    return {
      partnerReferenceNo: randomUUID(),
      merchantId: 'DOKU',
      amount: idr(value),
      urlParams: [{ url: 'https://shop.example/back?n=1', type: 'PAY_RETURN', isDeeplink: 'N' }],
      additionalInfo: {},
      ...more,
    };
  }

  /** Buys and pays; answers the reference. */
  async paid({ token }: WalletHolder, value: string): Promise<string> {
    const answer = await this.call('purchase', this.purchaseBody(value), token);
    const reference = textOf(answer, 'partnerReferenceNo');
    await this.api('POST', `payments/${reference}/approve`);
    return reference;
  }

  query({ token }: WalletHolder, originalPartnerReferenceNo: string): Promise<SnapTestAnswer> {
    const body = { originalPartnerReferenceNo, serviceCode: '17', transactionDate: jakartaTime() };
    return this.call('queryPurchase', body, token);
  }

  refund(
    { token }: WalletHolder,
    originalPartnerReferenceNo: string,
    value: string,
    partnerRefundNo: string = randomUUID(),
  ): Promise<SnapTestAnswer> {
    const body = { originalPartnerReferenceNo, partnerRefundNo, refundAmount: idr(value) };
    return this.call('refundPurchase', body, token);
  }

  historyBody(more: object = {}): object {
    return {
      partnerReferenceNo: randomUUID(),
      fromDateTime: jakartaTime(Date.now() - 3_600_000),
      toDateTime: jakartaTime(Date.now() + 3_600_000),
      ...more,
    };
  }
}
