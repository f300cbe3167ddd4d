import { readFileSync } from 'node:fs';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { type DokuEvent, type DokuEventOf, OnDokuEvent } from 'nestjs-doku';
import { dokuSnapNotificationFixtures, signSnapNotification } from 'nestjs-doku/testing';

import { HostApp, type HostAppSetup, without } from '../harness/host-app.js';
import { DOKU_KEYS, INVALID_TOKEN, SNAP } from '../harness/inbound-schemes.js';
import { CREDENTIALS } from '../harness/library.js';

const heard: DokuEvent[] = [];
let fail = false;

@Injectable()
class Everything {
  @OnDokuEvent('*')
  hear(event: DokuEvent): void {
    if (fail) throw new Error('no database');
    heard.push(event);
  }
}

const REFERENCE = 'INV2025011500000000000000000001A';
const fixtures = dokuSnapNotificationFixtures;
const succeeded = fixtures.paymentSucceeded({ partnerReferenceNo: REFERENCE });

const inboundSamples = (
  JSON.parse(readFileSync(new URL('../fixtures/snap-samples.json', import.meta.url), 'utf8')) as {
    id: string;
    requestSample: Record<string, unknown>;
  }[]
).filter(({ id }) => /^inbound\..*Notification/.test(id));

describe('SNAP events', () => {
  let host: HostApp;

  const start = async (setup: Partial<HostAppSetup> = {}) => {
    host = await HostApp.start({ platform: 'express', providers: [Everything], ...setup });
  };
  const notify = (payload: unknown, more: object = {}) => host.notify({ payload, ...more }, SNAP);

  beforeEach(() => {
    heard.length = 0;
    fail = false;
  });

  afterEach(() => host.close());

  it('of a payment tell what a listener can rely on', async () => {
    await start();

    await notify(succeeded, { transportId: 'transport-7' });

    expect(heard).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{64}$/),
        type: 'payment.succeeded',
        source: 'notification',
        channel: 'allo-direct-debit',
        merchant: 'default',
        reference: REFERENCE,
        dokuReference: 'DOKU-0001',
        amount: { value: '90000.00', currency: 'IDR' },
        status: '00',
        occurredAt: expect.stringMatching(/^\d{4}-.*Z$/),
        receivedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        delivery: { attempt: 1, transportId: 'transport-7' },
        payload: succeeded,
      },
    ]);
    expect(
      host.logs.matching(/externalId="transport-7" outcome=delivered status=200/),
    ).toHaveLength(1);
  });

  it.each(inboundSamples)('come of the sample $id of the reference', async ({ requestSample }) => {
    await start();
    const { status } = await notify(requestSample);
    expect(status).toBe(200);
    const [event] = heard;
    expect(event?.type).toBe(
      'latestTransactionStatus' in requestSample ? 'payment.succeeded' : 'binding.succeeded',
    );
    expect(event?.payload).toEqual(requestSample);
  });

  it('tell apart what differs only in the merchant, the reference or the refund number', async () => {
    const second = { clientId: 'MCH-2001', secretKey: 'SK-second-2001' };
    await start({ options: { merchants: { second } } });
    const other = { ...succeeded, originalPartnerReferenceNo: 'ANOTHER0000000000000000000000001' };
    const refunds = [succeeded, other].map((payment) => ({
      ...payment,
      latestTransactionStatus: '04',
      partnerRefundNo: 'REFUND-1',
    }));
    const unknown = { hello: 'from a newer DOKU' };
    for (const payload of [succeeded, other, ...refunds, unknown]) {
      await notify(payload);
      await notify(payload, second);
    }
    expect(new Set(heard.map(({ id }) => id)).size).toBe(10);
    expect(heard).toHaveLength(10);
  });

  it('of a payment are answered as one, though it names an authCode', async () => {
    await start();
    const payment = {
      ...succeeded,
      additionalInfo: { ...succeeded.additionalInfo, authCode: 'code-1', status: 'SUCCESS' },
    };
    expect((await notify(payment)).body).toContain('"2005600"');
  });

  it('have the name of our channel also where the options replace DOKU’s code of it', async () => {
    await start({
      options: {
        channels: { kki: { channel: 'KKI_SNAP' }, alloDirectDebit: { channel: 'ALLO_2' } },
      },
    });
    for (const channelId of ['KKI_SNAP', 'ALLO_2', 'KARTU_KREDIT_INDONESIA', 'SOMETHING_ELSE']) {
      await notify({
        ...succeeded,
        originalPartnerReferenceNo: channelId,
        additionalInfo: { channelId },
      });
    }
    expect(heard.map(({ channel }) => channel)).toEqual([
      'kki',
      'allo-direct-debit',
      'kki',
      'SOMETHING_ELSE',
    ]);
  });

  it('stay one line in the log, whatever DOKU calls its channel', async () => {
    await start();
    await notify({ ...succeeded, additionalInfo: { channelId: 'A\nforged line' } });
    expect(heard).toHaveLength(1);
    expect(host.logs.lines.join('\n')).not.toMatch(/^forged line/m);
  });

  it.each(['', 'IDR ', 'idr', undefined])(
    'are in rupiah with the currency %j',
    async (currency) => {
      await start();
      await notify({ ...succeeded, amount: { value: '90000.00', currency } });
      expect(heard[0]).toMatchObject({
        type: 'payment.succeeded',
        amount: { value: '90000.00', currency: 'IDR' },
      });
    },
  );

  it('come of bodies that are nested beyond all reason', async () => {
    await start();
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const body = `${JSON.stringify(succeeded).slice(0, -1)},"deep":${deep}}`;
    expect((await notify(body)).status).toBe(200);
    expect(heard).toHaveLength(1);
  });

  it('of a binding are one, however its status is spelt', async () => {
    await start();
    const additionalInfo = { authCode: 'code-1', custIdMerchant: 'cust-1' };
    for (const status of [
      { status: 'SUCCESS' },
      { status: 'success' },
      { accountStatus: 'Success' },
    ]) {
      await notify({ originalExternalId: '1', additionalInfo: { ...additionalInfo, ...status } });
    }
    expect(heard.map(({ type, channel }) => [type, channel])).toEqual([
      ['binding.succeeded', 'unknown'],
    ]);
  });

  it('have a payload whose type can be told', async () => {
    const references: string[] = [];
    @Injectable()
    class Typed {
      @OnDokuEvent('payment.succeeded')
      hear({ payload }: DokuEventOf<'payment.succeeded'>): void {
        // Both ways narrow; that they compile is the test.
        if (payload.originalPartnerReferenceNo === undefined) {
          references.push(String(payload.order.invoice_number));
        } else {
          references.push(payload.originalReferenceNo ?? '');
        }
        references.push(
          payload.transaction ? payload.transaction.status : payload.latestTransactionStatus,
        );
      }
      @OnDokuEvent('binding.succeeded')
      bound({ payload }: DokuEventOf<'binding.succeeded'>): void {
        references.push(payload.additionalInfo.authCode);
      }
    }
    await start({ providers: [Typed] });

    await notify(succeeded);
    await host.notify();
    await notify(fixtures.bindingSucceeded({ authCode: '223824100' }));

    expect(references).toEqual(['DOKU-0001', '00', 'INV-0001', 'SUCCESS', '223824100']);
  });

  it.each([
    ['00', 'payment.succeeded'],
    ['01', 'payment.pending'],
    ['02', 'payment.pending'],
    ['03', 'payment.pending'],
    ['04', 'payment.refunded'],
    ['05', 'payment.cancelled'],
    ['06', 'payment.failed'],
    ['07', 'notification.unrecognised'],
    ['0', 'notification.unrecognised'],
    ['constructor', 'notification.unrecognised'],
  ])('of status %s are %s', async (latestTransactionStatus, type) => {
    await start();
    expect((await notify({ ...succeeded, latestTransactionStatus })).status).toBe(200);
    expect(heard).toMatchObject([{ type, reference: REFERENCE, status: latestTransactionStatus }]);
  });

  it.each([
    ['paymentSucceeded', 'payment.succeeded'],
    ['paymentPending', 'payment.pending'],
    ['paymentCancelled', 'payment.cancelled'],
    ['paymentFailed', 'payment.failed'],
    ['paymentRefunded', 'payment.refunded'],
    ['bindingSucceeded', 'binding.succeeded'],
    ['bindingFailed', 'binding.failed'],
    ['unrecognised', 'notification.unrecognised'],
  ] as const)('come from the fixture %s as %s', async (fixture, type) => {
    await start();
    await notify(fixtures[fixture]());
    expect(heard).toMatchObject([{ type }]);
  });

  it.each([
    ['a shape that nobody knows', { hello: 'from a newer DOKU' }],
    ['a list', [1, 2]],
    ['a text', '"just a text"'],
    ['null', 'null'],
    ['a status that is a number', { ...succeeded, latestTransactionStatus: 0 }],
    ['an empty reference', { ...succeeded, originalPartnerReferenceNo: '' }],
    ['another currency', { ...succeeded, amount: { value: '1.00', currency: 'USD' } }],
    [
      'a binding that is under way',
      {
        ...fixtures.bindingSucceeded(),
        additionalInfo: { authCode: '1', custIdMerchant: 'c', status: 'PENDING' },
      },
    ],
    ['a binding without a customer', { additionalInfo: { authCode: '1', status: 'SUCCESS' } }],
  ])('of %s are unrecognised, whole, and never swallowed', async (_case, payload) => {
    await start();

    expect((await notify(payload)).status).toBe(200);
    expect((await notify(payload)).status).toBe(200);

    const sent: unknown = typeof payload === 'string' ? JSON.parse(payload) : payload;
    expect(heard).toMatchObject([{ type: 'notification.unrecognised' }]);
    expect(heard[0]?.payload).toEqual(sent);
  });

  it.each([
    ['90000.00', '90000.00'],
    ['90000', '90000.00'],
    ['1.10', '1.10'],
    ['99999999999999.99', '99999999999999.99'],
    ['-1.00', undefined],
    ['many', undefined],
  ])('of the amount %s tell %s', async (value, told) => {
    await start();
    await notify({ ...succeeded, amount: { value, currency: 'idr' } });
    expect(heard.map(({ amount }) => amount?.value)).toEqual([told]);
  });

  it.each([
    [{ channelId: 'DIRECT_DEBIT_ALLO_SNAP' }, 'allo-direct-debit'],
    [{ channel: 'DIRECT_DEBIT_ALLO_SNAP' }, 'allo-direct-debit'],
    [{ channelId: 'KARTU_KREDIT_INDONESIA' }, 'kki'],
    [{ channelId: 'EMONEY_NOBODY_SNAP', channel: 'OTHER' }, 'EMONEY_NOBODY_SNAP'],
    [{ channelId: 'app', channel: 'DIRECT_DEBIT_ALLO_SNAP' }, 'allo-direct-debit'],
    [{ channelId: 5 }, 'unknown'],
    [{ channelId: 'toString' }, 'toString'],
    [null, 'unknown'],
  ])('of %j come from the channel %s', async (additionalInfo, channel) => {
    await start();
    await notify({ ...succeeded, additionalInfo });
    expect(heard).toMatchObject([{ channel }]);
  });

  it('tell one fact from another, whatever else differs', async () => {
    await start();
    await notify(succeeded);
    await notify({ ...succeeded, transactionStatusDesc: 'resent', originalReferenceNo: 'other' });
    expect(heard).toHaveLength(1);

    await notify({ ...succeeded, latestTransactionStatus: '06' });
    await notify({ ...succeeded, originalPartnerReferenceNo: 'other' });
    expect(new Set(heard.map(({ id }) => id)).size).toBe(3);
  });

  it('tell the conflict when the same fact comes with another amount', async () => {
    await start();
    for (const value of ['90000.00', '1.00', '90000']) {
      expect((await notify({ ...succeeded, amount: { value, currency: 'IDR' } })).status).toBe(200);
    }
    expect(heard).toMatchObject([
      { type: 'payment.succeeded' },
      {
        type: 'notification.conflict',
        conflict: { eventId: heard[0]?.id, firstAmount: '90000.00' },
      },
    ]);
  });

  it('of refunds are one for each number, and without a number one for each body', async () => {
    await start();
    const refund = {
      ...fixtures.paymentRefunded(),
      refundAmount: { value: '5.00', currency: 'IDR' },
    };
    for (const payload of [
      { ...refund, partnerRefundNo: 'R-1' },
      { ...refund, partnerRefundNo: 'R-1', note: 'resent' },
      { ...refund, partnerRefundNo: 'R-2' },
      { ...refund, refundNo: 'D-1' },
      refund,
      refund,
      { ...refund, note: 'another' },
      { ...refund, refundHistory: [{ refundNo: 'a' }] },
    ]) {
      expect((await notify(payload)).status).toBe(200);
    }
    expect(heard).toHaveLength(6);
    expect(new Set(heard.map(({ id }) => id)).size).toBe(6);
    expect(new Set(heard.map(({ amount }) => amount?.value))).toEqual(new Set(['5.00']));
  });

  it('tell the amount of a refund only where DOKU does', async () => {
    await start();
    await notify(fixtures.paymentRefunded());
    expect(heard.map(({ type, amount }) => [type, amount])).toEqual([
      ['payment.refunded', undefined],
    ]);
  });

  it('of bindings are one for each binding, and answered with its service code', async () => {
    await start();
    const bound = fixtures.bindingSucceeded({ custIdMerchant: 'cust-7', authCode: '111' });
    const accepted = {
      status: 200,
      body: '{"responseCode":"2000700","responseMessage":"Successful"}',
    };

    expect(await notify(bound)).toEqual(accepted);
    expect(await notify({ ...bound, note: 'resent' })).toEqual(accepted);
    expect(
      await notify(fixtures.bindingSucceeded({ custIdMerchant: 'cust-7', authCode: '222' })),
    ).toEqual(accepted);
    expect(
      await notify(fixtures.bindingFailed({ custIdMerchant: 'cust-7', authCode: '111' })),
    ).toEqual(accepted);

    expect(heard.map(({ type, reference }) => [type, reference])).toEqual([
      ['binding.succeeded', 'cust-7'],
      ['binding.succeeded', 'cust-7'],
      ['binding.failed', 'cust-7'],
    ]);
    expect(heard[0]?.payload).toEqual(bound);
  });

  it('of a binding that nobody could handle are answered 5000700, and come again', async () => {
    await start();
    fail = true;
    const bound = fixtures.bindingSucceeded();
    expect(await notify(bound)).toEqual({
      status: 500,
      body: '{"responseCode":"5000700","responseMessage":"General Error"}',
    });
    fail = false;
    expect((await notify(bound)).status).toBe(200);
    expect(heard).toMatchObject([{ type: 'binding.succeeded', delivery: { attempt: 2 } }]);
  });

  it('leave no authCode, token or signature in the log', async () => {
    await start();
    const authCode = '2238241007113952193107119118405011355991';
    const signed = signSnapNotification({
      ...CREDENTIALS,
      payload: fixtures.bindingSucceeded({ authCode }),
      accessToken: 'canary-token',
    });
    await host.post(SNAP.path, signed.headers, signed.body);
    fail = true;
    await notify(fixtures.bindingFailed({ authCode }));
    await notify({ additionalInfo: { authCode } });

    const lines = host.logs.lines.join('\n');
    expect(lines).toMatch(/binding\.succeeded.*status=200/);
    for (const secret of [authCode, 'canary-token', signed.headers['X-SIGNATURE'] ?? '']) {
      expect(lines).not.toContain(secret);
    }
  });
});

describe('whose a SNAP notification is', () => {
  let host: HostApp;
  const second = { clientId: 'MCH-2', secretKey: 'SK-second-222' };

  beforeEach(() => {
    heard.length = 0;
    fail = false;
  });

  afterEach(() => host.close());

  /** Sends without `X-PARTNER-ID`. */
  const sendNameless = (
    credentials: { clientId: string; secretKey: string },
    accessToken?: string,
  ) => {
    const { headers, body } = signSnapNotification({
      ...credentials,
      payload: SNAP.payment(),
      ...(accessToken === undefined ? {} : { accessToken }),
    });
    return host.post(SNAP.path, without(headers, 'X-PARTNER-ID'), body);
  };

  it('is clear without X-PARTNER-ID where there is one merchant only', async () => {
    host = await HostApp.start({ platform: 'express', providers: [Everything] });
    expect((await sendNameless(CREDENTIALS)).status).toBe(200);
    expect((await sendNameless(second)).status).toBe(401);
    expect(heard).toMatchObject([{ merchant: 'default' }]);
  });

  it('tells the token, of several merchants and without X-PARTNER-ID, or nothing does', async () => {
    host = await HostApp.start({
      platform: 'express',
      providers: [Everything],
      options: {
        dokuPublicKey: DOKU_KEYS.publicKey,
        merchants: { second: { ...second, dokuPublicKey: DOKU_KEYS.publicKey } },
      },
    });
    const { token } = await host.askToken({ clientId: 'MCH-2' });

    expect((await sendNameless(second, token)).status).toBe(200);
    for (const answer of [
      await sendNameless(second),
      await sendNameless(second, 'from-elsewhere'),
      // Names the merchant, but its MAC is not ours.
      await sendNameless(second, `${token.slice(0, -4)}AAAA`),
      await sendNameless(CREDENTIALS, token),
    ]) {
      expect(answer).toEqual({ status: 401, body: SNAP.answers.unauthorised });
    }
    expect(heard).toMatchObject([{ merchant: 'second' }]);
  });
});

describe('a host that plays the whole exchange', () => {
  const options = { dokuPublicKey: DOKU_KEYS.publicKey };
  const send = (host: HostApp, more: Partial<Parameters<typeof signSnapNotification>[0]>) => {
    const { headers, body } = signSnapNotification({
      ...CREDENTIALS,
      payload: SNAP.payment(),
      ...more,
    });
    return host.post(SNAP.path, headers, body);
  };

  beforeEach(() => {
    heard.length = 0;
    fail = false;
  });

  it('gets a token, and shows it with its notifications', async () => {
    const host = await HostApp.start({
      platform: 'fastify',
      options,
      notifications: { requireIssuedToken: true },
      providers: [Everything],
    });
    const { token } = await host.askToken();

    expect((await send(host, { accessToken: token })).status).toBe(200);
    expect((await send(host, { accessToken: token })).status).toBe(200);
    expect(await send(host, {})).toEqual({ status: 401, body: INVALID_TOKEN });
    expect(await send(host, { accessToken: 'another' })).toEqual({
      status: 401,
      body: INVALID_TOKEN,
    });
    expect(heard).toHaveLength(2);
    await host.close();
  });

  it.each(['Bearer', 'bearer', 'BEARER', 'Bearer  '])(
    'may spell the scheme of the token %j',
    async (scheme) => {
      const host = await HostApp.start({ platform: 'express', options, providers: [Everything] });
      const { headers, body } = signSnapNotification({
        ...CREDENTIALS,
        payload: SNAP.payment(),
        accessToken: 'one',
      });
      const answer = await host.post(
        SNAP.path,
        { ...headers, Authorization: `${scheme} one` },
        body,
      );
      expect(answer.status).toBe(200);
      await host.close();
    },
  );

  it('needs no token by default, whatever it shows', async () => {
    const host = await HostApp.start({ platform: 'express', options, providers: [Everything] });
    for (const more of [{}, { accessToken: 'from-elsewhere' }, { accessToken: 'a.b.c' }]) {
      expect((await send(host, more)).status).toBe(200);
    }
    await host.close();
  });

  it('may sign with the key of DOKU where that is let in, and only there', async () => {
    const asymmetric = { privateKey: DOKU_KEYS.privateKey };
    const off = await HostApp.start({ platform: 'express', options, providers: [Everything] });
    expect((await send(off, asymmetric)).status).toBe(401);
    await off.close();

    const on = await HostApp.start({
      platform: 'express',
      options: {
        ...options,
        merchants: { keyless: { clientId: 'MCH-2', secretKey: 'SK-second-222' } },
      },
      notifications: { asymmetricSignatures: 'accept' },
      providers: [Everything],
    });
    expect((await send(on, asymmetric)).status).toBe(200);
    expect((await send(on, {})).status).toBe(200);
    expect((await send(on, { ...asymmetric, clientId: 'MCH-2' })).status).toBe(401);
    expect((await send(on, { ...asymmetric, target: '/other' })).status).toBe(401);
    expect((await send(on, { secretKey: 'SK-other-1' })).status).toBe(401);
    expect(heard).toHaveLength(2);
    await on.close();
  });

  it('must show a token of ours also with the key of DOKU, where one is required', async () => {
    const host = await HostApp.start({
      platform: 'express',
      options,
      notifications: { asymmetricSignatures: 'accept', requireIssuedToken: true },
      providers: [Everything],
    });
    const { token } = await host.askToken();
    const { privateKey } = DOKU_KEYS;
    expect((await send(host, { privateKey, accessToken: token })).status).toBe(200);
    expect(await send(host, { privateKey })).toEqual({ status: 401, body: INVALID_TOKEN });
    await host.close();
  });

  it('does not start with an option that nothing could meet', async () => {
    for (const notifications of [
      { requireIssuedToken: true },
      { asymmetricSignatures: 'accept' as const },
    ]) {
      await expect(HostApp.start({ platform: 'express', notifications })).rejects.toThrow(
        /needs "dokuPublicKey"/,
      );
    }
  });
});
