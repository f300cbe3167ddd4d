import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DokuValidationError } from 'nestjs-doku';

import { type StartedLibrary, startLibrary } from '../harness/library.js';

const customer = { id: 'cust-1' };
const order = { invoice_number: 'INV-1', amount: 90_000 };
const payment = { token_id: 'card-token-canary' };
const debit_card = { account_mobile_phone: '6281394130621' };
const x = (length: number) => 'x'.repeat(length);

describe('requests to CIMB', () => {
  let library: StartedLibrary;

  beforeAll(async () => {
    // Nobody listens there: what passes the checks fails with another error.
    library = await startLibrary({ baseUrl: 'http://127.0.0.1:1' });
  });

  afterAll(() => library.close());

  const call = async (method: string, request: unknown): Promise<unknown> => {
    const { cimb } = library;
    const operations = cimb as unknown as Record<
      string,
      (request: unknown, options: object) => Promise<unknown>
    >;
    const abort = AbortSignal.abort();
    return operations[method]
      ?.call(cimb, request, { signal: abort })
      .catch((error: unknown) => error);
  };

  it.each([
    ['createPayment', { customer, order }, /payment is mandatory \(given nothing\)/],
    ['createPayment', { customer, payment }, /order is mandatory/],
    ['createPayment', { order, payment }, /customer is mandatory/],
    [
      'createPayment',
      { customer: { id: x(51) }, order, payment },
      /customer\.id .*50 char.*51 characters/,
    ],
    ['createPayment', { customer: { id: '' }, order, payment }, /customer\.id .*0 characters/],
    [
      'createPayment',
      { customer: { id: 7 }, order, payment },
      /customer\.id must be a text.*a number/,
    ],
    [
      'createPayment',
      { customer: { ...customer, name: x(65) }, order, payment },
      /customer\.name .*64/,
    ],
    [
      'createPayment',
      { customer: { ...customer, email: x(65) }, order, payment },
      /customer\.email .*64/,
    ],
    [
      'createPayment',
      { customer: { ...customer, phone: '081-234' }, order, payment },
      /customer\.phone .*digits.*999-999/,
    ],
    [
      'createPayment',
      { customer: { ...customer, phone: '1'.repeat(21) }, order, payment },
      /customer\.phone .*20/,
    ],
    [
      'createPayment',
      { customer: { ...customer, address: x(256) }, order, payment },
      /customer\.address .*255/,
    ],
    [
      'createPayment',
      { customer: { ...customer, country: 'I' }, order, payment },
      /customer\.country .*2 to 60/,
    ],
    [
      'createPayment',
      { customer: { ...customer, country: '12' }, order, payment },
      /customer\.country/,
    ],
    [
      'createPayment',
      { customer: { ...customer, id_card: x(21) }, order, payment },
      /customer\.id_card .*20/,
    ],
    [
      'createPayment',
      { customer: { ...customer, date_of_birth: '2000-12-01' }, order, payment },
      /dd-MM-yyyy.*9999-99-99/,
    ],
    [
      'createPayment',
      { customer: { ...customer, date_of_birth: '31-02-2000' }, order, payment },
      /existing date/,
    ],
    [
      'createPayment',
      { customer, order: { ...order, invoice_number: x(65) }, payment },
      /order\.invoice_number .*64/,
    ],
    [
      'createPayment',
      { customer, order: { ...order, invoice_number: 'a\nb' }, payment },
      /control characters/,
    ],
    [
      'createPayment',
      { customer, order: { ...order, amount: 1.5 }, payment },
      /order\.amount must be whole rupiah.*given 1\.5/,
    ],
    [
      'createPayment',
      { customer, order: { ...order, amount: '90000.50' }, payment },
      /whole rupiah.*"90000\.50"/,
    ],
    [
      'createPayment',
      { customer, order: { ...order, amount: 0 }, payment },
      /order\.amount .*given 0/,
    ],
    [
      'createPayment',
      { customer, order: { ...order, amount: -5 }, payment },
      /order\.amount .*given -5/,
    ],
    [
      'createPayment',
      { customer, order: { ...order, amount: Number.NaN }, payment },
      /order\.amount .*NaN/,
    ],
    [
      'createPayment',
      { customer, order: { ...order, amount: 10 ** 12 }, payment },
      /order\.amount .*1000000000000/,
    ],
    ['createPayment', { customer, order: { ...order, amount: '9e4' }, payment }, /order\.amount/],
    [
      'createPayment',
      { customer, order: { ...order, session_id: x(51) }, payment },
      /order\.session_id .*50/,
    ],
    [
      'createPayment',
      { customer, order: { ...order, line_items: [{ price: 0.5, quantity: 1 }] }, payment },
      /order\.line_items\[0\]\.price .*0\.5/,
    ],
    [
      'createPayment',
      { customer, order: { ...order, line_items: [{ price: 45_000, quantity: 1.5 }] }, payment },
      /line_items\[0\]\.quantity .*1\.5/,
    ],
    [
      'createPayment',
      { customer, order: { ...order, line_items: [{ price: 1, quantity: 1 }] }, payment },
      /add up to order\.amount 90000/,
    ],
    [
      'createPayment',
      { customer, order: { ...order, line_items: 'all' }, payment },
      /order\.line_items/,
    ],
    [
      'createPayment',
      { customer, order, payment: { token_id: x(129) } },
      /payment\.token_id .*128/,
    ],
    [
      'createPayment',
      { customer, order, payment: { ...payment, otp_expiration_timestamp: 1.5 } },
      /otp_expiration_timestamp/,
    ],
    [
      'createPayment',
      { customer, order, payment, additional_info: 'none' },
      /additional_info must be an object/,
    ],
    [
      'createPayment',
      { customer, order, payment, additional_info: { settlement: [{}] } },
      /additional_info .*settlement must be a list/,
    ],
    [
      'createPayment',
      { customer, order, payment, additional_info: { override_notification_url: 'x' } },
      /override_notification_url must be an absolute URL/,
    ],
    [
      'createPayment',
      { customer, order, payment, invoice: 1 },
      /invoice is not a member of this request.*extra/,
    ],
    [
      'createPayment',
      { customer: { ...customer, emial: 'a' }, order, payment },
      /customer\.emial is not a member/,
    ],
    ['createPayment', null, /request must be an object \(given null\)/],
    ['createPayment', 'order', /request must be an object/],
    ['registerCard', { customer, debit_card: {} }, /debit_card\.account_mobile_phone is mandatory/],
    [
      'registerCard',
      { customer, debit_card: { ...debit_card, success_registration_url: '/ok' } },
      /success_registration_url must be an absolute URL/,
    ],
    [
      'registerCard',
      { customer: { ...customer, additional_info: x(257) }, debit_card },
      /customer\.additional_info .*256/,
    ],
    ['listTokens', { customer: {} }, /customer\.id is mandatory/],
    ['deleteToken', { customer }, /debit_card is mandatory/],
    ['validatePaymentOtp', { payment: { token: x(257), otp: '1' } }, /payment\.token .*256/],
    [
      'validatePaymentOtp',
      { payment: { token: 'a', otp: '1234567' } },
      /payment\.otp .*6.*7 characters/,
    ],
    [
      'validatePaymentOtp',
      { payment: { token: 'a', otp: 123456 } },
      /payment\.otp must be a text.*given a number/,
    ],
    ['resendPaymentOtp', { payment: {} }, /payment\.token is mandatory/],
    [
      'refund',
      { order: { invoice_number: 'a' }, payment: {}, refund: { amount: 1 } },
      /payment\.original_request_id is mandatory/,
    ],
    [
      'refund',
      {
        order: { invoice_number: 'a' },
        payment: { original_request_id: 'b' },
        refund: { amount: '2.5' },
      },
      /refund\.amount .*"2\.5"/,
    ],
  ])('%s refuses %j', async (method, request, message) => {
    const error = await call(method, request);

    expect(error).toBeInstanceOf(DokuValidationError);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).toMatch(new RegExp(`^cimb\\.${method}: `));
  });

  it.each([
    [
      'createPayment',
      { customer: { id: x(50) }, order: { ...order, amount: '90000.00' }, payment },
    ],
    ['createPayment', { customer, order: { ...order, amount: 999_999_999_999 }, payment }],
    [
      'createPayment',
      {
        customer,
        order: { ...order, line_items: [{ price: '45000', quantity: 2 }] },
        payment,
        additional_info: {
          settlement: [{ bank_account_settlement_id: 'SBA-1', value: 10, type: 'PERCENTAGE' }],
          override_notification_url: 'https://shop.example/doku/notifications',
          anything: { else: true },
        },
      },
    ],
    ['validatePaymentOtp', { payment: { token: '?+/=', otp: '012345' } }],
    [
      'registerCard',
      { customer: { ...customer, name: 'DOKU_01 Ñ', address: 'Jl. A\nJakarta' }, debit_card },
    ],
  ])('%s takes %j', async (method, request) => {
    expect(await call(method, request)).toMatchObject({ code: 'unavailable' });
  });

  it('adds up only line items that have price and quantity', async () => {
    for (const item of [{ name: 'a', price: 1 }, { name: 'a', quantity: 1 }, { name: 'a' }]) {
      const request = { customer, order: { ...order, line_items: [item] }, payment };
      expect(await call('createPayment', request)).toMatchObject({ code: 'unavailable' });
    }
  });

  it('adds up exactly, beyond what a number holds', async () => {
    const request = {
      customer,
      order: {
        ...order,
        line_items: [{ price: 999_999_999_999, quantity: 9_007_199_254_740_991 }],
      },
      payment,
    };
    expect((await call('createPayment', request)) as Error).toMatchObject({
      message: expect.stringContaining('9007199254731983800745259009'),
    });
  });

  it('refuses names that belong to every object', async () => {
    for (const odd of [
      '{"constructor":null}',
      '{"__proto__":{"a":1}}',
      '{"customer":{"constructor":{}}}',
    ]) {
      const request = { customer, order, payment, ...(JSON.parse(odd) as object) };
      const given = odd.includes('__proto__') ? (JSON.parse(odd) as unknown) : request;
      expect(await call('createPayment', given)).toMatchObject({
        code: 'validation',
        message: expect.stringMatching(/(constructor|__proto__) is not a member/),
      });
    }
  });

  it('collects every problem of a request', async () => {
    const error = await call('createPayment', {
      customer: { id: '' },
      order: { invoice_number: '', amount: 1.5 },
      payment: {},
    });

    expect((error as DokuValidationError).problems).toHaveLength(4);
  });

  it('shows neither OTP nor token nor name of what it refuses', async () => {
    const error = await call('validatePaymentOtp', {
      payment: { token: 'token-canary'.repeat(30), otp: 'otp-canary' },
    });

    expect(JSON.stringify(error) + String((error as Error).stack)).not.toMatch(/canary/);
  });

  it('refuses what cannot be written as JSON', async () => {
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    for (const additional_info of [cyclic, { n: 1n }]) {
      expect(
        await call('createPayment', { customer, order, payment, additional_info }),
      ).toMatchObject({
        code: 'validation',
      });
    }
  });
});
