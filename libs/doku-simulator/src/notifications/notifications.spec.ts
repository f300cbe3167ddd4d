import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DokuSimulator } from '../doku-simulator.js';
import { valueAt } from '../engine/json.js';
import { DEFAULT_SECRET_KEY } from '../simulator-options.js';
import { CimbShop, textOf } from '../testing/cimb-shop.js';
import { isGenuine, NotificationReceiver } from '../testing/notification-receiver.js';
import type { SimulatedNotification } from './notification.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe('notifications', () => {
  let simulator: DokuSimulator;
  let receiver: NotificationReceiver;
  let shop: CimbShop;

  beforeEach(async () => {
    receiver = await NotificationReceiver.start();
    simulator = await DokuSimulator.start({ logger: false, notificationUrl: receiver.url });
    shop = new CimbShop(simulator.url);
  });
  afterEach(async () => {
    await simulator.stop();
    await receiver.stop();
  });

  const pay = async (invoice = 'INV-1'): Promise<void> => {
    await shop.pay(shop.paymentBody(await shop.saveCard('760012341111'), 90_000, invoice));
    await simulator.clock.advance(0);
  };
  const listed = async (): Promise<SimulatedNotification[]> => {
    const { body } = await shop.api('GET', 'notifications');
    return body as SimulatedNotification[];
  };
  const stateOf = async (): Promise<unknown> => (await listed())[0]?.state;

  it('are tried again after 30 minutes, 6 hours and 12 hours', async () => {
    receiver.status = 500;
    await pay();
    const counts = [receiver.received.length];
    for (const ms of [
      29 * MINUTE_MS,
      MINUTE_MS,
      5 * HOUR_MS,
      30 * MINUTE_MS,
      6 * HOUR_MS,
      100 * HOUR_MS,
    ]) {
      await simulator.clock.advance(ms);
      counts.push(receiver.received.length);
    }

    expect(counts).toEqual([1, 1, 2, 2, 3, 4, 4]);
    expect(await stateOf()).toBe('failed');
    expect(new Set(receiver.received.map(({ text }) => text)).size).toBe(1);
    expect(new Set(receiver.received.map(({ headers }) => headers['request-id']?.[0])).size).toBe(
      1,
    );
    expect(receiver.received.every((each) => isGenuine(each, DEFAULT_SECRET_KEY))).toBe(true);
  });

  it('make all missed attempts in one leap of the clock', async () => {
    receiver.status = 302;
    await pay();
    await simulator.clock.advance(13 * HOUR_MS);

    const [notification] = await listed();
    const first = Date.parse(notification?.attempts[0]?.at ?? '');
    const minutes = notification?.attempts.map(({ at }) =>
      Math.round((Date.parse(at) - first) / MINUTE_MS),
    );
    expect(minutes).toEqual([0, 30, 360, 720]);
  });

  it('end with the first 2xx', async () => {
    receiver.status = 503;
    await pay();
    expect(await stateOf()).toBe('retrying');
    receiver.status = 202;
    await simulator.clock.advance(30 * MINUTE_MS);
    await simulator.clock.advance(24 * HOUR_MS);

    expect(receiver.received).toHaveLength(2);
    const [notification] = await listed();
    expect(notification).toMatchObject({
      state: 'delivered',
      nextAttemptAt: null,
      attempts: [
        { status: 503, answer: 'noted' },
        { status: 202, answer: 'noted' },
      ],
    });
  });

  it('record why no answer came', async () => {
    await receiver.stop();
    await pay();
    receiver = await NotificationReceiver.start();

    expect((await listed())[0]?.attempts).toMatchObject([
      { status: null, answer: expect.stringContaining('ECONNREFUSED') },
    ]);
  });

  it('are held when switched off, and go when resent', async () => {
    await shop.api('POST', 'settings', { notifications: false });
    await pay();
    expect([await stateOf(), receiver.received.length]).toEqual(['held', 0]);
    await shop.api('POST', 'notifications/ntf-1/resend');

    expect([await stateOf(), receiver.received.length]).toEqual(['delivered', 1]);
  });

  it('that were held are retried once only, however often they are resent at once', async () => {
    receiver.status = 500;
    await shop.api('POST', 'settings', { notifications: false });
    await pay();
    await Promise.all([
      shop.api('POST', 'notifications/ntf-1/resend'),
      shop.api('POST', 'notifications/ntf-1/resend'),
    ]);
    expect(await stateOf()).toBe('retrying');
    await simulator.clock.advance(HOUR_MS);

    expect(receiver.received).toHaveLength(3);
  });

  it('can be resent by hand in a burst, each with its own Request-Id', async () => {
    await pay();
    const resent = await shop.api('POST', 'notifications/ntf-1/resend', { copies: 5 });

    expect(resent.body).toMatchObject({ attempts: Array(5).fill({ status: 200 }) });
    const ids = receiver.received.map(({ headers }) => headers['request-id']?.[0]);
    expect(new Set(ids).size).toBe(6);
  });

  it.each([
    ['signature', 1],
    ['body', 1],
    ['timestamp', 1],
    ['duplicate-header', 2],
    ['unsigned', 0],
  ])('can be spoilt: %s', async (breakage, signatures) => {
    await pay();
    await shop.api('POST', 'notifications/ntf-1/resend', { break: breakage });

    const spoilt = receiver.received[1];
    expect(spoilt && isGenuine(spoilt, DEFAULT_SECRET_KEY)).toBe(false);
    expect(spoilt?.headers.signature ?? []).toHaveLength(signatures);
    expect((await listed())[0]?.attempts[1]).toMatchObject({ broken: breakage });
  });

  it('can come from a stranger whose signature fits', async () => {
    await pay();
    await shop.api('POST', 'notifications/ntf-1/resend', { break: 'client-id' });

    const spoilt = receiver.received[1];
    expect(spoilt && isGenuine(spoilt, DEFAULT_SECRET_KEY)).toBe(true);
    expect(spoilt?.headers['client-id']).toEqual(['MCH-0000-00000000000000']);
  });

  it('can be sent out of order', async () => {
    await shop.api('POST', 'settings', { notifications: false });
    for (const invoice of ['INV-1', 'INV-2', 'INV-3', 'INV-4']) await pay(invoice);
    const newest = await shop.api('POST', 'notifications/shuffle');
    const chosen = await shop.api('POST', 'notifications/shuffle', { ids: ['ntf-1', 'ntf-2'] });

    expect(newest.body).toEqual({ order: ['ntf-4', 'ntf-3', 'ntf-2'] });
    expect(chosen.body).toEqual({ order: ['ntf-2', 'ntf-1'] });
    const order = receiver.received.map(({ body }) => valueAt(body, 'order.invoice_number'));
    expect(order).toEqual(['INV-4', 'INV-3', 'INV-2', 'INV-2', 'INV-1']);
  });

  it('can be made up, about a payment or about nothing', async () => {
    await pay();
    const changed = await shop.api('POST', 'notifications', {
      invoiceNumber: 'INV-1',
      status: 'FAILED',
      amount: 1,
    });
    const invented = await shop.api('POST', 'notifications', {
      invoiceNumber: 'INV-NEVER',
      amount: 5,
      originalRequestId: 'req-never',
      extra: { note: 'hello' },
    });

    expect(changed.status).toBe(201);
    expect(textOf(changed, 'state')).toBe('delivered');
    expect(receiver.received.slice(1).map(({ body }) => body)).toMatchObject([
      { transaction: { status: 'FAILED' }, order: { invoice_number: 'INV-1', amount: 1 } },
      {
        transaction: { status: 'SUCCESS', original_request_id: 'req-never' },
        order: { invoice_number: 'INV-NEVER', amount: 5 },
        note: 'hello',
      },
    ]);
    expect(textOf(invented, 'body.order.invoice_number')).toBe('INV-NEVER');
  });

  it('follow the skew of the clock', async () => {
    await shop.api('POST', 'clock', { skewMs: -24 * HOUR_MS });
    await shop.api('POST', 'notifications', { invoiceNumber: 'INV-1', amount: 1 });

    const sentAt = Date.parse(receiver.received[0]?.headers['request-timestamp']?.[0] ?? '');
    expect(Math.round((sentAt - Date.now()) / HOUR_MS)).toBe(-24);
  });

  it('are recorded when there is nowhere to send them', async () => {
    const lonely = await DokuSimulator.start({ logger: false });
    const shopWithout = new CimbShop(lonely.url);
    const sent = await shopWithout.api('POST', 'notifications', { invoiceNumber: 'I', amount: 1 });
    const resent = await shopWithout.api('POST', 'notifications/ntf-1/resend');
    await lonely.stop();

    expect(textOf(sent, 'state')).toBe('undeliverable');
    expect([resent.status, textOf(resent, 'message')]).toEqual([
      400,
      expect.stringContaining('--notification-url'),
    ]);
  });
});
