import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createPartnerReference, type DokuOperation } from 'nestjs-doku';

import { type StartedLibrary, startLibrary } from '../harness/library.js';
import { SimulatedDoku } from '../harness/simulated-shop.js';
import { bindAccount, SHOPPER } from '../harness/snap-shopper.js';
import { MERCHANT_PRIVATE_KEY, MERCHANT_PUBLIC_KEY } from '../harness/snap-merchant.js';

const BALANCE: DokuOperation = {
  name: 'test.balance',
  method: 'POST',
  path: '/direct-debit/core/v1/balance-inquiry',
  scheme: 'snap',
  customer: 'required',
  headers: { ipAddress: 'required', deviceId: 'never' },
  effect: 'once',
};
const ALLO = { additionalInfo: { channel: 'DIRECT_DEBIT_ALLO_SNAP' } };
const CALLS = 64;

let doku: SimulatedDoku;
let library: StartedLibrary;

beforeEach(async () => {
  doku = await SimulatedDoku.start({ merchantPublicKey: MERCHANT_PUBLIC_KEY });
  library = await startLibrary({ baseUrl: doku.url, privateKey: MERCHANT_PRIVATE_KEY });
});
afterEach(async () => {
  await library.close();
  await doku.stop();
});

const tokenRequests = async () => ({
  b2b: (await doku.counters('snap.b2bToken')).received,
  b2b2c: (await doku.counters('snap.b2b2cToken')).received,
});

describe('64 first calls at once', () => {
  it('ask for one token of the merchant, and for one of each customer', async () => {
    const customers = await Promise.all([
      bindAccount(library, doku, '628111000001'),
      bindAccount(library, doku, '628111000002'),
    ]);
    const fresh = await startLibrary({ baseUrl: doku.url, privateKey: MERCHANT_PRIVATE_KEY });
    const before = await tokenRequests();
    await Promise.all(
      Array.from({ length: CALLS }, (_, index) =>
        fresh.client.request(BALANCE, ALLO, {
          ...SHOPPER,
          customer: customers[index % 2] ?? { authCode: '' },
        }),
      ),
    );
    expect(await tokenRequests()).toEqual({ b2b: before.b2b + 1, b2b2c: before.b2b2c + 2 });
    await fresh.close();
  });

  it('share one refusal, and none of them is kept', async () => {
    await doku.fault('snap.b2bToken', 'refuse', { responseCode: '4017300', times: 1 });
    const status = () =>
      library.client.request(
        {
          name: 'test.status',
          method: 'POST',
          path: '/orders/v1.0/debit/status',
          scheme: 'snap',
          effect: 'once',
          headers: { ipAddress: 'never', deviceId: 'never' },
        },
        { originalPartnerReferenceNo: createPartnerReference(), serviceCode: '55', ...ALLO },
      );
    const outcomes = await Promise.allSettled(Array.from({ length: CALLS }, status));
    const reasons = new Set(
      outcomes.map((each) => (each.status === 'rejected' ? (each.reason as object) : undefined)),
    );
    expect(reasons.size).toBe(1);
    expect([...reasons][0]).toMatchObject({ code: 'authentication', responseCode: '4017300' });
    expect((await tokenRequests()).b2b).toBe(1);
    await expect(status()).rejects.toMatchObject({ responseCode: '4045501' });
    expect((await tokenRequests()).b2b).toBe(2);
  });
});

describe('64 calls whose tokens DOKU has revoked', () => {
  it.each(['b2b', 'b2b2c'] as const)('(%s) ask for one new token', async (kind) => {
    const customer = await bindAccount(library, doku, '628111000003');
    const call = () => library.client.request(BALANCE, ALLO, { ...SHOPPER, customer });
    await call();
    const before = await tokenRequests();
    await doku.post('/tokens/revoke', { kind });
    await Promise.all(Array.from({ length: CALLS }, call));
    expect(await tokenRequests()).toEqual({ ...before, [kind]: before[kind] + 1 });
  });
});

describe('a clock that is off', () => {
  it.each([
    ['an hour behind', 3_600_000],
    ['an hour ahead', -3_600_000],
  ])('by %s is corrected once, for 64 calls at once', async (_how, skewMs) => {
    const customer = await bindAccount(library, doku, '628111000004');
    const call = () => library.client.request(BALANCE, ALLO, { ...SHOPPER, customer });
    await call();
    await doku.post('/clock', { skewMs });
    const before = (await doku.counters('allo.inquireBalance')).received;
    const tokensBefore = await tokenRequests();
    await Promise.all(Array.from({ length: CALLS }, call));
    const attempts = (await doku.counters('allo.inquireBalance')).received - before;
    const { b2b, b2b2c } = await tokenRequests();
    // At most one attempt more each; tokens that look as if they had ended are asked for once.
    expect(attempts).toBeLessThanOrEqual(2 * CALLS);
    expect(b2b - tokensBefore.b2b).toBeLessThanOrEqual(1);
    expect(b2b2c - tokensBefore.b2b2c).toBeLessThanOrEqual(1);
    expect(library.logs.matching(/DOKU's clock is 3[56]\d\d s/)).toHaveLength(1);
    // Nothing is refused for its time any more.
    await call();
    expect((await doku.counters('allo.inquireBalance')).received).toBe(before + attempts + 1);
  });

  it('is corrected by the first request for a token already', async () => {
    await doku.post('/clock', { skewMs: 3_600_000 });
    await Promise.all(Array.from({ length: CALLS }, () => library.tokens.getB2bToken()));
    expect((await tokenRequests()).b2b).toBe(2);
  });

  it('and is set right again is followed back', async () => {
    await doku.post('/clock', { skewMs: 3_600_000 });
    await library.tokens.getB2bToken();
    await doku.post('/clock', { skewMs: 0 });
    await library.tokens.invalidate();
    await library.tokens.getB2bToken();
    expect(library.logs.matching(/DOKU's clock is/)).toHaveLength(2);
  });
});
