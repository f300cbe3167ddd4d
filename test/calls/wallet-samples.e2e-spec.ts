import { createDecipheriv } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  dokuCall,
  type DokuCallOptions,
  DokuWalletService,
  hashSnapBody,
  minifyJson,
  signSnapTransaction,
  verifySnapTransaction,
  type WalletOperationName,
} from 'nestjs-doku';

import { freezeDate } from '../harness/frozen-date.js';
import { unsigned } from '../harness/gateway.js';
import { type StartedLibrary, startLibrary } from '../harness/library.js';
import { SnapGateway } from '../harness/snap-gateway.js';
import { MERCHANT_PRIVATE_KEY } from '../harness/snap-merchant.js';

interface Sample {
  id: string;
  path: string;
  tokenLevel: string;
  serviceCode: string;
  successCode: string;
  requestSample: Record<string, unknown>;
  responseSample: Record<string, unknown>;
}

interface Fixture {
  headers: Record<'B2B' | 'B2B+B2B2C', string[]>;
  vectors: {
    symmetric: {
      operation: string;
      clientSecret: string;
      b2bAccessToken: string;
      timestamp: string;
      minifiedBody: string;
      bodySha256Hex: string;
      stringToSign: string;
      signatureBase64: string;
    }[];
    authCodeDecryption: {
      cipher: string;
      keyUtf8: string;
      cipherBase64: string;
      plaintext: string;
    }[];
  };
  operations: Sample[];
}

const fixture = JSON.parse(
  readFileSync(new URL('../fixtures/wallet-samples.json', import.meta.url), 'utf8'),
) as Fixture;

/** Which method a sample is for, and what is ours in its answer. */
const METHODS: Record<string, readonly [method: WalletOperationName, ours: object]> = {
  2: [
    'createAccount',
    {
      forVerifyOtp: {
        originalPartnerReferenceNo: 'f1a69bce-41bc-4abd-8c5c-01910574e404',
        originalReferenceNo: 'a8b26aa5-1d41-4141-9009-c27e4501138b',
      },
    },
  ],
  3: ['verifyOtp', { pinPageUrl: 'https://wallet.example.test/pin?token=example-pin-token' }],
  4: ['bindAccount', {}],
  5: ['inquireAccount', {}],
  6: [
    'unbindAccount',
    {
      status: 'otp-needed',
      forVerifyOtp: {
        originalPartnerReferenceNo: '9a4f7d13-3a0e-4d38-93bc-2d5d1c6f0606',
        originalReferenceNo: '3c1e4b0e-5f3f-4a0b-bb7d-7a0f4c9d0606',
      },
    },
  ],
  7: ['inquireBalance', {}],
  8: [
    'inquireBankAccount',
    {
      forTransferToBank: {
        customerNumber: '6281212340010',
        beneficiaryAccountNumber: '888801000157508',
        beneficiaryBankCode: '014',
        amount: { value: '25000.00', currency: 'IDR' },
        sessionId: 'SESSION0000000000000042',
        additionalInfo: { referenceNo: '2020102977770000000042' },
      },
    },
  ],
  9: ['transferToBank', { status: 'accepted' }],
  '10.inquiry': [
    'inquireTopUpAccount',
    {
      forTopUp: {
        customerNumber: '6281212340010',
        amount: { value: '100000.00', currency: 'IDR' },
        feeAmount: { value: '0.00' },
        sessionId: 'SESSION0000000000000037',
      },
    },
  ],
  10: [
    'topUp',
    {
      status: 'accepted',
      forQueryTopUp: {
        originalPartnerReferenceNo: '1f7b1d57-9d0b-4e4c-9b55-6b2d8e101010',
        originalReferenceNo: '2020102977770000000038',
        originalExternalId: expect.stringMatching(/^\d{32}$/),
      },
    },
  ],
  11: ['queryTopUp', { status: 'paid' }],
  12: [
    'purchase',
    {
      status: 'page-created',
      forQueryPurchase: {
        originalPartnerReferenceNo: '6ad0c1cf-0b64-4f4b-9b6f-0b6ad4121212',
        originalReferenceNo: '2020102977770000000054',
        transactionDate: '2024-02-01T10:00:00+07:00',
      },
    },
  ],
  13: ['queryPurchase', { status: 'paid' }],
  14: ['cancelPurchase', { status: 'accepted' }],
  15: ['refundPurchase', { status: 'accepted' }],
  16: ['listTransactions', {}],
  17: ['getTransaction', {}],
};

const samples = fixture.operations.filter(({ id }) => id in METHODS);
const ofMethod = (method: WalletOperationName) =>
  samples.find(({ id }) => METHODS[id]?.[0] === method) ?? samples[0];

const CUSTOMER: DokuCallOptions = { customer: { accessToken: 'example.b2b2c.token' } };

describe("DOKU's wallet samples", () => {
  let gateway: SnapGateway;
  const started: StartedLibrary[] = [];

  beforeAll(async () => {
    gateway = await new SnapGateway().start();
  });
  afterEach(async () => {
    jest.useRealTimers();
    gateway.seen.length = 0;
    await Promise.all(started.splice(0).map((library) => library.close()));
  });
  afterAll(() => gateway.stop());

  const start = async (wallet: object = {}, more: object = {}): Promise<StartedLibrary> => {
    // The samples are of January 2024, and the history shows a year.
    freezeDate(new Date('2024-02-01T10:00:00+07:00'));
    const library = await startLibrary({
      baseUrl: gateway.url,
      privateKey: MERCHANT_PRIVATE_KEY,
      channels: { wallet },
      ...more,
    });
    started.push(library);
    return library;
  };

  const call = (
    { wallet }: StartedLibrary,
    sample: Sample | undefined,
    options: DokuCallOptions = CUSTOMER,
  ): Promise<object> => {
    if (!sample) throw new Error('there is no such sample');
    gateway.onCall = unsigned(sample.responseSample);
    const [method = 'createAccount'] = METHODS[sample.id] ?? [];
    const act = wallet[method].bind(wallet) as (
      request: object,
      options: DokuCallOptions,
    ) => Promise<object>;
    return act(sample.requestSample, options);
  };

  const sent = () => {
    const last = gateway.calls.at(-1);
    return {
      target: `${last?.method} ${last?.url}`,
      headers: last?.headers ?? {},
      body: JSON.parse(last?.body.toString() ?? '') as Record<string, unknown>,
    };
  };

  it('cover every operation', () => {
    const methods = Object.values(METHODS).map(([method]) => method);
    expect(samples).toHaveLength(17);
    expect(
      Object.getOwnPropertyNames(DokuWalletService.prototype).filter(
        (name) => !['constructor', 'transactions'].includes(name),
      ),
    ).toEqual(expect.arrayContaining(methods));
    expect(new Set(methods).size).toBe(17);
  });

  it.each(samples)('$id goes out to $path as printed and comes back typed', async (sample) => {
    const library = await start();
    const level = sample.tokenLevel === 'B2B' ? 'B2B' : 'B2B+B2B2C';

    const response = await call(library, sample);

    const { target, headers, body } = sent();
    expect(target).toBe(`POST ${sample.path}`);
    expect(body).toEqual(sample.requestSample);
    expect(response).toEqual({ ...sample.responseSample, ...METHODS[sample.id]?.[1] });
    expect(sample.responseSample.responseCode).toBe(sample.successCode);
    expect(gateway.calls).toHaveLength(1);
    for (const name of fixture.headers[level]) expect(headers).toHaveProperty(name.toLowerCase());
    expect(headers['x-partner-id']).toBe('MCH-0001-10791114622547');
    expect(headers['x-external-id']).toBe(dokuCall(response).externalId);
    expect(headers['x-timestamp']).toBe('2024-02-01T10:00:00+07:00');
    expect(headers['authorization-customer']).toBe(
      level === 'B2B' ? undefined : 'Bearer example.b2b2c.token',
    );
    for (const name of ['channel-id', 'x-device-id', 'x-ip-address', 'x-client-key']) {
      expect(headers).not.toHaveProperty(name);
    }
    expect(dokuCall(response).reference).toBe(
      body.partnerReferenceNo ?? body.originalPartnerReferenceNo,
    );
    // The merchant's token signs, also where the customer's goes along.
    expect(
      verifySnapTransaction({
        method: 'POST',
        path: sample.path,
        accessToken: String(headers.authorization).replace('Bearer ', ''),
        body: gateway.calls[0]?.body ?? '',
        timestamp: '2024-02-01T10:00:00+07:00',
        secretKey: 'SK-simulator-0123456789abcdef',
        signature: String(headers['x-signature']),
      }),
    ).toBe(true);
  });

  it.each(samples)('$id names its operation, and its outcome, in the log', async (sample) => {
    const library = await start();
    await call(library, sample);
    const [method] = METHODS[sample.id] ?? [];
    expect(
      library.logs.matching(new RegExp(`operation=wallet\\.${method} .*outcome=ok`)),
    ).toHaveLength(1);
  });

  it('need a customer exactly where the customer transacts', async () => {
    const library = await start();
    for (const sample of samples) {
      const outcome = await call(library, sample, {}).then(
        () => 'sent',
        (error: unknown) => error,
      );
      if (sample.tokenLevel === 'B2B') expect(outcome).toBe('sent');
      else {
        expect(outcome).toMatchObject({
          code: 'validation',
          problems: [expect.stringMatching(/customer is mandatory here.*accountId/)],
        });
      }
    }
  });

  it.each(samples)(
    '$id goes to another path, at another level, with another header',
    async (sample) => {
      const [method = 'createAccount'] = METHODS[sample.id] ?? [];
      const other = sample.tokenLevel === 'B2B' ? 'b2b2c' : 'b2b';
      const library = await start({
        paths: { [method]: '/snap-adapter/v9/thing' },
        tokenLevels: { [method]: other },
        channelId: { value: 'H2H' },
      });

      await call(library, sample);

      const { target, headers } = sent();
      expect(target).toBe('POST /snap-adapter/v9/thing');
      expect(headers['channel-id']).toBe('H2H');
      expect(headers['authorization-customer']).toBe(
        other === 'b2b' ? undefined : 'Bearer example.b2b2c.token',
      );
    },
  );

  it('carry address and device only when the caller gives them, and what the documents lack', async () => {
    const library = await start({ channelId: { header: 'X-CHANNEL-ID', value: 'DH' } });

    await call(library, ofMethod('inquireBankAccount'), {
      ...CUSTOMER,
      ipAddress: '192.168.1.1',
      deviceId: 'device1',
      extra: { additionalInfo: { beneficiaryAccountName: 'BUDI' } },
    });

    const { headers, body } = sent();
    expect(headers).toMatchObject({
      'x-ip-address': '192.168.1.1',
      'x-device-id': 'device1',
      'x-channel-id': 'DH',
    });
    expect(body.additionalInfo).toEqual({ bankCode: '014', beneficiaryAccountName: 'BUDI' });
    // Only where a customer transacts (reference wallet C.4).
    await call(library, ofMethod('inquireAccount'), {
      ipAddress: '192.168.1.1',
      deviceId: 'device1',
    });
    expect(sent().headers).toMatchObject({ 'x-ip-address': '192.168.1.1' });
    expect(sent().headers).not.toHaveProperty('x-device-id');
  });

  it.each([
    ['purchase', {}, { merchantId: 'DOKU' }],
    ['purchase', { purchaseMark: false }, {}],
    ['purchase', { purchaseMark: { value: 'SHOP' } }, { merchantId: 'SHOP' }],
    ['purchase', { purchaseMark: { member: 'terminalId' } }, { terminalId: 'DOKU' }],
    ['queryPurchase', {}, { serviceCode: '17' }],
    ['queryPurchase', { purchaseServiceCode: '54' }, { serviceCode: '54' }],
    ['queryTopUp', {}, { serviceCode: '38' }],
    ['queryTopUp', { topUpServiceCode: '39' }, { serviceCode: '39' }],
  ] as const)('%s with %j puts in %j', async (method, wallet, expected) => {
    const library = await start(wallet);
    const sample = structuredClone(ofMethod(method));
    delete sample?.requestSample.merchantId;
    delete sample?.requestSample.serviceCode;

    await call(library, sample);

    expect(sent().body).toEqual({ ...sample?.requestSample, ...expected });
  });

  it('leave the caller the last word about what is put in', async () => {
    const library = await start({ purchaseServiceCode: '55' });
    const purchase = ofMethod('purchase');
    const query = ofMethod('queryPurchase');
    if (!purchase || !query) throw new Error('no sample');

    await call(library, {
      ...purchase,
      requestSample: { ...purchase.requestSample, merchantId: 'SHOP-1' },
    });
    expect(sent().body.merchantId).toBe('SHOP-1');
    await call(library, query);
    expect(sent().body.serviceCode).toBe('17');
  });

  it.each([
    'inquireAccount',
    'inquireBalance',
    'inquireBankAccount',
    'inquireTopUpAccount',
    'listTransactions',
  ] as const)('%s makes its own reference where the caller needs none', async (method) => {
    const library = await start();
    const sample = structuredClone(ofMethod(method));
    delete sample?.requestSample.partnerReferenceNo;
    delete sample?.responseSample.partnerReferenceNo;

    const response = await call(library, sample);

    expect(sent().body.partnerReferenceNo).toMatch(/^[0-9A-Z]{32}$/);
    expect(dokuCall(response).reference).toBe(sent().body.partnerReferenceNo);
  });

  it('unbind in the name of the merchant that calls', async () => {
    const library = await start(
      {},
      {
        merchants: {
          other: {
            clientId: 'BRN-0002',
            secretKey: 'SK-other-0123456789',
            privateKey: MERCHANT_PRIVATE_KEY,
          },
        },
      },
    );
    const sample = structuredClone(ofMethod('unbindAccount'));
    delete sample?.requestSample.merchantId;

    await call(library, sample, {});
    expect(sent().body.merchantId).toBe('MCH-0001-10791114622547');
    await call(library, sample, { merchant: 'other' });
    expect(sent().body.merchantId).toBe('BRN-0002');
  });

  describe('in the other spellings that are known of DOKU', () => {
    it.each([
      [
        'verifyOtp',
        {
          qparamsURL: undefined,
          qparams: undefined,
          qParamsURL: 'https://w.example/pin?lang=id',
          qParams: { action: 'a/b +c' },
        },
        {
          qparamsURL: 'https://w.example/pin?lang=id',
          qparams: { action: 'a/b +c' },
          pinPageUrl: 'https://w.example/pin?lang=id&action=a%2Fb+%2Bc',
        },
      ],
      [
        'inquireBalance',
        {
          accountInfos: {
            avaliableBalance: { value: 130000, currency: 'IDR' },
            flatAmount: { value: '5', currency: 'IDR' },
          },
        },
        {
          accountInfos: [
            {
              availableBalance: { value: '130000.00', currency: 'IDR' },
              floatAmount: { value: '5.00', currency: 'IDR' },
            },
          ],
        },
      ],
      ['inquireBalance', { accountInfos: undefined }, { accountInfos: [] }],
      ['inquireBalance', { additionalInfo: 'none' }, { additionalInfo: 'none' }],
      ['listTransactions', { detailData: undefined }, { detailData: [] }],
      ['listTransactions', { detailData: null }, { detailData: [] }],
      ['queryPurchase', { requestId: 'REQ-1' }, { requestID: 'REQ-1' }],
      ['queryPurchase', { latestTransactionStatus: '07' }, { status: 'unknown' }],
      ['queryTopUp', { latestTransactionStatus: '03' }, { status: 'pending' }],
      ['purchase', { webRedirectUrl: undefined }, { status: 'in-progress' }],
      ['transferToBank', { responseCode: 2004300, newMember: { a: 1 } }, { newMember: { a: 1 } }],
    ] as const)('%s understands %j', async (method, changes, expected) => {
      const library = await start();
      const sample = ofMethod(method);
      if (!sample) throw new Error('no sample');

      const response = await call(library, {
        ...sample,
        responseSample: { ...sample.responseSample, ...changes },
      });

      expect(response).toMatchObject(expected);
    });
  });

  it('turn 202 into "in progress" where something is done, and into no answer elsewhere', async () => {
    const library = await start();
    for (const method of [
      'transferToBank',
      'topUp',
      'purchase',
      'cancelPurchase',
      'refundPurchase',
      'unbindAccount',
    ] as const) {
      const sample = ofMethod(method);
      if (!sample) throw new Error('no sample');
      const response = await call(library, {
        ...sample,
        responseSample: { responseCode: `202${sample.serviceCode}00` },
      });
      expect(response).toMatchObject({ status: 'in-progress' });
    }
    const creation = ofMethod('createAccount');
    if (!creation) throw new Error('no sample');
    await expect(
      call(library, { ...creation, responseSample: { responseCode: '2020600' } }),
    ).rejects.toMatchObject({ code: 'outcome-unknown' });
  });
});

describe('the vectors of the reference', () => {
  it.each(fixture.vectors.symmetric)('sign operation $operation', (vector) => {
    const path = vector.stringToSign.split(':')[1] ?? '';
    const input = {
      method: 'POST',
      path,
      accessToken: vector.b2bAccessToken,
      body: vector.minifiedBody,
      timestamp: vector.timestamp,
      secretKey: vector.clientSecret,
    } as const;
    expect(minifyJson(vector.minifiedBody)).toBe(vector.minifiedBody);
    expect(hashSnapBody(vector.minifiedBody)).toBe(vector.bodySha256Hex);
    expect(signSnapTransaction(input)).toBe(vector.signatureBase64);
    expect(verifySnapTransaction({ ...input, signature: vector.signatureBase64 })).toBe(true);
  });

  it.each(fixture.vectors.authCodeDecryption)('decrypt with $cipher, over HTTP', async (vector) => {
    const { keyUtf8, cipherBase64, plaintext } = vector;
    const gateway = await new SnapGateway().start();
    const library = await startLibrary({
      baseUrl: gateway.url,
      privateKey: MERCHANT_PRIVATE_KEY,
      authCodeSecretKey: keyUtf8,
    });
    gateway.onCall = unsigned({
      responseCode: '2000800',
      additionalInfo: { authCode: cipherBase64 },
    });

    await library.tokens.getB2b2cToken({ customer: { accountId: '1944898701' } });

    expect(JSON.parse(gateway.b2b2cRequests[0]?.body.toString() ?? '')).toEqual({
      grantType: 'authorization_code',
      authCode: plaintext,
    });
    await library.close();
    await gateway.stop();
    // The vector itself holds.
    const decipher = createDecipheriv(`aes-${keyUtf8.length * 8}-ecb`, keyUtf8, null);
    expect(decipher.update(cipherBase64, 'base64', 'utf8') + decipher.final('utf8')).toBe(
      plaintext,
    );
  });
});
