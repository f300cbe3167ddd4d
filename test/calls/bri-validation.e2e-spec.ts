import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DokuValidationError } from 'nestjs-doku';

import { PARTS, REFUSED, TAKEN } from '../harness/direct-debit-requests.js';
import { type StartedLibrary, startLibrary } from '../harness/library.js';

const { customer, order, payment } = PARTS;
const x = (length: number) => 'x'.repeat(length);

/** A recurring payment is asked for like any other. */
const recurring = <Row extends readonly [string, ...unknown[]]>(rows: readonly Row[]): Row[] =>
  rows
    .filter(([method]) => method === 'createPayment')
    .map(([, ...rest]) => ['createRecurringPayment', ...rest] as unknown as Row);

describe('requests to BRI', () => {
  let library: StartedLibrary;

  beforeAll(async () => {
    // Nobody listens there: what passes the checks fails with another error.
    library = await startLibrary({ baseUrl: 'http://127.0.0.1:1' });
  });

  afterAll(() => library.close());

  const call = async (method: string, request: unknown, options: object = {}): Promise<unknown> => {
    const { bri } = library;
    const operations = bri as unknown as Record<
      string,
      (request: unknown, options: object) => Promise<unknown>
    >;
    return operations[method]
      ?.call(bri, request, { signal: AbortSignal.abort(), ...options })
      .catch((error: unknown) => error);
  };

  it.each([
    ...REFUSED,
    ...recurring(REFUSED),
    ['registerCard', { debit_card: {} }, /customer is mandatory/],
    ['registerCard', { customer: {} }, /customer\.id is mandatory/],
    ['registerCard', { customer, debit_card: 'card' }, /debit_card must be an object/],
    ['registerCard', { customer, card: {} }, /card is not a member of this request.*extra/],
    ['validateRegistrationOtp', {}, /debit_card is mandatory/],
    ['validateRegistrationOtp', { debit_card: { otp: '1' } }, /debit_card\.token is mandatory/],
    ['validateRegistrationOtp', { debit_card: { token: 'a' } }, /debit_card\.otp is mandatory/],
    [
      'validateRegistrationOtp',
      { debit_card: { token: 'a', otp: '1234567' } },
      /debit_card\.otp .*6.*7 characters/,
    ],
    ['resendRegistrationOtp', { debit_card: {} }, /debit_card\.token is mandatory/],
    ['resendRegistrationOtp', { debit_card: { token: x(257) } }, /debit_card\.token .*256/],
    // The names in DOKU's table, which its sample contradicts.
    [
      'validatePaymentOtp',
      { debit_card: { token: 'a', otp: '999999' } },
      /debit_card is not a member/,
    ],
    [
      'createRecurringPayment',
      { customer, order, payment, acquirer: 'BRI' },
      /acquirer must be an object/,
    ],
    [
      'createPayment',
      { customer, order, payment, channel: { id: '' } },
      /channel\.id must be 1 to 64 characters/,
    ],
  ])('%s refuses %j', async (method, request, message) => {
    const error = await call(method, request);

    expect(error).toBeInstanceOf(DokuValidationError);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).toMatch(new RegExp(`^bri\\.${method}: `));
  });

  it.each([
    ...TAKEN,
    ...recurring(TAKEN),
    ['registerCard', { customer }],
    ['registerCard', { customer, debit_card: { anything: { else: ['x'] } } }],
    ['validateRegistrationOtp', { debit_card: { token: '?+/=', otp: '012345' } }],
    [
      'createRecurringPayment',
      { customer, order, payment, channel: { id: 'DIRECT_DEBIT' }, acquirer: { id: 'BRI' } },
    ],
  ])('%s takes %j', async (method, request) => {
    expect(await call(method, request)).toMatchObject({ code: 'unavailable' });
  });

  it('takes what DOKU has not documented as extra, but nothing over what was checked', async () => {
    const extra = { debit_card: { last_four: '1234' }, card: { number: '1' } };

    expect(await call('registerCard', { customer }, { extra })).toMatchObject({
      code: 'unavailable',
    });
    expect(
      await call('registerCard', { customer }, { extra: { customer: { id: 'other' } } }),
    ).toMatchObject({ code: 'validation', message: expect.stringMatching(/would overwrite/) });
  });

  it('names its own switch for line items, which can be off', async () => {
    const request = {
      customer,
      order: { ...order, line_items: [{ price: 1, quantity: 1 }] },
      payment,
    };
    expect(await call('createRecurringPayment', request)).toMatchObject({
      message: expect.stringContaining('"channels.briDirectDebit.checkLineItems: false"'),
    });

    const lenient = await startLibrary({
      baseUrl: 'http://127.0.0.1:1',
      channels: { briDirectDebit: { checkLineItems: false } },
    });
    await expect(
      lenient.bri.createRecurringPayment(request, { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ code: 'unavailable' });
    await lenient.close();
  });

  it.each([
    [{ checkLineItems: 'false' }, 'channels.briDirectDebit.checkLineItems'],
    [{ paths: { refund: '/x' } }, 'channels.briDirectDebit.paths.refund'],
    [{ paths: { listTokens: 'x' } }, 'channels.briDirectDebit.paths.listTokens'],
  ])('does not start with %j', async (given, option) => {
    await expect(
      startLibrary({ channels: { briDirectDebit: given as never } }),
    ).rejects.toMatchObject({ code: 'configuration', option });
  });

  it('shows neither OTP nor token of what it refuses', async () => {
    for (const [method, member] of [
      ['validatePaymentOtp', 'payment'],
      ['validateRegistrationOtp', 'debit_card'],
    ] as const) {
      const error = await call(method, {
        [member]: { token: 'token-canary'.repeat(30), otp: 'otp-canary' },
      });
      expect(error).toBeInstanceOf(DokuValidationError);
      expect(JSON.stringify(error) + String((error as Error).stack)).not.toMatch(/canary/);
    }
  });
});
