import { createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto';

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { type DokuEvent, type DokuNotificationOptions, OnDokuEvent } from 'nestjs-doku';
import { dokuSnapNotificationFixtures, signSnapNotification } from 'nestjs-doku/testing';

import { HostApp, without } from '../harness/host-app.js';
import { DOKU_KEYS, INVALID_TOKEN, SNAP } from '../harness/inbound-schemes.js';
import { CREDENTIALS } from '../harness/library.js';

const heard: DokuEvent[] = [];

@Injectable()
class Everything {
  @OnDokuEvent('*')
  hear(event: DokuEvent): void {
    heard.push(event);
  }
}

const MERCHANT_KEYS = generateKeyPairSync('rsa', { modulusLength: 2048 });
const SECOND = { clientId: 'MCH-2', secretKey: 'SK-second-222' };
const TIMESTAMP = '2026-01-27T10:30:00+07:00';
const UNAUTHORISED = { status: 401, body: SNAP.answers.unauthorised };
const ACCEPTED = { status: 200, body: SNAP.answers.accepted };

const start = (
  notifications: DokuNotificationOptions = {},
  more: Partial<Parameters<typeof HostApp.start>[0]> = {},
) =>
  HostApp.start({
    platform: 'express',
    providers: [Everything],
    options: {
      privateKey: MERCHANT_KEYS.privateKey,
      dokuPublicKey: DOKU_KEYS.publicKey,
      merchants: { second: { ...SECOND, dokuPublicKey: DOKU_KEYS.publicKey } },
    },
    notifications,
    ...more,
  });

/** What DOKU's own public libraries do with its calls, and this one must not (reference snap 16). */
describe('a defect of DOKU’s libraries that is not here', () => {
  let host: HostApp;
  let strict: HostApp;

  beforeAll(async () => {
    host = await start();
    strict = await start({ requireIssuedToken: true, asymmetricSignatures: 'accept' });
  });

  afterEach(() => {
    heard.length = 0;
  });

  afterAll(async () => {
    await host.close();
    await strict.close();
  });

  const notification = (input: Partial<Parameters<typeof signSnapNotification>[0]> = {}) =>
    signSnapNotification({ ...CREDENTIALS, payload: SNAP.payment(), ...input });
  const post = (
    { headers, body }: ReturnType<typeof notification>,
    more: Readonly<Record<string, string>> = {},
    to = host,
  ) => to.post(SNAP.path, { ...headers, ...more }, body);
  /** A signature over a string to sign that somebody else made up. */
  const hmac = (text: string) =>
    createHmac('sha512', CREDENTIALS.secretKey).update(text).digest('base64');
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

  it('node: the HMAC is recomputed with the outbound token instead of the one that is shown', async () => {
    const signedOverAnother = notification({ accessToken: 'token-of-our-own-calls' });

    expect(await post(notification({ accessToken: 'shown' }))).toEqual(ACCEPTED);
    expect(await post(signedOverAnother, { Authorization: 'Bearer shown' })).toEqual(UNAUTHORISED);
  });

  it.each([
    ['node', 'lower-cased'],
    ['java', 'compared by equalsIgnoreCase'],
  ])('%s: signatures are %s before they are compared', async () => {
    const { headers, body } = notification();
    const signature = headers['X-SIGNATURE'] ?? '';
    const at = signature.search(/[a-z]/);
    const oneLetter =
      signature.slice(0, at) + signature.charAt(at).toUpperCase() + signature.slice(at + 1);

    for (const other of [oneLetter, signature.toLowerCase(), signature.toUpperCase()]) {
      expect(await post({ headers, body }, { 'X-SIGNATURE': other })).toEqual(UNAUTHORISED);
    }
  });

  it('node: the signed path is taken from the Express route, without prefix or proxy', async () => {
    const prefixed = await start(
      { publicBasePath: '/shop' },
      { configure: (app) => app.setGlobalPrefix('api') },
    );
    const at = `/api${SNAP.path}`;

    expect(await prefixed.notify({ target: `/shop${at}`, at }, SNAP)).toEqual(ACCEPTED);
    for (const target of [SNAP.path, at, '/']) {
      expect(await prefixed.notify({ target, at }, SNAP)).toEqual(UNAUTHORISED);
    }
    await prefixed.close();
  });

  it('node: answers carry numeric codes, and service codes of virtual accounts', async () => {
    const token = await host.askToken();
    const unasked = await host.post('/doku/authorization/v1/access-token/b2b', {}, '{}');
    const answers = [
      await post(notification()),
      await post(notification({ payload: dokuSnapNotificationFixtures.bindingSucceeded() })),
      await post(notification({ payload: '{' })),
      await post(notification({ secretKey: 'SK-other-1' })),
      await post(notification(), {}, strict),
      token,
      unasked,
    ];
    expect(answers.map(({ body }) => /"responseCode":("?\d+"?)/.exec(body)?.[1])).toEqual([
      '"2005600"',
      '"2000700"',
      '"4005601"',
      '"4015600"',
      '"4015601"',
      '"2007300"',
      '"4007302"',
    ]);
  });

  it('node: the issued token is pinned neither to its algorithm nor to its client id', async () => {
    const { token } = await strict.askToken({ clientId: SECOND.clientId });
    const claims = Buffer.from(`{"clientId":"${CREDENTIALS.clientId}","exp":9999999999}`);
    const header = Buffer.from('{"alg":"HS256"}');
    const text = `${header.toString('base64url')}.${claims.toString('base64url')}`;
    const key = MERCHANT_KEYS.publicKey.export({ type: 'spki', format: 'pem' });
    const jwt = `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;

    for (const accessToken of [token, jwt]) {
      expect(await post(notification({ accessToken }), {}, strict)).toEqual({
        status: 401,
        body: INVALID_TOKEN,
      });
    }
    expect(await post(notification({ ...SECOND, accessToken: token }), {}, strict)).toEqual(
      ACCEPTED,
    );
  });

  it('go: the token is read without verifying it', async () => {
    const { token } = await strict.askToken();
    const bytes = Buffer.from(token, 'base64url');
    const unsigned = Buffer.concat([bytes.subarray(0, -32), Buffer.alloc(32)]);

    expect(
      await post(notification({ accessToken: unsigned.toString('base64url') }), {}, strict),
    ).toEqual({ status: 401, body: INVALID_TOKEN });
  });

  it.each(['java', 'go', 'python'])(
    '%s: a notification is accepted for its token alone, whatever its body',
    async () => {
      const { token: accessToken } = await strict.askToken();
      const genuine = notification({ accessToken });
      const unsigned = without(genuine.headers, 'X-SIGNATURE');

      for (const forged of [
        notification({ accessToken, secretKey: 'SK-other-1' }),
        { ...genuine, body: genuine.body.replace('90000.00', '10.00') },
        { ...genuine, headers: unsigned },
      ]) {
        expect(await post(forged, {}, strict)).toEqual(UNAUTHORISED);
      }
      expect(await post(genuine, {}, strict)).toEqual(ACCEPTED);
    },
  );

  it('php: another string is signed than the one of the contract', async () => {
    const { body } = notification();
    const phpText = `POST:${SNAP.path}:${TIMESTAMP}:${body}`;
    const signatures = [
      hmac(`POST:${SNAP.path}::${sha256(phpText)}:`),
      hmac(`POST:${SNAP.path}:${TIMESTAMP}:${body}`),
      hmac(phpText),
    ];
    const genuine = hmac(`POST:${SNAP.path}::${sha256(body)}:${TIMESTAMP}`);
    const headers = { 'X-PARTNER-ID': CREDENTIALS.clientId, 'X-TIMESTAMP': TIMESTAMP };

    for (const signature of signatures) {
      expect(await post({ headers, body }, { 'X-SIGNATURE': signature })).toEqual(UNAUTHORISED);
    }
    expect(await post({ headers, body }, { 'X-SIGNATURE': genuine })).toEqual(ACCEPTED);
  });

  it('php: escaped slashes are sent while unescaped ones are signed', async () => {
    const payload = { ...SNAP.payment(), successPaymentUrl: 'https://shop.example/ok' };
    const unescaped = notification({ payload });
    const escaped = unescaped.body.replaceAll('/', '\\/');

    expect(await post({ ...unescaped, body: escaped })).toEqual(UNAUTHORISED);
    // Signed as it is sent, the spelling does not matter.
    expect(await post(notification({ payload: escaped }))).toEqual(ACCEPTED);
    expect(heard).toHaveLength(1);
  });

  describe('node V2:', () => {
    /** The asymmetric form, over whatever hash somebody takes. */
    const signed = (body: string, hashed: string, { privateKey } = DOKU_KEYS) => ({
      headers: {
        'X-PARTNER-ID': CREDENTIALS.clientId,
        'X-TIMESTAMP': TIMESTAMP,
        'X-SIGNATURE': sign(
          'sha256',
          Buffer.from(`POST:${SNAP.path}:${sha256(hashed)}:${TIMESTAMP}`),
          privateKey,
        ).toString('base64'),
      },
      body,
    });
    const body = JSON.stringify({ ...SNAP.payment(), note: 'kopi susu' });
    let asymmetric: HostApp;

    beforeAll(async () => {
      asymmetric = await start({ asymmetricSignatures: 'accept' });
    });

    afterAll(() => asymmetric.close());

    it('the merchant’s own private key is used to check what DOKU signed', async () => {
      expect(await post(signed(body, body, MERCHANT_KEYS), {}, asymmetric)).toEqual(UNAUTHORISED);
      expect(await post(signed(body, body), {}, asymmetric)).toEqual(ACCEPTED);
    });

    it('all white space is stripped, also inside texts', async () => {
      const stripped = body.replace(/\s/g, '');
      expect(await post(signed(body, stripped), {}, asymmetric)).toEqual(UNAUTHORISED);
      expect(await post(signed(stripped, body), {}, asymmetric)).toEqual(UNAUTHORISED);
      const pretty = JSON.stringify(JSON.parse(body), null, 2);
      expect(await post(signed(pretty, body), {}, asymmetric)).toEqual(ACCEPTED);
    });

    it('signatures are lower-cased before they are compared', async () => {
      const { headers, body: sent } = signed(body, body);
      const other = { 'X-SIGNATURE': headers['X-SIGNATURE'].toLowerCase() };
      expect(await post({ headers, body: sent }, other, asymmetric)).toEqual(UNAUTHORISED);
    });
  });

  it('all: a wrong token is answered 5005600, as if something had broken here', async () => {
    expect(await post(notification({ accessToken: 'wrong' }), {}, strict)).toEqual({
      status: 401,
      body: INVALID_TOKEN,
    });
  });
});
