import { randomUUID } from 'node:crypto';
import { textOf } from './cimb-shop.js';
import { exchange, type CallChanges, type TestAnswer, type TestMerchant } from './test-merchant.js';

export const BRI_PATHS = {
  token: '/direct-debit/v1/token',
  validateToken: '/direct-debit/v1/token/validate',
  tokenOtp: '/direct-debit/v1/token-otp',
  tokens: '/direct-debit/v1/tokens',
  payment: '/direct-debit/v1/payment',
  validate: '/direct-debit/v1/payment/validate',
  otp: '/direct-debit/v1/payment-otp',
  recurring: '/direct-debit/v1/payment-recurring',
  delete: '/direct-debit/v1/token-delete',
} as const;

/** A customer's way through a shop with BRI, in calls to the simulator. */
export class BriShop {
  readonly customer = { id: 'CUST-0001', name: 'Anton Budiman' };

  constructor(readonly merchant: TestMerchant) {}

  api(method: string, path: string, body?: unknown): Promise<Omit<TestAnswer, 'requestId'>> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    return exchange(`${this.merchant.url}/_simulator/${path}`, method, {}, text);
  }

  register(number = '6013012345672800'): Promise<TestAnswer> {
    const body = { customer: this.customer, debit_card: { number } };
    return this.merchant.post(BRI_PATHS.token, body);
  }

  confirm(token: string, otp = '999999'): Promise<TestAnswer> {
    return this.merchant.post(BRI_PATHS.validateToken, { debit_card: { token, otp } });
  }

  /** Registers and confirms; answers the card token. */
  async saveCard(number?: string): Promise<string> {
    const registration = await this.register(number);
    return textOf(
      await this.confirm(textOf(registration, 'debit_card.token')),
      'debit_card.token_id',
    );
  }

  list(): Promise<TestAnswer> {
    return this.merchant.post(BRI_PATHS.tokens, { customer: this.customer });
  }

  paymentBody(tokenId: string, amount = 90_000, invoiceNumber: string = randomUUID()): object {
    return {
      customer: this.customer,
      order: {
        invoice_number: invoiceNumber,
        line_items: [{ name: 'T-Shirt Red', price: amount / 2, quantity: 2 }],
        amount,
      },
      payment: { token_id: tokenId },
    };
  }

  pay(body: object, changes: CallChanges = {}): Promise<TestAnswer> {
    return this.merchant.post(BRI_PATHS.payment, body, changes);
  }

  payAgain(body: object, changes: CallChanges = {}): Promise<TestAnswer> {
    return this.merchant.post(BRI_PATHS.recurring, body, changes);
  }

  enterOtp(token: string, otp = '999999', changes: CallChanges = {}): Promise<TestAnswer> {
    return this.merchant.post(BRI_PATHS.validate, { payment: { token, otp } }, changes);
  }
}
