import { inspect } from 'node:util';

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DokuConfigurationError, type DokuCustomer } from 'nestjs-doku';

import { eventually } from '../harness/eventually.js';
import { freezeDate, passSeconds } from '../harness/frozen-date.js';
import { type Answer, unsigned } from '../harness/gateway.js';
import { type StartedLibrary, startLibrary } from '../harness/library.js';
import { refused, tokensOf } from '../harness/snap-gateway.js';
import { MERCHANT_PRIVATE_KEY } from '../harness/snap-merchant.js';
import { AUTH_CODE_KEY, encryptAuthCode, WalletGateway } from '../harness/wallet-shopper.js';

const CALLS = 64;
const ALICE: DokuCustomer = { accountId: '1944898701' };
const BALANCE = unsigned({ responseCode: '2001100', responseMessage: 'Successful' });

let gateway: WalletGateway;
const started: StartedLibrary[] = [];

beforeEach(async () => {
  gateway = await new WalletGateway().start();
  gateway.answerCalls(BALANCE);
});
afterEach(async () => {
  jest.useRealTimers();
  await Promise.all(started.splice(0).map((library) => library.close()));
  await gateway.stop();
});

const start = async (options: object = {}): Promise<StartedLibrary> => {
  const library = await startLibrary({
    baseUrl: gateway.url,
    privateKey: MERCHANT_PRIVATE_KEY,
    authCodeSecretKey: AUTH_CODE_KEY,
    ...options,
  });
  started.push(library);
  return library;
};

const balance = (
  { wallet }: StartedLibrary,
  customer: DokuCustomer = ALICE,
  options: object = {},
) => wallet.inquireBalance({}, { customer, ...options });

/** Answers by turns; the last one for good. */
const inTurn = (...answers: readonly Answer[]): Answer => {
  let turn = 0;
  return (request, response) => {
    const answer = answers[Math.min(turn, answers.length - 1)];
    turn += 1;
    answer?.(request, response);
  };
};

const drop: Answer = (_request, response) => {
  response.destroy();
};

describe('a customer who is named by the account', () => {
  it('gets a token by inquiry, decryption and one exchange', async () => {
    const library = await start();

    await balance(library);
    await balance(library);

    expect(gateway.inquiries).toHaveLength(1);
    const [inquiry] = gateway.inquiries;
    expect(JSON.parse(inquiry?.body.toString() ?? '')).toEqual({
      partnerReferenceNo: expect.stringMatching(/^[0-9A-Z]{32}$/),
      additionalInfo: { accountId: '1944898701' },
    });
    expect(inquiry?.headers).not.toHaveProperty('authorization-customer');
    expect(gateway.exchanged).toEqual(['wallet-1']);
    expect(gateway.otherCalls.map((call) => tokensOf(call).customer)).toEqual([
      'customer-wallet-1-2',
      'customer-wallet-1-2',
    ]);
    expect(gateway.b2bRequests).toHaveLength(1);
  });

  it('costs one inquiry and one exchange, however many calls begin at once', async () => {
    const library = await start();

    await Promise.all(Array.from({ length: CALLS }, () => balance(library)));

    expect(gateway.b2bRequests).toHaveLength(1);
    expect(gateway.inquiries).toHaveLength(1);
    expect(gateway.exchanged).toEqual(['wallet-1']);
    expect(gateway.otherCalls).toHaveLength(CALLS);
  });

  it('never gets the token of another', async () => {
    const library = await start();
    const accounts = ['1944898701', '1944898702', 'wallet-1'];
    // The authCode tells whose inquiry it is from.
    gateway.tell = () => {
      const { body } = gateway.inquiries.at(-1) ?? { body: Buffer.from('{}') };
      const { additionalInfo } = JSON.parse(body.toString()) as {
        additionalInfo: { accountId: string };
      };
      return encryptAuthCode(`of-${additionalInfo.accountId}`);
    };

    await Promise.all(
      [...accounts, ...accounts].map((accountId) => balance(library, { accountId })),
    );
    await balance(library, { authCode: '1944898701' });

    const tokens = gateway.otherCalls.map((call) => tokensOf(call).customer);
    for (const accountId of accounts) {
      expect(tokens.filter((token) => token.startsWith(`customer-of-${accountId}-`))).toHaveLength(
        2,
      );
    }
    expect(tokens.at(-1)).toMatch(/^customer-1944898701-/);
    expect(gateway.inquiries).toHaveLength(3);
  });

  it.each(['4011102', '4011104'])('is renewed once by a new inquiry after %s', async (code) => {
    const library = await start();
    await balance(library);
    gateway.answerCalls((request, response) => {
      const isOld = tokensOf(request).customer === 'customer-wallet-1-2';
      (isOld ? refused(code) : BALANCE)(request, response);
    });

    await Promise.all(Array.from({ length: CALLS }, () => balance(library)));

    expect(gateway.inquiries).toHaveLength(2);
    expect(gateway.exchanged).toEqual(['wallet-1', 'wallet-2']);
    expect(gateway.b2bRequests).toHaveLength(1);
  });

  it('that DOKU goes on refusing ends after one renewal', async () => {
    const library = await start();
    gateway.answerCalls(refused('4011102'));

    await expect(balance(library)).rejects.toMatchObject({
      code: 'authentication',
      responseCode: '4011102',
      fix: expect.stringMatching(/bind/),
    });

    expect(gateway.otherCalls).toHaveLength(2);
    expect(gateway.exchanged).toEqual(['wallet-1', 'wallet-2']);
  });

  it.each(['4011101', '4011103'])(
    "and refused with %s, which may mean either token, has the merchant's replaced first, then its own",
    async (code) => {
      const library = await start();
      gateway.answerCalls((request, response) => {
        const { customer } = tokensOf(request);
        (customer.startsWith('customer-wallet-1-') ? refused(code) : BALANCE)(request, response);
      });

      await balance(library);

      expect(gateway.otherCalls.map(tokensOf)).toEqual([
        { b2b: 'b2b-1', customer: 'customer-wallet-1-2' },
        { b2b: 'b2b-3', customer: 'customer-wallet-1-2' },
        { b2b: 'b2b-3', customer: 'customer-wallet-2-4' },
      ]);
    },
  );

  it('and refused so again and again is no loop', async () => {
    const library = await start();
    gateway.answerCalls(refused('4011101'));

    await expect(balance(library)).rejects.toMatchObject({
      code: 'authentication',
      // Either may be the cause.
      fix: expect.stringMatching(/another process .*tokens\.store.* bind the account again/i),
    });

    expect(gateway.otherCalls).toHaveLength(3);
    expect(gateway.b2bRequests).toHaveLength(2);
    expect(gateway.exchanged).toEqual(['wallet-1', 'wallet-2']);
  });

  it("has only the merchant's token replaced on a call without a customer", async () => {
    const library = await start();
    gateway.answerCalls(refused('4010601'));

    await expect(
      library.wallet.createAccount(
        {
          partnerReferenceNo: 'P-1',
          name: 'Budi',
          phoneNo: '081212340010',
          email: 'budi@example.com',
          redirectUrl: 'https://shop.example/pin',
        },
        { customer: ALICE },
      ),
    ).rejects.toMatchObject({
      code: 'authentication',
      fix: expect.not.stringContaining('bind the account'),
    });

    expect(gateway.otherCalls).toHaveLength(2);
    expect(gateway.inquiries).toHaveLength(0);
  });

  it('is renewed by a fresh authCode even where a refresh token came along', async () => {
    const library = await start();
    gateway.b2b2cAnswer = { accessTokenExpiryTime: '900', refreshToken: 'refresh-1' };
    freezeDate(new Date());
    await balance(library);
    passSeconds(895);

    await balance(library);

    expect(gateway.exchanged).toEqual(['wallet-1', 'wallet-2']);
  });

  it('is refreshed early, in the background and by use only', async () => {
    const library = await start();
    freezeDate(new Date());
    await balance(library);
    passSeconds(730);
    expect(gateway.inquiries).toHaveLength(1);

    await balance(library);

    await eventually(() => gateway.exchanged.length === 2);
    expect(gateway.otherCalls.map((call) => tokensOf(call).customer)).toEqual([
      'customer-wallet-1-2',
      'customer-wallet-1-2',
    ]);
  });

  it('is forgotten on request', async () => {
    const library = await start();
    await balance(library);

    await library.tokens.invalidate({ customer: ALICE });
    const { accessToken } = await library.tokens.getB2b2cToken({ customer: ALICE });

    expect(accessToken).toBe('customer-wallet-2-3');
  });

  it('is known to other processes by the shared store, without an inquiry', async () => {
    const kept = new Map<string, string>();
    const store = {
      get: (key: string) => kept.get(key),
      set: (key: string, value: string) => kept.set(key, value),
      delete: (key: string) => kept.delete(key),
      lock: () => () => undefined,
    };
    const [first, second] = [
      await start({ tokens: { store } }),
      await start({ tokens: { store } }),
    ];

    await balance(first);
    await balance(second);

    expect(gateway.exchanged).toEqual(['wallet-1']);
    expect([...kept.keys(), ...kept.values()].join()).not.toMatch(/wallet-1|1944898701/);
  });
});

describe('an authCode that may be used up', () => {
  it.each<[string, Answer]>([
    ['the connection breaks', drop],
    ['HTTP 500', refused('5007400')],
    ['HTTP 504', refused('5047400')],
    ['an answer that cannot be read', unsigned('<html>')],
    ['HTTP 200 without a token', unsigned({ responseCode: '2007400' })],
  ])('is not sent again after %s: the account is inquired anew', async (_what, answer) => {
    const library = await start();
    gateway.onToken = onCustomerToken(inTurn(answer, issue));

    await balance(library);

    expect(gateway.exchanged).toEqual(['wallet-1', 'wallet-2']);
    expect(gateway.otherCalls.map((call) => tokensOf(call).customer)).toEqual([
      expect.stringMatching(/^customer-wallet-2-/),
    ]);
  });

  it('is followed by two others at most, and then there is no token', async () => {
    const library = await start();
    gateway.onToken = onCustomerToken(drop);

    await expect(balance(library)).rejects.toMatchObject({
      code: 'unavailable',
      outcome: 'definite',
      retryable: true,
    });

    expect(gateway.exchanged).toEqual(['wallet-1', 'wallet-2', 'wallet-3']);
    expect(gateway.otherCalls).toHaveLength(0);
  });

  it('is not replaced when DOKU refuses it', async () => {
    const library = await start();
    gateway.onToken = onCustomerToken(refused('4017400'));

    await expect(balance(library)).rejects.toMatchObject({
      code: 'authentication',
      responseCode: '4017400',
    });

    expect(gateway.exchanged).toEqual(['wallet-1']);
  });

  it('leaves a money call definite: nothing of it was sent', async () => {
    const library = await start();
    gateway.onToken = onCustomerToken(drop);

    await expect(
      library.wallet.topUp(
        { partnerReferenceNo: 'T-1', customerNumber: '6281', amount: { value: 10_000 } },
        { customer: ALICE },
      ),
    ).rejects.toMatchObject({ code: 'unavailable', outcome: 'definite' });
    expect(gateway.otherCalls).toHaveLength(0);
  });

  it('ends with the deadline of the call, which others need not share', async () => {
    const library = await start();
    let held: (() => void) | undefined;
    gateway.onToken = onCustomerToken((request, response) => {
      held = () => {
        gateway.issue(request, response);
      };
    });

    const patient = balance(library);
    await expect(balance(library, ALICE, { timeoutMs: 50 })).rejects.toMatchObject({
      code: 'unavailable',
    });
    await eventually(() => held !== undefined);
    held?.();

    await patient;
    expect(gateway.exchanged).toEqual(['wallet-1']);
  });
});

describe('without what it takes', () => {
  it.each([
    ['default', 'authCodeSecretKey'],
    ['other', 'merchants.other.authCodeSecretKey'],
  ])('(merchant %s) the error names %s, and nothing is sent', async (merchant, option) => {
    const library = await start({
      authCodeSecretKey: undefined,
      merchants: {
        other: {
          clientId: 'BRN-0002',
          secretKey: 'SK-other-0123456789',
          privateKey: MERCHANT_PRIVATE_KEY,
        },
      },
    });

    for (const failing of [
      () => balance(library, ALICE, { merchant }),
      () => library.tokens.getB2b2cToken({ customer: ALICE, merchant }),
    ]) {
      await expect(failing()).rejects.toMatchObject({
        code: 'configuration',
        option,
        message: expect.stringMatching(/accountId/),
      });
    }
    expect(gateway.seen).toHaveLength(0);
  });

  it.each([
    ['16', 'k1-3456789012345'],
    ['24', 'k1-345678901234567890123'],
    ['32', 'k1-34567890123456789012345678901'],
  ])('a key of %s bytes decrypts', async (bytes, key) => {
    expect(key).toHaveLength(Number(bytes));
    gateway.tell = (authCode) => encryptAuthCode(authCode, key);
    await balance(await start({ authCodeSecretKey: key }));
    expect(gateway.exchanged).toEqual(['wallet-1']);
  });

  it.each([
    ['k1-345678901234'],
    ['k1-34567890123456'],
    ['k1-345678901234567890123456'],
    ['k1-345678901234567890123456789012'],
    // 16 characters, 17 bytes.
    ['k1-345678901234é'],
  ])('a key such as %s stops the start', async (authCodeSecretKey) => {
    const failure = await start({ authCodeSecretKey }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DokuConfigurationError);
    expect(failure).toMatchObject({
      option: 'authCodeSecretKey',
      message: expect.stringMatching(/16, 24 or 32/),
    });
    expect(inspect(failure)).not.toContain(authCodeSecretKey);
  });

  it.each<[string, (authCode: string) => unknown]>([
    ['another key', (authCode) => encryptAuthCode(authCode, 'another-key-0000another-key-0000')],
    ['no encryption', () => 'cfb5de1a-6a40-40e0-8549-0634bcaed8ed'],
    ['base64 that is no whole block', () => Buffer.from('canary-auth').toString('base64')],
    ['a block too few', (authCode) => encryptAuthCode(authCode.repeat(4)).slice(0, 44)],
    ['line breaks', (authCode) => `${encryptAuthCode(authCode)}\n`],
    [
      'base64 for URLs',
      (authCode) => encryptAuthCode(authCode).replace(/[+/=]/g, '_').padEnd(45, '_'),
    ],
    ['blanks within', () => encryptAuthCode('two words')],
  ])('an authCode with %s goes nowhere', async (_what, tell) => {
    const library = await start();
    let told = '';
    gateway.tell = (authCode) => {
      told = String(tell(authCode));
      return told;
    };

    const failure = await balance(library).catch((error: unknown) => error);

    expect(failure).toMatchObject({ code: 'configuration', option: 'authCodeSecretKey' });
    expect(gateway.exchanged).toEqual([]);
    expect(gateway.otherCalls).toEqual([]);
    const shown = [
      inspect(failure, { depth: Infinity }),
      JSON.stringify(failure),
      ...library.logs.lines,
    ].join();
    expect(shown).not.toContain(told);
    expect(shown).not.toContain(AUTH_CODE_KEY);
  });

  it.each([[undefined], [null], [''], [7]])(
    'an inquiry that tells %j as authCode asks for a new binding',
    async (told) => {
      const library = await start();
      gateway.tell = () => told;

      await expect(balance(library)).rejects.toMatchObject({
        code: 'authentication',
        fix: expect.stringMatching(/bindAccount/),
      });
      expect(gateway.exchanged).toEqual([]);
    },
  );

  it('an inquiry that is refused is what the call ends with', async () => {
    const library = await start();
    gateway.onCall = refused('4040811', 'Invalid Customer 1944898701');

    const failure: unknown = await balance(library).catch((error: unknown) => error);

    expect(failure).toMatchObject({ code: 'refused', operation: 'wallet.inquireAccount' });
    expect(inspect(failure)).not.toContain('1944898701');
  });

  it.each([
    [{ accountId: '' }],
    [{ accountId: 'two words' }],
    [{ accountId: 'x'.repeat(65) }],
    [{ accountId: 7 }],
    [{ accountId: '1', authCode: 'a' }],
  ])('%j names no customer', async (customer) => {
    const library = await start();
    await expect(balance(library, customer as DokuCustomer)).rejects.toMatchObject({
      code: 'validation',
      message: expect.stringMatching(/exactly one of .*accountId/),
    });
    expect(gateway.seen).toHaveLength(0);
  });
});

it('the renewal asks at the B2B level, and where the options say', async () => {
  const path = '/snap-adapter/b2b/v2.0/registration-account-inquiry';
  const library = await start({
    channels: {
      wallet: { paths: { inquireAccount: path }, tokenLevels: { inquireAccount: 'b2b2c' } },
    },
  });
  gateway.onCall = (request, response) => {
    const answer =
      request.url === path
        ? unsigned({
            additionalInfo: { authCode: encryptAuthCode('moved-1') },
            responseCode: '2000800',
          })
        : BALANCE;
    answer(request, response);
  };

  await balance(library);

  expect(gateway.exchanged).toEqual(['moved-1']);
});

it('no log line or error shows authCode, refresh token or access token, whatever DOKU echoes', async () => {
  const library = await start();
  const secrets = ['canary.code-', 'canary.refresh', 'customer-canary'];
  const failures: unknown[] = [];
  gateway.tell = (authCode) => encryptAuthCode(`canary.code-${authCode}`);
  gateway.b2b2cAnswer = { refreshToken: 'canary.refresh' };
  gateway.answerCalls((request, response) => {
    const { b2b, customer } = tokensOf(request);
    unsigned(
      { responseCode: '4011102', responseMessage: `${b2b} ${customer} canary.refresh` },
      401,
    )(request, response);
  });
  await balance(library).catch((error: unknown) => failures.push(error));
  for (const status of [400, 401, 403, 409, 429]) {
    await library.tokens.invalidate({ customer: ALICE });
    gateway.onToken = onCustomerToken((request, response) => {
      const told = request.body.toString();
      unsigned(
        { responseCode: `${status}7400`, responseMessage: `${told} ${encodeURIComponent(told)}` },
        status,
      )(request, response);
    });
    await balance(library).catch((error: unknown) => failures.push(error));
  }

  expect(failures).toHaveLength(6);
  const shown = [
    ...failures.flatMap((failure) => [
      inspect(failure, { depth: Infinity }),
      JSON.stringify(failure),
    ]),
    ...library.logs.lines,
  ].join('\n');
  for (const secret of secrets) expect(shown).not.toContain(secret);
});

function issue(...[request, response]: Parameters<Answer>): void {
  gateway.issue(request, response);
}

/** Answers exchanges so, and goes on issuing the merchant's tokens. */
function onCustomerToken(answer: Answer): Answer {
  return (request, response) => {
    (request.url.endsWith('/b2b2c') ? answer : issue)(request, response);
  };
}
