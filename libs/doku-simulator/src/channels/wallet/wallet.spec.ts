import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createDecipheriv, randomUUID } from 'node:crypto';
import { DokuSimulator } from '../../doku-simulator.js';
import { DEFAULT_AUTH_CODE_SECRET_KEY, DEFAULT_CLIENT_ID } from '../../simulator-options.js';
import { valueAt } from '../../engine/json.js';
import { textOf } from '../../testing/cimb-shop.js';
import { MERCHANT_PUBLIC_KEY, SnapMerchant } from '../../testing/snap-merchant.js';
import { codeOf, messageOf } from '../../testing/snap-shop.js';
import { exchange } from '../../testing/test-merchant.js';
import { newPhone, WalletShop } from '../../testing/wallet-shop.js';
import type { SnapTestAnswer } from '../../testing/snap-merchant.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

describe('accounts of the wallet', () => {
  let simulator: DokuSimulator;
  let shop: WalletShop;

  beforeEach(async () => {
    simulator = await DokuSimulator.start({
      merchantPublicKey: MERCHANT_PUBLIC_KEY,
      merchants: [{ clientId: 'MCH-2', secretKey: 'SK-2', merchantPublicKey: MERCHANT_PUBLIC_KEY }],
    });
    shop = await WalletShop.open(simulator.url);
  });
  afterEach(() => simulator.stop());

  const create = (phoneNo = newPhone()): Promise<SnapTestAnswer> =>
    shop.call('createAccount', shop.creationBody(phoneNo));

  /** What a browser posts to a page; answers where it is sent. */
  const submit = async (page: string, form: Record<string, string>): Promise<URL> => {
    const answer = await exchange(page, 'POST', {}, new URLSearchParams(form).toString());
    return new URL(answer.headers.location ?? `status:${answer.status}`);
  };

  it('come from creation, OTP and PIN page, and are bound with consent', async () => {
    const created = await create('081212340010');
    const verified = await shop.verify(created);
    const pinPage = `${textOf(verified, 'qparamsURL')}?token=${textOf(verified, 'qparams.token')}`;
    const shown = await exchange(pinPage, 'GET', {});
    const registered = await submit(pinPage, { action: 'approve', pin: '123456' });
    const accountId = registered.searchParams.get('accountId') ?? '';
    const unbound = await shop.call('inquireAccount', {
      partnerReferenceNo: randomUUID(),
      additionalInfo: { accountId },
    });
    const binding = await shop.call('bindAccount', {
      partnerReferenceNo: randomUUID(),
      redirectUrl: 'https://shop.example/bound?customer=7',
      successParams: { accountId },
    });
    const bound = await submit(textOf(binding, 'nextAction'), { action: 'approve' });
    const token = await shop.merchant.customerToken(bound.searchParams.get('authCode') ?? '');
    const balance = await shop.call('inquireBalance', { partnerReferenceNo: 'B-1' }, token);

    expect(created.body).toEqual({
      responseCode: '2000600',
      responseMessage: 'Successful',
      referenceNo: expect.any(String),
      partnerReferenceNo: expect.any(String),
    });
    expect(verified.body).toMatchObject({
      responseCode: '2000400',
      originalReferenceNo: textOf(created, 'referenceNo'),
      phoneNo: '081212340010',
    });
    expect([shown.status, shown.text]).toEqual([200, expect.stringContaining('Set your PIN')]);
    expect(Object.fromEntries(registered.searchParams)).toEqual({
      order: '1',
      accountId: expect.stringMatching(/^[0-9]{10}$/),
      partnerReferenceNo: textOf(created, 'partnerReferenceNo'),
      status: 'SUCCESS',
    });
    expect(valueAt(unbound.body, 'additionalInfo')).toEqual({
      remarks: 'Account is not bound',
      merchantId: DEFAULT_CLIENT_ID,
    });
    expect(binding.body).toMatchObject({
      responseCode: '2000700',
      linkId: expect.stringMatching(/^LNK[0-9]{21}$/),
      userInfo: { publicUserId: accountId },
    });
    expect([bound.pathname, bound.searchParams.get('customer')]).toEqual(['/bound', '7']);
    expect(balance.body).toMatchObject({
      responseCode: '2001100',
      partnerReferenceNo: 'B-1',
      accountNo: accountId,
      accountInfos: [{ balanceType: 'Cash', availableBalance: { value: '1000000.00' } }],
    });
  });

  it('belong to the phone number, whoever registers it', async () => {
    const register = async (phoneNo: string): Promise<string> => {
      const verified = await shop.verify(await create(phoneNo));
      const path = `wallet-registrations/${textOf(verified, 'qparams.token')}/approve`;
      return textOf(await shop.api('POST', path), 'registration.accountId');
    };

    expect(await register('6281299990001')).toBe(await register('081299990001'));
  });

  it('tell an OTP that is wrong, expired or blocked apart', async () => {
    const created = await create();
    await simulator.clock.advance(5 * MINUTE_MS);
    const expired = await shop.verify(created);
    const phoneNo = newPhone();
    const another = await create(phoneNo);
    const wrong: string[] = [];
    for (let tries = 0; tries < 5; tries++) wrong.push(codeOf(await shop.verify(another, '1')));
    const blocked = await shop.verify(another);
    const noneIsSent = await create(phoneNo);
    await simulator.clock.advance(DAY_MS);
    await shop.merchant.login();
    const later = await shop.verify(await create(phoneNo));

    expect(codeOf(expired)).toBe('4030412');
    expect(wrong).toEqual(Array(5).fill('4040415'));
    expect([codeOf(blocked), codeOf(noneIsSent)]).toEqual(['4030411', '4030611']);
    expect(codeOf(later)).toBe('2000400');
  });

  it('take an OTP once, and only with its own references', async () => {
    const created = await create();
    const mixed = { ...created, body: { ...(created.body as object), referenceNo: 'another' } };
    const wrongPair = await shop.verify(mixed);
    const first = await shop.verify(created);
    const again = await shop.verify(created);

    expect([wrongPair, first, again].map(codeOf)).toEqual(['4040401', '2000400', '4040400']);
  });

  it('end on the PIN page after five wrong PINs', async () => {
    const verified = await shop.verify(await create());
    const page = `${textOf(verified, 'qparamsURL')}?token=${textOf(verified, 'qparams.token')}`;
    const wrong = await exchange(page, 'POST', {}, 'action=approve&pin=1');
    for (let tries = 2; tries < 5; tries++) await submit(page, { action: 'approve', pin: '1' });
    const ended = await submit(page, { action: 'approve', pin: '1' });
    const tooLate = await exchange(page, 'POST', {}, 'action=approve&pin=123456');

    expect([wrong.status, wrong.text]).toEqual([
      400,
      expect.stringContaining('The PIN is wrong; 4 tries left.'),
    ]);
    expect(ended.searchParams.get('status')).toBe('FAILED');
    expect(ended.searchParams.has('accountId')).toBe(false);
    expect(tooLate.text).toContain('It is declined');
  });

  it('have no PIN page before the OTP, and spell its address as the setting says', async () => {
    await shop.api('POST', 'settings', { walletSpelling: 'standard' });
    const created = await create();
    const listed = await shop.api('GET', 'wallet-registrations');
    const { id } = (listed.body as { id: string }[])[0] ?? { id: '' };
    const early = await exchange(`${simulator.url}/wallet/pin?token=${id}`, 'GET', {});
    const tooEarly = await shop.api('POST', `wallet-registrations/${id}/approve`);
    const verified = await shop.verify(created);
    const page = `${textOf(verified, 'qParamsURL')}?action=${textOf(verified, 'qParams.action')}`;

    expect([early.status, tooEarly.status]).toEqual([404, 400]);
    expect((await exchange(page, 'GET', {})).status).toBe(200);
  });

  it('give a fresh authCode with each inquiry, encrypted and good once', async () => {
    const { accountId, linkId } = await shop.holder();
    const inquire = (): Promise<SnapTestAnswer> =>
      shop.call('inquireAccount', {
        partnerReferenceNo: 'Q-1',
        additionalInfo: { accountId },
      });
    const [first, second] = [await inquire(), await inquire()];
    const sealed = textOf(first, 'additionalInfo.authCode');
    const cipher = createDecipheriv('aes-256-ecb', DEFAULT_AUTH_CODE_SECRET_KEY, null);
    const authCode = cipher.update(sealed, 'base64', 'utf8') + cipher.final('utf8');
    const grant = { grantType: 'authorization_code', authCode };
    const given = await shop.merchant.askToken('b2b2c', grant);
    const spent = await shop.merchant.askToken('b2b2c', grant);
    const asLink = await shop.merchant.askToken('b2b2c', { ...grant, authCode: linkId });
    const asSealed = await shop.merchant.askToken('b2b2c', { ...grant, authCode: sealed });
    const refreshed = await shop.merchant.askToken('b2b2c', {
      grantType: 'refresh_token',
      refreshToken: textOf(given, 'refreshToken'),
    });

    expect(textOf(first, 'additionalInfo.linkId')).toBe(linkId);
    expect(textOf(second, 'additionalInfo.authCode')).not.toBe(sealed);
    expect([given, spent, asLink, asSealed, refreshed].map(codeOf)).toEqual([
      '2007400',
      '4017400',
      '4017400',
      '4017400',
      '2007400',
    ]);
    expect(messageOf(spent)).toMatch(/used before/);
  });

  it('tell the default key of authCodes, but no other', async () => {
    const secret = '0123456789abcdef';
    const other = await DokuSimulator.start({ authCodeSecretKey: secret });
    const info = await exchange(`${other.url}/_simulator/info`, 'GET', {});
    await other.stop();

    expect((await shop.api('GET', 'info')).text).toContain(DEFAULT_AUTH_CODE_SECRET_KEY);
    expect(info.text).not.toContain(secret);
    await expect(DokuSimulator.start({ authCodeSecretKey: 'short' })).rejects.toThrow(
      /authCodeSecretKey of .* must be a text of 16, 24 or 32 bytes, not of 5/,
    );
  });

  it('are unbound by OTP, which ends their tokens', async () => {
    const holder = await shop.holder();
    const body = (more: object = {}): object => ({
      partnerReferenceNo: randomUUID(),
      linkId: holder.linkId,
      merchantId: DEFAULT_CLIENT_ID,
      ...more,
    });
    const wrongMerchant = await shop.call('unbindAccount', body({ merchantId: 'DOKU' }));
    const begun = await shop.call('unbindAccount', body());
    const stillThere = await shop.balanceOf(holder);
    const verified = await shop.verify(begun);
    const after = await shop.call(
      'inquireBalance',
      { partnerReferenceNo: randomUUID() },
      holder.token,
    );
    const again = await shop.call('unbindAccount', body());

    expect([wrongMerchant, begun, verified, after, again].map(codeOf)).toEqual([
      '4040908',
      '2000900',
      '2000400',
      '4011102',
      '4040911',
    ]);
    expect(stillThere).toBe('1000000.00');
    expect(verified.body).not.toHaveProperty('qparams');
  });

  it('lose their old link and tokens when the customer binds anew', async () => {
    const phoneNo = newPhone();
    const first = await shop.holder('1000.00', phoneNo);
    const second = await shop.holder('1000.00', phoneNo);
    const old = await shop.call('inquireBalance', { partnerReferenceNo: 'B' }, first.token);

    expect(second.linkId).not.toBe(first.linkId);
    expect(codeOf(old)).toBe('4011102');
    expect(await shop.balanceOf(second)).toBe('1000.00');
  });

  it('are known only to merchants that registered them', async () => {
    const { accountId, phoneNo, token } = await shop.holder();
    const other = await WalletShop.open(
      simulator.url,
      new SnapMerchant(simulator.url, 'MCH-2', 'SK-2'),
    );
    const bind = {
      partnerReferenceNo: 'X',
      redirectUrl: 'https://shop.example/',
      successParams: { accountId },
    };
    const stranger = await other.call('bindAccount', bind);
    const known = await other.holder('5000.00', phoneNo);
    const both = await shop.call('inquireBalance', { partnerReferenceNo: 'B' }, token);
    const foreign = await other.call('inquireBalance', { partnerReferenceNo: 'B' }, token);

    expect(codeOf(stranger)).toBe('4040711');
    expect(known.accountId).toBe(accountId);
    expect([codeOf(both), codeOf(foreign)]).toEqual(['2001100', '4011104']);
  });

  it('take no second creation under the same reference', async () => {
    const body = shop.creationBody(newPhone());
    const first = await shop.call('createAccount', body);
    const same = await shop.call('createAccount', body);
    const other = await shop.call('createAccount', { ...body, name: 'Siti' });

    expect([first, same, other].map(codeOf)).toEqual(['2000600', '4090601', '4040618']);
  });

  it.each([
    ['a phone number with a plus', { phoneNo: '+6281212340010' }, '4000601'],
    ['no e-mail address', { email: undefined }, '4000602'],
    ['a redirect that is no URL', { redirectUrl: 'shop.example' }, '4000601'],
    ['a long reference', { partnerReferenceNo: 'x'.repeat(65) }, '4000601'],
  ])('refuse %s', async (_what, change, code) => {
    const answer = await shop.call('createAccount', shop.creationBody(newPhone(), change));

    expect(codeOf(answer)).toBe(code);
  });

  it('check the headers of both levels', async () => {
    const { token } = await shop.holder();
    const forPartner = await shop.call('createAccount', shop.creationBody(newPhone()), token);
    const withoutCustomer = await shop.call('inquireBalance', { partnerReferenceNo: 'B' });
    const allowed = await shop.call('inquireBalance', { partnerReferenceNo: 'B' }, token, {
      headers: { 'X-DEVICE-ID': 'd'.repeat(400), 'CHANNEL-ID': '95221' },
    });
    const tooLong = await shop.call('inquireBalance', { partnerReferenceNo: 'B' }, token, {
      headers: { 'CHANNEL-ID': '952210' },
    });

    expect([forPartner, withoutCustomer, allowed, tooLong].map(codeOf)).toEqual([
      '4000601',
      '4001102',
      '2001100',
      '4001101',
    ]);
  });

  it('keep OTPs out of the records', async () => {
    await shop.verify(await create());
    const { text } = await shop.api('GET', 'requests?operation=wallet.verifyOtp');

    expect(text).not.toContain('999999');
    expect(text).toContain('********');
  });
});
