import { verify } from 'node:crypto';

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DokuAuthenticationError, DokuConfigurationError, DokuUnavailableError } from 'nestjs-doku';

import { eventually } from '../harness/eventually.js';
import { freezeDate, passSeconds } from '../harness/frozen-date.js';
import { CREDENTIALS, type StartedLibrary, startLibrary } from '../harness/library.js';
import { refused, SnapGateway, tokensOf } from '../harness/snap-gateway.js';
import { MERCHANT_PRIVATE_KEY, MERCHANT_PUBLIC_KEY } from '../harness/snap-merchant.js';
import { type SeenRequest, unsigned } from '../harness/gateway.js';

const START = new Date('2026-03-01T03:00:00.250Z');

describe('an access token', () => {
  let gateway: SnapGateway;
  let library: StartedLibrary;

  beforeEach(async () => {
    freezeDate(START);
    gateway = await new SnapGateway().start();
    library = await startLibrary({ baseUrl: gateway.url, privateKey: MERCHANT_PRIVATE_KEY });
  });

  afterEach(async () => {
    await library.close();
    await gateway.stop();
    jest.useRealTimers();
  });

  const b2b = () => library.tokens.getB2bToken();
  const ofCustomer = (authCode = 'authcode-1') =>
    library.tokens.getB2b2cToken({ customer: { authCode } });

  it('is asked for as DOKU wants it: no token, RSA over clientId|timestamp, Jakarta time', async () => {
    await b2b();
    await ofCustomer();
    const [first, second] = gateway.seen;
    for (const { headers } of gateway.seen) {
      expect(headers['x-client-key']).toBe(CREDENTIALS.clientId);
      expect(headers['x-timestamp']).toBe('2026-03-01T10:00:00+07:00');
      expect(headers['content-type']).toBe('application/json');
      expect(headers.authorization).toBeUndefined();
      expect(headers['x-external-id']).toBeUndefined();
      const signed = Buffer.from(`${CREDENTIALS.clientId}|2026-03-01T10:00:00+07:00`);
      const signature = Buffer.from(String(headers['x-signature']), 'base64');
      expect(verify('sha256', signed, MERCHANT_PUBLIC_KEY, signature)).toBe(true);
    }
    expect(first?.body.toString()).toBe('{"grantType":"client_credentials"}');
    expect(second?.body.toString()).toBe(
      '{"grantType":"authorization_code","authCode":"authcode-1"}',
    );
  });

  it("is kept: the second call uses the first one's", async () => {
    expect((await b2b()).accessToken).toBe((await b2b()).accessToken);
    expect((await ofCustomer()).accessToken).toBe((await ofCustomer()).accessToken);
    expect(gateway.seen).toHaveLength(2);
  });

  it.each([
    ['seconds as a number', { expiresIn: 600 }, 600],
    ['seconds as a text', { expiresIn: '600' }, 600],
    ['nothing', {}, 900],
    ['nonsense', { expiresIn: 'soon' }, 900],
    ['zero', { expiresIn: 0 }, 900],
    ['more than a day', { expiresIn: 31_536_000 }, 86_400],
  ])('of the merchant lives as told: %s', async (_told, answer, seconds) => {
    gateway.b2bAnswer = answer;
    const { expiresAt } = await b2b();
    expectAbout(expiresAt, seconds);
  });

  it.each([
    ['seconds as a text', '600', 600],
    ['seconds as a number', 600, 600],
    ['an instant in Jakarta', '2026-03-01T10:05:00+07:00', 300],
    ['an instant in UTC with a fraction', '2026-03-01T03:05:00.250Z', 300],
    ['an instant without colon in the offset', '2026-03-01T10:05:00+0700', 300],
    ['an instant that has passed', '2026-03-01T09:00:00+07:00', 900],
    ['nothing', undefined, 900],
    ['nonsense', '31/02/2026', 900],
  ])('of a customer lives as told: %s', async (_told, accessTokenExpiryTime, seconds) => {
    gateway.b2b2cAnswer = { accessTokenExpiryTime };
    const { expiresAt } = await ofCustomer();
    expectAbout(expiresAt, seconds);
  });

  it('of the merchant is replaced in the background after 80 % of its life', async () => {
    await b2b();
    passSeconds(700);
    expect((await b2b()).accessToken).toBe('b2b-1');
    expect(gateway.seen).toHaveLength(1);
    passSeconds(30);
    // Whoever triggers it does not wait for it.
    expect((await b2b()).accessToken).toBe('b2b-1');
    await eventually(async () => (await b2b()).accessToken === 'b2b-2');
    expect(gateway.seen).toHaveLength(2);
  });

  it('is never sent within 10 s of its end', async () => {
    await b2b();
    gateway.onToken = refused('5007300');
    passSeconds(870);
    expect((await b2b()).accessToken).toBe('b2b-1');
    gateway.onToken = undefined;
    passSeconds(21);
    expect((await b2b()).accessToken).toBe('b2b-2');
  });

  it('goes on being used when its early refresh fails, which is not tried at every call', async () => {
    await b2b();
    passSeconds(800);
    gateway.onToken = refused('4017300');
    expect((await b2b()).accessToken).toBe('b2b-1');
    await eventually(() => library.logs.matching(/could not be refreshed early/).length === 1);
    for (let call = 0; call < 10; call++) expect((await b2b()).accessToken).toBe('b2b-1');
    // Another grant's request comes after any that those calls could have made.
    gateway.onToken = undefined;
    await ofCustomer();
    expect(gateway.b2bRequests).toHaveLength(2);
    expect(library.logs.matching(/could not be refreshed early/)).toHaveLength(1);

    const inSixSeconds = performance.now() + 6_000;
    const clockOfTimers = jest.spyOn(performance, 'now').mockReturnValue(inSixSeconds);
    await b2b();
    clockOfTimers.mockRestore();
    await eventually(() => gateway.b2bRequests.length === 3);
    await eventually(async () => (await b2b()).accessToken !== 'b2b-1');
  });

  it('of a customer is refreshed only by use, and not early with only an authCode', async () => {
    await ofCustomer();
    passSeconds(870);
    expect((await ofCustomer()).accessToken).toBe('customer-authcode-1-1');
    // Another grant's request comes after one in the background would have.
    await ofCustomer('authcode-2');
    expect(gateway.seen).toHaveLength(2);
    passSeconds(30);
    expect((await ofCustomer()).accessToken).toBe('customer-authcode-1-3');
    expect(gateway.b2b2cRequests.map(bodyOf)).toEqual([
      { grantType: 'authorization_code', authCode: 'authcode-1' },
      { grantType: 'authorization_code', authCode: 'authcode-2' },
      { grantType: 'authorization_code', authCode: 'authcode-1' },
    ]);
  });

  it('of a customer is refreshed with the refresh token that DOKU gave', async () => {
    gateway.b2b2cAnswer = {
      accessTokenExpiryTime: '900',
      refreshToken: 'refresh-1',
      refreshTokenExpiryTime: '9000',
    };
    expect(await ofCustomer()).toMatchObject({ refreshToken: 'refresh-1' });
    passSeconds(1_000);
    await ofCustomer();
    expect(JSON.parse(String(gateway.b2b2cRequests[1]?.body))).toEqual({
      grantType: 'refresh_token',
      refreshToken: 'refresh-1',
    });
  });

  it('of a customer is refreshed early, in the background, while a refresh token lives', async () => {
    gateway.b2b2cAnswer = { refreshToken: 'refresh-1', refreshTokenExpiryTime: '9000' };
    await ofCustomer();
    passSeconds(750);
    expect((await ofCustomer()).accessToken).toBe('customer-authcode-1-1');
    await eventually(async () => (await ofCustomer()).accessToken === 'customer-refresh-1-2');
  });

  it.each([
    ['has ended', '600', undefined],
    ['is refused', '9000', '4017400'],
  ])(
    'of a customer is not refreshed early by the authCode when the refresh token %s',
    async (_how, refreshTokenExpiryTime, refusal) => {
      gateway.b2b2cAnswer = { refreshToken: 'refresh-1', refreshTokenExpiryTime };
      await ofCustomer();
      passSeconds(750);
      if (refusal !== undefined) gateway.onToken = refused(refusal);
      await ofCustomer();
      if (refusal !== undefined) {
        await eventually(() => library.logs.matching(/could not be refreshed early/).length === 1);
      }
      gateway.onToken = undefined;
      await ofCustomer('authcode-2');
      expect(
        gateway.b2b2cRequests
          .map(bodyOf)
          .filter((body) => JSON.stringify(body).includes('authcode-1')),
      ).toHaveLength(1);
    },
  );

  it('of a customer is not exchanged anew when the answer to a refresh is lost', async () => {
    gateway.b2b2cAnswer = { refreshToken: 'refresh-1', refreshTokenExpiryTime: '9000' };
    await ofCustomer();
    passSeconds(1_000);
    gateway.onToken = (_request, response) => {
      response.destroy();
    };
    await expect(ofCustomer()).rejects.toMatchObject({ code: 'unavailable' });
    expect(gateway.b2b2cRequests.map(bodyOf).slice(1)).toEqual(
      Array.from({ length: 3 }, () => ({ grantType: 'refresh_token', refreshToken: 'refresh-1' })),
    );
  });

  it('of the merchant that ended while a customer’s was waited for is not sent', async () => {
    await b2b();
    passSeconds(870);
    gateway.onToken = (request, response) => {
      passSeconds(15);
      gateway.issue(request, response);
    };
    await library.client.request(
      {
        name: 'test.balance',
        method: 'POST',
        path: '/balance',
        scheme: 'snap',
        customer: 'required',
        effect: 'once',
      },
      {},
      { customer: { authCode: 'authcode-1' } },
    );
    expect(gateway.calls.map((call) => tokensOf(call).b2b)).not.toContain('b2b-1');
  });

  it('is refused to a merchant who is not configured, and for no time at all', async () => {
    await expect(library.tokens.getB2bToken({ merchant: 'nobody' })).rejects.toMatchObject({
      code: 'validation',
    });
    for (const timeoutMs of [0, Number.NaN, 2 ** 31]) {
      await expect(library.tokens.getB2bToken({ timeoutMs })).rejects.toMatchObject({
        code: 'validation',
        message: expect.stringContaining('timeoutMs'),
      });
    }
    expect(gateway.seen).toHaveLength(0);
  });

  it('of a customer falls back on the authCode when DOKU refuses the refresh token', async () => {
    gateway.b2b2cAnswer = { refreshToken: 'refresh-1', refreshTokenExpiryTime: '9000' };
    await ofCustomer();
    passSeconds(1_000);
    gateway.onToken = (request, response) => {
      if (request.body.includes('refresh-1')) refused('4017400')(request, response);
      else gateway.issue(request, response);
    };
    expect((await ofCustomer()).accessToken).toBe('customer-authcode-1-2');
  });

  it('of a customer given by a refresh token follows the refresh token as it changes', async () => {
    const ask = () =>
      library.tokens.getB2b2cToken({ customer: { refreshToken: 'given-by-the-app' } });
    gateway.b2b2cAnswer = { refreshToken: 'refresh-2', refreshTokenExpiryTime: '9000' };
    await ask();
    passSeconds(1_000);
    await ask();
    expect(gateway.b2b2cRequests.map(bodyOf)).toEqual([
      { grantType: 'refresh_token', refreshToken: 'given-by-the-app' },
      { grantType: 'refresh_token', refreshToken: 'refresh-2' },
    ]);
  });

  it("is forgotten on request: the customer's alone, or the merchant's alone", async () => {
    await b2b();
    await ofCustomer();
    await library.tokens.invalidate({ customer: { authCode: 'authcode-1' } });
    expect((await b2b()).accessToken).toBe('b2b-1');
    expect((await ofCustomer()).accessToken).toBe('customer-authcode-1-3');
    await library.tokens.invalidate();
    expect((await b2b()).accessToken).toBe('b2b-4');
    expect((await ofCustomer()).accessToken).toBe('customer-authcode-1-3');
  });

  it('is not brought back by a request that was under way when it was forgotten', async () => {
    let answerLate = (): void => undefined;
    const asked = new Promise<void>((resolve) => {
      gateway.onToken = (request, response) => {
        answerLate = () => {
          gateway.issue(request, response);
        };
        resolve();
      };
    });
    const early = ofCustomer();
    await asked;
    await library.tokens.invalidate({ customer: { authCode: 'authcode-1' } });
    gateway.onToken = undefined;
    answerLate();
    await early;
    expect((await ofCustomer()).accessToken).not.toBe((await early).accessToken);
  });

  it('that is refused ends in one typed error for all who wait, and is asked for anew by the next', async () => {
    gateway.onToken = refused('4017300', 'Unauthorized. Signature');
    const waiting = await Promise.allSettled(Array.from({ length: 8 }, b2b));
    expect(gateway.seen).toHaveLength(1);
    const reasons = new Set(
      waiting.map((each) => each.status === 'rejected' && (each.reason as unknown)),
    );
    expect(reasons.size).toBe(1);
    const [error] = reasons as Set<DokuAuthenticationError>;
    expect(error).toBeInstanceOf(DokuAuthenticationError);
    expect(error).toMatchObject({
      code: 'authentication',
      outcome: 'definite',
      operation: 'snap.b2bToken',
      responseCode: '4017300',
      fix: expect.stringContaining('privateKey'),
    });
    gateway.onToken = undefined;
    expect((await b2b()).accessToken).toBe('b2b-1');
  });

  it.each([
    ['no token in it', { responseCode: '2007300' }],
    ['a token that is no text', { responseCode: '2007300', accessToken: 42 }],
    [
      'a token with a colon, which would blur the string to sign',
      { responseCode: '2007300', accessToken: 'a:b' },
    ],
    ['a token with a line break', { responseCode: '2007300', accessToken: 'a\r\nX-Evil: 1' }],
    ['HTML', '<html>'],
  ])('is not taken from an answer with %s', async (_what, answer) => {
    gateway.onToken = unsigned(answer);
    const error: unknown = await b2b().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DokuUnavailableError);
    // None was sent: nobody must quote one to DOKU.
    expect(error).not.toHaveProperty('externalId');
  });

  it("is trimmed: one of DOKU's own samples has a trailing blank", async () => {
    gateway.onToken = unsigned({ responseCode: '2007300', accessToken: ' token ' });
    expect((await b2b()).accessToken).toBe('token');
  });

  it("needs the merchant's private key, and says where to put it", async () => {
    const keyless = await startLibrary({
      baseUrl: gateway.url,
      merchants: { second: { clientId: 'MCH-2', secretKey: 'SK-second-1' } },
    });
    await expect(keyless.tokens.getB2bToken()).rejects.toMatchObject({ option: 'privateKey' });
    await expect(keyless.tokens.getB2bToken({ merchant: 'second' })).rejects.toThrow(
      DokuConfigurationError,
    );
    await expect(keyless.tokens.getB2bToken({ merchant: 'second' })).rejects.toMatchObject({
      option: 'merchants.second.privateKey',
    });
    expect(gateway.seen).toHaveLength(0);
    await keyless.close();
  });

  it('belongs to one merchant', async () => {
    const two = await startLibrary({
      baseUrl: gateway.url,
      privateKey: MERCHANT_PRIVATE_KEY,
      merchants: {
        second: { clientId: 'MCH-2', secretKey: 'SK-second-1', privateKey: MERCHANT_PRIVATE_KEY },
      },
    });
    const customer = { authCode: 'same-code' };
    const tokens = [
      await two.tokens.getB2bToken(),
      await two.tokens.getB2bToken({ merchant: 'second' }),
      await two.tokens.getB2b2cToken({ customer }),
      await two.tokens.getB2b2cToken({ customer, merchant: 'second' }),
    ];
    expect(new Set(tokens.map(({ accessToken }) => accessToken)).size).toBe(4);
    expect(gateway.seen.map(({ headers }) => headers['x-client-key'])).toEqual([
      CREDENTIALS.clientId,
      'MCH-2',
      CREDENTIALS.clientId,
      'MCH-2',
    ]);
    await two.close();
  });

  it.each([
    ['nobody', {}],
    ['two ways at once', { authCode: 'a', refreshToken: 'b' }],
    ['a blank', { authCode: 'a b' }],
    ['a ready token', { accessToken: 'token' }],
    ['a text', 'authcode'],
  ])('is not asked for %s', async (_what, customer) => {
    await expect(
      library.tokens.getB2b2cToken({ customer: customer as { authCode: string } }),
    ).rejects.toMatchObject({ code: 'validation' });
    expect(gateway.seen).toHaveLength(0);
  });

  it('stops being waited for when the caller gives up, and comes for the others', async () => {
    let answerLate = (): void => undefined;
    gateway.onToken = (request, response) => {
      answerLate = () => {
        gateway.issue(request, response);
      };
    };
    const impatient = library.tokens.getB2bToken({ timeoutMs: 50 });
    const patient = b2b();
    await expect(impatient).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    await eventually(() => gateway.seen.length === 1);
    answerLate();
    expect((await patient).accessToken).toBe('b2b-1');
    expect(gateway.seen).toHaveLength(1);
  });

  it('is asked for again when the first request got no answer', async () => {
    gateway.onToken = (_request, response) => {
      gateway.onToken = undefined;
      response.destroy();
    };
    expect((await b2b()).accessToken).toBe('b2b-1');
    expect(gateway.seen).toHaveLength(2);
  });

  it('goes into the call that needs it', async () => {
    await library.client.request(
      {
        name: 'test.balance',
        method: 'POST',
        path: '/balance',
        scheme: 'snap',
        customer: 'required',
        effect: 'read',
      },
      { additionalInfo: {} },
      { customer: { authCode: 'authcode-1' } },
    );
    expect(gateway.calls.map(tokensOf)).toEqual([
      { b2b: 'b2b-1', customer: 'customer-authcode-1-2' },
    ]);
  });
});

function bodyOf({ body }: SeenRequest): unknown {
  return JSON.parse(body.toString());
}

/** The time that a request takes, on a busy machine too, counts as a part of the life. */
function expectAbout(expiresAt: Date, seconds: number): void {
  const told = (expiresAt.getTime() - START.getTime()) / 1000;
  expect(told).toBeLessThanOrEqual(seconds + 1);
  expect(told).toBeGreaterThan(seconds - 30);
}
