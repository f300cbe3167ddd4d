import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { createPartnerReference, type DokuEvent, OnDokuEvent } from 'nestjs-doku';

import { eventually } from '../harness/eventually.js';
import { freePort } from '../harness/free-port.js';
import { HostApp, PLATFORM_NAMES } from '../harness/host-app.js';
import { type StartedLibrary, startLibrary } from '../harness/library.js';
import { SimulatedDoku } from '../harness/simulated-shop.js';
import { MERCHANT_PRIVATE_KEY, MERCHANT_PUBLIC_KEY } from '../harness/snap-merchant.js';
import { alloPaymentOf, bindAccount, SHOPPER } from '../harness/snap-shopper.js';

@Injectable()
class Heard {
  readonly events: DokuEvent[] = [];
  isBroken = false;

  @OnDokuEvent('*')
  hear(event: DokuEvent): void {
    if (this.isBroken) throw new Error('the database is down');
    this.events.push(event);
  }

  of(reference: string): DokuEvent[] {
    return this.events.filter((event) => event.reference === reference);
  }
}

interface SentNotification {
  readonly id: string;
  readonly state: string;
  readonly attempts: readonly { readonly status: number | null; readonly broken?: string }[];
  readonly body: { readonly originalPartnerReferenceNo?: string };
}

/** Both sides are real: the simulator signs by code of its own, with a key of its own. */
describe.each(PLATFORM_NAMES)('DOKU calls a %s app', (platform) => {
  const heard = new Heard();
  let doku: SimulatedDoku;
  let library: StartedLibrary;
  let app: HostApp;

  beforeAll(async () => {
    const port = await freePort();
    const base = `http://127.0.0.1:${port}/doku`;
    doku = await SimulatedDoku.start({
      merchantPublicKey: MERCHANT_PUBLIC_KEY,
      tokenUrl: `${base}/authorization/v1/access-token/b2b`,
      snapNotificationUrl: `${base}/v1.0/debit/notify`,
    });
    app = await HostApp.start({
      platform,
      port,
      options: { dokuPublicKey: doku.simulator.dokuPublicKey },
      notifications: {
        requireIssuedToken: true,
        asymmetricSignatures: 'accept',
        timestampWindow: 'enforce',
      },
      providers: [{ provide: Heard, useValue: heard }],
    });
    library = await startLibrary({ baseUrl: doku.url, privateKey: MERCHANT_PRIVATE_KEY });
  });

  afterEach(() => {
    heard.isBroken = false;
  });

  afterAll(async () => {
    await library.close();
    await app.close();
    await doku.stop();
  });

  async function pay(): Promise<string> {
    const customer = await bindAccount(
      library,
      doku,
      `6281${String(Math.trunc(Math.random() * 1e9)).padStart(9, '0')}`,
    );
    const request = alloPaymentOf();
    await library.allo.createPayment(request, { ...SHOPPER, customer });
    await doku.post(`/payments/${request.partnerReferenceNo}/approve`, {});
    return request.partnerReferenceNo;
  }

  async function notificationOf(reference: string): Promise<SentNotification> {
    const all = (await doku.get('/notifications')) as SentNotification[];
    const found = all.find(({ body }) => body.originalPartnerReferenceNo === reference);
    if (!found) throw new Error(`no notification of ${reference}`);
    return found;
  }

  it('for a token, and then with what became of a binding, a payment and a refund', async () => {
    const reference = await pay();
    await eventually(() => heard.of(reference).length === 1);
    expect(heard.of(reference)[0]).toMatchObject({
      type: 'payment.succeeded',
      channel: 'allo-direct-debit',
      merchant: 'default',
      amount: { value: '50000.00', currency: 'IDR' },
      status: '00',
    });
    expect(heard.events.filter(({ type }) => type === 'binding.succeeded').length).toBeGreaterThan(
      0,
    );
    expect((await notificationOf(reference)).attempts.map(({ status }) => status)).toEqual([200]);
  });

  it('again after half an hour, because a listener failed', async () => {
    heard.isBroken = true;
    const reference = await pay();
    await eventually(async () => (await notificationOf(reference)).attempts.length === 1);
    heard.isBroken = false;
    await doku.simulator.clock.advance(30 * 60_000);
    expect((await notificationOf(reference)).attempts.map(({ status }) => status)).toEqual([
      500, 200,
    ]);
    expect(heard.of(reference)).toHaveLength(1);
  });

  it('several times at once, and is heard once', async () => {
    const reference = await pay();
    await eventually(() => heard.of(reference).length === 1);
    const { id } = await notificationOf(reference);
    await doku.post(`/notifications/${id}/resend`, { copies: 8 });
    expect(new Set((await notificationOf(reference)).attempts.map(({ status }) => status))).toEqual(
      new Set([200]),
    );
    expect(heard.of(reference)).toHaveLength(1);
  });

  it.each(['signature', 'body', 'timestamp', 'client-id', 'duplicate-header', 'unsigned', 'token'])(
    'not with a broken %s',
    async (what) => {
      const reference = await pay();
      await eventually(() => heard.of(reference).length === 1);
      const { id } = await notificationOf(reference);
      await doku.post(`/notifications/${id}/resend`, { break: what });
      const last = (await notificationOf(reference)).attempts.at(-1);
      expect(last).toMatchObject({ broken: what, status: 401 });
      expect(heard.of(reference)).toHaveLength(1);
    },
  );

  it('not with the asymmetric signature alone, where a token is required', async () => {
    await doku.post('/settings', { snapNotificationSignature: 'asymmetric' });
    const reference = await pay();
    await eventually(async () => (await notificationOf(reference)).attempts.length === 1);
    expect((await notificationOf(reference)).attempts[0]?.status).toBe(401);
    await doku.post('/settings', { snapNotificationSignature: 'symmetric' });
  });

  it('about a KKI payment', async () => {
    const reference = createPartnerReference();
    await library.kki.createPayment({
      partnerReferenceNo: reference,
      amount: { value: 25_000 },
      cpan: '9360001609987000000',
      otp: '99999999',
    });
    await eventually(() => heard.of(reference).length === 1);
    expect(heard.of(reference)[0]).toMatchObject({ type: 'payment.succeeded', channel: 'kki' });
    expect(JSON.stringify(heard.of(reference))).not.toContain('9360001609987000000');
  });
});

describe('DOKU with its RSA key', () => {
  it('is let in where the app takes its asymmetric signature', async () => {
    const heard = new Heard();
    const port = await freePort();
    const doku = await SimulatedDoku.start({
      merchantPublicKey: MERCHANT_PUBLIC_KEY,
      snapNotificationUrl: `http://127.0.0.1:${port}/doku/v1.0/debit/notify`,
    });
    await doku.post('/settings', { snapNotificationSignature: 'asymmetric' });
    const app = await HostApp.start({
      platform: 'express',
      port,
      options: { dokuPublicKey: doku.simulator.dokuPublicKey },
      notifications: { asymmetricSignatures: 'accept' },
      providers: [{ provide: Heard, useValue: heard }],
    });
    const library = await startLibrary({ baseUrl: doku.url, privateKey: MERCHANT_PRIVATE_KEY });
    const reference = createPartnerReference();

    await library.kki.createPayment({
      partnerReferenceNo: reference,
      amount: { value: 25_000 },
      bankCardToken: 'de52e5820f4c381db88a1cf91d57b73e',
    });
    await eventually(() => heard.of(reference).length === 1);

    expect(heard.of(reference)[0]?.type).toBe('payment.succeeded');
    expect(JSON.stringify(heard.of(reference))).not.toContain('de52e5820f4c381db88a1cf91d57b73e');
    await library.close();
    await app.close();
    await doku.stop();
  });
});
