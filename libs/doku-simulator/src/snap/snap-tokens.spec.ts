import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { constants, createHmac, createPrivateKey, sign } from 'node:crypto';
import { DokuSimulator } from '../doku-simulator.js';
import { DEFAULT_SECRET_KEY } from '../simulator-options.js';
import { textOf } from '../testing/cimb-shop.js';
import { exchange } from '../testing/test-merchant.js';
import { codeOf, messageOf, SnapShop } from '../testing/snap-shop.js';
import {
  jakartaTime,
  MERCHANT_PRIVATE_KEY,
  MERCHANT_PUBLIC_KEY,
  rsaSignature,
  SnapMerchant,
  type SnapChanges,
} from '../testing/snap-merchant.js';

const GRANT = { grantType: 'client_credentials' };
const PHONE = '628238748728423';

describe('SNAP tokens', () => {
  let simulator: DokuSimulator;
  let shop: SnapShop;

  beforeEach(async () => {
    simulator = await DokuSimulator.start({
      merchantPublicKey: MERCHANT_PUBLIC_KEY,
      merchants: [{ clientId: 'MCH-KEYLESS', secretKey: 'SK-2' }],
    });
    shop = await SnapShop.open(simulator.url);
  });
  afterEach(() => simulator.stop());

  it('are given for an RSA signature over client id and timestamp', async () => {
    const answer = await shop.merchant.askToken('b2b', GRANT);

    expect(codeOf(answer)).toBe('2007300');
    expect(answer.body).toEqual({
      responseCode: '2007300',
      responseMessage: 'Successful',
      accessToken: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      tokenType: 'Bearer',
      expiresIn: 900,
      additionalInfo: '',
    });
    expect(answer.headers['x-client-key']).toBe(shop.merchant.clientId);
    expect(answer.headers['x-timestamp']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$/);
    expect(await shop.lastRecord('snap.b2bToken')).toMatchObject({
      verdict: 'accepted',
      stringToSign: expect.stringMatching(/^MCH-0001-10791114622547\|.*\+07:00$/),
    });
  });

  const now = jakartaTime();
  const right = `${new SnapMerchant('').clientId}|${now}`;
  const wrong: [string, SnapChanges, string, RegExp][] = [
    ['no client', { headers: { 'X-CLIENT-KEY': null } }, '4007302', /Field X-CLIENT-KEY/],
    ['no signature', { headers: { 'X-SIGNATURE': null } }, '4007302', /Field X-SIGNATURE/],
    ['two timestamps', { headers: { 'X-TIMESTAMP': ['a', 'b'] } }, '4007301', /sent 2 times/],
    ['a stranger', { headers: { 'X-CLIENT-KEY': 'MCH-X' } }, '4017300', /"MCH-X" is not known/],
    [
      'a merchant without a key',
      { headers: { 'X-CLIENT-KEY': 'MCH-KEYLESS' } },
      '4017300',
      /start the simulator with --merchant-public-key/,
    ],
    ['milliseconds', { timestamp: new Date().toISOString() }, '4007301', /without milliseconds/],
    ['a day that is none', { timestamp: '2026-02-30T10:00:00+07:00' }, '4007301', /X-TIMESTAMP/],
    [
      'an old timestamp',
      { timestamp: jakartaTime(Date.now() - 3_600_000) },
      '4017300',
      /^Unauthorized\. X-TIMESTAMP is \d+ s behind/,
    ],
    ['a bearer token', { headers: { Authorization: 'Bearer x' } }, '4007301', /Authorization/],
    [
      'swapped parts',
      {
        timestamp: now,
        signature: rsaSignature(`${now}|${right.split('|')[0] ?? ''}`, MERCHANT_PRIVATE_KEY),
      },
      '4017300',
      /swapped/,
    ],
    [
      'a colon',
      { timestamp: now, signature: rsaSignature(right.replace('|', ':'), MERCHANT_PRIVATE_KEY) },
      '4017300',
      /joined by "\|"/,
    ],
    [
      'SHA-512',
      { timestamp: now, signature: rsaSignature(right, MERCHANT_PRIVATE_KEY, 'sha512') },
      '4017300',
      /sha512: use SHA-256/,
    ],
    [
      'PSS',
      {
        timestamp: now,
        signature: sign('sha256', Buffer.from(right), {
          key: createPrivateKey(MERCHANT_PRIVATE_KEY),
          padding: constants.RSA_PKCS1_PSS_PADDING,
        }).toString('base64'),
      },
      '4017300',
      /PSS/,
    ],
    [
      'hex',
      {
        timestamp: now,
        signature: Buffer.from(rsaSignature(right, MERCHANT_PRIVATE_KEY), 'base64').toString('hex'),
      },
      '4017300',
      /in hex/,
    ],
    [
      'base64url',
      {
        timestamp: now,
        signature: Buffer.from(rsaSignature(right, MERCHANT_PRIVATE_KEY), 'base64').toString(
          'base64url',
        ),
      },
      '4017300',
      /padding/,
    ],
    [
      'an HMAC',
      { signature: createHmac('sha512', DEFAULT_SECRET_KEY).update(right).digest('base64') },
      '4017300',
      /HMAC: token requests/,
    ],
  ];

  it.each(wrong)('are refused for %s', async (_what, changes, code, message) => {
    const answer = await shop.merchant.askToken('b2b', GRANT, changes);

    expect(codeOf(answer)).toBe(code);
    expect(messageOf(answer)).toMatch(message);
    expect(await shop.lastRecord('snap.b2bToken')).toMatchObject({ verdict: 'refused' });
  });

  it.each([
    [{}, '4007302', /grantType/],
    [{ grantType: 'password' }, '4007301', /client_credentials/],
    [[], '4007300', /JSON object/],
  ])('are refused for body %j', async (body, code, message) => {
    const answer = await shop.merchant.askToken('b2b', body);

    expect([codeOf(answer), messageOf(answer)]).toEqual([code, expect.stringMatching(message)]);
  });

  it('tell their life as the setting wants it', async () => {
    await shop.api('POST', 'settings', { expiresInAs: 'string', tokenLifeSeconds: 60 });
    const text = await shop.merchant.askToken('b2b', GRANT);
    await shop.api('POST', 'settings', { expiresInAs: 'missing' });
    const missing = await shop.merchant.askToken('b2b', GRANT);

    expect(text.body).toMatchObject({ expiresIn: '60' });
    expect(missing.body).not.toHaveProperty('expiresIn');
  });

  it('are ended by time, by newer ones and by revoking', async () => {
    const old = shop.merchant.token;
    await shop.merchant.login();
    const afterNewer = await shop.status('X');
    expect(codeOf(afterNewer)).toBe('4045501');
    const superseded = await shop.merchant.post(
      '/orders/v1.0/debit/status',
      {},
      {},
      { token: old },
    );
    await simulator.clock.advance(899_000);
    const inTime = await shop.status('X');
    await simulator.clock.advance(1_000);
    const late = await shop.status('X');
    await shop.merchant.login();
    const revoked = await shop.api('POST', 'tokens/revoke', { kind: 'b2b' });
    const afterRevoking = await shop.status('X');

    expect([codeOf(superseded), codeOf(inTime)]).toEqual(['4015501', '4045501']);
    expect([codeOf(late), messageOf(late)]).toEqual([
      '4015501',
      expect.stringContaining('Invalid Token (B2B): it expired at'),
    ]);
    expect([revoked.body, codeOf(afterRevoking)]).toEqual([{ revoked: 1 }, '4015501']);
  });

  it('live beside newer ones when the setting says so', async () => {
    await shop.api('POST', 'settings', { newestTokenWins: false });
    const old = shop.merchant.token;
    await shop.merchant.login();
    const answer = await shop.merchant.post(
      '/orders/v1.0/debit/status',
      { originalPartnerReferenceNo: 'X', serviceCode: '55' },
      {},
      { token: old },
    );

    expect(codeOf(answer)).toBe('4045501');
  });

  it('are shown as hashes only', async () => {
    const { token } = await shop.boundCustomer(PHONE);
    await shop.unbind(token);
    const seen = await Promise.all(['tokens', 'requests'].map((path) => shop.api('GET', path)));
    const all = seen.map(({ text }) => text).join();

    expect(all).not.toContain(token);
    expect(all).not.toContain(shop.merchant.token);
    const record = await shop.lastRecord('allo.unbindAccount');
    expect(seen[0]?.body).toContainEqual(
      expect.objectContaining({ id: record.customerTokenId, kind: 'b2b2c', revoked: true }),
    );
    expect(record.stringToSign).toContain(`:<token ${String(record.b2bTokenId)}>:`);
  });

  describe('of customers', () => {
    const exchangeCode = (authCode: string, more: object = {}) =>
      shop.merchant.askToken('b2b2c', { grantType: 'authorization_code', authCode, ...more });

    it('need a completed binding', async () => {
      const bound = await shop.bind(shop.bindingBody(PHONE, 'cust-1'));
      const authCode = textOf(bound, 'additionalInfo.authCode');
      const early = await exchangeCode(authCode);
      await shop.api('POST', `bindings/${authCode}/approve`);
      const first = await exchangeCode(authCode);
      const second = await exchangeCode(authCode);
      await shop.unbind(textOf(second, 'accessToken'));
      const late = await exchangeCode(authCode);

      expect([codeOf(early), messageOf(early)]).toEqual([
        '4017400',
        expect.stringContaining('has not completed the binding'),
      ]);
      expect([codeOf(first), codeOf(second)]).toEqual(['2007400', '2007400']);
      expect([codeOf(late), messageOf(late)]).toEqual([
        '4017400',
        expect.stringContaining('unbound'),
      ]);
      expect(codeOf(await exchangeCode('unknown'))).toBe('4017400');
    });

    it('tell an instant, seconds or nothing', async () => {
      const { authCode } = await shop.boundCustomer(PHONE);
      const instant = await exchangeCode(authCode);
      await shop.api('POST', 'settings', { customerTokenExpiry: 'seconds' });
      const seconds = await exchangeCode(authCode);
      await shop.api('POST', 'settings', { customerTokenExpiry: 'missing' });
      const missing = await exchangeCode(authCode);

      const end = Date.parse(textOf(instant, 'accessTokenExpiryTime'));
      expect(textOf(instant, 'accessTokenExpiryTime')).toMatch(/\+07:00$/);
      expect(Math.abs(end - Date.now() - 900_000)).toBeLessThan(5_000);
      expect(seconds.body).toMatchObject({ accessTokenExpiryTime: '900', tokenType: 'Bearer' });
      expect(missing.body).not.toHaveProperty('accessTokenExpiryTime');
    });

    it('are renewed by a refresh token, once', async () => {
      const { authCode, token } = await shop.boundCustomer(PHONE);
      const refreshToken = textOf(await exchangeCode(authCode), 'refreshToken');
      const refresh = { grantType: 'refresh_token', refreshToken };
      const renewed = await shop.merchant.askToken('b2b2c', refresh);
      const again = await shop.merchant.askToken('b2b2c', refresh);

      expect(codeOf(renewed)).toBe('2007400');
      expect(codeOf(await shop.balance(textOf(renewed, 'accessToken')))).toBe('2001100');
      expect(codeOf(await shop.balance(token))).toBe('4011102');
      expect(codeOf(again)).toBe('4017400');
    });

    it('are ended by time and by revoking', async () => {
      const { authCode, token } = await shop.boundCustomer(PHONE);
      const revoked = await shop.api('POST', 'tokens/revoke', { kind: 'b2b2c' });
      const afterRevoking = await shop.balance(token);
      const fresh = await shop.merchant.customerToken(authCode);
      await simulator.clock.advance(900_000);
      await shop.merchant.login();
      const late = await shop.balance(fresh);

      expect(revoked.body).toEqual({ revoked: 1 });
      expect([codeOf(afterRevoking), codeOf(late)]).toEqual(['4011102', '4011102']);
    });
  });

  it('come with the date of the wire clock, as all answers do', async () => {
    simulator.clock.skewMs = -3_600_000;
    const snap = await shop.merchant.askToken('b2b', GRANT);
    const nonSnap = await exchange(`${simulator.url}/orders/v1/status/x`, 'GET', {});

    for (const { headers } of [snap, nonSnap]) {
      const behind = Date.now() - Date.parse(headers.date ?? '');
      expect(Math.abs(behind - 3_600_000)).toBeLessThan(5_000);
    }
    expect(codeOf(snap)).toBe('4017300');
  });
});
