import { readFileSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type BriDirectDebitService, BRI_OTP_RULES, dokuCall } from 'nestjs-doku';

import { CannedGateway, signed, unsigned } from '../harness/gateway.js';
import { CREDENTIALS, type StartedLibrary, startLibrary } from '../harness/library.js';

interface Sample {
  id: string;
  path: string;
  successStatus: number | null;
  requestSample: object | null;
  responseSample: object | null;
}

const samples = JSON.parse(
  readFileSync(new URL('../fixtures/bri-samples.json', import.meta.url), 'utf8'),
) as Sample[];

const TOKEN = 'kSooS93xUk6kJu9VuH33ec5QjlYxoNDEc+AfnoZYaB0=';
const customer = { id: 'CUST-0001', name: 'Anton Budiman' };
const payment = {
  customer,
  order: { invoice_number: 'INV-1', amount: 90_000 },
  payment: { token_id: 'card-1' },
};
const paid = { invoice_number: 'INV-1', amount: '90000.00' };

/** How an operation is called; request and answer that stand in for what DOKU does not document. */
const CALLS: Record<
  string,
  { method: keyof BriDirectDebitService; request?: object; answer?: object; result?: object }
> = {
  'bri.token': {
    method: 'registerCard',
    request: { customer, debit_card: { anything: '1' } },
    answer: { debit_card: { token: 'registration-1', anything: 1 }, more: [] },
  },
  'bri.token.validate': {
    method: 'validateRegistrationOtp',
    request: { debit_card: { token: 'registration-1', otp: '012345' } },
    answer: {},
  },
  'bri.token.otp': {
    method: 'resendRegistrationOtp',
    request: { debit_card: { token: 'registration-1' } },
    answer: {},
  },
  'bri.tokens': {
    method: 'listTokens',
    answer: [{ customer, debit_card: { token_id: 'card-1', masked: '5221********1234' } }],
  },
  'bri.payment': {
    method: 'createPayment',
    request: payment,
    answer: { payment: { token: TOKEN, status: 'PENDING' }, order: { ...paid, amount: 90_000 } },
    result: { payment: { token: TOKEN, status: 'PENDING' }, order: paid },
  },
  'bri.payment.validate': {
    method: 'validatePaymentOtp',
    result: {
      customer: {
        ...customer,
        email: 'anton@example.com',
        phone: '6285694566147',
        address: 'Menara Mulia Lantai 8',
        country: 'ID',
        id_card: '182918299187776',
        date_of_birth: '15-12-1996',
      },
      order: {
        invoice_number: 'INV-20210118-0001',
        amount: '90000.00',
        line_items: [
          { name: 'T-Shirt Red', price: '30000.00', quantity: 2 },
          { name: 'Polo Navy', price: '30000.00', quantity: 1 },
        ],
      },
      payment: { token: TOKEN, status: 'SUCCESS' },
    },
  },
  'bri.payment.otp': {
    method: 'resendPaymentOtp',
    request: { payment: { token: TOKEN } },
    answer: {},
  },
  'bri.payment.recurring': {
    method: 'createRecurringPayment',
    answer: { payment: { status: 'FAILED' } },
  },
  'bri.token.delete': {
    method: 'deleteToken',
    request: { customer, debit_card: { token_id: 'card-1' } },
    answer: {},
  },
  'bri.payment.recurring.alternate': {
    method: 'createRecurringPayment',
    answer: { payment: { status: 'SUCCESS' } },
  },
};

describe('BRI on the wire', () => {
  let gateway: CannedGateway;
  let library: StartedLibrary;

  beforeAll(async () => {
    gateway = await new CannedGateway().start();
    library = await startLibrary({ baseUrl: gateway.url, http: { verifyResponses: 'strict' } });
  });

  afterAll(async () => {
    await library.close();
    await gateway.stop();
  });

  const callSample = (id: string, request: object): Promise<object> => {
    const { method } = CALLS[id] ?? {};
    if (!method) throw new Error(id);
    return library.bri[method](request as never);
  };

  it.each(samples)('$id goes out to $path and comes back', async (sample) => {
    const call = CALLS[sample.id];
    const request = sample.requestSample ?? call?.request;
    const answer = sample.responseSample ?? call?.answer;
    gateway.answer = signed(answer, { secretKey: CREDENTIALS.secretKey });

    const response = await callSample(sample.id, request ?? {});

    const sent = gateway.seen.at(-1);
    expect(`${sent?.method} ${sent?.url}`).toBe(`POST ${sample.path}`);
    expect(JSON.parse(sent?.body.toString() ?? '')).toEqual(request);
    expect(response).toEqual(call?.result ?? answer);
    expect(dokuCall(response).requestId).toBe(sent?.headers['request-id']);
  });

  it('covers every operation of the reference', () => {
    expect(Object.keys(CALLS)).toEqual(samples.map(({ id }) => id));
  });

  it("sends the names of DOKU's sample, not those of its table", async () => {
    gateway.answer = signed(
      { payment: { token: TOKEN, status: 'SUCCESS' } },
      { secretKey: CREDENTIALS.secretKey },
    );

    await library.bri.validatePaymentOtp({ payment: { token: TOKEN, otp: '999999' } });

    expect(gateway.seen.at(-1)?.body.toString()).toBe(
      `{"payment":{"token":"${TOKEN}","otp":"999999"}}`,
    );
  });

  it('can be sent to other paths, and puts extra members in', async () => {
    const moved = await startLibrary({
      baseUrl: gateway.url,
      channels: { briDirectDebit: { paths: { registerCard: '/bri-direct-debit/v2/token' } } },
    });
    gateway.answer = unsigned({});

    await moved.bri.registerCard({ customer }, { extra: { debit_card: { last_four: '1234' } } });

    const sent = gateway.seen.at(-1);
    expect(sent?.url).toBe('/bri-direct-debit/v2/token');
    expect(JSON.parse(sent?.body.toString() ?? '')).toEqual({
      customer,
      debit_card: { last_four: '1234' },
    });
    await moved.close();
  });

  it.each([
    ['createPayment', { payment: { status: 'PENDING' } }],
    ['createPayment', { payment: { token: TOKEN } }],
    ['createRecurringPayment', { order: paid }],
  ] as const)(
    'takes no 2xx of %s for an answer that does not say how it stands: %j',
    async (method, answer) => {
      gateway.answer = signed(answer, { secretKey: CREDENTIALS.secretKey });

      await expect(library.bri[method](payment)).rejects.toMatchObject({
        code: 'outcome-unknown',
        reference: 'INV-1',
        operation: `bri.${method}`,
      });
    },
  );

  it('takes a 409 for the stored answer only if it is about this very payment', async () => {
    const stored = (amount: number) => ({
      order: { invoice_number: 'INV-1', amount },
      payment: { token: TOKEN, status: 'SUCCESS' },
    });
    const conflict = { secretKey: CREDENTIALS.secretKey, status: 409 };
    gateway.answer = signed(stored(90_000), conflict);
    expect(dokuCall(await library.bri.createRecurringPayment(payment)).replayed).toBe(true);

    gateway.answer = signed(stored(80_000), conflict);
    await expect(library.bri.createRecurringPayment(payment)).rejects.toMatchObject({
      code: 'outcome-unknown',
    });
  });

  it.each([
    ['validatePaymentOtp', { payment: { token: TOKEN, otp: '999999' } }],
    ['resendPaymentOtp', { payment: { token: TOKEN } }],
    ['validateRegistrationOtp', { debit_card: { token: TOKEN, otp: '999999' } }],
    ['resendRegistrationOtp', { debit_card: { token: TOKEN } }],
  ] as const)('sends %s once, whatever comes back', async (method, request) => {
    const before = gateway.seen.length;
    gateway.answer = unsigned({}, 503);

    await expect(library.bri[method](request as never)).rejects.toMatchObject({
      code: 'outcome-unknown',
    });
    expect(gateway.seen).toHaveLength(before + 1);
  });

  it.each([
    [400, { error: { code: 'INVALID_OTP', message: 'The OTP is wrong' } }, 'wrong'],
    [400, { error: { code: 'OTP_EXPIRED', message: 'Ask for another' } }, 'expired'],
    [403, { error: { code: 'OTP_BLOCKED', message: 'Blocked for 24 hours' } }, 'blocked'],
    [422, { message: ['Invalid OTP'] }, 'wrong'],
    [400, { error: { code: 'DECLINED', message: 'No' } }, undefined],
  ])('tells what is wrong with an OTP at %s %j: %s', async (status, body, expected) => {
    gateway.answer = unsigned(body, status);

    const error: unknown = await library.bri
      .validatePaymentOtp({ payment: { token: TOKEN, otp: '482913' } })
      .catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({
      code: 'refused',
      outcome: 'definite',
      operation: 'bri.validatePaymentOtp',
    });
    expect((error as { otpProblem?: string }).otpProblem).toBe(expected);
    expect('otpProblem' in (error as object)).toBe(expected !== undefined);
    expect(JSON.parse(JSON.stringify(error))).toHaveProperty('code');
    expect(JSON.stringify(error)).not.toContain('482913');
  });

  it('holds the rules of BRI for OTPs as data', () => {
    expect(BRI_OTP_RULES).toEqual({ maxLength: 6, tries: 5, blockHours: 24 });
  });
});
