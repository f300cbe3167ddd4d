import { request as httpRequest } from 'node:http';

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import type { DokuEvent } from 'nestjs-doku';
import { OnDokuEvent, signNonSnapRequest } from 'nestjs-doku';
import { dokuNotificationFixtures, signDokuNotification } from 'nestjs-doku/testing';

import { HostApp, PLATFORM_NAMES } from '../harness/host-app.js';
import { CREDENTIALS } from '../harness/library.js';

const heard: DokuEvent[] = [];

@Injectable()
class Everything {
  @OnDokuEvent('*')
  hear(event: DokuEvent): void {
    heard.push(event);
  }
}

const PATH = '/doku/notifications';
const payload = dokuNotificationFixtures.paymentSucceeded();
const genuine = () => signDokuNotification({ ...CREDENTIALS, payload });

describe.each(PLATFORM_NAMES)('a request to the notification route on %s', (platform) => {
  let host: HostApp;

  beforeAll(async () => {
    host = await HostApp.start({
      platform,
      providers: [Everything],
      options: {
        previousSecretKeys: ['SK-previous-1'],
        merchants: {
          second: { clientId: 'MCH-2', secretKey: 'SK-second-222' },
          inbound: {
            clientId: 'MCH-3',
            secretKey: 'SK-third-333',
            inbound: { clientId: 'MCH-3-IN', secretKey: 'SK-third-in-3' },
          },
        },
      },
    });
  });

  afterEach(() => {
    heard.length = 0;
  });

  afterAll(() => host.close());

  /** Posts with a raw header list, so that a header can stand twice. */
  const postRaw = (headers: string[], body: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const { port, hostname } = new URL(host.url);
      const request = httpRequest(
        { port, hostname, path: PATH, method: 'POST', headers },
        (response) => {
          response.resume().on('end', () => {
            resolve(response.statusCode ?? 0);
          });
        },
      );
      request.on('error', reject).end(body);
    });

  it.each([
    ['no headers at all', {}, JSON.stringify(payload)],
    ['no signature', { ...genuine().headers, Signature: '' }, genuine().body],
    [
      'a signature by another secret',
      signDokuNotification({ ...CREDENTIALS, secretKey: 'SK-x1', payload }).headers,
      JSON.stringify(payload),
    ],
    [
      'an unknown Client-Id',
      signDokuNotification({ ...CREDENTIALS, clientId: 'MCH-9', payload }).headers,
      JSON.stringify(payload),
    ],
    [
      'another merchant’s Client-Id',
      { ...genuine().headers, 'Client-Id': 'MCH-2' },
      genuine().body,
    ],
    [
      'another merchant’s secret',
      signDokuNotification({ ...CREDENTIALS, secretKey: 'SK-second-222', payload }).headers,
      JSON.stringify(payload),
    ],
    [
      'the outbound id of a merchant with an inbound one',
      signDokuNotification({ clientId: 'MCH-3', secretKey: 'SK-third-333', payload }).headers,
      JSON.stringify(payload),
    ],
    [
      'another timestamp',
      { ...genuine().headers, 'Request-Timestamp': '2020-01-01T00:00:00Z' },
      genuine().body,
    ],
    ['another Request-Id', { ...genuine().headers, 'Request-Id': 'x' }, genuine().body],
    [
      'another path',
      signDokuNotification({ ...CREDENTIALS, target: '/other', payload }).headers,
      JSON.stringify(payload),
    ],
    ['another amount', genuine().headers, genuine().body.replace('90000', '90001')],
    ['white space in the body', genuine().headers, ` ${genuine().body}`],
    ['no body', genuine().headers, ''],
    ['garbage, unsigned', { Signature: 'x', 'Client-Id': CREDENTIALS.clientId }, '{{{{'],
    [
      'the digest of GET',
      {
        ...genuine().headers,
        Signature: signNonSnapRequest({
          ...CREDENTIALS,
          requestId: 'a',
          timestamp: 'b',
          target: PATH,
        }),
        'Request-Id': 'a',
        'Request-Timestamp': 'b',
      },
      genuine().body,
    ],
  ])('with %s is answered 401 with the one body for it', async (_case, headers, body) => {
    const answer = await host.post(PATH, headers, body);

    expect(answer).toEqual({
      status: 401,
      body: '{"error":{"code":"UNAUTHORIZED","message":"Unauthorized"}}',
    });
    expect(heard).toEqual([]);
  });

  it.each(['Client-Id', 'Request-Id', 'Request-Timestamp', 'Signature'])(
    'with a repeated %s header is refused, whatever the copies say',
    async (name) => {
      const { headers, body } = genuine();
      const list = Object.entries(headers).flat();

      for (const copy of [headers[name] ?? '', 'something else']) {
        const length = String(Buffer.byteLength(body));
        for (const repeated of [
          [...list, name.toLowerCase(), copy],
          [name.toUpperCase(), copy, ...list],
        ]) {
          const all = ['Host', 'shop', 'Content-Length', length, ...repeated];
          expect(await postRaw(all, body)).toBe(401);
          expect(await postRaw([...all, name, headers[name] ?? ''], body)).toBe(401);
        }
      }
      expect(heard).toEqual([]);
    },
  );

  it('with a query is verified with it', async () => {
    expect((await host.notify({ target: `${PATH}?shop=1`, at: `${PATH}?shop=1` })).status).toBe(
      200,
    );
    expect((await host.notify({ target: PATH, at: `${PATH}?shop=1` })).status).toBe(401);
  });

  it.each([
    ['the previous secret while it rotates', { secretKey: 'SK-previous-1' }, 'default'],
    ['a further merchant', { clientId: 'MCH-2', secretKey: 'SK-second-222' }, 'second'],
    ['inbound credentials', { clientId: 'MCH-3-IN', secretKey: 'SK-third-in-3' }, 'inbound'],
  ])('signed with %s is taken in', async (_case, credentials, merchant) => {
    expect((await host.notify({ ...credentials, payload })).status).toBe(200);
    expect(heard).toMatchObject([{ type: 'payment.succeeded', merchant }]);
  });

  it.each([
    ['without the prefix', (signature: string) => signature.replace('HMACSHA256=', '')],
    ['without padding', (signature: string) => signature.replace(/=+$/, '')],
  ])('signed %s is taken in', async (_case, spell) => {
    const { headers, body } = signDokuNotification({
      ...CREDENTIALS,
      payload: dokuNotificationFixtures.paymentSucceeded(),
    });
    const answer = await host.post(
      PATH,
      { ...headers, Signature: spell(headers.Signature ?? '') },
      body,
    );
    expect(answer.status).toBe(200);
  });

  it('of 64 KB is taken in, of one byte more is answered 413', async () => {
    const bodyOf = (bytes: number) => {
      const empty = JSON.stringify({ ...payload, note: '' });
      return JSON.stringify({ ...payload, note: 'x'.repeat(bytes - empty.length) });
    };
    expect(bodyOf(65_536)).toHaveLength(65_536);
    expect((await host.notify({ payload: bodyOf(65_536) })).status).toBe(200);
    expect((await host.notify({ payload: bodyOf(65_537) })).status).toBe(413);
  });

  it('that streams more than 64 KB without saying so is answered 413', async () => {
    const status = await new Promise<number>((resolve, reject) => {
      const { port, hostname } = new URL(host.url);
      const request = httpRequest({ port, hostname, path: PATH, method: 'POST' }, (response) => {
        resolve(response.statusCode ?? 0);
        request.destroy();
      });
      request.on('error', reject);
      request.write('x'.repeat(70_000));
    });
    expect(status).toBe(413);
  });

  it('that breaks off in the middle is forgotten', async () => {
    await new Promise<void>((resolve) => {
      const { port, hostname } = new URL(host.url);
      const request = httpRequest({
        port,
        hostname,
        path: PATH,
        method: 'POST',
        headers: { 'Content-Length': 100 },
      });
      request.on('error', () => {
        resolve();
      });
      request.write('{"a":', () => {
        request.destroy();
      });
    });
    expect((await host.notify()).status).toBe(200);
    expect(heard).toHaveLength(1);
  });

  it('that is genuine but not JSON is answered 400', async () => {
    for (const text of ['', '{', 'status=SUCCESS', '\ufeff{}']) {
      expect((await host.notify({ payload: text })).status).toBe(400);
    }
    expect(heard).toEqual([]);
  });

  it('tells the cause to the log only, and nothing of the secret or signature', () => {
    const lines = host.logs.matching(/refused/).join('\n');

    expect(lines).toMatch(/unknown or repeated Client-Id/);
    expect(lines).toMatch(/signature absent or repeated/);
    expect(lines).toMatch(/the signature does not match.*publicBasePath/);
    expect(lines).not.toContain(CREDENTIALS.secretKey);
    expect(lines).not.toContain('HMACSHA256');
  });
});
