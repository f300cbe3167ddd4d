import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { DokuSimulator } from '../doku-simulator.js';
import { valueAt } from '../engine/json.js';
import { DEFAULT_CLIENT_ID, DEFAULT_SECRET_KEY } from '../simulator-options.js';
import { textOf } from '../testing/cimb-shop.js';
import {
  NotificationReceiver,
  type ReceivedNotification,
} from '../testing/notification-receiver.js';
import { hmacSignature, MERCHANT_PUBLIC_KEY, SnapMerchant } from '../testing/snap-merchant.js';
import { idr, newReference, SnapShop } from '../testing/snap-shop.js';
import type { SimulatedNotification } from './notification.js';

const HOUR_MS = 3_600_000;
const PATH = '/payments/notifications?shop=1';
const PHONE = '628238748728423';

describe('SNAP notifications', () => {
  let simulator: DokuSimulator;
  let receiver: NotificationReceiver;
  let tokens: NotificationReceiver;
  let shop: SnapShop;
  let token: string;

  beforeEach(async () => {
    receiver = await NotificationReceiver.start(PATH);
    tokens = await NotificationReceiver.start('/token');
    tokens.answer = JSON.stringify({ responseCode: '2007300', accessToken: 'merchant-token' });
    simulator = await DokuSimulator.start({
      merchantPublicKey: MERCHANT_PUBLIC_KEY,
      snapNotificationUrl: receiver.url,
      tokenUrl: tokens.url,
      merchants: [
        {
          clientId: 'MCH-TOKENLESS',
          secretKey: 'SK-2',
          snapNotificationUrl: receiver.url,
          merchantPublicKey: MERCHANT_PUBLIC_KEY,
        },
      ],
    });
    shop = await SnapShop.open(simulator.url);
    await shop.api('POST', 'settings', { notifyBindings: false });
    ({ token } = await shop.boundCustomer(PHONE, 'cust-1'));
  });
  afterEach(async () => {
    await simulator.stop();
    await Promise.all([receiver.stop(), tokens.stop()]);
  });

  const headerOf = ({ headers }: ReceivedNotification, name: string): string =>
    headers[name]?.join() ?? '';
  /** Reference 3.2, from what arrived. */
  const isGenuine = (each: ReceivedNotification, bearer = 'merchant-token'): boolean =>
    headerOf(each, 'x-signature') ===
    hmacSignature(
      ['POST', each.path, bearer, each.text, headerOf(each, 'x-timestamp')],
      DEFAULT_SECRET_KEY,
    );
  const isFromDoku = (text: string, signature: string): boolean =>
    verify(
      'sha256',
      Buffer.from(text),
      createPublicKey(simulator.dokuPublicKey),
      Buffer.from(signature, 'base64'),
    );
  const last = (): ReceivedNotification => {
    const newest = receiver.received.at(-1);
    if (newest === undefined) throw new Error('No notification has arrived');
    return newest;
  };
  const listed = async (): Promise<SimulatedNotification[]> =>
    (await shop.api('GET', 'notifications')).body as SimulatedNotification[];
  const send = (more: object = {}) =>
    shop.api('POST', 'notifications', {
      scheme: 'snap',
      partnerReferenceNo: 'INV1',
      amount: '90000.00',
      ...more,
    });
  const resend = (body: object) => shop.api('POST', 'notifications/ntf-1/resend', body);

  it('tell of a payment, signed over a token that the merchant gave', async () => {
    const reference = newReference();
    const paying = await shop.pay(token, shop.paymentBody(reference, '90000.00'));
    await shop.api('POST', `payments/${reference}/approve`);
    await simulator.clock.advance(0);
    const asked = tokens.received[0];
    const record = await shop.lastRecord('allo.createPayment');

    expect(asked?.body).toEqual({ grantType: 'client_credentials' });
    const timestamp = asked?.headers['x-timestamp']?.join() ?? '';
    expect(timestamp).toMatch(/\+07:00$/);
    expect(
      isFromDoku(`${DEFAULT_CLIENT_ID}|${timestamp}`, asked?.headers['x-signature']?.join() ?? ''),
    ).toBe(true);
    expect(last().path).toBe(PATH);
    expect(headerOf(last(), 'authorization')).toBe('Bearer merchant-token');
    expect(headerOf(last(), 'x-partner-id')).toBe(DEFAULT_CLIENT_ID);
    expect(headerOf(last(), 'x-external-id')).toMatch(/^[0-9]{24}$/);
    expect(isGenuine(last())).toBe(true);
    expect(last().body).toEqual({
      originalPartnerReferenceNo: reference,
      originalReferenceNo: textOf(paying, 'referenceNo'),
      originalExternalId: record.externalId,
      latestTransactionStatus: '00',
      transactionStatusDesc: 'Success',
      amount: idr('90000.00'),
      additionalInfo: {
        channelId: 'DIRECT_DEBIT_ALLO_SNAP',
        acquirerId: 'ALLO_BANK',
        custIdMerchant: 'cust-1',
        accountType: 'DIRECT_DEBIT',
        lineItems: [{ name: 'Kopi susu', price: '90000.00', quantity: 1 }],
        successPaymentUrl: 'https://shop.example/paid',
        failedPaymentUrl: 'https://shop.example/unpaid',
        origin: { apiFormat: 'SNAP' },
      },
    });
    expect(await listed()).toMatchObject([
      {
        scheme: 'snap',
        state: 'delivered',
        attempts: [{ status: 200, token: { status: 200, isKept: false } }],
      },
    ]);
    expect(JSON.stringify(await listed())).not.toContain('merchant-token');
  });

  it('tell of failures, whole refunds and nothing of partial ones', async () => {
    const failed = newReference();
    await shop.pay(token, shop.paymentBody(failed, '90000.00'));
    await shop.api('POST', `payments/${failed}/decline`);
    const reference = await shop.paid(token, '90000.00');
    await shop.refund(token, reference, '40000.00');
    await shop.refund(token, reference, '50000.00');
    const unheard = await shop.paid(token, '1000.00');
    await shop.api('POST', 'settings', { notifyRefunds: false });
    await shop.refund(token, unheard, '1000.00');
    await simulator.clock.advance(0);
    const told = receiver.received.map(({ body }) => [
      valueAt(body, 'originalPartnerReferenceNo'),
      valueAt(body, 'latestTransactionStatus'),
    ]);

    expect(told).toHaveLength(4);
    expect(told).toEqual(
      expect.arrayContaining([
        [failed, '06'],
        [reference, '00'],
        [reference, '04'],
        [unheard, '00'],
      ]),
    );
  });

  it('tell of bindings unless switched off', async () => {
    await shop.api('POST', 'settings', { notifyBindings: true });
    const { authCode } = await shop.boundCustomer('628111222333', 'cust-2');
    const answer = await shop.bind(shop.bindingBody('628111222334', 'cust-3'));
    const declined = textOf(answer, 'additionalInfo.authCode');
    await shop.api('POST', `bindings/${declined}/decline`);
    await simulator.clock.advance(0);

    expect(receiver.received.map(({ body }) => body)).toEqual(
      expect.arrayContaining([
        {
          originalExternalId: expect.any(String),
          additionalInfo: { authCode, custIdMerchant: 'cust-2', status: 'SUCCESS' },
        },
        {
          originalExternalId: expect.any(String),
          additionalInfo: { authCode: declined, custIdMerchant: 'cust-3', status: 'FAILED' },
        },
      ]),
    );
  });

  it('of KKI come after the answer, with the masked card for a customer', async () => {
    const reference = newReference();
    await shop.payByCard(shop.kkiBody(reference, '90000.00'));
    await simulator.clock.advance(0);

    expect(last().body).toMatchObject({
      originalPartnerReferenceNo: reference,
      additionalInfo: { channelId: 'KARTU_KREDIT_INDONESIA', custIdMerchant: '************0000' },
    });
  });

  it('are tried again with a fresh token, or with the first one', async () => {
    receiver.status = 500;
    await send();
    await simulator.clock.advance(HOUR_MS / 2);
    const fetched = tokens.received.length;
    await shop.api('POST', 'settings', { notificationToken: 'keep' });
    await simulator.clock.advance(12 * HOUR_MS);
    const [notification] = await listed();

    expect([fetched, tokens.received.length, receiver.received.length]).toEqual([2, 2, 4]);
    expect(receiver.received.every((each) => isGenuine(each))).toBe(true);
    expect(new Set(receiver.received.map((each) => headerOf(each, 'x-external-id'))).size).toBe(1);
    expect(notification).toMatchObject({
      state: 'failed',
      attempts: [{}, {}, { token: { isKept: true } }, { token: { isKept: true } }],
    });
  });

  it('count as not delivered when no token is given', async () => {
    tokens.status = 401;
    const sent = await send();
    tokens.status = 200;
    tokens.answer = 'no JSON';
    await resend({});

    expect(receiver.received).toEqual([]);
    expect(sent.body).toMatchObject({ state: 'retrying', attempts: [{ status: null }] });
    expect(await listed()).toMatchObject([
      {
        attempts: [
          { answer: 'Not sent: the merchant gave no token.', token: { status: 401 } },
          { status: null, token: { status: 200, answer: 'no JSON' } },
        ],
      },
    ]);
    tokens.answer = '{"accessToken":"merchant-token"}';
    await simulator.clock.advance(HOUR_MS / 2);
    expect(await listed()).toMatchObject([{ state: 'delivered' }]);
  });

  it("use the simulator's own token, or none, where no token endpoint is", async () => {
    const orders = { clientId: 'MCH-TOKENLESS' };
    await send(orders);
    const empty = last();
    const own = new SnapMerchant(simulator.url, 'MCH-TOKENLESS', 'SK-2');
    await own.login();
    await send(orders);
    const given = last();
    await send();
    const usual = last();

    expect(headerOf(usual, 'authorization')).toBe('Bearer merchant-token');
    expect(headerOf(given, 'authorization')).toBe(`Bearer ${own.token}`);
    expect(empty.headers.authorization).toBeUndefined();
    expect(headerOf(empty, 'x-signature')).toBe(
      hmacSignature(['POST', PATH, '', empty.text, headerOf(empty, 'x-timestamp')], 'SK-2'),
    );
    expect(tokens.received).toHaveLength(1);
  });

  it('can be signed with RSA and without token', async () => {
    await shop.api('POST', 'settings', { snapNotificationSignature: 'asymmetric' });
    await send();
    const each = last();
    const hash = createHash('sha256').update(each.text).digest('hex');
    const text = `POST:${PATH}:${hash}:${headerOf(each, 'x-timestamp')}`;

    expect(isFromDoku(text, headerOf(each, 'x-signature'))).toBe(true);
    expect([each.headers.authorization, tokens.received.length]).toEqual([undefined, 0]);
  });

  it('say what they are told to', async () => {
    const reference = await shop.paid(token, '90000.00');
    await send({ partnerReferenceNo: reference, status: '05', amount: '1.00', extra: { a: 1 } });
    const changed = last().body;
    const unknown = await send({ amount: undefined });
    const malformed = await send({ amount: '90000' });

    expect(changed).toMatchObject({
      originalPartnerReferenceNo: reference,
      latestTransactionStatus: '05',
      amount: idr('1.00'),
      a: 1,
    });
    expect(textOf(unknown, 'message')).toContain('No SNAP payment has partnerReferenceNo "INV1"');
    expect(textOf(malformed, 'message')).toContain('"amount" must be a text such as');
  });

  it.each(['signature', 'body', 'timestamp', 'unsigned', 'duplicate-header'])(
    'spoilt by %s prove nothing, and acknowledge nothing',
    async (kind) => {
      await shop.api('POST', 'settings', { notifications: true });
      receiver.status = 500;
      await send();
      receiver.status = 200;
      await resend({ break: kind });

      expect(receiver.received).toHaveLength(2);
      expect(isGenuine(last())).toBe(false);
      expect(await listed()).toMatchObject([
        { state: 'retrying', attempts: [{}, { broken: kind }] },
      ]);
    },
  );

  it('spoilt by client-id or token are signed well, but for somebody else', async () => {
    await send();
    await resend({ break: 'client-id' });
    const stranger = last();
    await resend({ break: 'token' });
    const foreign = last();
    const bearer = headerOf(foreign, 'authorization').replace('Bearer ', '');

    expect([headerOf(stranger, 'x-partner-id'), isGenuine(stranger)]).toEqual([
      'MCH-0000-00000000000000',
      true,
    ]);
    expect(bearer).not.toBe('merchant-token');
    expect(isGenuine(foreign, bearer)).toBe(true);
  });

  it('are sent again in copies and out of order', async () => {
    await send();
    await send({ partnerReferenceNo: 'INV2' });
    await resend({ copies: 3 });
    const ids = receiver.received.map((each) => headerOf(each, 'x-external-id'));
    const shuffled = await shop.api('POST', 'notifications/shuffle', { ids: ['ntf-1', 'ntf-2'] });

    expect(new Set(ids).size).toBe(5);
    expect(shuffled.body).toEqual({ order: ['ntf-2', 'ntf-1'] });
    expect(
      receiver.received.slice(-2).map(({ body }) => valueAt(body, 'originalPartnerReferenceNo')),
    ).toEqual(['INV2', 'INV1']);
  });

  it('of the other family carry no token to break', async () => {
    await shop.api('POST', 'notifications', { invoiceNumber: 'INV-1', amount: 1 });
    const unsendable = await resend({ break: 'token' });

    expect(textOf(unsendable, 'message')).toMatch(/no notification URL|only SNAP notifications/);
  });
});
