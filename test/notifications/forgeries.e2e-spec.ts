import { request as httpRequest } from 'node:http';

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import type { DokuEvent } from 'nestjs-doku';
import { OnDokuEvent, signNonSnapRequest } from 'nestjs-doku';
import { signSnapNotification } from 'nestjs-doku/testing';

import { HostApp, onEveryPlatform } from '../harness/host-app.js';
import { type InboundScheme, NON_SNAP, SCHEMES, SNAP } from '../harness/inbound-schemes.js';
import { CREDENTIALS } from '../harness/library.js';

const heard: DokuEvent[] = [];

@Injectable()
class Everything {
  @OnDokuEvent('*')
  hear(event: DokuEvent): void {
    heard.push(event);
  }
}

/** A request that DOKU did not send. */
type Forgery = readonly [what: string, headers: Readonly<Record<string, string>>, body: string];

/** What holds for both schemes. */
function forgeriesOf(scheme: InboundScheme): Forgery[] {
  const payload = scheme.payment();
  const as = (input: Partial<Parameters<InboundScheme['sign']>[0]>) =>
    scheme.sign({ ...CREDENTIALS, payload, ...input });
  const { headers, body } = as({});
  const names = scheme.headers;
  return [
    ['no headers at all', {}, body],
    ['no signature', { ...headers, [names.signature]: '' }, body],
    ['a signature by another secret', as({ secretKey: 'SK-x1' }).headers, body],
    ['an unknown client id', as({ clientId: 'MCH-9' }).headers, body],
    ['an empty client id', { ...headers, [names.client]: '' }, body],
    ['another merchant’s client id', { ...headers, [names.client]: 'MCH-2' }, body],
    ['another merchant’s secret', as({ secretKey: 'SK-second-222' }).headers, body],
    [
      'the outbound id of a merchant with an inbound one',
      as({ clientId: 'MCH-3', secretKey: 'SK-third-333' }).headers,
      body,
    ],
    [
      'the outbound secret of a merchant with an inbound one',
      as({ clientId: 'MCH-3-IN', secretKey: 'SK-third-333' }).headers,
      body,
    ],
    ['another timestamp', { ...headers, [names.timestamp]: '2020-01-01T00:00:00Z' }, body],
    ['another path', as({ target: '/other' }).headers, body],
    ['another amount', headers, body.replace('90000', '90001')],
    [
      'a blank more inside a text',
      headers,
      body.replace('"ALLO"', '"ALLO "').replace('"CIMB"', '"CIMB "'),
    ],
    ['a member more', headers, body.replace('{', '{"a":1,')],
    ['no body', headers, ''],
    ['garbage, unsigned', { [names.signature]: 'x', [names.client]: CREDENTIALS.clientId }, '{{{{'],
    [
      'the signature in capital letters',
      { ...headers, [names.signature]: (headers[names.signature] ?? '').toUpperCase() },
      body,
    ],
    [
      'the signature in small letters',
      { ...headers, [names.signature]: (headers[names.signature] ?? '').toLowerCase() },
      body,
    ],
    [
      'half of the signature',
      { ...headers, [names.signature]: (headers[names.signature] ?? '').slice(0, 40) },
      body,
    ],
  ];
}

const nonSnap = NON_SNAP.sign({ ...CREDENTIALS, payload: NON_SNAP.payment() });
const snap = signSnapNotification({ ...CREDENTIALS, payload: SNAP.payment(), accessToken: 'one' });

/** What only one scheme knows. */
const FURTHER_FORGERIES: Readonly<Record<string, Forgery[]>> = {
  [NON_SNAP.name]: [
    ['another Request-Id', { ...nonSnap.headers, 'Request-Id': 'x' }, nonSnap.body],
    ['white space in the body', nonSnap.headers, ` ${nonSnap.body}`],
    [
      'the digest of GET',
      {
        ...nonSnap.headers,
        Signature: signNonSnapRequest({
          ...CREDENTIALS,
          requestId: 'a',
          timestamp: 'b',
          target: NON_SNAP.path,
        }),
        'Request-Id': 'a',
        'Request-Timestamp': 'b',
      },
      nonSnap.body,
    ],
  ],
  [SNAP.name]: [
    [
      'another token than the signed one',
      { ...snap.headers, Authorization: 'Bearer two' },
      snap.body,
    ],
    ['the signed token taken away', { ...snap.headers, Authorization: 'Bearer' }, snap.body],
    [
      'the signed token under another scheme',
      { ...snap.headers, Authorization: 'Basic one' },
      snap.body,
    ],
    ['the signed token without its scheme', { ...snap.headers, Authorization: 'one' }, snap.body],
    ['two tokens in one header', { ...snap.headers, Authorization: 'Bearer one two' }, snap.body],
    ['a token with a colon', { ...snap.headers, Authorization: 'Bearer one:two' }, snap.body],
  ],
};

describe.each(onEveryPlatform(SCHEMES))(
  'a request to the $of.name notification route on $platform',
  ({ platform, of: scheme }) => {
    let host: HostApp;
    const genuine = () => scheme.sign({ ...CREDENTIALS, payload: scheme.payment() });

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
          { port, hostname, path: scheme.path, method: 'POST', headers },
          (response) => {
            response.resume().on('end', () => {
              resolve(response.statusCode ?? 0);
            });
          },
        );
        request.on('error', reject).end(body);
      });

    it.each([...forgeriesOf(scheme), ...(FURTHER_FORGERIES[scheme.name] ?? [])])(
      'with %s is answered 401 with the one body for it',
      async (_case, headers, body) => {
        expect(await host.post(scheme.path, headers, body)).toEqual({
          status: 401,
          body: scheme.answers.unauthorised,
        });
        expect(heard).toEqual([]);
      },
    );

    it.each([...Object.values(scheme.headers), ...(scheme === SNAP ? ['Authorization'] : [])])(
      'with a repeated %s header is refused, whatever the copies say',
      async (name) => {
        const { headers, body } =
          name === 'Authorization'
            ? snap
            : scheme.sign({ ...CREDENTIALS, payload: scheme.payment() });
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
      const at = `${scheme.path}?shop=1`;
      expect((await host.notify({ target: at, at }, scheme)).status).toBe(200);
      expect((await host.notify({ target: scheme.path, at }, scheme)).status).toBe(401);
    });

    it.each([
      ['the previous secret while it rotates', { secretKey: 'SK-previous-1' }, 'default'],
      ['a further merchant', { clientId: 'MCH-2', secretKey: 'SK-second-222' }, 'second'],
      ['inbound credentials', { clientId: 'MCH-3-IN', secretKey: 'SK-third-in-3' }, 'inbound'],
    ])('signed with %s is taken in', async (_case, credentials, merchant) => {
      expect((await host.notify(credentials, scheme)).status).toBe(200);
      expect(heard).toMatchObject([{ type: 'payment.succeeded', merchant }]);
    });

    it.each([
      ['without the prefix', (signature: string) => signature.replace('HMACSHA256=', '')],
      ['without padding', (signature: string) => signature.replace(/=+$/, '')],
    ])('signed %s is taken in', async (_case, spell) => {
      const { headers, body } = genuine();
      const signature = spell(headers[scheme.headers.signature] ?? '');
      const answer = await host.post(
        scheme.path,
        { ...headers, [scheme.headers.signature]: signature },
        body,
      );
      expect(answer.status).toBe(200);
    });

    it('of 64 KB is taken in, of one byte more is answered 413', async () => {
      const bodyOf = (bytes: number) => {
        const payload = scheme.payment();
        const empty = JSON.stringify({ ...payload, note: '' });
        return JSON.stringify({ ...payload, note: 'x'.repeat(bytes - empty.length) });
      };
      expect(bodyOf(65_536)).toHaveLength(65_536);
      expect((await host.notify({ payload: bodyOf(65_536) }, scheme)).status).toBe(200);
      expect(await host.notify({ payload: bodyOf(65_537) }, scheme)).toEqual({
        status: 413,
        body: scheme.answers.tooLarge,
      });
    });

    it('that streams more than 64 KB without saying so is answered 413', async () => {
      const status = await new Promise<number>((resolve, reject) => {
        const { port, hostname } = new URL(host.url);
        const request = httpRequest(
          { port, hostname, path: scheme.path, method: 'POST' },
          (response) => {
            resolve(response.statusCode ?? 0);
            request.destroy();
          },
        );
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
          path: scheme.path,
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
      expect((await host.notify({}, scheme)).status).toBe(200);
      expect(heard).toHaveLength(1);
    });

    it('that is genuine but not JSON is answered 400', async () => {
      for (const text of ['', '{', 'status=SUCCESS', '\ufeff{}']) {
        expect(await host.notify({ payload: text }, scheme)).toEqual({
          status: 400,
          body: scheme.answers.malformed,
        });
      }
      expect(heard).toEqual([]);
    });

    it('tells the cause to the log only, and nothing of the secret or signature', () => {
      const lines = host.logs.matching(/refused/).join('\n');

      expect(lines).toMatch(/unknown or repeated Client-Id|unknown X-PARTNER-ID/);
      expect(lines).toMatch(/(signature|x-timestamp) absent/);
      expect(lines).toMatch(/the signature does not match.*publicBasePath/);
      expect(lines).not.toContain(CREDENTIALS.secretKey);
      expect(lines).not.toContain('HMACSHA256');
      expect(lines).not.toContain(snap.headers['X-SIGNATURE']);
      expect(lines).not.toMatch(/Bearer|90000/);
    });
  },
);
