import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { DokuSimulator } from '../doku-simulator.js';
import { DEFAULT_SECRET_KEY } from '../simulator-options.js';
import { exchange } from '../testing/test-merchant.js';
import { ALLO, codeOf, messageOf, SNAP_PATHS, SnapShop } from '../testing/snap-shop.js';
import { jakartaTime, MERCHANT_PUBLIC_KEY, type SnapChanges } from '../testing/snap-merchant.js';

const BODY = '{"additionalInfo":{"channel":"DIRECT_DEBIT_ALLO_SNAP","note":"a b / c"}}';
const LOOSE = '{ "additionalInfo": {"channel":"DIRECT_DEBIT_ALLO_SNAP", "note":"a b / c"}\n}';

describe('the checks of SNAP calls', () => {
  let simulator: DokuSimulator;
  let shop: SnapShop;
  let customer: string;

  beforeAll(async () => {
    simulator = await DokuSimulator.start({
      merchantPublicKey: MERCHANT_PUBLIC_KEY,
      merchants: [{ clientId: 'MCH-2', secretKey: 'SK-2', merchantPublicKey: MERCHANT_PUBLIC_KEY }],
    });
    shop = await SnapShop.open(simulator.url);
    customer = (await shop.boundCustomer('628238748728423')).token;
  });
  beforeEach(async () => {
    await shop.merchant.login();
  });
  afterAll(() => simulator.stop());

  const ask = (changes: SnapChanges = {}, body: string = BODY) =>
    shop.merchant.post(
      SNAP_PATHS.balance,
      body,
      { 'X-IP-ADDRESS': '192.168.1.1', 'Authorization-Customer': `Bearer ${customer}` },
      changes,
    );

  it('take a proper call, with Jakarta time or UTC', async () => {
    const utc = jakartaTime(Date.now() - 7 * 3_600_000).replace('+07:00', 'Z');
    const answers = [await ask(), await ask({ timestamp: utc })];

    expect(answers.map(codeOf)).toEqual(['2001100', '2001100']);
    expect(answers[0]?.headers['x-timestamp']).toMatch(/\+07:00$/);
  });

  it('hash the body without white space between its parts', async () => {
    const minified = await ask({ signedBody: BODY }, LOOSE);
    const loose = await ask({}, LOOSE);

    expect(codeOf(minified)).toBe('2001100');
    expect([codeOf(loose), messageOf(loose)]).toEqual([
      '4011100',
      'Unauthorized. Signature does not fit. The body was hashed with its white space: minify it first.',
    ]);
  });

  const mac = (text: string, hash = 'sha512'): string =>
    createHmac(hash, DEFAULT_SECRET_KEY).update(text).digest('base64');
  const signatures: [string, SnapChanges, RegExp][] = [
    ['another secret', { secretKey: 'SK-x' }, /No usual mistake fits/],
    ['the secret of another merchant', { secretKey: 'SK-2' }, /fits the secret of "MCH-2"/],
    ['a secret with a line feed', { secretKey: `${DEFAULT_SECRET_KEY}\n` }, /trim it/],
    ['another path', { signedPath: SNAP_PATHS.refund }, /fits the path ".*refund"/],
    [
      'the whole URL',
      { signedPath: `https://api-sandbox.doku.com${SNAP_PATHS.balance}` },
      /fits the path "https/,
    ],
    ['no token', { signedToken: '' }, /B2B token is missing/],
    ['all white space stripped', { signedBody: BODY.replaceAll(' ', '') }, /inside strings/],
    ['escaped slashes', { signedBody: BODY.replaceAll('/', '\\/') }, /Slashes were escaped/],
    ['an empty body', { signedBody: '' }, /empty body/],
    ['SHA-256', { signature: mac('x', 'sha256') }, /not the base64 of 64 bytes/],
    ['an RSA signature', { signature: 'A'.repeat(344) }, /looks like an RSA signature/],
  ];

  it.each(signatures)('tell a signature over %s', async (_what, changes, message) => {
    const answer = await ask(changes);

    expect(codeOf(answer)).toBe('4011100');
    expect(messageOf(answer)).toMatch(message);
    expect(await shop.lastRecord('allo.inquireBalance')).toMatchObject({
      verdict: 'refused',
      reason: expect.stringMatching(message),
      stringToSign: expect.stringMatching(/^POST:\/direct-debit\/core\/v1\/balance-inquiry:<token/),
    });
  });

  it("tell the customer's token and a newer one in the string to sign", async () => {
    const swapped = await ask({ signedToken: customer });
    const older = shop.merchant.token;
    const newer = await shop.merchant.login();
    const mixed = await ask({ token: older, signedToken: newer });

    expect(messageOf(swapped)).toContain("The customer's token was signed");
    expect(messageOf(mixed)).toContain('fits your newest B2B token');
  });

  const headers: [string, SnapChanges['headers'], string, RegExp][] = [
    ['no timestamp', { 'X-TIMESTAMP': null }, '4001102', /Field X-TIMESTAMP/],
    ['no signature', { 'X-SIGNATURE': null }, '4001102', /Field X-SIGNATURE/],
    ['no partner', { 'X-PARTNER-ID': null }, '4001102', /Field X-PARTNER-ID/],
    ['a stranger', { 'X-PARTNER-ID': 'MCH-X' }, '4011100', /"MCH-X" is not known/],
    ['no external id', { 'X-EXTERNAL-ID': null }, '4001102', /Field X-EXTERNAL-ID/],
    ['letters in the external id', { 'X-EXTERNAL-ID': 'a1' }, '4001101', /1 to 36 digits/],
    ['a long external id', { 'X-EXTERNAL-ID': '1'.repeat(37) }, '4001101', /1 to 36 digits/],
    ['no token', { Authorization: null }, '4001102', /Field Authorization/],
    ['a token without Bearer', { Authorization: 'abc' }, '4001101', /must be "Bearer "/],
    ['no IP address', { 'X-IP-ADDRESS': null }, '4001102', /Field X-IP-ADDRESS/],
    ['a short IP address', { 'X-IP-ADDRESS': '1.1.1.1' }, '4001101', /10 to 15 characters/],
    ['a device id', { 'X-DEVICE-ID': 'abc' }, '4001101', /X-DEVICE-ID: this operation takes no/],
    ['a channel id', { 'CHANNEL-ID': 'DH' }, '4001101', /CHANNEL-ID: this operation takes no/],
    ['no customer', { 'Authorization-Customer': null }, '4001102', /Authorization-Customer/],
    ['a form', { 'Content-Type': 'text/plain' }, '4001101', /must be application\/json/],
    ['two signatures', { 'X-SIGNATURE': ['a', 'b'] }, '4001101', /sent 2 times/],
    ['an unknown customer', { 'Authorization-Customer': 'Bearer x' }, '4011104', /Token Not Found/],
  ];

  it.each(headers)('refuse %s', async (_what, changed, code, message) => {
    const answer = await ask({ headers: changed ?? {} });

    expect([codeOf(answer), messageOf(answer)]).toEqual([code, expect.stringMatching(message)]);
  });

  it('refuse a clock that is wrong', async () => {
    const hourAgo = await ask({ timestamp: jakartaTime(Date.now() - 3_600_000) });
    const inTime = await ask({ timestamp: jakartaTime(Date.now() - 290_000) });
    const milliseconds = await ask({ timestamp: new Date().toISOString() });

    expect([codeOf(hourAgo), messageOf(hourAgo)]).toEqual([
      '4011100',
      expect.stringMatching(/^Unauthorized\. X-TIMESTAMP is 360\d s behind/),
    ]);
    expect([codeOf(inTime), codeOf(milliseconds)]).toEqual(['2001100', '4001101']);
  });

  it('take an external id once a day', async () => {
    const externalId = '4711';
    const first = await ask({ externalId });
    const again = await ask({ externalId });
    await shop.api('POST', 'settings', { idempotency: false });
    const unchecked = await ask({ externalId });
    await shop.api('POST', 'settings', { idempotency: true });
    await simulator.clock.advance(24 * 3_600_000);
    await shop.merchant.login();
    const nextDay = await ask({ externalId });

    expect([first, again, unchecked].map(codeOf)).toEqual(['2001100', '4091100', '2001100']);
    // The customer's token did not live that long; the id was taken.
    expect(codeOf(nextDay)).toBe('4011102');
    const [authCode] = await boundCodes();
    customer = await shop.merchant.customerToken(authCode ?? '');
  });

  const boundCodes = async (): Promise<string[]> => {
    const { body } = await shop.api('GET', 'bindings');
    return (body as { authCode: string }[]).map(({ authCode }) => authCode);
  };

  it('refuse tokens of nobody and of other merchants', async () => {
    const unknown = await ask({ token: 'abc.def.ghi' });
    const asCustomer = await ask({ token: customer });

    expect([unknown, asCustomer].map(codeOf)).toEqual(['4011103', '4011103']);
  });

  it("take a customer's token without Bearer only when the setting says so", async () => {
    const bare = { headers: { 'Authorization-Customer': customer } };
    const refused = await ask(bare);
    await shop.api('POST', 'settings', { bareCustomerToken: true });
    const taken = await ask(bare);

    expect([codeOf(refused), codeOf(taken)]).toEqual(['4001101', '2001100']);
  });

  it.each([
    ['{', '4001100', /body is not JSON/],
    ['[1]', '4001100', /JSON object/],
    ['{}', '4001102', /additionalInfo\.channel: it is one of "DIRECT_DEBIT_ALLO_SNAP"/],
    ['{"additionalInfo":{"channel":"EMONEY_NOBODY_SNAP"}}', '4001101', /not "EMONEY_NOBODY_SNAP"/],
  ])('refuse the body %s', async (body, code, message) => {
    const answer = await ask({}, body);

    expect([codeOf(answer), messageOf(answer)]).toEqual([code, expect.stringMatching(message)]);
    expect((await shop.lastRecord('unknown')).body).toBe(body);
  });

  it('note who called, with which tokens', async () => {
    await ask({ externalId: '815' });
    const record = await shop.lastRecord('allo.inquireBalance');

    expect(record).toMatchObject({
      operation: 'allo.inquireBalance',
      verdict: 'accepted',
      status: 200,
      externalId: '815',
      b2bTokenId: expect.stringMatching(/^[0-9a-f]{12}$/),
      customerTokenId: expect.stringMatching(/^[0-9a-f]{12}$/),
      customer: {
        authCode: expect.any(String),
        custIdMerchant: 'cust-628238748728423',
        account: '628238748728423',
      },
      headers: { Authorization: expect.stringMatching(/^Bearer <token [0-9a-f]{12}>$/) },
    });
    expect(record.body).toBe(BODY);
    expect(JSON.stringify(record)).toContain(ALLO);
  });

  it('speak SNAP only where SNAP was called', async () => {
    const answer = await exchange(`${simulator.url}${SNAP_PATHS.payment}`, 'GET', {});

    expect(answer.text).toContain('is called with POST, not with GET');
  });
});
