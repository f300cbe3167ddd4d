import { Injectable } from '@nestjs/common';
import { AccountBook } from '../bank/account-book.js';
import { requiredTextAt, textAt, type FieldRule } from '../engine/field-rules.js';
import { valueAt, type JsonObject } from '../engine/json.js';
import { PublicAddress } from '../engine/public-address.js';
import { Settings } from '../engine/settings.js';
import { SimulatorClock } from '../engine/simulator-clock.js';
import { createDigits } from './reference-numbers.js';
import { senAt, toAmount, toSen, type SnapAmount } from './snap-amount.js';
import { SnapBindings } from './snap-bindings.js';
import { SnapCallChecks } from './snap-call-checks.js';
import { SnapChannels, type SnapChannel } from './snap-channels.js';
import { AT_ONCE } from './snap-decision.js';
import { SnapError } from './snap-error.js';
import { fingerprintOf } from './snap-fingerprint.js';
import {
  SNAP_ENDPOINTS,
  type HeaderTable,
  type SnapCall,
  type SnapOperation,
} from './snap-operation.js';
import { SnapPayments } from './snap-payments.js';
import { FOREIGN_REFUND, SnapRefunds } from './snap-refunds.js';
import type { Binding } from '../bank/binding-book.js';
import type { SnapPayment } from '../bank/snap-payment-book.js';

/** What differs between the channels whose customers bind an account: data only. */
export interface AccountChannelRules {
  /** Begins the names of operations: `allo`. */
  readonly name: string;
  /** On the pages of customers. */
  readonly title: string;
  readonly code: string;
  readonly acquirer: string;
  /** Names of the two sources of money, as in `payMethod`. */
  readonly sources: { readonly balance: string; readonly points: string };
  readonly headers: {
    readonly bind: HeaderTable;
    readonly customer: HeaderTable;
    readonly pay: HeaderTable;
    readonly unbind: HeaderTable;
  };
  readonly fields: {
    readonly bind: readonly FieldRule[];
    readonly balance: readonly FieldRule[];
    readonly pay: readonly FieldRule[];
    readonly refund: readonly FieldRule[];
    readonly unbind: readonly FieldRule[];
  };
  /** Whether a payment needs no page, since the customer agreed to such payments before. */
  readonly isWithoutPage?: (body: JsonObject) => boolean;
}

/** What such a channel works with. */
@Injectable()
export class AccountChannelParts {
  constructor(
    readonly bindings: SnapBindings,
    readonly payments: SnapPayments,
    readonly refunds: SnapRefunds,
    readonly accounts: AccountBook,
    readonly checks: SnapCallChecks,
    readonly address: PublicAddress,
    readonly settings: Settings,
    readonly clock: SimulatorClock,
    readonly channels: SnapChannels,
  ) {}
}

/** A channel whose customers bind an account and pay from it (snap reference 9, 11). */
export abstract class AccountChannel implements SnapChannel {
  readonly code: string;
  readonly acquirer: string;
  readonly title: string;
  readonly standsAlone = false;
  readonly operations: readonly SnapOperation[];

  constructor(
    private readonly parts: AccountChannelParts,
    private readonly rules: AccountChannelRules,
  ) {
    this.code = rules.code;
    this.acquirer = rules.acquirer;
    this.title = rules.title;
    this.operations = this.describeOperations();
    parts.channels.add(this);
  }

  debit({ account, payOptions }: SnapPayment): string | undefined {
    const { balance, points } = this.rules.sources;
    const sumOf = (method: string): bigint =>
      payOptions
        .filter(({ payMethod }) => payMethod === method)
        .reduce((sum, { amount }) => sum + toSen(amount), 0n);
    return this.parts.accounts.take(this.code, account, {
      balance: sumOf(balance),
      points: sumOf(points),
    });
  }

  credit({ account }: SnapPayment, sen: bigint): void {
    this.parts.accounts.giveBack(this.code, account, sen);
  }

  private describeOperations(): SnapOperation[] {
    const { name, headers, fields } = this.rules;
    return [
      {
        name: `${name}.bindAccount`,
        endpoint: SNAP_ENDPOINTS.bindAccount,
        headers: headers.bind,
        fields: () => fields.bind,
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
        name: `${name}.inquireBalance`,
        endpoint: SNAP_ENDPOINTS.inquireBalance,
        headers: headers.customer,
        fields: () => fields.balance,
        successCode: () => '2001100',
        foreignAnswer: {
          accountInfos: [
            { balanceType: this.rules.sources.balance, amount: { value: '1.00', currency: 'IDR' } },
          ],
        },
        handle: (call) => this.inquireBalance(call),
      },
      {
        name: `${name}.createPayment`,
        endpoint: SNAP_ENDPOINTS.createPayment,
        headers: headers.pay,
        fields: () => fields.pay,
        successCode: () => '2005400',
        foreignAnswer: {
          webRedirectUrl: 'https://elsewhere.invalid/direct-debit/ui/payment/core/0',
          partnerReferenceNo: 'REFERENCEOFSOMEBODYELSE',
          referenceNo: 'DokusReferenceOfSomebodyElse0001',
        },
        handle: (call) => this.pay(call),
      },
      {
        name: `${name}.refund`,
        endpoint: SNAP_ENDPOINTS.refund,
        headers: headers.customer,
        fields: () => fields.refund,
        successCode: () => this.parts.settings.current.refundSuccessCode,
        foreignAnswer: FOREIGN_REFUND,
        handle: (call) => {
          this.customerOf(call);
          return this.parts.refunds.refund(`${name}.refund`, call);
        },
      },
      {
        name: `${name}.unbindAccount`,
        endpoint: SNAP_ENDPOINTS.unbindAccount,
        headers: headers.unbind,
        fields: () => fields.unbind,
        successCode: () => '2000900',
        foreignAnswer: { referenceNo: 'UNB-SOMEBODY-ELSE' },
        handle: (call) => this.unbind(call),
      },
    ];
  }

  private bind({ merchant, body, externalId }: SnapCall): JsonObject {
    const customerName = textAt(body, 'additionalInfo.customerName');
    const binding = this.parts.bindings.open({
      clientId: merchant.clientId,
      channel: this.code,
      custIdMerchant: requiredTextAt(body, 'additionalInfo.custIdMerchant'),
      ...(customerName !== undefined && { customerName }),
      phoneNo: requiredTextAt(body, 'phoneNo'),
      successUrl: requiredTextAt(body, 'additionalInfo.successRegistrationUrl'),
      failedUrl: requiredTextAt(body, 'additionalInfo.failedRegistrationUrl'),
      externalId,
    });
    this.parts.accounts.open(this.code, binding.phoneNo);
    const { alloSpelling } = this.parts.settings.current;
    const status = alloSpelling === 'java' ? 'accountStatus' : 'status';
    return {
      referenceNo: binding.referenceNo,
      redirectUrl: `${this.parts.address.url}/direct-debit/ui/binding/core/${binding.authCode}`,
      additionalInfo: {
        custIdMerchant: binding.custIdMerchant,
        [status]: binding.state,
        authCode: binding.authCode,
      },
    };
  }

  private inquireBalance(call: SnapCall): JsonObject {
    const { sources } = this.rules;
    const { phoneNo } = this.customerOf(call);
    const { balance, points } = this.parts.accounts.open(this.code, phoneNo);
    return {
      accountInfos: [
        { balanceType: sources.balance, ...this.describe(balance) },
        { balanceType: sources.points, ...this.describe(points) },
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
    const successUrl = textAt(body, 'additionalInfo.successPaymentUrl');
    const failedUrl = textAt(body, 'additionalInfo.failedPaymentUrl');
    this.parts.payments.demandNew(merchant.clientId, partnerReferenceNo, fingerprint);
    const pageId = this.rules.isWithoutPage?.(body) === true ? undefined : createDigits(40);
    const payment = this.parts.payments.open({
      clientId: merchant.clientId,
      partnerReferenceNo,
      externalId,
      operation: `${this.rules.name}.createPayment`,
      channel: this.code,
      amount: requiredTextAt(body, 'amount.value'),
      authCode: customer.authCode,
      custIdMerchant: customer.custIdMerchant,
      account: customer.phoneNo,
      payOptions,
      ...(Array.isArray(lineItems) && { lineItems }),
      ...(successUrl !== undefined && { successUrl }),
      ...(failedUrl !== undefined && { failedUrl }),
      ...(pageId !== undefined && { pageId }),
      fingerprint,
    });
    if (pageId === undefined) this.chargeLater(payment, call.answered);
    return {
      ...(pageId !== undefined && {
        webRedirectUrl: `${this.parts.address.url}/direct-debit/ui/payment/core/${pageId}`,
      }),
      partnerReferenceNo,
      referenceNo: payment.referenceNo,
    };
  }

  /** Once the merchant has its answer. */
  private chargeLater(payment: SnapPayment, answered: Promise<void>): void {
    void this.parts.clock.track(async () => {
      await answered;
      if (payment.status === 'PENDING') this.parts.payments.approve(payment, AT_ONCE);
    });
  }

  private unbind({ merchant, body, noteCustomer }: SnapCall): JsonObject {
    const tokenId = requiredTextAt(body, 'tokenId');
    const binding = this.parts.checks.findCustomerByToken(tokenId, merchant.clientId);
    noteCustomer(tokenId, binding);
    this.parts.bindings.end(binding);
    return { referenceNo: `UNB-${createDigits(12)}` };
  }

  /** The header table has made sure of a customer, but not of their bank. */
  private customerOf({ customer }: SnapCall): Binding {
    if (customer?.channel === this.code) return customer;
    throw new SnapError(401, '04', 'Customer Token Not Found: it belongs to another channel.');
  }

  private describe(sen: bigint): Record<string, SnapAmount> {
    const { alloSpelling } = this.parts.settings.current;
    const flat = alloSpelling === 'java' ? 'flatAmount' : 'floatAmount';
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
