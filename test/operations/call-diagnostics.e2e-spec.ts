import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { HeardDiagnostics } from '../harness/diagnostics.js';
import { signed, unsigned } from '../harness/gateway.js';
import { CREDENTIALS, type StartedLibrary, startLibrary } from '../harness/library.js';
import { refused, SnapGateway } from '../harness/snap-gateway.js';
import { MERCHANT_PRIVATE_KEY } from '../harness/snap-merchant.js';
import { SHOPPER } from '../harness/snap-shopper.js';

const REQUEST = 'nestjs-doku:request';
const TOKEN = 'nestjs-doku:token.refreshed';
const durationMs: unknown = expect.any(Number);
const PAYMENT = {
  customer: { id: 'cust-1' },
  order: { invoice_number: 'INV-1', amount: 90_000 },
  payment: { token_id: 'card-token' },
};
const PAID = {
  order: { invoice_number: 'INV-1', amount: 90_000 },
  payment: { status: 'SUCCESS', token: 'payment-token' },
};

describe('diagnostics of calls', () => {
  let gateway: SnapGateway;
  let library: StartedLibrary;
  let told: HeardDiagnostics;
  const balance = () =>
    library.allo.inquireBalance({}, { ...SHOPPER, customer: { authCode: 'authcode-1' } });

  beforeEach(async () => {
    gateway = await new SnapGateway().start();
    library = await startLibrary({ baseUrl: gateway.url, privateKey: MERCHANT_PRIVATE_KEY });
    told = new HeardDiagnostics();
  });

  afterEach(async () => {
    told.stop();
    await library.close();
    await gateway.stop();
  });

  it('tell of a call, once, though it was repeated', async () => {
    let answers = 0;
    gateway.onCall = (request, response) => {
      answers += 1;
      if (answers === 1) response.destroy();
      else
        unsigned({ order: { invoice_number: 'INV-1' }, transaction: { status: 'SUCCESS' } })(
          request,
          response,
        );
    };

    await library.orders.checkStatus({ invoice_number: 'INV-1' });

    expect(answers).toBe(2);
    expect(told.on(REQUEST)).toEqual([
      {
        operation: 'orders.checkStatus',
        merchant: 'default',
        outcome: 'ok',
        httpStatus: 200,
        durationMs,
      },
    ]);
  });

  it("tell when the answer is DOKU's stored one", async () => {
    gateway.onCall = signed(PAID, { secretKey: CREDENTIALS.secretKey, status: 409 });
    await library.cimb.createPayment(PAYMENT);
    expect(told.on(REQUEST)).toMatchObject([{ outcome: 'replayed', httpStatus: 409 }]);
  });

  it.each([
    ['refused', () => unsigned({ error: { code: 'E1', message: 'no' } }, 400), 400],
    ['authentication', () => unsigned({ error: { code: 'E1', message: 'no' } }, 401), 401],
    ['outcome-unknown', () => unsigned({}, 500), 500],
  ] as const)('tell of a call that ends as %s', async (outcome, answer, httpStatus) => {
    gateway.onCall = answer();
    await expect(library.cimb.createPayment(PAYMENT, { timeoutMs: 3_000 })).rejects.toThrow();
    expect(told.on(REQUEST)).toEqual([
      { operation: 'cimb.createPayment', merchant: 'default', outcome, httpStatus, durationMs },
    ]);
  });

  it('tell of a bug that came between', async () => {
    gateway.onCall = unsigned(PAID);
    Reflect.set(library.logs, 'log', () => {
      throw new Error('disk full');
    });
    await expect(library.cimb.createPayment(PAYMENT)).rejects.toThrow('disk full');
    expect(told.on(REQUEST)).toMatchObject([{ outcome: 'unexpected', httpStatus: undefined }]);
  });

  it('say nothing of a call that was never made', async () => {
    await expect(
      library.cimb.createPayment({ ...PAYMENT, customer: { id: '' } }),
    ).rejects.toMatchObject({ code: 'validation' });
    expect(told.channels).toEqual([]);
  });

  it('tell of both tokens of a call, and of none that is held', async () => {
    gateway.onCall = unsigned({ responseCode: '2001100', accountInfos: [] });
    await balance();
    await balance();

    expect(told.on(TOKEN)).toEqual(
      expect.arrayContaining([
        { merchant: 'default', kind: 'b2b', outcome: 'ok', durationMs },
        { merchant: 'default', kind: 'b2b2c', outcome: 'ok', durationMs },
      ]),
    );
    expect(told.on(TOKEN)).toHaveLength(2);
    expect(
      told
        .on(REQUEST)
        .map(({ operation }) => operation)
        .sort(),
    ).toEqual(['allo.inquireBalance', 'allo.inquireBalance', 'snap.b2b2cToken', 'snap.b2bToken']);
    expect(told.text).not.toMatch(/b2b-\d|customer-authcode|authcode-1/);
  });

  it('tell of a token that DOKU refuses', async () => {
    gateway.onToken = refused('4017300');
    await expect(library.tokens.getB2bToken()).rejects.toThrow();
    expect(told.on(TOKEN)).toEqual([
      { merchant: 'default', kind: 'b2b', outcome: 'authentication', durationMs },
    ]);
  });

  it('tell of a token that cannot be asked for', async () => {
    const keyless = await startLibrary({ baseUrl: gateway.url });
    await expect(keyless.tokens.getB2bToken()).rejects.toThrow();
    expect(told.on(TOKEN)).toMatchObject([{ outcome: 'configuration' }]);
    expect(told.on(REQUEST)).toEqual([]);
    await keyless.close();
  });
});
