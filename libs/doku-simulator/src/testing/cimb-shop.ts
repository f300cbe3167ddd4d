import { randomUUID } from 'node:crypto';
import { valueAt } from '../engine/json.js';
import { exchange, TestMerchant, type CallChanges, type TestAnswer } from './test-merchant.js';

export const PATHS = {
  token: '/cimb-direct-debit/v1/token',
  tokens: '/cimb-direct-debit/v1/tokens',
  payment: '/cimb-direct-debit/v1/payment',
  validate: '/cimb-direct-debit/v1/payment/validate',
  otp: '/cimb-direct-debit/v1/payment-otp',
  delete: '/cimb-direct-debit/v1/token-delete',
  refund: '/cimb-direct-debit/v1/payment-refund',
} as const;

/** A text member of an answer; the test fails when it is not there. */
export function textOf(answer: { readonly body: unknown }, path: string): string {
  const value = valueAt(answer.body, path);
  if (typeof value !== 'string') {
    throw new Error(`No text at ${path} in ${JSON.stringify(answer.body)}`);
  }
  return value;
}

/** A customer's way through the shop, in calls to the simulator. */
export class CimbShop {
  readonly customer = { id: 'CUST-1', name: 'Anton Budiman' };
  readonly merchant: TestMerchant;

  constructor(readonly url: string) {
    this.merchant = new TestMerchant(url);
  }

  api(method: string, path: string, body?: unknown): Promise<Omit<TestAnswer, 'requestId'>> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    return exchange(`${this.url}/_simulator/${path}`, method, {}, text);
  }

  register(
    customerId = this.customer.id,
    successUrl = 'https://shop.example/ok',
  ): Promise<TestAnswer> {
    return this.merchant.post(PATHS.token, {
      customer: { ...this.customer, id: customerId },
      debit_card: {
        account_mobile_phone: '6281394130621',
        success_registration_url: successUrl,
        failed_registration_url: 'https://shop.example/failed',
      },
    });
  }

  /** Registers and approves; answers the card token. */
  async saveCard(accountNo = '760012342800', customerId = this.customer.id): Promise<string> {
    const registration = await this.register(customerId);
    const url = textOf(registration, 'debit_card.cimb_registration_url');
    const id = url.slice(url.lastIndexOf('/') + 1);
    const approved = await this.api('POST', `registrations/${id}/approve`, { accountNo });
    return textOf(approved, 'card.tokenId');
  }

  paymentBody(tokenId: string, amount = 90_000, invoiceNumber: string = randomUUID()): object {
    return {
      customer: this.customer,
      order: {
        invoice_number: invoiceNumber,
        line_items: [{ name: 'Vitamin C', price: amount, quantity: 1 }],
        amount,
        session_id: 'SESSION-1',
      },
      payment: { token_id: tokenId },
    };
  }

  pay(body: object, changes: CallChanges = {}): Promise<TestAnswer> {
    return this.merchant.post(PATHS.payment, body, changes);
  }

  enterOtp(token: string, otp = '999999', changes: CallChanges = {}): Promise<TestAnswer> {
    return this.merchant.post(PATHS.validate, { payment: { token, otp } }, changes);
  }

  refund(invoiceNumber: string, originalRequestId: string, amount: number): Promise<TestAnswer> {
    return this.merchant.post(PATHS.refund, {
      order: { invoice_number: invoiceNumber },
      payment: { original_request_id: originalRequestId },
      refund: { amount, reason: 'Cancel Order' },
    });
  }
}
