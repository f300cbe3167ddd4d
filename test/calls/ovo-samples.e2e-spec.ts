import { readFileSync } from 'node:fs';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { dokuCall, type DokuCallOptions, DokuValidationError, OvoService } from 'nestjs-doku';

import { unsigned } from '../harness/gateway.js';
import { type StartedLibrary, startLibrary } from '../harness/library.js';
import { refused, SnapGateway } from '../harness/snap-gateway.js';
import { MERCHANT_PRIVATE_KEY } from '../harness/snap-merchant.js';

interface Sample {
  id: string;
  path: string;
  headersRequired: string[];
  requestSample: Record<string, unknown>;
  responseSample: Record<string, unknown>;
}

const samples = JSON.parse(
  readFileSync(new URL('../fixtures/snap-samples.json', import.meta.url), 'utf8'),
) as Sample[];
const sample = samples.find(({ id }) => id === 'ovo.payment');
if (!sample) throw new Error('the fixtures lack ovo.payment');

const CUSTOMER: DokuCallOptions = { customer: { authCode: 'auth-code-1' } };
const channel = { channel: 'EMONEY_OVO_SNAP' };
const amount = (value: string) => ({ value, currency: 'IDR' });

/** Requests as they are given and sent, and answers, after the other SNAP accounts (reference snap 9, 11). */
const CALLS = {
  bindAccount: {
    path: '/direct-debit/core/v1/registration-account-binding',
    request: {
      phoneNo: '628238748728423',
      additionalInfo: {
        custIdMerchant: 'cust-013',
        successRegistrationUrl: 'https://merchant.example/bound',
        failedRegistrationUrl: 'https://merchant.example/not-bound',
      },
    },
    answer: {
      responseCode: '2000700',
      referenceNo: '1',
      redirectUrl: 'https://sandbox.doku.com/direct-debit/ui/binding/core/1',
      additionalInfo: { authCode: '1', custIdMerchant: 'cust-013', status: 'PENDING' },
    },
    result: {
      status: 'page-created',
      additionalInfo: { authCode: '1', custIdMerchant: 'cust-013', accountStatus: 'PENDING' },
    },
    carries: [],
  },
  inquireBalance: {
    path: '/direct-debit/core/v1/balance-inquiry',
    request: {},
    answer: {
      responseCode: '2001100',
      accountInfos: [{ balanceType: 'CASH', amount: { value: 100000, currency: 'IDR' } }],
    },
    result: { accountInfos: [{ balanceType: 'CASH', amount: amount('100000.00') }] },
    carries: ['authorization-customer'],
  },
  refund: {
    path: '/direct-debit/core/v1/debit/refund',
    request: {
      originalPartnerReferenceNo: 'INV-0008',
      refundAmount: { value: '1000.00', currency: 'IDR' },
      partnerRefundNo: 'R'.repeat(64),
    },
    answer: { responseCode: '2005800', partnerRefundNo: 'R'.repeat(64) },
    result: { status: 'accepted' },
    carries: ['authorization-customer'],
  },
  unbindAccount: {
    path: '/direct-debit/core/v1/registration-account-unbinding',
    request: { tokenId: 'token-1' },
    answer: { responseCode: '2000900', referenceNo: 'UNB-1' },
    result: { status: 'accepted' },
    carries: [],
  },
  checkStatus: {
    path: '/orders/v1.0/debit/status',
    request: { originalPartnerReferenceNo: 'INV-0008', serviceCode: '54' },
    answer: { responseCode: '2005500', latestTransactionStatus: '00' },
    result: { status: 'paid' },
    carries: [],
  },
} as const;

describe('OVO on the wire', () => {
  let gateway: SnapGateway;
  let library: StartedLibrary;
  let ovo: OvoService;

  beforeAll(async () => {
    gateway = await new SnapGateway().start();
    library = await startLibrary({ baseUrl: gateway.url, privateKey: MERCHANT_PRIVATE_KEY });
    ovo = library.moduleRef.get(OvoService, { strict: false });
  });

  beforeEach(() => {
    gateway.seen.length = 0;
  });

  afterAll(async () => {
    await library.close();
    await gateway.stop();
  });

  const sent = () => {
    const call = gateway.calls.at(-1);
    return {
      target: `${call?.method} ${call?.url}`,
      headers: call?.headers ?? {},
      body: JSON.parse(call?.body.toString() ?? '') as unknown,
    };
  };
  const payment = (changes: object = {}, info: object = {}) =>
    ({
      ...sample.requestSample,
      ...changes,
      additionalInfo: { ...(sample.requestSample.additionalInfo as object), ...info },
    }) as never;

  it("pays as DOKU's sample has it", async () => {
    gateway.onCall = unsigned(sample.responseSample);

    const response = await ovo.createPayment(payment(), CUSTOMER);

    const { target, headers, body } = sent();
    expect(target).toBe(`POST ${sample.path}`);
    expect(body).toEqual(sample.requestSample);
    for (const name of sample.headersRequired) expect(headers).toHaveProperty(name.toLowerCase());
    expect(headers).not.toHaveProperty('channel-id');
    expect(headers).not.toHaveProperty('x-ip-address');
    expect(response).toEqual({ ...sample.responseSample, status: 'page-created' });
    expect(dokuCall(response).reference).toBe('INV-0008');
  });

  it.each(Object.entries(CALLS))('%s goes out and comes back typed', async (method, call) => {
    gateway.onCall = unsigned(call.answer);
    const options = method === 'bindAccount' || method === 'checkStatus' ? {} : CUSTOMER;

    const response: unknown = await ovo[method as keyof typeof CALLS](
      call.request as never,
      options,
    );

    const { target, headers, body } = sent();
    expect(target).toBe(`POST ${call.path}`);
    const info = 'additionalInfo' in call.request ? call.request.additionalInfo : {};
    expect(body).toEqual({ ...call.request, additionalInfo: { ...info, ...channel } });
    expect(response).toEqual({ ...call.answer, ...call.result });
    expect(['authorization-customer', 'x-device-id'].filter((name) => name in headers)).toEqual(
      call.carries,
    );
  });

  it('sends the address and the device of a customer who has them', async () => {
    gateway.onCall = unsigned(sample.responseSample);

    await ovo.createPayment(payment(), {
      ...CUSTOMER,
      ipAddress: '192.168.100.1',
      deviceId: 'abc123',
    });

    expect(sent().headers).toMatchObject({
      'x-ip-address': '192.168.100.1',
      'x-device-id': 'abc123',
    });
  });

  it('has no page for a recurring payment, and does not take it for paid', async () => {
    gateway.onCall = unsigned({ responseCode: '2005400', partnerReferenceNo: 'INV-0008' });
    const request = {
      partnerReferenceNo: 'INV-0008',
      amount: { value: 99_000 },
      payOptionDetails: [
        { payMethod: 'CASH' as const, transAmount: { value: 90_000 } },
        { payMethod: 'POINTS' as const, transAmount: { value: 9_000 } },
      ],
      additionalInfo: { paymentType: 'RECURRING' as const },
    };

    expect(await ovo.createPayment(request, CUSTOMER)).toMatchObject({ status: 'accepted' });

    gateway.onCall = unsigned({ responseCode: '2025400' }, 202);
    expect(await ovo.createPayment(request, CUSTOMER)).toMatchObject({ status: 'in-progress' });
  });

  it('takes no answer that names another payment', async () => {
    gateway.onCall = unsigned({ ...sample.responseSample, partnerReferenceNo: 'INV-0009' });

    await expect(ovo.createPayment(payment(), CUSTOMER)).rejects.toMatchObject({
      code: 'outcome-unknown',
      reference: 'INV-0008',
      fix: expect.stringMatching(/OvoService\.checkStatus/),
    });
    expect(gateway.calls).toHaveLength(1);
  });

  it.each([
    ['4045415', 'wrong'],
    ['4035412', 'expired'],
    ['4035411', 'blocked'],
    ['4035414', undefined],
  ])('tells by %s that an OTP is %s', async (code, otpProblem) => {
    gateway.onCall = refused(code);

    const error: unknown = await ovo
      .createPayment(payment(), CUSTOMER)
      .catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ code: 'refused', responseCode: code });
    expect((error as { otpProblem?: string }).otpProblem).toBe(otpProblem);
  });

  it.each<[string, object, object, RegExp]>([
    ['a long reference', { partnerReferenceNo: 'x'.repeat(33) }, {}, /partnerReferenceNo .*32/],
    ['another fee type', { feeType: 'ALL' }, {}, /feeType must be OUR or BEN or SHA/],
    ['no sources', { payOptionDetails: [] }, {}, /payOptionDetails must be a list of at least one/],
    [
      "Allo's sources",
      { payOptionDetails: [{ payMethod: 'BALANCE', transAmount: { value: 99_000 } }] },
      {},
      /payMethod must be CASH or POINTS/,
    ],
    [
      'parts that do not add up',
      { payOptionDetails: [{ payMethod: 'CASH', transAmount: { value: 1 } }] },
      {},
      /add up to amount\.value 99000\.00/,
    ],
    ['no payment type', {}, { paymentType: undefined }, /paymentType is mandatory/],
    ['another payment type', {}, { paymentType: 'ONCE' }, /SALE or RECURRING/],
    [
      'a sale from which nobody comes back',
      {},
      { successPaymentUrl: undefined },
      /successPaymentUrl is mandatory for paymentType SALE/,
    ],
    ['another channel', {}, { channel: 'EMONEY_DANA_SNAP' }, /must be EMONEY_OVO_SNAP/],
  ])('refuses a payment with %s', async (_what, changes, info, message) => {
    const error: unknown = await ovo
      .createPayment(payment(changes, info), CUSTOMER)
      .catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(DokuValidationError);
    expect((error as Error).message).toMatch(message);
    expect(gateway.calls).toHaveLength(0);
  });

  it('refuses a refund of a reference that DOKU would not take, and calls without a customer', async () => {
    const refund = {
      originalPartnerReferenceNo: 'x'.repeat(33),
      refundAmount: { value: 1 },
      partnerRefundNo: 'R',
    };
    await expect(ovo.refund(refund, CUSTOMER)).rejects.toThrow(
      /originalPartnerReferenceNo must be 1 to 32 characters/,
    );
    await expect(ovo.createPayment(payment())).rejects.toThrow(/customer is mandatory here/);
    await expect(ovo.inquireBalance({})).rejects.toThrow(/customer is mandatory here/);
    await expect(ovo.unbindAccount()).rejects.toThrow(/give tokenId, or the customer/);
  });

  it('unbinds with a token that is fetched for it', async () => {
    gateway.onCall = unsigned(CALLS.unbindAccount.answer);

    await ovo.unbindAccount({}, CUSTOMER);

    expect(sent().body).toEqual({
      tokenId: expect.stringMatching(/^customer-auth-code-1-/),
      additionalInfo: channel,
    });
  });

  it('goes by its settings', async () => {
    const other = await startLibrary({
      baseUrl: gateway.url,
      privateKey: MERCHANT_PRIVATE_KEY,
      channels: {
        ovo: {
          paths: { createPayment: '/direct-debit/core/v2/pay' },
          channel: 'EMONEY_OVO_V2',
          checkPayOptions: false,
          statusServiceCode: '54',
        },
      },
    });
    const moved = other.moduleRef.get(OvoService, { strict: false });
    gateway.onCall = unsigned(sample.responseSample);

    await moved.createPayment(
      payment({ amount: { value: 1 } }, { channel: 'EMONEY_OVO_V2' }),
      CUSTOMER,
    );
    expect(sent().target).toBe('POST /direct-debit/core/v2/pay');

    gateway.onCall = unsigned(CALLS.checkStatus.answer);
    await moved.checkStatus({ originalPartnerReferenceNo: 'INV-1' });
    expect(sent().body).toMatchObject({
      serviceCode: '54',
      additionalInfo: { channel: 'EMONEY_OVO_V2' },
    });
    await other.close();
  });

  it.each([
    [{ chanel: 'x' }, 'channels.ovo.chanel'],
    [{ channel: '' }, 'channels.ovo.channel'],
    [{ checkPayOptions: 'no' }, 'channels.ovo.checkPayOptions'],
    [{ statusServiceCode: '5' }, 'channels.ovo.statusServiceCode'],
    [{ paths: { pay: '/x' } }, 'channels.ovo.paths.pay'],
  ])('does not start with %j', async (given, option) => {
    await expect(startLibrary({ channels: { ovo: given as never } })).rejects.toMatchObject({
      code: 'configuration',
      option,
    });
  });
});
