import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DokuSimulator } from '../doku-simulator.js';
import { valueAt } from '../engine/json.js';
import { textOf } from '../testing/cimb-shop.js';
import { MERCHANT_PUBLIC_KEY } from '../testing/snap-merchant.js';
import { codeOf, newReference, SNAP_PATHS, SnapShop } from '../testing/snap-shop.js';
import type { FaultKind } from '../engine/faults.js';

describe('faults of SNAP calls', () => {
  let simulator: DokuSimulator;
  let shop: SnapShop;
  let token: string;
  let reference: string;

  beforeAll(async () => {
    simulator = await DokuSimulator.start({ merchantPublicKey: MERCHANT_PUBLIC_KEY });
    shop = await SnapShop.open(simulator.url);
    ({ token } = await shop.boundCustomer('628238748728423'));
  });
  beforeEach(() => {
    reference = newReference();
  });
  afterEach(async () => {
    await shop.api('DELETE', 'faults');
  });
  afterAll(() => simulator.stop());

  const plan = (fault: FaultKind, more: object = {}): Promise<unknown> =>
    shop.api('POST', 'faults', { operation: 'allo.createPayment', fault, ...more });
  const pay = () => shop.pay(token, shop.paymentBody(reference, '1000.00'));
  const isKnown = async (): Promise<boolean> => codeOf(await shop.status(reference)) === '2005500';

  it.each<[FaultKind, string]>([
    ['error-500', '5005400'],
    ['error-503', '5035400'],
    ['error-504', '5045400'],
    ['in-progress', '2025400'],
  ])('%s answers %s, processed only when told', async (fault, code) => {
    await plan(fault);
    const first = await pay();
    const before = await isKnown();
    await plan(fault, { processed: true });
    const second = await pay();

    expect([codeOf(first), before]).toEqual([code, false]);
    expect([codeOf(second), await isKnown()]).toEqual([code, true]);
  });

  it('refuse answers the code that is wanted', async () => {
    await plan('refuse', { responseCode: '4035414' });
    const answer = await pay();

    expect([codeOf(answer), await isKnown()]).toEqual(['4035414', false]);
    expect(await shop.lastRecord('allo.createPayment')).toMatchObject({
      fault: 'refuse',
      verdict: 'accepted',
      status: 403,
    });
  });

  it('conflict-replay answers the success with 409', async () => {
    await plan('conflict-replay');
    const answer = await pay();

    expect(codeOf(answer)).toBe('409 with 2005400');
    expect(valueAt(answer.body, 'partnerReferenceNo')).toBe(reference);
    expect(await isKnown()).toBe(true);
  });

  it("foreign-conflict answers somebody else's success with 409", async () => {
    await plan('foreign-conflict');
    const answer = await pay();

    expect(codeOf(answer)).toBe('409 with 2005400');
    expect(valueAt(answer.body, 'partnerReferenceNo')).toBe('REFERENCEOFSOMEBODYELSE');
    expect(await isKnown()).toBe(false);
  });

  it.each<[FaultKind, boolean]>([
    ['drop-before-processing', false],
    ['drop-after-processing', true],
    ['truncated', true],
  ])('%s gives no whole answer', async (fault, isProcessed) => {
    await plan(fault);
    await expect(pay()).rejects.toThrow();

    expect(await isKnown()).toBe(isProcessed);
  });

  it('garbage, redirect and drip answer as elsewhere', async () => {
    await plan('garbage');
    await plan('redirect', { operation: 'snap.checkStatus' });
    await plan('drip', { operation: 'allo.inquireBalance', ms: 1 });
    const [garbage, redirect, drip] = [
      await pay(),
      await shop.status('X'),
      await shop.balance(token),
    ];

    expect([garbage.headers['content-type'], redirect.headers.location, codeOf(drip)]).toEqual([
      'text/html',
      `https://elsewhere.invalid${SNAP_PATHS.status}`,
      '2001100',
    ]);
  });

  it('hit token requests too', async () => {
    await plan('error-503', { operation: 'snap.b2bToken' });
    await plan('refuse', { operation: 'snap.b2b2cToken', responseCode: '4017400' });
    const b2b = await shop.merchant.askToken('b2b', { grantType: 'client_credentials' });
    const b2b2c = await shop.merchant.askToken('b2b2c', {});

    expect([codeOf(b2b), codeOf(b2b2c)]).toEqual(['5037300', '4017400']);
  });

  it('under * pass over what they cannot hit', async () => {
    await plan('wrong-signature', { operation: '*' });
    await plan('refuse', { operation: '*', responseCode: '4035405' });
    const snap = await pay();
    const nonSnap = await shop.api('GET', 'faults');

    expect(codeOf(snap)).toBe('4035405');
    expect(textOf({ body: (nonSnap.body as unknown[])[0] }, 'fault')).toBe('wrong-signature');
  });
});
