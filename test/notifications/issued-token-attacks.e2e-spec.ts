import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import {
  type DokuEvent,
  type DokuModuleOptions,
  type DokuNotificationOptions,
  OnDokuEvent,
} from 'nestjs-doku';
import { signSnapNotification } from 'nestjs-doku/testing';

import { freezeDate } from '../harness/frozen-date.js';
import { HostApp, PLATFORM_NAMES } from '../harness/host-app.js';
import { DOKU_KEYS, INVALID_TOKEN, SNAP } from '../harness/inbound-schemes.js';
import { CREDENTIALS } from '../harness/library.js';

const NOW = new Date('2026-01-27T03:30:00Z');
const SECOND_MS = 1_000;
/** Of a token that DOKU asked for at `NOW`: the window and 900 s after it. */
const EXPIRES_AT = NOW.getTime() + (600 + 900) * SECOND_MS;
const LATEST = EXPIRES_AT + 13 * 60 * 60 * SECOND_MS;

const SECOND = { clientId: 'MCH-2', secretKey: 'SK-second-222' };
const MERCHANT_KEYS = generateKeyPairSync('rsa', { modulusLength: 2048 });
const EC_KEYS = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });

const heard: DokuEvent[] = [];

@Injectable()
class Everything {
  @OnDokuEvent('*')
  hear(event: DokuEvent): void {
    heard.push(event);
  }
}

const startHost = (
  platform: (typeof PLATFORM_NAMES)[number],
  notifications: DokuNotificationOptions = {},
  options: Partial<DokuModuleOptions> = {},
) =>
  HostApp.start({
    platform,
    providers: [Everything],
    options: {
      privateKey: MERCHANT_KEYS.privateKey,
      dokuPublicKey: DOKU_KEYS.publicKey,
      merchants: { second: { ...SECOND, dokuPublicKey: DOKU_KEYS.publicKey } },
      ...options,
    },
    notifications: { requireIssuedToken: true, ...notifications },
  });

/** A notification whose signature is right for the token that it shows. */
const show = (host: HostApp, accessToken: string, more: object = {}) => {
  const { headers, body } = signSnapNotification({
    ...CREDENTIALS,
    payload: SNAP.payment(),
    accessToken,
    ...more,
  });
  return host.post(SNAP.path, headers, body);
};

const base64url = (value: object | Buffer) =>
  (Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value))).toString('base64url');
const CLAIMS = {
  exp: Math.floor(EXPIRES_AT / SECOND_MS),
  iss: CREDENTIALS.clientId,
  issuer: CREDENTIALS.clientId,
  clientId: CREDENTIALS.clientId,
};
const PUBLIC_JWK = MERCHANT_KEYS.publicKey.export({ format: 'jwk' });
const pem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString();

function jwt(header: object, signature: (text: string) => Buffer, claims: object = CLAIMS): string {
  const text = `${base64url(header)}.${base64url(claims)}`;
  return `${text}.${base64url(signature(text))}`;
}
const byRsa = (text: string) => sign('sha256', Buffer.from(text), MERCHANT_KEYS.privateKey);
const byHmac = (key: string) => (text: string) => createHmac('sha256', key).update(text).digest();
const nobody = () => Buffer.alloc(0);

/** What the JWTs of DOKU's own libraries, or verifiers of JWTs in general, fall for. */
const JWTS: readonly (readonly [what: string, token: string])[] = [
  ['the JWT of DOKU’s libraries, signed by the merchant', jwt({ alg: 'RS256', typ: 'JWT' }, byRsa)],
  ['alg none', jwt({ alg: 'none' }, nobody)],
  ['alg None', jwt({ alg: 'None', typ: 'JWT' }, nobody)],
  ['alg NONE with a signature', jwt({ alg: 'NONE' }, byRsa)],
  ['alg none without its last dot', jwt({ alg: 'none' }, nobody).slice(0, -1)],
  ['no alg', jwt({ typ: 'JWT' }, nobody)],
  [
    'RS256 turned HS256, keyed with our public key',
    jwt({ alg: 'HS256' }, byHmac(pem(MERCHANT_KEYS.publicKey))),
  ],
  [
    'RS256 turned HS256, keyed with DOKU’s public key',
    jwt({ alg: 'HS256' }, byHmac(pem(DOKU_KEYS.publicKey))),
  ],
  ['HS256 keyed with the client secret', jwt({ alg: 'HS256' }, byHmac(CREDENTIALS.secretKey))],
  ['HS256 keyed with nothing', jwt({ alg: 'HS256' }, byHmac(''))],
  ['a key of its own (jwk)', jwt({ alg: 'RS256', jwk: PUBLIC_JWK }, byRsa)],
  [
    'a key from elsewhere (jku)',
    jwt({ alg: 'RS256', jku: 'http://127.0.0.1:1/keys', kid: 'a' }, byRsa),
  ],
  [
    'a certificate from elsewhere (x5u)',
    jwt({ alg: 'RS256', x5u: 'http://127.0.0.1:1/cert' }, byRsa),
  ],
  ['a certificate of its own (x5c)', jwt({ alg: 'RS256', x5c: ['MIIB'] }, byRsa)],
  ['a kid that is a path', jwt({ alg: 'HS256', kid: '../../../../dev/null' }, byHmac(''))],
  ['a kid that is SQL', jwt({ alg: 'HS256', kid: "x' UNION SELECT 'k" }, byHmac('k'))],
  ['a critical extension', jwt({ alg: 'RS256', crit: ['b64'], b64: false }, byRsa)],
  [
    'ES256',
    jwt({ alg: 'ES256' }, (text) =>
      sign('sha256', Buffer.from(text), { key: EC_KEYS.privateKey, dsaEncoding: 'ieee-p1363' }),
    ),
  ],
  ['ES256 with the signature of zeroes', jwt({ alg: 'ES256' }, () => Buffer.alloc(64))],
  ['an expiry far away', jwt({ alg: 'RS256' }, byRsa, { ...CLAIMS, exp: 1e15 })],
  ['an expiry that is a text', jwt({ alg: 'RS256' }, byRsa, { ...CLAIMS, exp: 'never' })],
  ['no claims', jwt({ alg: 'RS256' }, byRsa, {})],
  ['a JWE', [{ alg: 'RSA-OAEP', enc: 'A256GCM' }, {}, {}, CLAIMS, {}].map(base64url).join('.')],
  ['a JWE with direct encryption', `${base64url({ alg: 'dir', enc: 'A128CBC-HS256' })}..a.b.c`],
  ['only dots', '..'],
];

describe.each(PLATFORM_NAMES)('where a token of ours is required, on %s', (platform) => {
  let host: HostApp;
  let genuine: string;
  let ofSecond: string;

  beforeAll(async () => {
    freezeDate(NOW);
    host = await startHost(platform);
    ({ token: genuine } = await host.askToken());
    ({ token: ofSecond } = await host.askToken({ clientId: SECOND.clientId }));
  });

  afterEach(() => {
    heard.length = 0;
    jest.setSystemTime(NOW);
  });

  afterAll(async () => {
    await host.close();
    jest.useRealTimers();
  });

  const expectRefused = async (tokens: Iterable<string>, more: object = {}) => {
    for (const token of tokens) {
      const answer = await show(host, token, more);
      expect([token, answer]).toEqual([token, { status: 401, body: INVALID_TOKEN }]);
    }
    expect(heard).toEqual([]);
  };

  it('a genuine one is accepted, as often as it is shown', async () => {
    for (const token of [genuine, genuine]) expect((await show(host, token)).status).toBe(200);
    expect((await show(host, ofSecond, SECOND)).status).toBe(200);
    expect(heard).toHaveLength(3);
  });

  it('one whose expiry was altered is refused', async () => {
    const bytes = Buffer.from(genuine, 'base64url');
    const forged = [1, -1, 900, 86_400, 1e9].map((seconds) => {
      const altered = Buffer.from(bytes);
      altered.writeUIntBE(bytes.readUIntBE(1, 6) + seconds, 1, 6);
      return altered.toString('base64url');
    });
    await expectRefused(forged);
  });

  it('another merchant’s is refused', async () => {
    await expectRefused([ofSecond]);
    await expectRefused([genuine], SECOND);
    // One that names the other merchant under our MAC.
    const renamed = Buffer.from(genuine, 'base64url').toString('latin1');
    await expectRefused(
      [renamed.replace(CREDENTIALS.clientId, 'MCH-0001-10791114622548')].map((text) =>
        Buffer.from(text, 'latin1').toString('base64url'),
      ),
    );
  });

  it('one that was cut is refused, whatever is left', async () => {
    await expectRefused(
      [1, 2, 3, 4, 43, genuine.length - 1].flatMap((length) => [
        genuine.slice(0, -length),
        genuine.slice(length),
      ]),
    );
    await expectRefused(['']);
  });

  it('one that was extended is refused', async () => {
    await expectRefused([
      `${genuine}A`,
      `A${genuine}`,
      `${genuine}AAAA`,
      genuine + genuine,
      `${genuine}.`,
      `${genuine}.${genuine}`,
      genuine + 'A'.repeat(10_000),
    ]);
  });

  it('one in another spelling is refused, though it decodes to the same bytes', async () => {
    const bytes = Buffer.from(genuine, 'base64url');
    const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const sameBytes = Array.from(ALPHABET)
      .map((character) => genuine.slice(0, -1) + character)
      .filter((text) => text !== genuine && Buffer.from(text, 'base64url').equals(bytes));
    const standard = bytes.toString('base64');
    expect(sameBytes).toHaveLength(3);
    await expectRefused([
      ...sameBytes,
      `${genuine}=`,
      `${genuine}==`,
      bytes.toString('hex'),
      bytes.toString('hex').toUpperCase(),
      ...[standard, standard.replace(/=+$/, '')].filter((text) => text !== genuine),
      genuine.toLowerCase(),
      encodeURIComponent(standard),
      `"${genuine}"`,
    ]);
  });

  it('one that was never issued is refused, though its form is right', async () => {
    const bytes = Buffer.from(genuine, 'base64url');
    const payload = bytes.subarray(0, -32);
    const macs = [
      Buffer.alloc(32),
      createHmac('sha256', CREDENTIALS.secretKey).update(payload).digest(),
      createHmac('sha256', '').update(payload).digest(),
      createHmac('sha512', CREDENTIALS.secretKey).update(payload).digest().subarray(0, 32),
    ];
    const otherVersion = Buffer.from(bytes);
    otherVersion[0] = 2;
    await expectRefused([
      ...macs.map((mac) => Buffer.concat([payload, mac]).toString('base64url')),
      otherVersion.toString('base64url'),
    ]);
  });

  it.each(JWTS)('%s is refused', async (_what, token) => {
    await expectRefused([token]);
  });

  it('none at all is refused', async () => {
    expect(await host.notify({}, SNAP)).toEqual({ status: 401, body: INVALID_TOKEN });
  });

  it('a wrong signature is told first, so that nobody can try tokens without the secret', async () => {
    for (const token of [genuine, 'forged']) {
      expect(await show(host, token, { secretKey: 'SK-other-1' })).toEqual({
        status: 401,
        body: SNAP.answers.unauthorised,
      });
    }
  });

  it('one is accepted until 13 hours past its expiry, and not a second longer', async () => {
    for (const at of [EXPIRES_AT - SECOND_MS, EXPIRES_AT + SECOND_MS, LATEST - SECOND_MS]) {
      jest.setSystemTime(at);
      expect((await show(host, genuine)).status).toBe(200);
    }
    jest.setSystemTime(LATEST + SECOND_MS);
    heard.length = 0;
    await expectRefused([genuine]);
  });

  it('one is accepted until its expiry, and not a second longer, where late ones are refused', async () => {
    const strict = await startHost(platform, { lateTokens: 'refuse' });
    const { token } = await strict.askToken();
    expect(token).toBe(genuine);

    jest.setSystemTime(EXPIRES_AT - SECOND_MS);
    expect((await show(strict, token)).status).toBe(200);
    jest.setSystemTime(EXPIRES_AT + SECOND_MS);
    expect(await show(strict, token)).toEqual({ status: 401, body: INVALID_TOKEN });
    await strict.close();
  });

  it('a late one is refused beside an asymmetric signature, which does not cover it', async () => {
    const lenient = await startHost(platform, { asymmetricSignatures: 'accept' });
    const { privateKey } = DOKU_KEYS;

    jest.setSystemTime(EXPIRES_AT - SECOND_MS);
    expect((await show(lenient, genuine, { privateKey })).status).toBe(200);
    jest.setSystemTime(EXPIRES_AT + SECOND_MS);
    expect(await show(lenient, genuine, { privateKey })).toEqual({
      status: 401,
      body: INVALID_TOKEN,
    });
    expect((await show(lenient, genuine)).status).toBe(200);
    await lenient.close();
  });

  it('one that was issued under a secret that was taken out is refused', async () => {
    const secretKey = 'SK-new-4711';
    const rotated = await startHost(platform, {}, { secretKey });
    expect(await show(rotated, genuine, { secretKey })).toEqual({
      status: 401,
      body: INVALID_TOKEN,
    });
    await rotated.close();
  });

  it('one that was issued before is accepted while its secret rotates, whichever secret signs', async () => {
    const secretKey = 'SK-new-4711';
    const rotating = await startHost(
      platform,
      {},
      { secretKey, previousSecretKeys: [CREDENTIALS.secretKey] },
    );
    const { token: fresh } = await rotating.askToken();
    expect(fresh).not.toBe(genuine);
    for (const token of [genuine, fresh]) {
      expect((await show(rotating, token)).status).toBe(200);
      expect((await show(rotating, token, { secretKey })).status).toBe(200);
    }
    await rotating.close();
  });

  it('one of another instance is accepted', async () => {
    const other = await startHost(platform);
    expect((await show(other, genuine)).status).toBe(200);
    await other.close();
  });

  it('nothing of a token stands in the log', () => {
    const lines = host.logs.lines.join('\n');
    expect(lines).toMatch(/the token was not issued here.*merchant=default/);
    expect(lines).toMatch(/the token expired 46801 s ago/);
    expect(lines).not.toContain(genuine.slice(0, 30));
    expect(lines).not.toContain('eyJ');
  });
});
