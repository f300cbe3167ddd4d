import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { DokuSimulator } from './doku-simulator.js';
import { valueAt } from './engine/json.js';
import { CimbShop, PATHS, textOf } from './testing/cimb-shop.js';
import { NotificationReceiver } from './testing/notification-receiver.js';
import type { FaultKind } from './engine/faults.js';

describe('faults', () => {
  let simulator: DokuSimulator;
  let receiver: NotificationReceiver;
  let shop: CimbShop;
  let body: object;
  let invoice: string;

  beforeAll(async () => {
    receiver = await NotificationReceiver.start();
    simulator = await DokuSimulator.start({ logger: false, notificationUrl: receiver.url });
    shop = new CimbShop(simulator.url);
  });
  beforeEach(async () => {
    invoice = randomUUID();
    body = shop.paymentBody(await shop.saveCard('760012341111'), 90_000, invoice);
  });
  afterEach(async () => {
    await shop.api('DELETE', 'faults');
  });
  afterAll(async () => {
    await simulator.stop();
    await receiver.stop();
  });

  const plan = (fault: FaultKind, more: object = {}): Promise<unknown> =>
    shop.api('POST', 'faults', { operation: 'cimb.createPayment', fault, ...more });
  const debits = (): number => simulator.ledger.balanceOf(invoice).paid / 90_000;
  const lastRecord = async (): Promise<unknown> => {
    const { body: records } = await shop.api('GET', 'requests?operation=cimb.createPayment');
    return Array.isArray(records) ? records.at(-1) : undefined;
  };

  it.each<[FaultKind, number]>([
    ['drop-before-processing', 0],
    ['drop-after-processing', 1],
  ])('%s closes the connection with %i debits', async (fault, count) => {
    const arrived = receiver.received.length;
    await plan(fault);
    await expect(shop.pay(body)).rejects.toThrow('socket hang up');

    expect(debits()).toBe(count);
    expect(await lastRecord()).toMatchObject({ fault, status: null });
    await receiver.until(arrived + count);
  });

  it.each([500, 503, 504])('error-%i answers so without processing', async (status) => {
    await plan(`error-${status}` as FaultKind);
    const answer = await shop.pay(body);

    expect([answer.status, debits()]).toEqual([status, 0]);
    expect(await lastRecord()).toMatchObject({ verdict: 'accepted', status });
    expect(textOf(answer, 'error.type')).toBe('SERVER');
  });

  it('error-5xx may process first', async () => {
    await plan('error-504', { processed: true });
    const requestId = randomUUID();
    const answer = await shop.pay(body, { requestId });
    const repeated = await shop.pay(body, { requestId });

    expect([answer.status, repeated.status, debits()]).toEqual([504, 409, 1]);
  });

  it('unsigned and wrong-signature process, but prove nothing', async () => {
    await plan('unsigned');
    const unsigned = await shop.pay(body);
    await plan('wrong-signature');
    const forged = await shop.pay(body);

    expect([unsigned.status, unsigned.headers.signature]).toEqual([201, undefined]);
    expect(forged.headers.signature).toMatch(/^HMACSHA256=.{44}$/);
    expect(shop.merchant.trusts(forged, 'POST', PATHS.payment)).toBe(false);
    expect(debits()).toBe(2);
  });

  it('echo-mismatch answers for another Request-Id, well signed', async () => {
    await plan('echo-mismatch');
    const answer = await shop.pay(body);

    expect(answer.headers['request-id']).not.toBe(answer.requestId);
    expect(shop.merchant.trusts(answer, 'POST', PATHS.payment)).toBe(true);
  });

  it('garbage is HTML', async () => {
    await plan('garbage');
    const answer = await shop.pay(body);

    expect([answer.status, answer.headers['content-type'], debits()]).toEqual([
      200,
      'text/html',
      1,
    ]);
  });

  it('truncated ends before its length', async () => {
    await plan('truncated');
    await expect(shop.pay(body)).rejects.toThrow('aborted');

    expect(debits()).toBe(1);
  });

  /** Pays, and leaves as soon as the simulator has taken the call. */
  const payAndLeave = async (requestId: string = randomUUID()): Promise<void> => {
    const leaving = new AbortController();
    const call = shop.pay(body, { requestId, signal: leaving.signal });
    // Looked at later; until then it must not count as unhandled.
    call.catch(() => undefined);
    while (valueAt(await lastRecord(), 'headers.Request-Id') !== requestId);
    leaving.abort();
    await expect(call).rejects.toThrow();
  };

  it('drip comes byte by byte, whole if one waits', async () => {
    await plan('drip', { ms: 1 });
    expect(textOf(await shop.pay(body), 'payment.status')).toBe('SUCCESS');

    await plan('drip', { ms: 10_000 });
    await payAndLeave();
  });

  it('delay holds the work back, and does it though the caller has left', async () => {
    await plan('delay', { ms: 300 });
    const requestId = randomUUID();
    await payAndLeave(requestId);
    expect(debits()).toBe(0);

    expect((await shop.pay(body, { requestId })).status).toBe(409);
    expect(debits()).toBe(1);
  });

  it('hang never answers', async () => {
    await plan('hang');
    await payAndLeave();
    expect(await lastRecord()).toMatchObject({ fault: 'hang', status: null });
    await plan('hang', { processed: true });
    await payAndLeave();

    expect(debits()).toBe(1);
  });

  it("foreign-conflict answers somebody else's payment with 409", async () => {
    await plan('foreign-conflict');
    const answer = await shop.pay(body);

    expect([answer.status, debits()]).toEqual([409, 0]);
    expect(textOf(answer, 'order.invoice_number')).toBe('INV-SOMEBODY-ELSE');
    expect(shop.merchant.trusts(answer, 'POST', PATHS.payment)).toBe(true);
  });

  it('redirect points to another host', async () => {
    await plan('redirect');
    const answer = await shop.pay(body);
    await plan('redirect', { location: 'http://127.0.0.2/x' });
    const chosen = await shop.pay(body);

    expect([answer.status, answer.headers.location]).toEqual([
      302,
      `https://elsewhere.invalid${PATHS.payment}`,
    ]);
    await plan('redirect', { location: 'http://127.0.0.2/?x=世' });
    const encoded = await shop.pay(body);
    expect(encoded.headers.location).toBe('http://127.0.0.2/?x=%E4%B8%96');
    expect([chosen.headers.location, debits()]).toEqual(['http://127.0.0.2/x', 0]);
  });

  it('hit as often as asked, on the operation asked', async () => {
    await plan('error-503', { times: 2 });
    const other = await shop.merchant.post(PATHS.tokens, { customer: shop.customer });
    const statuses = [];
    for (let call = 0; call < 3; call++) statuses.push((await shop.pay(body)).status);

    expect([other.status, ...statuses]).toEqual([200, 503, 503, 201]);
  });

  it('stay until cleared, on every operation', async () => {
    const fault = { operation: '*', fault: 'error-500', times: null };
    const added = await shop.api('POST', 'faults', fault);
    await shop.pay(body);
    const status = await shop.merchant.get('/orders/v1/status/x');
    const listed = await shop.api('GET', 'faults');
    const cleared = await shop.api('DELETE', 'faults');

    expect([added.status, status.status, cleared.status]).toEqual([201, 500, 204]);
    expect(listed.body).toEqual([{ ...fault, id: valueAt(added.body, 'id'), hits: 2 }]);
    expect((await shop.api('GET', 'faults')).body).toEqual([]);
  });
});
