import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DokuSimulator } from '../doku-simulator.js';
import { CimbShop, textOf } from '../testing/cimb-shop.js';

describe('the JSON API', () => {
  let simulator: DokuSimulator;
  let shop: CimbShop;

  beforeAll(async () => {
    simulator = await DokuSimulator.start({ logger: false });
    shop = new CimbShop(simulator.url);
  });
  afterAll(() => simulator.stop());

  const wrong: [string, string, unknown, RegExp][] = [
    ['a fault of unknown kind', 'faults', { operation: '*', fault: 'boom' }, /choose one of delay/],
    ['a fault without operation', 'faults', { fault: 'hang' }, /"operation" is missing; choose/],
    [
      'a fault on an unknown operation',
      'faults',
      { operation: 'cimb.pay', fault: 'hang' },
      /cannot be "cimb\.pay"; choose one of \*, cimb\.registerCard/,
    ],
    [
      'a fault for no times',
      'faults',
      { operation: '*', fault: 'hang', times: 0 },
      /"times" must be a whole number from 1 on/,
    ],
    [
      'a slip of the pen',
      'faults',
      { operation: '*', fault: 'hang', time: 1 },
      /"time" is not known here; known are: "operation"/,
    ],
    [
      'a redirect that no header can carry',
      'faults',
      { operation: '*', fault: 'redirect', location: 'bad\nheader' },
      /"location" must be an absolute http or https URL, not "bad\\nheader"/,
    ],
    [
      'a fault that SNAP answers cannot have',
      'faults',
      { operation: 'allo.createPayment', fault: 'wrong-signature' },
      /"wrong-signature" cannot hit "allo\.createPayment": SNAP answers carry no signature/,
    ],
    [
      'a fault that only SNAP answers can have',
      'faults',
      { operation: 'cimb.refund', fault: 'in-progress' },
      /"in-progress" cannot hit "cimb\.refund": only SNAP/,
    ],
    [
      'a refusal without its code',
      'faults',
      { operation: 'allo.refund', fault: 'refuse' },
      /"responseCode" must be seven digits/,
    ],
    [
      'a response code of another fault',
      'faults',
      { operation: '*', fault: 'hang', responseCode: '4035414' },
      /"responseCode" belongs to the fault refuse, not to hang/,
    ],
    ['an unknown spelling', 'settings', { alloSpelling: 'go' }, /choose one of java, node/],
    [
      "a KKI member by another one's name",
      'settings',
      { kkiMembers: { cpan: 'amount' } },
      /"kkiMembers" must be three different names/,
    ],
    ['a token of no kind', 'tokens/revoke', { kind: 'c2c' }, /choose one of b2b, b2b2c/],
    ['nothing for the clock', 'clock', {}, /Give "advanceMs", "skewMs" or both/],
    ['a clock going back', 'clock', { advanceMs: -1 }, /"advanceMs" must be a whole number from 0/],
    ['half a millisecond', 'clock', { skewMs: 0.5 }, /"skewMs" must be a whole number/],
    ['a setting as text', 'settings', { idempotency: 'no' }, /"idempotency" must be true or false/],
    ['an unknown setting', 'settings', { otp: '1' }, /"otp" is not known here/],
    ['a notification about nothing', 'notifications', {}, /"invoiceNumber" is missing/],
    [
      'a notification about an unknown invoice',
      'notifications',
      { invoiceNumber: 'X' },
      /No payment has invoice number "X"; give "amount"/,
    ],
    [
      'a notification of an unknown merchant',
      'notifications',
      { invoiceNumber: 'X', clientId: 'MCH-X' },
      /"clientId" cannot be "MCH-X"; known are MCH-0001/,
    ],
    ['a shuffle of numbers', 'notifications/shuffle', { ids: [1] }, /must be an array of texts/],
  ];

  it.each(wrong)('refuses %s', async (_what, path, body, message) => {
    const answer = await shop.api('POST', path, body);

    expect(answer.status).toBe(400);
    expect(textOf(answer, 'message')).toMatch(message);
  });

  it('refuses what is not a JSON object', async () => {
    const answer = await shop.api('POST', 'clock', [1]);

    expect([answer.status, textOf(answer, 'message')]).toEqual([
      400,
      'The body must be a JSON object.',
    ]);
  });

  it.each(['operation=cimb.pay', 'operation=cimb.refund&operation=cimb.refund'])(
    'refuses requests?%s and tells the names',
    async (query) => {
      const answer = await shop.api('GET', `requests?${query}`);

      expect(answer.status).toBe(400);
      expect(textOf(answer, 'message')).toMatch(
        /^"operation" cannot be .*cimb\..*; choose one of cimb\.registerCard, .*unknown\.$/,
      );
    },
  );

  it('lists the requests of one operation, or of none', async () => {
    await shop.register();
    const known = await shop.api('GET', 'requests?operation=cimb.registerCard&last=1');
    const unknown = await shop.api('GET', 'requests?operation=unknown');

    expect(known.body).toMatchObject([{ operation: 'cimb.registerCard' }]);
    expect(unknown.status).toBe(200);
  });

  it.each([
    ['bindings/x/approve', 'No binding has authCode "x"; it is the last part of redirectUrl'],
    ['payments/x/decline', 'No SNAP payment has partnerReferenceNo "x"'],
    ['notifications/ntf-99/resend', 'No notification has id "ntf-99".'],
    ['registrations/x/approve', 'No registration has id "x"; it is the last part of'],
  ])('does not find %s', async (path, message) => {
    const answer = await shop.api('POST', path, {});

    expect(answer.status).toBe(404);
    expect(textOf(answer, 'message')).toContain(message);
  });

  it('decides a registration once, with a proper account number', async () => {
    const url = textOf(await shop.register(), 'debit_card.cimb_registration_url');
    const path = `registrations/${url.slice(url.lastIndexOf('/') + 1)}`;
    const malformed = await shop.api('POST', `${path}/approve`, { accountNo: '12' });
    const declined = await shop.api('POST', `${path}/decline`);
    const late = await shop.api('POST', `${path}/approve`);

    expect(textOf(malformed, 'message')).toMatch(/8 to 20 digits/);
    expect(textOf(declined, 'registration.state')).toBe('DECLINED');
    expect(textOf(late, 'message')).toMatch(/is DECLINED already/);
  });

  it('tells the public key, the clock and the settings', async () => {
    const key = await shop.api('GET', 'doku-public-key');
    const clock = await shop.api('POST', 'clock', { advanceMs: 3_600_000, skewMs: 5 });
    const settings = await shop.api('POST', 'settings', { timestampToleranceMs: 1_000 });

    expect(key.body).toEqual({ publicKey: simulator.dokuPublicKey });
    expect(simulator.dokuPublicKey).toMatch(/^-----BEGIN PUBLIC KEY-----/);
    expect(clock.body).toEqual({ now: expect.any(String), skewMs: 5 });
    expect(Date.parse(textOf(clock, 'now')) - Date.now()).toBeGreaterThan(3_590_000);
    expect(settings.body).toEqual({
      idempotency: true,
      notifications: true,
      notifyRefunds: true,
      checkLineItems: true,
      timestampToleranceMs: 1_000,
      tokenLifeSeconds: 900,
      walletConfirmation: 'manual',
      walletSpelling: 'sdk',
      newestTokenWins: true,
      customerTokenExpiry: 'instant',
      expiresInAs: 'number',
      bareCustomerToken: false,
      notifyBindings: true,
      alloSpelling: 'java',
      refundSuccessCode: '2000700',
      kkiMembers: { cpan: 'cpan', otp: 'otp', token: 'bankCardToken' },
      kkiChannel: 'KARTU_KREDIT_INDONESIA',
      kkiConfirmation: 'auto',
      notificationToken: 'fetch-each',
      snapNotificationSignature: 'symmetric',
      notificationTimeoutMs: 10_000,
    });
    expect((await shop.api('GET', 'settings')).body).toEqual(settings.body);
  });
});
