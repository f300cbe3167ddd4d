import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createPartnerReference, dokuCall, type DokuCustomer, KkiService } from 'nestjs-doku';

import { CannedGateway, unsigned } from '../harness/gateway.js';
import { type StartedLibrary, startLibrary } from '../harness/library.js';
import { SimulatedDoku } from '../harness/simulated-shop.js';
import { MERCHANT_PRIVATE_KEY, MERCHANT_PUBLIC_KEY } from '../harness/snap-merchant.js';
import { alloPaymentOf, bindAccount, SHOPPER } from '../harness/snap-shopper.js';
import { SnapGateway } from '../harness/snap-gateway.js';

let doku: SimulatedDoku;
let library: StartedLibrary;
let customer: DokuCustomer;

beforeAll(async () => {
  doku = await SimulatedDoku.start({ merchantPublicKey: MERCHANT_PUBLIC_KEY });
  library = await startLibrary({ baseUrl: doku.url, privateKey: MERCHANT_PRIVATE_KEY });
  customer = await bindAccount(library, doku, '628111000001');
});

afterEach(async () => {
  await doku.clearFaults();
  expect(doku.simulator.ledger.debitedTwice()).toEqual([]);
});

afterAll(async () => {
  await library.close();
  await doku.stop();
});

const shopper = () => ({ ...SHOPPER, customer });

async function paidPayment(value = 50_000) {
  const request = alloPaymentOf(value);
  const payment = await library.allo.createPayment(request, shopper());
  await doku.post(`/payments/${request.partnerReferenceNo}/approve`, {});
  return { reference: request.partnerReferenceNo, payment };
}

const refundOf = (originalPartnerReferenceNo: string, value: number) => ({
  originalPartnerReferenceNo,
  partnerRefundNo: createPartnerReference(),
  refundAmount: { value },
});

/** Whatever may have happened at DOKU. */
const UNKNOWN = [
  ['drop-after-processing', {}, 1],
  ['drop-before-processing', {}, 0],
  ['error-500', {}, 0],
  ['error-500', { processed: true }, 1],
  ['error-503', {}, 0],
  ['error-504', {}, 0],
  ['error-504', { processed: true }, 1],
  ['garbage', {}, 1],
  ['truncated', {}, 1],
  ['redirect', {}, 0],
  ['foreign-conflict', {}, 0],
  ['refuse', { responseCode: '4095400' }, 0],
  ['refuse', { responseCode: '4095401' }, 0],
  ['refuse', { responseCode: '4045418' }, 0],
  ['refuse', { responseCode: '4045414' }, 0],
  ['refuse', { responseCode: '4005403' }, 0],
] as const;

describe('a SNAP payment', () => {
  it.each(UNKNOWN)('is sent once and ends unknown: %s %j', async (fault, more, processed) => {
    await doku.fault('allo.createPayment', fault, more);
    const request = alloPaymentOf();

    const counted = await doku.counting('allo.createPayment', async () => {
      await expect(library.allo.createPayment(request, shopper())).rejects.toMatchObject({
        name: 'DokuOutcomeUnknownError',
        code: 'outcome-unknown',
        outcome: 'unknown',
        retryable: false,
        operation: 'allo.createPayment',
        reference: request.partnerReferenceNo,
        externalId: expect.stringMatching(/^\d{32}$/),
        fix: expect.stringMatching(/checkStatus/),
      });
    });

    expect(counted).toEqual({ received: 1, processed });
  });

  it.each(['hang', 'drip'])('ends unknown at its deadline: %s', async (fault) => {
    await doku.fault('allo.createPayment', fault, { ms: 20 });
    const counted = await doku.counting('allo.createPayment', async () => {
      await expect(
        library.allo.createPayment(alloPaymentOf(), { ...shopper(), timeoutMs: 1_000 }),
      ).rejects.toMatchObject({
        code: 'outcome-unknown',
        message: expect.stringMatching(/deadline of 1000 ms/),
      });
    });
    expect(counted.received).toBe(1);
  });

  it.each([
    ['4005402', 'refused', false, /Change the request/],
    ['4035402', 'refused', false, /amount|limit/i],
    ['4035414', 'refused', false, /customer/],
    ['4035404', 'refused', true, /later/],
    ['4295400', 'refused', true, /later/],
    ['4035499', 'refused', false, /Change the request/],
    ['4015400', 'authentication', false, /secretKey/],
  ])('that DOKU refuses with %s is %s', async (responseCode, code, retryable, fix) => {
    await doku.fault('allo.createPayment', 'refuse', { responseCode });
    const counted = await doku.counting('allo.createPayment', async () => {
      await expect(library.allo.createPayment(alloPaymentOf(), shopper())).rejects.toMatchObject({
        code,
        outcome: 'definite',
        retryable,
        responseCode,
        fix: expect.stringMatching(fix),
      });
    });
    expect(counted).toEqual({ received: 1, processed: 0 });
  });

  it('that is still in progress (202) says so, and is not paid', async () => {
    await doku.fault('allo.createPayment', 'in-progress', { processed: true });
    const counted = await doku.counting('allo.createPayment', async () => {
      const payment = await library.allo.createPayment(alloPaymentOf(), shopper());
      expect(payment.status).toBe('in-progress');
      expect(dokuCall(payment).httpStatus).toBe(202);
    });
    expect(counted).toEqual({ received: 1, processed: 1 });
  });

  it('takes its own stored answer under 409, and tells so', async () => {
    await doku.fault('allo.createPayment', 'conflict-replay');
    const request = alloPaymentOf();
    const payment = await library.allo.createPayment(request, shopper());
    expect(payment).toMatchObject({
      status: 'page-created',
      partnerReferenceNo: request.partnerReferenceNo,
    });
    expect(dokuCall(payment)).toMatchObject({ replayed: true, httpStatus: 409 });
  });

  it('was not sent when there was no connection, no token, or no time', async () => {
    const closed = await new CannedGateway().start();
    const { url } = closed;
    await closed.stop();
    const nobody = await startLibrary({ baseUrl: url, privateKey: MERCHANT_PRIVATE_KEY });
    const definite = { code: 'unavailable', outcome: 'definite', retryable: true };
    await expect(nobody.allo.createPayment(alloPaymentOf(), shopper())).rejects.toMatchObject(
      definite,
    );
    await nobody.close();

    const counted = await doku.counting('allo.createPayment', async () => {
      await expect(
        library.allo.createPayment(alloPaymentOf(), {
          ...shopper(),
          signal: AbortSignal.abort(),
        }),
      ).rejects.toMatchObject(definite);
      const fresh = await startLibrary({ baseUrl: doku.url, privateKey: MERCHANT_PRIVATE_KEY });
      await doku.fault('snap.b2bToken', 'hang', { times: null });
      await expect(
        fresh.allo.createPayment(alloPaymentOf(), { ...shopper(), timeoutMs: 200 }),
      ).rejects.toMatchObject(definite);
      await fresh.close();
    });
    expect(counted.received).toBe(0);
  });

  it('is not for somebody else: an answer about another reference is none', async () => {
    const gateway = await new SnapGateway().start();
    const shop = await startLibrary({ baseUrl: gateway.url, privateKey: MERCHANT_PRIVATE_KEY });
    gateway.onCall = (_request, response) => {
      response.end(
        JSON.stringify({
          responseCode: '2005400',
          webRedirectUrl: 'https://pay.example/somebody-else',
          partnerReferenceNo: 'SOMEBODYELSE',
        }),
      );
    };
    await expect(shop.allo.createPayment(alloPaymentOf(), shopper())).rejects.toMatchObject({
      code: 'outcome-unknown',
      message: expect.stringMatching(/another call/),
    });
    await shop.close();
    await gateway.stop();
  });

  it.each([
    [400, '2005400'],
    [401, '2005400'],
    [403, '2025400'],
    [404, '5005400'],
    [500, '2005400'],
    [504, '2005400'],
    [504, '4005402'],
    [408, '4085400'],
    [200, '4085400'],
    [202, '4015401'],
    [409, '4095499'],
    [409, ''],
    [200, ''],
    [302, '2005400'],
  ])('is unknown, and not sent again, at HTTP %i with code %j', async (status, code) => {
    const gateway = await new SnapGateway().start();
    const shop = await startLibrary({ baseUrl: gateway.url, privateKey: MERCHANT_PRIVATE_KEY });
    gateway.onCall = (_request, response) => {
      // As if our clock were off, too.
      response.writeHead(status, { Date: new Date(Date.now() + 3_600_000).toUTCString() });
      response.end(JSON.stringify({ responseCode: code }));
    };
    await expect(shop.allo.createPayment(alloPaymentOf(), shopper())).rejects.toMatchObject({
      code: 'outcome-unknown',
      httpStatus: status,
    });
    expect(gateway.calls).toHaveLength(1);
    await shop.close();
    await gateway.stop();
  });

  it.each([
    [202, '2005400'],
    [200, '2025400'],
  ])('is in progress at HTTP %i with code %s', async (status, code) => {
    const gateway = await new SnapGateway().start();
    const shop = await startLibrary({ baseUrl: gateway.url, privateKey: MERCHANT_PRIVATE_KEY });
    gateway.onCall = unsigned({ responseCode: code }, status);
    expect((await shop.allo.createPayment(alloPaymentOf(), shopper())).status).toBe('in-progress');
    await shop.close();
    await gateway.stop();
  });

  it('refused for another reason is not sent again because of a Date', async () => {
    const gateway = await new SnapGateway().start();
    const shop = await startLibrary({ baseUrl: gateway.url, privateKey: MERCHANT_PRIVATE_KEY });
    gateway.onCall = (_request, response) => {
      response.writeHead(403, { Date: new Date(Date.now() + 3_600_000).toUTCString() });
      response.end(JSON.stringify({ responseCode: '4035402' }));
    };
    await expect(shop.allo.createPayment(alloPaymentOf(), shopper())).rejects.toMatchObject({
      code: 'refused',
    });
    expect(gateway.calls).toHaveLength(1);
    await shop.close();
    await gateway.stop();
  });

  it('is sent once more, not for ever, to a gateway whose time changes with every refusal', async () => {
    const gateway = await new SnapGateway().start();
    const shop = await startLibrary({ baseUrl: gateway.url, privateKey: MERCHANT_PRIVATE_KEY });
    let offMs = 0;
    gateway.onCall = (_request, response) => {
      offMs += 3_600_000;
      response.writeHead(401, { Date: new Date(Date.now() + offMs).toUTCString() });
      response.end(JSON.stringify({ responseCode: '4015400' }));
    };
    await expect(shop.allo.createPayment(alloPaymentOf(), shopper())).rejects.toMatchObject({
      code: 'authentication',
    });
    expect(gateway.calls).toHaveLength(2);
    await shop.close();
    await gateway.stop();
  });

  it('goes on with the status: unknown to DOKU, waiting, paid, refunded', async () => {
    const request = alloPaymentOf();
    const status = () =>
      library.allo.checkStatus({ originalPartnerReferenceNo: request.partnerReferenceNo });
    await doku.fault('allo.createPayment', 'drop-before-processing');
    await expect(library.allo.createPayment(request, shopper())).rejects.toMatchObject({
      code: 'outcome-unknown',
    });
    await expect(status()).rejects.toMatchObject({ code: 'refused', responseCode: '4045501' });
    // DOKU has nothing: the same reference may be tried again.
    await library.allo.createPayment(request, shopper());
    expect((await status()).status).toBe('pending');
    await doku.post(`/payments/${request.partnerReferenceNo}/approve`, {});
    expect((await status()).status).toBe('paid');
    await library.allo.refund(refundOf(request.partnerReferenceNo, 50_000), shopper());
    expect((await status()).status).toBe('refunded');
  });
});

describe('a SNAP refund', () => {
  it.each(UNKNOWN.filter(([, more]) => !('responseCode' in more)))(
    'is sent once and ends unknown: %s %j',
    async (fault, more, processed) => {
      const { reference } = await paidPayment(10_000);
      await doku.fault('allo.refund', fault, more);
      const counted = await doku.counting('allo.refund', async () => {
        await expect(
          library.allo.refund(refundOf(reference, 10_000), shopper()),
        ).rejects.toMatchObject({ code: 'outcome-unknown', reference });
      });
      expect(counted).toEqual({ received: 1, processed });
      expect(doku.simulator.ledger.balanceOf(reference).refunded).toBe(processed * 10_000);
    },
  );

  it.each(['2000700', '2005800'])('is done with %s', async (refundSuccessCode) => {
    await doku.post('/settings', { refundSuccessCode });
    const { reference, payment } = await paidPayment(10_000);
    const refund = await library.allo.refund(
      { ...refundOf(reference, 4_000), originalExternalId: dokuCall(payment).externalId },
      shopper(),
    );
    expect(refund).toMatchObject({ status: 'accepted', refundAmount: { value: '4000.00' } });
    expect(doku.simulator.ledger.balanceOf(reference)).toEqual({ paid: 10_000, refunded: 4_000 });
  });
});

describe('a KKI payment', () => {
  const payment = () => ({
    partnerReferenceNo: createPartnerReference(),
    amount: { value: 25_000 },
    cpan: '9360001609987000000',
    otp: '99999999',
  });

  it.each(['drop-after-processing', 'error-504', 'garbage'])(
    'is sent once and ends unknown: %s',
    async (fault) => {
      const kki = library.moduleRef.get(KkiService, { strict: false });
      await doku.fault('kki.createPayment', fault);
      const counted = await doku.counting('kki.createPayment', async () => {
        await expect(kki.createPayment(payment())).rejects.toMatchObject({
          code: 'outcome-unknown',
        });
      });
      expect(counted.received).toBe(1);
    },
  );

  it('is accepted, which is not paid, and then paid by the customer', async () => {
    await doku.post('/settings', { kkiConfirmation: 'manual' });
    const request = payment();
    expect((await library.kki.createPayment(request)).status).toBe('accepted');
    const status = () =>
      library.kki.checkStatus({ originalPartnerReferenceNo: request.partnerReferenceNo });
    expect((await status()).status).toBe('pending');
    await doku.post(`/payments/${request.partnerReferenceNo}/approve`, {});
    expect((await status()).status).toBe('paid');
  });
});

describe('a SNAP step that is no payment', () => {
  it('is sent once: a binding, which may be made again, and says so', async () => {
    await doku.fault('allo.bindAccount', 'drop-after-processing');
    const counted = await doku.counting('allo.bindAccount', async () => {
      await expect(bindAccount(library, doku, '628111000009')).rejects.toMatchObject({
        code: 'outcome-unknown',
        fix: expect.stringMatching(/again/),
      });
    });
    expect(counted.received).toBe(1);
  });

  it('unlinks with a token of that moment, and forgets it', async () => {
    const leaving = await bindAccount(library, doku, '628111000010');
    await library.allo.inquireBalance({}, { ...SHOPPER, customer: leaving });
    await library.allo.unbindAccount({}, { ...SHOPPER, customer: leaving });
    await expect(
      library.allo.inquireBalance({}, { ...SHOPPER, customer: leaving }),
    ).rejects.toMatchObject({ code: 'authentication', responseCode: '4017400' });
  });
});

describe('SNAP reads', () => {
  const balance = () => library.allo.inquireBalance({}, shopper());

  it.each(['error-500', 'error-504', 'garbage', 'drop-after-processing', 'redirect'])(
    'are repeated after %s, each time as a new call',
    async (fault) => {
      await doku.fault('allo.inquireBalance', fault, { times: 2 });
      const counted = await doku.counting('allo.inquireBalance', async () => {
        expect((await balance()).accountInfos.length).toBeGreaterThan(0);
      });
      expect(counted.received).toBe(3);
      const ids = (await doku.requests('allo.inquireBalance'))
        .slice(-3)
        .map(({ headers }) => headers['x-external-id']);
      expect(new Set(ids).size).toBe(3);
    },
  );

  it('end with the definite error after two repeats', async () => {
    await doku.fault('allo.inquireBalance', 'error-503', { times: null });
    const counted = await doku.counting('allo.inquireBalance', async () => {
      await expect(balance()).rejects.toMatchObject({
        code: 'unavailable',
        outcome: 'definite',
        retryable: true,
        httpStatus: 503,
      });
    });
    expect(counted.received).toBe(3);
  });

  it('are not repeated when DOKU refused', async () => {
    await doku.fault('allo.inquireBalance', 'refuse', { responseCode: '4031118' });
    const counted = await doku.counting('allo.inquireBalance', async () => {
      await expect(balance()).rejects.toMatchObject({ code: 'refused' });
    });
    expect(counted.received).toBe(1);
  });
});
