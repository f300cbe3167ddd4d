import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AlloDirectDebitOptions, DokuValidationError } from 'nestjs-doku';

import { type StartedLibrary, startLibrary } from '../harness/library.js';
import { MERCHANT_PRIVATE_KEY } from '../harness/snap-merchant.js';

const x = (length: number) => 'x'.repeat(length);
const idr = (value: unknown) => ({ value });

const bindInfo = {
  custIdMerchant: 'cust-001',
  successRegistrationUrl: 'https://shop.example/ok',
  failedRegistrationUrl: 'https://shop.example/failed',
  deviceModel: 'Pixel 8',
  osType: 'android',
  channelId: 'app',
};
const bind = (more: object = {}) => ({
  phoneNo: '628238748728423',
  additionalInfo: { ...bindInfo, ...more },
});

const payInfo = {
  remarks: 'Order 1',
  successPaymentUrl: 'https://shop.example/ok',
  failedPaymentUrl: 'https://shop.example/failed',
  lineItems: [{ name: 'Kopi susu', price: 50_000, quantity: 1 }],
};
const pay = (more: object = {}) => ({
  partnerReferenceNo: 'INV2025011500000000000000000001A',
  amount: idr(50_000),
  payOptionDetails: [{ payMethod: 'BALANCE', transAmount: idr(50_000) }],
  additionalInfo: payInfo,
  ...more,
});
const payInfoWith = (more: object) => pay({ additionalInfo: { ...payInfo, ...more } });
const item = (more: object) =>
  payInfoWith({ lineItems: [{ name: 'Kopi', price: 1, quantity: 1, ...more }] });

const refund = (more: object = {}) => ({
  originalPartnerReferenceNo: 'INV-1',
  refundAmount: idr(10_000),
  partnerRefundNo: 'REF-1',
  ...more,
});

const OPTIONS = {
  customer: { authCode: 'auth-code-canary' },
  ipAddress: '192.168.1.1',
  deviceId: '912f12e223624d2e94828b168199aa',
};

describe('requests to Allo', () => {
  let library: StartedLibrary;

  const start = (alloDirectDebit: AlloDirectDebitOptions = {}) =>
    // Nobody listens there: what passes the checks fails with another error.
    startLibrary({
      baseUrl: 'http://127.0.0.1:1',
      privateKey: MERCHANT_PRIVATE_KEY,
      channels: { alloDirectDebit },
    });

  beforeAll(async () => {
    library = await start();
  });

  afterAll(() => library.close());

  const call = async (
    method: string,
    request: unknown,
    options: object = OPTIONS,
    { allo } = library,
  ): Promise<unknown> => {
    const operations = allo as unknown as Record<
      string,
      (request: unknown, options: object) => Promise<unknown>
    >;
    return operations[method]
      ?.call(allo, request, { signal: AbortSignal.abort(), ...options })
      .catch((error: unknown) => error);
  };

  it.each([
    ['bindAccount', { additionalInfo: bindInfo }, /phoneNo is mandatory/],
    ['bindAccount', { ...bind(), phoneNo: '62823874' }, /phoneNo must be 9 to 16 digits.*8 char/],
    ['bindAccount', { ...bind(), phoneNo: '6'.repeat(17) }, /phoneNo must be 9 to 16 digits/],
    ['bindAccount', { ...bind(), phoneNo: '+62823874872' }, /phoneNo must be .*digits/],
    ['bindAccount', { ...bind(), phoneNo: 628238748728 }, /phoneNo must be a text/],
    ['bindAccount', { phoneNo: '628238748728423' }, /additionalInfo is mandatory/],
    ['bindAccount', bind({ custIdMerchant: undefined }), /custIdMerchant is mandatory/],
    ['bindAccount', bind({ custIdMerchant: x(65) }), /custIdMerchant must be at most 64/],
    ['bindAccount', bind({ custIdMerchant: 'a\nb' }), /custIdMerchant .*control characters/],
    ['bindAccount', bind({ successRegistrationUrl: undefined }), /successRegistrationUrl is mand/],
    ['bindAccount', bind({ failedRegistrationUrl: '/no' }), /failedRegistrationUrl .*absolute URL/],
    ['bindAccount', bind({ deviceModel: x(65) }), /deviceModel .*64/],
    ['bindAccount', bind({ osType: 'windows' }), /osType must be ios or android/],
    ['bindAccount', bind({ channelId: 'APP' }), /channelId must be app or web/],
    ['bindAccount', bind({ customerName: x(71) }), /customerName .*70/],
    ['bindAccount', bind({ email: x(65) }), /email .*64/],
    ['bindAccount', bind({ idCard: x(21) }), /idCard .*20/],
    ['bindAccount', bind({ country: x(61) }), /country .*60/],
    ['bindAccount', bind({ address: x(256) }), /address .*255/],
    ['bindAccount', bind({ dateOfBirth: '1999-01-01' }), /dateOfBirth .*existing date.*yyyyMMdd/],
    ['bindAccount', bind({ dateOfBirth: '19990229' }), /dateOfBirth .*existing date/],
    [
      'bindAccount',
      bind({ channel: 'DIRECT_DEBIT_BRI_SNAP' }),
      /channel must be DIRECT_DEBIT_ALLO/,
    ],
    ['bindAccount', bind({ nickname: 'Budi' }), /additionalInfo\.nickname is not a member.*extra/],

    ['inquireBalance', { additionalInfo: { channel: 'OTHER' } }, /additionalInfo\.channel must be/],
    ['inquireBalance', { bankCardToken: 'x' }, /bankCardToken is not a member/],
    ['inquireBalance', undefined, /request must be an object/],

    ['createPayment', pay({ partnerReferenceNo: undefined }), /partnerReferenceNo is mandatory/],
    ['createPayment', pay({ partnerReferenceNo: '' }), /partnerReferenceNo must be 1 to 64/],
    ['createPayment', pay({ partnerReferenceNo: x(65) }), /partnerReferenceNo .*at most 64/],
    ['createPayment', pay({ partnerReferenceNo: 'INV\t1' }), /partnerReferenceNo .*control/],
    ['createPayment', pay({ amount: 50_000 }), /amount must be an object such as \{ value: 50000/],
    [
      'createPayment',
      pay({ amount: idr(0) }),
      /amount\.value must be rupiah of at least 1.*given 0/,
    ],
    ['createPayment', pay({ amount: idr(1.5) }), /amount\.value .*given 1\.5/],
    ['createPayment', pay({ amount: idr('0.99') }), /amount\.value .*at least 1.*"0\.99"/],
    ['createPayment', pay({ amount: idr('50000.5') }), /amount\.value .*"50000\.5"/],
    ['createPayment', pay({ amount: idr('50,000') }), /amount\.value .*"50,000"/],
    ['createPayment', pay({ amount: idr('1'.repeat(17)) }), /amount\.value must be rupiah/],
    ['createPayment', pay({ amount: idr(Number.NaN) }), /amount\.value .*NaN/],
    ['createPayment', pay({ amount: idr(2 ** 53) }), /amount\.value must be rupiah/],
    ['createPayment', pay({ amount: { value: 1, currency: 'USD' } }), /currency must be IDR/],
    ['createPayment', pay({ payOptionDetails: undefined }), /payOptionDetails is mandatory/],
    ['createPayment', pay({ payOptionDetails: [] }), /payOptionDetails .*at least one.*list of 0/],
    [
      'createPayment',
      pay({ payOptionDetails: [{ payMethod: 'CASH', transAmount: idr(50_000) }] }),
      /payOptionDetails\[0\]\.payMethod must be BALANCE or POINT or PAYLATER/,
    ],
    [
      'createPayment',
      pay({ payOptionDetails: [{ payMethod: 'POINT' }] }),
      /payOptionDetails\[0\]\.transAmount is mandatory/,
    ],
    [
      'createPayment',
      pay({
        payOptionDetails: [
          { payMethod: 'BALANCE', transAmount: idr(49_000) },
          { payMethod: 'POINT', transAmount: idr('500.50') },
        ],
      }),
      /must add up to amount\.value 50000\.00 \(given transAmount in all 49500\.50\).*checkPayOptions/,
    ],
    ['createPayment', pay({ additionalInfo: undefined }), /additionalInfo is mandatory/],
    ['createPayment', payInfoWith({ remarks: '' }), /remarks must be 1 to 40/],
    ['createPayment', payInfoWith({ remarks: x(41) }), /remarks .*40/],
    ['createPayment', payInfoWith({ successPaymentUrl: 'shop' }), /successPaymentUrl .*absolute/],
    [
      'createPayment',
      payInfoWith({ failedPaymentUrl: undefined }),
      /failedPaymentUrl is mandatory/,
    ],
    ['createPayment', payInfoWith({ lineItems: [] }), /lineItems must be a list of at least one/],
    ['createPayment', payInfoWith({ lineItems: undefined }), /lineItems is mandatory/],
    ['createPayment', item({ name: x(33) }), /lineItems\[0\]\.name .*32/],
    ['createPayment', item({ price: 0.5 }), /lineItems\[0\]\.price .*given 0\.5/],
    ['createPayment', item({ quantity: 0 }), /lineItems\[0\]\.quantity .*at least 1/],
    ['createPayment', item({ quantity: '1.5' }), /lineItems\[0\]\.quantity .*"1\.5"/],
    ['createPayment', payInfoWith({ otpStatus: 'MAYBE' }), /otpStatus must be YES or NO/],
    ['createPayment', payInfoWith({ merchantTrxId: x(65) }), /merchantTrxId .*64/],
    ['createPayment', pay({ chargeToken: x(33) }), /chargeToken .*32/],

    ['refund', refund({ originalPartnerReferenceNo: x(65) }), /originalPartnerReferenceNo .*64/],
    ['refund', refund({ originalExternalId: x(37) }), /originalExternalId .*36/],
    ['refund', refund({ reason: x(256) }), /reason .*255/],
    ['refund', refund({ partnerRefundNo: '' }), /partnerRefundNo must be 1 to 64/],
    ['refund', refund({ partnerRefundNo: x(65) }), /partnerRefundNo .*64/],
    ['refund', refund({ refundAmount: idr('-1') }), /refundAmount\.value .*"-1"/],
    ['refund', refund({ refundAmount: undefined }), /refundAmount is mandatory/],

    ['unbindAccount', { tokenId: x(2049) }, /tokenId .*2048/],
    ['unbindAccount', { tokenId: '' }, /tokenId must be 1 to 2048/],

    [
      'checkStatus',
      {},
      /give originalPartnerReferenceNo, originalReferenceNo or originalExternalId/,
    ],
    [
      'checkStatus',
      { originalPartnerReferenceNo: 'a', serviceCode: '5' },
      /serviceCode must be exactly 2 digits/,
    ],
    [
      'checkStatus',
      { originalPartnerReferenceNo: 'a', transactionDate: '2025-01-15 10:30' },
      /transactionDate must be a moment in ISO 8601/,
    ],
  ])('%s refuses %j', async (method, request, message) => {
    const error = await call(method, request);

    expect(error).toBeInstanceOf(DokuValidationError);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).toMatch(new RegExp(`^allo\\.${method}: `));
  });

  it.each([
    ['bindAccount', bind(), { deviceId: OPTIONS.deviceId }, /ipAddress is mandatory/],
    ['bindAccount', bind(), { ipAddress: '192.168.1.1' }, /deviceId is mandatory/],
    ['inquireBalance', {}, { ipAddress: '192.168.1.1' }, /customer is mandatory/],
    ['inquireBalance', {}, { customer: OPTIONS.customer }, /ipAddress is mandatory/],
    ['createPayment', pay(), { ipAddress: '192.168.1.1' }, /customer is mandatory/],
    ['createPayment', pay(), { ...OPTIONS, ipAddress: '::1' }, /ipAddress must be an IPv4/],
    ['refund', refund(), { customer: OPTIONS.customer }, /ipAddress is mandatory/],
    ['refund', refund(), { ipAddress: '192.168.1.1' }, /customer is mandatory/],
    ['unbindAccount', { tokenId: 'token-1' }, {}, /ipAddress is mandatory/],
    ['unbindAccount', {}, { ipAddress: '192.168.1.1' }, /give tokenId, or the customer/],
  ])('%s of %j needs more than the options %j', async (method, request, options, message) => {
    const error = await call(method, request, options);

    expect(error).toBeInstanceOf(DokuValidationError);
    expect((error as Error).message).toMatch(message);
  });

  it.each([
    ['bindAccount', bind({ channel: 'DIRECT_DEBIT_ALLO_SNAP', dateOfBirth: '19990101' })],
    ['inquireBalance', {}],
    ['createPayment', pay()],
    ['createPayment', pay({ partnerReferenceNo: 'INV0001' })],
    ['createPayment', pay({ partnerReferenceNo: 'INV-0001/ä' })],
    ['createPayment', pay({ amount: idr('50000') })],
    ['createPayment', pay({ amount: { value: '50000.00', currency: 'IDR' } })],
    [
      'createPayment',
      pay({
        amount: idr('9999999999999999.99'),
        payOptionDetails: [
          { payMethod: 'POINT', transAmount: idr('0000000000000001.00'), feeAmount: idr('0.00') },
          { payMethod: 'PAYLATER', transAmount: idr('9999999999999998.99'), feeAmount: idr(0) },
        ],
      }),
    ],
    // DOKU does not say that they must add up.
    ['createPayment', item({ price: 0, quantity: '3' })],
    ['refund', refund({ originalExternalId: '1', reason: 'x', partnerRefundNo: x(64) })],
    ['unbindAccount', { tokenId: 'token-1' }],
    [
      'checkStatus',
      { originalExternalId: '1', transactionDate: '2020-12-21T07:56:11.000Z', amount: idr(1) },
    ],
  ])('%s takes %j', async (method, request) => {
    expect(await call(method, request)).toMatchObject({ code: 'unavailable' });
  });

  it('collects every problem of a request', async () => {
    const error = await call('createPayment', { payOptionDetails: [{}], additionalInfo: {} });

    expect((error as DokuValidationError).problems.length).toBeGreaterThan(7);
  });

  it('shows nothing of phone, token or person in what it refuses', async () => {
    const errors = await Promise.all([
      call('bindAccount', bind({ email: 'budi-canary@example.com'.repeat(4) })),
      call('unbindAccount', { tokenId: 'token-canary'.repeat(300) }),
      call('inquireBalance', {}, { ...OPTIONS, customer: { authCode: 'canary with blank' } }),
    ]);

    for (const error of errors) {
      expect(error).toBeInstanceOf(DokuValidationError);
      expect(JSON.stringify(error) + String((error as Error).stack)).not.toMatch(/canary/);
    }
  });

  describe('with other settings', () => {
    it('strict references are 32 to 64 letters and digits', async () => {
      const strict = await start({ references: 'strict' });
      for (const partnerReferenceNo of ['INV0001', x(31), `${x(31)}-`, `${x(31)}é`]) {
        expect(
          await call('createPayment', pay({ partnerReferenceNo }), OPTIONS, strict),
        ).toMatchObject({
          code: 'validation',
          message: expect.stringMatching(/partnerReferenceNo must be 32 to 64 letters and digits/),
        });
      }
      expect(await call('refund', refund(), OPTIONS, strict)).toMatchObject({
        message: expect.stringMatching(/originalPartnerReferenceNo must be 32 to 64/),
      });
      for (const reference of [x(32), x(64)]) {
        const payment = pay({ partnerReferenceNo: reference });
        const refunded = refund({ originalPartnerReferenceNo: reference });
        expect(await call('createPayment', payment, OPTIONS, strict)).toMatchObject({
          code: 'unavailable',
        });
        expect(await call('refund', refunded, OPTIONS, strict)).toMatchObject({
          code: 'unavailable',
        });
      }
      expect(strict.logs.matching(/partnerReferenceNo/)).toEqual([]);
      await strict.close();
    });

    it('lenient references of another form are warned about once per merchant', async () => {
      const lenient = await startLibrary({
        baseUrl: 'http://127.0.0.1:1',
        privateKey: MERCHANT_PRIVATE_KEY,
        merchants: {
          second: {
            clientId: 'MCH-0002-1',
            secretKey: 'SK-second-0123456789',
            privateKey: MERCHANT_PRIVATE_KEY,
          },
        },
      });
      const warnings = () => lenient.logs.matching(/^warn .*partnerReferenceNo of/);

      await call('createPayment', pay(), OPTIONS, lenient);
      await call('createPayment', pay({ partnerReferenceNo: undefined }), OPTIONS, lenient);
      expect(warnings()).toEqual([]);
      for (const merchant of ['default', 'default', 'second', 'second']) {
        const options = { ...OPTIONS, merchant };
        await call('createPayment', pay({ partnerReferenceNo: 'INV0001' }), options, lenient);
        await call('createPayment', pay({ partnerReferenceNo: `${x(40)}-` }), options, lenient);
      }

      expect(warnings()).toHaveLength(2);
      expect(warnings()[0]).toMatch(/merchant=default .*7 characters like "aaa9999".*"strict"/);
      expect(warnings()[1]).toMatch(/merchant=second/);
      await lenient.close();
    });

    it('payment parts are not added up', async () => {
      const trusting = await start({ checkPayOptions: false });
      const request = pay({ amount: idr(60_000) });

      expect(await call('createPayment', request, OPTIONS, trusting)).toMatchObject({
        code: 'unavailable',
      });
      await trusting.close();
    });
  });
});
