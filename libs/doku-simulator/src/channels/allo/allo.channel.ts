import { Injectable } from '@nestjs/common';
import { requiredTextAt, textAt } from '../../engine/field-rules.js';
import { valueAt, type JsonObject } from '../../engine/json.js';
import { PublicAddress } from '../../engine/public-address.js';
import { Settings } from '../../engine/settings.js';
import { createDigits } from '../../snap/reference-numbers.js';
import { senAt, toAmount, toSen, type SnapAmount } from '../../snap/snap-amount.js';
import { SnapBindings } from '../../snap/snap-bindings.js';
import { SnapCallChecks } from '../../snap/snap-call-checks.js';
import { SnapChannels, type SnapChannel } from '../../snap/snap-channels.js';
import { SnapError } from '../../snap/snap-error.js';
import { fingerprintOf } from '../../snap/snap-fingerprint.js';
import {
  SNAP_ENDPOINTS,
  type HeaderTable,
  type SnapCall,
  type SnapOperation,
} from '../../snap/snap-operation.js';
import { SnapPayments } from '../../snap/snap-payments.js';
import { FOREIGN_REFUND, SnapRefunds } from '../../snap/snap-refunds.js';
import { AlloAccounts } from './allo-accounts.js';
import * as fields from './allo.fields.js';
import type { Binding } from '../../bank/binding-book.js';
import type { SnapPayment } from '../../bank/snap-payment-book.js';

/** The table of snap reference 5. */
const BINDING_HEADERS: HeaderTable = {
  'Authorization-Customer': 'forbidden',
  'X-IP-ADDRESS': 'required',
  'X-DEVICE-ID': 'required',
  'CHANNEL-ID': 'forbidden',
};
const CUSTOMER_HEADERS: HeaderTable = {
  ...BINDING_HEADERS,
  'Authorization-Customer': 'required',
  'X-DEVICE-ID': 'forbidden',
};
const PAYMENT_HEADERS: HeaderTable = { ...CUSTOMER_HEADERS, 'CHANNEL-ID': 'optional' };
const UNBINDING_HEADERS: HeaderTable = { ...BINDING_HEADERS, 'X-DEVICE-ID': 'forbidden' };

/** Direct debit of Allo Bank (snap reference 9). */
@Injectable()
export class AlloChannel implements SnapChannel {
  readonly code = 'DIRECT_DEBIT_ALLO_SNAP';
  readonly acquirer = 'ALLO_BANK';

  readonly operations: readonly SnapOperation[] = [
    {
      name: 'allo.bindAccount',
      endpoint: SNAP_ENDPOINTS.bindAccount,
      headers: BINDING_HEADERS,
      fields: () => fields.BINDING_FIELDS,
      successCode: () => '2000700',
      foreignAnswer: {
        referenceNo: '644715189102',
        redirectUrl: 'https://elsewhere.invalid/direct-debit/ui/binding/core/0',
        additionalInfo: {
          custIdMerchant: 'SOMEBODY-ELSE',
          accountStatus: 'PENDING',
          authCode: '0',
        },
      },
      handle: (call) => this.bind(call),
    },
    {
      name: 'allo.inquireBalance',
      endpoint: SNAP_ENDPOINTS.inquireBalance,
      headers: CUSTOMER_HEADERS,
      fields: () => fields.BALANCE_FIELDS,
      successCode: () => '2001100',
      foreignAnswer: {
        accountInfos: [{ balanceType: 'BALANCE', amount: { value: '1.00', currency: 'IDR' } }],
      },
      handle: (call) => this.inquireBalance(call),
    },
    {
      name: 'allo.createPayment',
      endpoint: SNAP_ENDPOINTS.createPayment,
      headers: PAYMENT_HEADERS,
      fields: () => fields.PAYMENT_FIELDS,
      successCode: () => '2005400',
      foreignAnswer: {
        webRedirectUrl: 'https://elsewhere.invalid/direct-debit/ui/payment/core/0',
        partnerReferenceNo: 'REFERENCEOFSOMEBODYELSE',
        referenceNo: 'DokusReferenceOfSomebodyElse0001',
      },
      handle: (call) => this.pay(call),
    },
    {
      name: 'allo.refund',
      endpoint: SNAP_ENDPOINTS.refund,
      headers: CUSTOMER_HEADERS,
      fields: () => fields.REFUND_FIELDS,
      successCode: () => this.settings.current.refundSuccessCode,
      foreignAnswer: FOREIGN_REFUND,
      handle: (call) => {
        this.customerOf(call);
        return this.refunds.refund('allo.refund', call);
      },
    },
    {
      name: 'allo.unbindAccount',
      endpoint: SNAP_ENDPOINTS.unbindAccount,
      headers: UNBINDING_HEADERS,
      fields: () => fields.UNBINDING_FIELDS,
      successCode: () => '2000900',
      foreignAnswer: { referenceNo: 'UNB-SOMEBODY-ELSE' },
      handle: (call) => this.unbind(call),
    },
  ];

  constructor(
    private readonly bindings: SnapBindings,
    private readonly payments: SnapPayments,
    private readonly refunds: SnapRefunds,
    private readonly accounts: AlloAccounts,
    private readonly checks: SnapCallChecks,
    private readonly address: PublicAddress,
    private readonly settings: Settings,
    channels: SnapChannels,
  ) {
    channels.add(this);
  }

  debit({ account, payOptions }: SnapPayment): string | undefined {
    const sumOf = (method: string): bigint =>
      payOptions
        .filter(({ payMethod }) => payMethod === method)
        .reduce((sum, { amount }) => sum + toSen(amount), 0n);
    return this.accounts.take(account, { balance: sumOf('BALANCE'), points: sumOf('POINT') });
  }

  credit({ account }: SnapPayment, sen: bigint): void {
    this.accounts.giveBack(account, sen);
  }

  private bind({ merchant, body, externalId }: SnapCall): JsonObject {
    const customerName = textAt(body, 'additionalInfo.customerName');
    const binding = this.bindings.open({
      clientId: merchant.clientId,
      channel: this.code,
      custIdMerchant: requiredTextAt(body, 'additionalInfo.custIdMerchant'),
      ...(customerName !== undefined && { customerName }),
      phoneNo: requiredTextAt(body, 'phoneNo'),
      successUrl: requiredTextAt(body, 'additionalInfo.successRegistrationUrl'),
      failedUrl: requiredTextAt(body, 'additionalInfo.failedRegistrationUrl'),
      externalId,
    });
    this.accounts.open(binding.phoneNo);
    const status = this.settings.current.alloSpelling === 'java' ? 'accountStatus' : 'status';
    return {
      referenceNo: binding.referenceNo,
      redirectUrl: `${this.address.url}/direct-debit/ui/binding/core/${binding.authCode}`,
      additionalInfo: {
        custIdMerchant: binding.custIdMerchant,
        [status]: binding.state,
        authCode: binding.authCode,
      },
    };
  }

  private inquireBalance(call: SnapCall): JsonObject {
    const { balance, points } = this.accounts.open(this.customerOf(call).phoneNo);
    return {
      accountInfos: [
        { balanceType: 'BALANCE', ...this.describe(balance) },
        { balanceType: 'POINT', ...this.describe(points) },
      ],
    };
  }

  private pay(call: SnapCall): JsonObject {
    const { merchant, body, externalId } = call;
    const customer = this.customerOf(call);
    const partnerReferenceNo = requiredTextAt(body, 'partnerReferenceNo');
    const fingerprint = fingerprintOf(contentOf(body), customer.phoneNo);
    const payOptions = readPayOptions(body);
    const lineItems = valueAt(body, 'additionalInfo.lineItems');
    this.payments.demandNew(merchant.clientId, partnerReferenceNo, fingerprint);
    const pageId = createDigits(40);
    const payment = this.payments.open({
      clientId: merchant.clientId,
      partnerReferenceNo,
      externalId,
      operation: 'allo.createPayment',
      channel: this.code,
      amount: requiredTextAt(body, 'amount.value'),
      authCode: customer.authCode,
      custIdMerchant: customer.custIdMerchant,
      account: customer.phoneNo,
      payOptions,
      ...(Array.isArray(lineItems) && { lineItems }),
      successUrl: requiredTextAt(body, 'additionalInfo.successPaymentUrl'),
      failedUrl: requiredTextAt(body, 'additionalInfo.failedPaymentUrl'),
      pageId,
      fingerprint,
    });
    return {
      webRedirectUrl: `${this.address.url}/direct-debit/ui/payment/core/${pageId}`,
      partnerReferenceNo,
      referenceNo: payment.referenceNo,
    };
  }

  private unbind({ merchant, body, noteCustomer }: SnapCall): JsonObject {
    const tokenId = requiredTextAt(body, 'tokenId');
    const binding = this.checks.findCustomerByToken(tokenId, merchant.clientId);
    noteCustomer(tokenId, binding);
    this.bindings.end(binding);
    return { referenceNo: `UNB-${createDigits(12)}` };
  }

  /** The header table has made sure of a customer, but not of their bank. */
  private customerOf({ customer }: SnapCall): Binding {
    if (customer?.channel === this.code) return customer;
    throw new SnapError(401, '04', 'Customer Token Not Found: it belongs to another channel.');
  }

  private describe(sen: bigint): Record<string, SnapAmount> {
    const flat = this.settings.current.alloSpelling === 'java' ? 'flatAmount' : 'floatAmount';
    return { amount: toAmount(sen), [flat]: toAmount(0n), holdAmount: toAmount(0n) };
  }
}

/** The parts of an amount must make it up (snap reference 9.4). */
function readPayOptions(body: JsonObject): { payMethod: string; amount: string }[] {
  const details = valueAt(body, 'payOptionDetails');
  const options = (Array.isArray(details) ? details : []).map((detail: unknown) => ({
    payMethod: requiredTextAt(detail, 'payMethod'),
    amount: requiredTextAt(detail, 'transAmount.value'),
  }));
  const sum = options.reduce((total, { amount }) => total + toSen(amount), 0n);
  if (sum !== senAt(body, 'amount')) {
    throw SnapError.malformed(
      'payOptionDetails',
      `they add up to ${toAmount(sum).value}, but amount is ${requiredTextAt(body, 'amount.value')}.`,
    );
  }
  return options;
}

/** What a payment is about; the mark of DOKU's libraries is not part of it. */
function contentOf(body: JsonObject): JsonObject {
  const info = valueAt(body, 'additionalInfo');
  return { ...body, additionalInfo: { ...(info as JsonObject), origin: undefined } };
}
