import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { DokuSimulator } from './doku-simulator.js';
import { CimbShop, PATHS, textOf } from './testing/cimb-shop.js';

describe('a repeated Request-Id', () => {
  let simulator: DokuSimulator;
  let shop: CimbShop;
  let body: object;
  const requestId = randomUUID();

  beforeEach(async () => {
    simulator = await DokuSimulator.start({
      logger: false,
      merchants: [{ clientId: 'MCH-OTHER', secretKey: 'SK-other-merchant' }],
    });
    shop = new CimbShop(simulator.url);
    body = shop.paymentBody(await shop.saveCard('760012341111'), 90_000, 'INV-1');
  });
  afterEach(() => simulator.stop());

  it('answers the stored body with 409, signed afresh', async () => {
    const first = await shop.pay(body, { requestId });
    const second = await shop.pay(body, { requestId });

    expect([first.status, second.status]).toEqual([201, 409]);
    expect(second.text).toBe(first.text);
    expect(shop.merchant.trusts(second, 'POST', PATHS.payment)).toBe(true);
    expect(simulator.ledger.entries()).toHaveLength(1);
    expect((await shop.api('GET', 'counters')).body).toMatchObject({
      'cimb.createPayment': { received: 2, processed: 1, replayed: 1, refused: 0 },
    });
  });

  it('debits twice when idempotency is off, and the ledger tells', async () => {
    await shop.api('POST', 'settings', { idempotency: false });
    await shop.pay(body, { requestId });
    await shop.pay(body, { requestId });

    expect(simulator.ledger.debitedTwice()).toMatchObject([
      { invoiceNumber: 'INV-1', entries: [{ requestId }, { requestId }] },
    ]);
    expect((await shop.api('GET', 'ledger')).body).toMatchObject({
      debitedTwice: [{ invoiceNumber: 'INV-1' }],
    });
  });

  it('is refused with another body or path', async () => {
    await shop.pay(body, { requestId });
    const otherBody = await shop.pay({ ...body, additional_info: {} }, { requestId });
    const otherPath = await shop.merchant.post(
      PATHS.tokens,
      { customer: shop.customer },
      { requestId },
    );

    expect([otherBody.status, otherPath.status]).toEqual([409, 409]);
    expect(textOf(otherBody, 'error.code')).toBe('REQUEST_ID_ALREADY_USED');
  });

  it('waits for the first call while that is under way', async () => {
    await shop.api('POST', 'faults', { operation: 'cimb.createPayment', fault: 'delay', ms: 50 });
    const [first, second] = await Promise.all([
      shop.pay(body, { requestId }),
      shop.pay(body, { requestId }),
    ]);

    expect([first.status, second.status].sort()).toEqual([201, 409]);
    expect(second.text).toBe(first.text);
    expect(simulator.ledger.entries()).toHaveLength(1);
  });

  it('costs no second try of an OTP', async () => {
    const tokenId = await shop.saveCard();
    const payment = await shop.pay(shop.paymentBody(tokenId, 1_000, 'INV-2'));
    const token = textOf(payment, 'payment.token');
    const first = await shop.enterOtp(token, '000000', { requestId });
    const second = await shop.enterOtp(token, '000000', { requestId });
    const third = await shop.enterOtp(token, '000000');

    expect([first.status, second.status]).toEqual([400, 409]);
    expect(third.body).toMatchObject({ error: { details: { remainingTries: 3 } } });
  });

  it('may be used again after a body that broke a rule', async () => {
    const refused = await shop.pay({ ...body, order: {} }, { requestId });
    const mended = await shop.pay(body, { requestId });

    expect([refused.status, mended.status]).toEqual([400, 201]);
  });

  it('is another one for another merchant', async () => {
    const listing = { customer: { id: 'C' } };
    await shop.merchant.post(PATHS.tokens, listing, { requestId });
    const other = await shop.merchant.post(PATHS.tokens, listing, {
      requestId,
      clientId: 'MCH-OTHER',
      secretKey: 'SK-other-merchant',
    });

    expect(other.status).toBe(200);
  });

  it('is answered afresh when it only reads', async () => {
    await shop.pay(body);
    const path = '/orders/v1/status/INV-1';
    const first = await shop.merchant.get(path, { requestId });
    const second = await shop.merchant.get(path, { requestId });

    expect([first.status, second.status]).toEqual([200, 200]);
  });
});
