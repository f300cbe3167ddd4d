import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DokuValidationError } from 'nestjs-doku';

import { PARTS, REFUSED, TAKEN } from '../harness/direct-debit-requests.js';
import { type StartedLibrary, startLibrary } from '../harness/library.js';

const { customer, order, payment } = PARTS;
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
    ...REFUSED,
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
    ...TAKEN,
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
