import { inspect } from 'node:util';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { dokuCall } from 'nestjs-doku';

import { unsigned } from '../harness/gateway.js';
import { type StartedLibrary, startLibrary } from '../harness/library.js';
import { refused, SnapGateway, tokensOf } from '../harness/snap-gateway.js';
import { MERCHANT_PRIVATE_KEY } from '../harness/snap-merchant.js';

const REFERENCE = 'INV2025011500000000000000000001A';
const idr = (value: string) => ({ value, currency: 'IDR' });
const binding = {
  phoneNo: '628238748728423',
  additionalInfo: {
    custIdMerchant: 'cust-001',
    successRegistrationUrl: 'https://shop.example/ok',
    failedRegistrationUrl: 'https://shop.example/failed',
    deviceModel: 'Pixel 8',
    osType: 'android',
    channelId: 'app',
  },
} as const;
const payment = {
  partnerReferenceNo: REFERENCE,
  amount: { value: 50_000 },
  payOptionDetails: [{ payMethod: 'BALANCE' as const, transAmount: { value: 50_000 } }],
  additionalInfo: {
    remarks: 'Order 1',
    successPaymentUrl: 'https://shop.example/ok',
    failedPaymentUrl: 'https://shop.example/failed',
    lineItems: [{ name: 'Kopi susu', price: 50_000, quantity: 1 }],
  },
};
const refund = {
  originalPartnerReferenceNo: REFERENCE,
  refundAmount: { value: 10_000 },
  partnerRefundNo: 'RFD-1',
};
const OPTIONS = {
  customer: { authCode: 'auth-code-1' },
  ipAddress: '192.168.1.1',
  deviceId: '912f12e223624d2e94828b168199aa',
};

describe('what Allo answers', () => {
  let gateway: SnapGateway;
  let library: StartedLibrary;

  beforeEach(async () => {
    gateway = await new SnapGateway().start();
    library = await startLibrary({ baseUrl: gateway.url, privateKey: MERCHANT_PRIVATE_KEY });
  });

  afterEach(async () => {
    await library.close();
    await gateway.stop();
  });

  const calls = {
    bindAccount: () => library.allo.bindAccount(binding, OPTIONS),
    inquireBalance: () => library.allo.inquireBalance({}, OPTIONS),
    createPayment: () => library.allo.createPayment(payment, OPTIONS),
    refund: () => library.allo.refund(refund, OPTIONS),
    unbindAccount: () => library.allo.unbindAccount({ tokenId: 'token-1' }, OPTIONS),
    checkStatus: () => library.allo.checkStatus({ originalPartnerReferenceNo: REFERENCE }, OPTIONS),
  };

  it.each([
    ['accountStatus', { accountStatus: 'PENDING' }, { accountStatus: 'PENDING' }],
    ['status', { status: 'PENDING' }, { accountStatus: 'PENDING' }],
    ['both', { accountStatus: 'SUCCESS', status: 'x' }, { accountStatus: 'SUCCESS', status: 'x' }],
    ['a null and status', { accountStatus: null, status: 'FAILED' }, { accountStatus: 'FAILED' }],
    ['none', {}, {}],
  ])('of a binding whose state is spelled %s reads as one', async (_spelling, given, expected) => {
    const answer = { responseCode: '2000700', redirectUrl: 'https://doku.example/bind/1' };
    gateway.onCall = unsigned({ ...answer, additionalInfo: { authCode: 'a1', ...given } });

    expect(await calls.bindAccount()).toEqual({
      ...answer,
      status: 'page-created',
      additionalInfo: { authCode: 'a1', ...expected },
    });
  });

  it('of a balance reads floatAmount as flatAmount, and amounts with two decimals', async () => {
    gateway.onCall = unsigned({
      responseCode: '2001100',
      accountInfos: [
        { balanceType: 'BALANCE', amount: idr('100000'), floatAmount: idr('0.0') },
        { balanceType: 'POINT', amount: { value: 250, currency: 'IDR' }, holdAmount: idr('1.50') },
      ],
    });

    const balance = await calls.inquireBalance();

    expect(balance.accountInfos).toEqual([
      { balanceType: 'BALANCE', amount: idr('100000.00'), flatAmount: idr('0.00') },
      { balanceType: 'POINT', amount: idr('250.00'), holdAmount: idr('1.50') },
    ]);
    expect(dokuCall(balance).externalId).toMatch(/^\d+$/);
  });

  it.each([
    ['00', 'paid'],
    ['01', 'pending'],
    ['02', 'pending'],
    ['03', 'pending'],
    ['04', 'refunded'],
    ['05', 'cancelled'],
    ['06', 'failed'],
    ['07', 'unknown'],
    ['99', 'unknown'],
  ])('of a status %s is %s, spellings and amounts put right', async (code, status) => {
    gateway.onCall = unsigned({
      responseCode: '2005500',
      latestTransactionStatus: code,
      originalPartnerReferenceNo: REFERENCE,
      requestId: '3763773',
      transAmount: idr('50000'),
      refundHistory: [{ refundNo: '1', refundAmount: idr('10000') }, {}],
      additionalInfo: { channelId: 'DIRECT_DEBIT_ALLO_SNAP' },
    });

    expect(await calls.checkStatus()).toEqual({
      responseCode: '2005500',
      status,
      latestTransactionStatus: code,
      originalPartnerReferenceNo: REFERENCE,
      requestID: '3763773',
      transAmount: idr('50000.00'),
      refundHistory: [{ refundNo: '1', refundAmount: idr('10000.00') }, {}],
      additionalInfo: { channel: 'DIRECT_DEBIT_ALLO_SNAP' },
    });
  });

  it.each([
    ['createPayment', { webRedirectUrl: 'https://doku.example/pay/1' }],
    ['createPayment', {}],
    ['refund', {}],
    ['bindAccount', {}],
    ['unbindAccount', {}],
  ] as const)('of %s in progress may lack everything: %j', async (operation, more) => {
    gateway.onCall = unsigned({ responseCode: '2025400', ...more }, 202);

    const answer = await calls[operation]();

    expect(answer).toEqual({ responseCode: '2025400', ...more, status: 'in-progress' });
  });

  it('of a status that is in progress is unknown, and of a balance nothing', async () => {
    gateway.onCall = unsigned({ responseCode: '2025500' }, 202);
    expect(await calls.checkStatus()).toEqual({ responseCode: '2025500', status: 'unknown' });

    await expect(calls.inquireBalance()).rejects.toMatchObject({ code: 'unavailable' });
  });

  it.each([
    ['createPayment', { responseCode: '2005400', partnerReferenceNo: REFERENCE }],
    ['bindAccount', { responseCode: '2000700', redirectUrl: 'https://doku.example/bind/1' }],
    ['bindAccount', { responseCode: '2000700', additionalInfo: { authCode: 'a1' } }],
  ] as const)(
    'of %s without what it is for leaves the outcome open: %j',
    async (operation, body) => {
      gateway.onCall = unsigned(body);

      await expect(calls[operation]()).rejects.toMatchObject({ code: 'outcome-unknown' });
    },
  );

  it.each([
    [
      'createPayment',
      { responseCode: '2005400', webRedirectUrl: 'https://x.example', partnerReferenceNo: 'other' },
    ],
    ['refund', { responseCode: '2005800', originalPartnerReferenceNo: 'other' }],
    ['refund', { responseCode: '2000700', partnerRefundNo: 'other' }],
  ] as const)('of %s for another reference is not ours: %j', async (operation, body) => {
    gateway.onCall = unsigned(body);

    await expect(calls[operation]()).rejects.toMatchObject({
      code: 'outcome-unknown',
      message: expect.stringMatching(/another call/),
    });
  });

  it.each([
    [
      'createPayment',
      /Ask AlloDirectDebitService\.checkStatus, not before 60 seconds.*new reference/,
    ],
    ['refund', /Ask AlloDirectDebitService\.checkStatus/],
    ['bindAccount', /makes a new page/],
    ['unbindAccount', /Call again.*4017400/],
  ] as const)('of %s, lost, is followed by advice and by no repeat', async (operation, fix) => {
    gateway.onCall = (_request, response) => {
      response.destroy();
    };

    await expect(calls[operation]()).rejects.toMatchObject({
      code: 'outcome-unknown',
      fix: expect.stringMatching(fix),
    });
    expect(gateway.calls).toHaveLength(1);
  });

  it.each(['inquireBalance', 'checkStatus'] as const)(
    'of %s, lost, is asked for again',
    async (read) => {
      gateway.onCall = (request, response) => {
        if (gateway.calls.length < 3) response.destroy();
        else {
          unsigned({ responseCode: '2000000', accountInfos: [], latestTransactionStatus: '00' })(
            request,
            response,
          );
        }
      };

      await calls[read]();

      expect(gateway.calls).toHaveLength(3);
      expect(new Set(gateway.calls.map(({ headers }) => headers['x-external-id'])).size).toBe(3);
    },
  );

  it.each([
    [
      'createPayment',
      { webRedirectUrl: 'https://doku.example/pay/1', partnerReferenceNo: REFERENCE },
    ],
    ['refund', { originalPartnerReferenceNo: REFERENCE, partnerRefundNo: 'RFD-1' }],
  ] as const)(
    'of %s counts as a stored answer under 409 only when it names ours',
    async (operation, own) => {
      gateway.onCall = unsigned({ responseCode: '2005400', ...own }, 409);
      expect(dokuCall(await calls[operation]())).toMatchObject({ replayed: true, httpStatus: 409 });

      for (const left of Object.keys(own)) {
        const partial = Object.fromEntries(Object.entries(own).filter(([name]) => name !== left));
        gateway.onCall = unsigned({ responseCode: '2005400', ...partial }, 409);
        await expect(calls[operation]()).rejects.toMatchObject({ code: 'outcome-unknown' });
      }
    },
  );

  it('of a status must tell one, and that of the payment that was asked for', async () => {
    gateway.onCall = unsigned({ responseCode: '2005500' });
    await expect(calls.checkStatus()).rejects.toMatchObject({ code: 'unavailable' });

    gateway.onCall = unsigned({
      responseCode: '2005500',
      latestTransactionStatus: '00',
      originalPartnerReferenceNo: 'other',
    });
    await expect(calls.checkStatus()).rejects.toMatchObject({
      code: 'signature',
      message: expect.stringMatching(/another call/),
    });
  });
});

describe('unbinding an Allo account', () => {
  let gateway: SnapGateway;
  let library: StartedLibrary;
  const ipAddress = '192.168.1.1';
  const customer = { authCode: 'auth-code-1' };

  beforeEach(async () => {
    gateway = await new SnapGateway().start();
    gateway.onCall = unsigned({ responseCode: '2000900', accountInfos: [], referenceNo: 'UNB-1' });
    library = await startLibrary({ baseUrl: gateway.url, privateKey: MERCHANT_PRIVATE_KEY });
  });

  afterEach(async () => {
    await library.close();
    await gateway.stop();
  });

  const unboundWith = () =>
    (JSON.parse(gateway.calls.at(-1)?.body.toString() ?? '') as { tokenId: string }).tokenId;

  it('sends a token that was fetched for it, and forgets it afterwards', async () => {
    await library.allo.inquireBalance({}, { customer, ipAddress });
    const [before] = gateway.calls.map((call) => tokensOf(call).customer);

    const unbinding = await library.allo.unbindAccount({}, { customer, ipAddress });

    expect(unbinding).toEqual(
      expect.objectContaining({ status: 'accepted', referenceNo: 'UNB-1' }),
    );
    expect(dokuCall(unbinding)).toMatchObject({ httpStatus: 200, replayed: false });
    expect(unboundWith()).toMatch(/^customer-auth-code-1-/);
    expect(unboundWith()).not.toBe(before);
    expect(gateway.calls.at(-1)?.headers).not.toHaveProperty('authorization-customer');
    expect(gateway.b2b2cRequests).toHaveLength(2);

    await library.allo.inquireBalance({}, { customer, ipAddress });
    expect(gateway.b2b2cRequests).toHaveLength(3);
  });

  it('keeps the refresh token that came with the one in use', async () => {
    gateway.b2b2cAnswer = { tokenType: 'Bearer', refreshToken: 'rotated-1' };
    const refreshing = { refreshToken: 'first-1' };
    await library.allo.inquireBalance({}, { customer: refreshing, ipAddress });
    const [held] = gateway.calls.map((call) => tokensOf(call).customer);

    await library.allo.unbindAccount({}, { customer: refreshing, ipAddress });

    expect(unboundWith()).toBe(held);
    expect(gateway.b2b2cRequests).toHaveLength(1);
  });

  it.each([
    ['tokenId', { tokenId: 'given-1' }, {}],
    ['customer.accessToken', {}, { customer: { accessToken: 'given-1' } }],
    ['tokenId before customer', { tokenId: 'given-1' }, { customer }],
  ])('sends the token that is given as %s', async (_where, request, options) => {
    await library.allo.unbindAccount(request, { ...options, ipAddress });

    expect(unboundWith()).toBe('given-1');
    expect(gateway.b2b2cRequests).toHaveLength(0);
  });

  it('sends nothing when DOKU knows the customer no more', async () => {
    gateway.onToken = (request, response) => {
      if (request.url.endsWith('/b2b2c')) refused('4017400')(request, response);
      else gateway.issue(request, response);
    };

    await expect(library.allo.unbindAccount({}, { customer, ipAddress })).rejects.toMatchObject({
      code: 'authentication',
      responseCode: '4017400',
    });
    expect(gateway.calls).toHaveLength(0);
  });

  it('keeps the token when DOKU refuses', async () => {
    gateway.onCall = refused('4030901');
    await expect(library.allo.unbindAccount({}, { customer, ipAddress })).rejects.toMatchObject({
      code: 'refused',
    });
    gateway.onCall = unsigned({ responseCode: '2001100', accountInfos: [] });

    await library.allo.inquireBalance({}, { customer, ipAddress });

    expect(gateway.b2b2cRequests).toHaveLength(1);
  });

  it('has one deadline for token and call', async () => {
    gateway.onToken = (request, response) => {
      setTimeout(() => {
        gateway.issue(request, response);
      }, 150);
    };
    gateway.onCall = () => undefined;
    const started = performance.now();

    await expect(
      library.allo.unbindAccount({}, { customer, ipAddress, timeoutMs: 700 }),
    ).rejects.toMatchObject({ code: 'outcome-unknown' });
    expect(performance.now() - started).toBeLessThan(1_200);
  });

  it('succeeds although what it could forget is no customer', async () => {
    const nobody = { customer: { authCode: 'canary with blanks' }, ipAddress };

    expect(await library.allo.unbindAccount({ tokenId: 'token-1' }, nobody)).toMatchObject({
      status: 'accepted',
    });
    expect(library.logs.matching(/^warn an account was unbound/)).toHaveLength(1);
    expect(library.logs.lines.join()).not.toMatch(/canary/);
  });

  it('shows its tokens in no error and no log line', async () => {
    const errors: unknown[] = [];
    const unbind = async (request: object, options: object): Promise<void> => {
      await library.allo
        .unbindAccount(request, { ipAddress, timeoutMs: 400, ...options })
        .catch((error: unknown) => errors.push(error));
    };
    const gossips = [400, 401, 403, 409, 500].map(
      (status): SnapGateway['onCall'] =>
        (request, response) => {
          const told = `${request.body.toString()} ${JSON.stringify(request.headers)}`;
          unsigned({ responseCode: `${status}0900`, responseMessage: told }, status)(
            request,
            response,
          );
        },
    );
    for (const gossip of gossips) {
      gateway.onCall = gossip;
      await unbind({ tokenId: 'token-canary' }, {});
      await unbind({}, { customer: { accessToken: 'token-canary' } });
      await unbind({}, { customer: { authCode: 'code-canary' } });
    }

    expect(errors).toHaveLength(15);
    const shown = [
      ...errors.map((error) => inspect(error, { depth: Infinity, showHidden: true })),
      ...errors.map((error) => JSON.stringify(error)),
      ...library.logs.lines,
    ].join('\n');
    expect(shown).not.toMatch(/canary/);
    expect(shown).toMatch(/allo\.unbindAccount/);
  });
});
