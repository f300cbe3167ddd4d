import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { dokuCall, type DokuCustomer, type DokuOperation } from 'nestjs-doku';

import { eventually } from '../harness/eventually.js';
import { freezeDate, passSeconds } from '../harness/frozen-date.js';
import { type StartedLibrary, startLibrary } from '../harness/library.js';
import { refused, SnapGateway, tokensOf } from '../harness/snap-gateway.js';
import { MERCHANT_PRIVATE_KEY } from '../harness/snap-merchant.js';
import { unsigned } from '../harness/gateway.js';

const PAYMENT: DokuOperation<{ partnerReferenceNo: string }, object> = {
  name: 'test.payment',
  method: 'POST',
  path: '/payment',
  scheme: 'snap',
  customer: 'optional',
  effect: 'once',
  reference: ['partnerReferenceNo'],
};
const CUSTOMER = { customer: { authCode: 'authcode-1' } };
const SUCCESS = unsigned({ responseCode: '2005400', responseMessage: 'Successful' });

describe('a token that DOKU refuses', () => {
  let gateway: SnapGateway;
  let library: StartedLibrary;

  beforeEach(async () => {
    gateway = await new SnapGateway().start();
    library = await startLibrary({ baseUrl: gateway.url, privateKey: MERCHANT_PRIVATE_KEY });
  });
  afterEach(async () => {
    await library.close();
    await gateway.stop();
  });

  const pay = (options: object = CUSTOMER) =>
    library.client.request(PAYMENT, { partnerReferenceNo: 'INV-1' }, options);

  /** Takes one token of a kind no more. */
  const refuseToken = (token: string, responseCode: string): void => {
    gateway.onCall = (request, response) => {
      const { b2b, customer } = tokensOf(request);
      const answer = [b2b, customer].includes(token) ? refused(responseCode) : SUCCESS;
      answer(request, response);
    };
  };

  it.each([
    ['4015401', 'b2b-1', { b2b: 'b2b-3', customer: 'customer-authcode-1-2' }],
    ['4015403', 'b2b-1', { b2b: 'b2b-3', customer: 'customer-authcode-1-2' }],
    ['4015402', 'customer-authcode-1-2', { b2b: 'b2b-1', customer: 'customer-authcode-1-3' }],
    ['4015404', 'customer-authcode-1-2', { b2b: 'b2b-1', customer: 'customer-authcode-1-3' }],
  ])('(%s) is replaced once: same body, all else is new', async (code, token, renewed) => {
    freezeDate(new Date());
    refuseToken(token, code);
    const refuse = gateway.onCall;
    gateway.onCall = (request, response) => {
      passSeconds(2);
      refuse(request, response);
    };
    await pay();
    jest.useRealTimers();
    const [first, second, ...more] = gateway.calls;
    if (!first || !second) throw new Error('two calls were expected');
    expect(more).toEqual([]);
    expect(tokensOf(second)).toEqual(renewed);
    expect(second.body).toEqual(first.body);
    expect(second.headers['x-external-id']).not.toBe(first.headers['x-external-id']);
    expect(second.headers['x-timestamp']).not.toBe(first.headers['x-timestamp']);
    expect(second.headers['x-signature']).not.toBe(first.headers['x-signature']);
  });

  it('is told by the code alone, even under HTTP 200', async () => {
    gateway.onCall = (request, response) => {
      const isFirst = gateway.calls.length === 1;
      (isFirst ? unsigned({ responseCode: '4015401' }) : SUCCESS)(request, response);
    };
    await pay();
    expect(gateway.calls).toHaveLength(2);
  });

  it('is replaced once for each kind, and then the refusal stands', async () => {
    gateway.onCall = (request, response) => {
      const kind = gateway.calls.length % 2 === 1 ? '4015401' : '4015402';
      refused(kind)(request, response);
    };
    await expect(pay()).rejects.toMatchObject({ code: 'authentication', outcome: 'definite' });
    expect(gateway.calls).toHaveLength(3);
    expect(gateway.b2bRequests).toHaveLength(2);
    expect(gateway.b2b2cRequests).toHaveLength(2);
  });

  it.each(['4015401', '4015402'])('(%s) again and again is no loop', async (code) => {
    gateway.onCall = refused(code, 'Invalid Token');
    await expect(pay()).rejects.toMatchObject({
      code: 'authentication',
      responseCode: code,
      retryable: false,
    });
    expect(gateway.calls).toHaveLength(2);
  });

  it('tells the externalId of the attempt that was answered', async () => {
    refuseToken('b2b-1', '4015401');
    const answer = await pay({ ...CUSTOMER, externalId: '123456' });
    expect(gateway.calls[0]?.headers['x-external-id']).toBe('123456');
    expect(dokuCall(answer).externalId).toBe(gateway.calls[1]?.headers['x-external-id']);
    expect(dokuCall(answer).externalId).toMatch(/^\d{32}$/);
  });

  it('of a customer who is given as a ready token cannot be replaced', async () => {
    gateway.onCall = refused('4015402');
    await expect(pay({ customer: { accessToken: 'ready-token' } })).rejects.toMatchObject({
      code: 'authentication',
      fix: expect.stringContaining('new access token of this customer'),
    });
    expect(gateway.calls.map((call) => tokensOf(call).customer)).toEqual(['ready-token']);
  });

  it.each([
    ['another refusal', '4015400'],
    ['a token code of another status', '4035401'],
  ])('is not what %s means (%s)', async (_what, code) => {
    gateway.onCall = refused(code);
    await expect(pay()).rejects.toMatchObject({ responseCode: code });
    expect(gateway.calls).toHaveLength(1);
  });

  it.each(['4015401', '4015402'])(
    '(%s) by 64 calls at once is replaced by exactly one request',
    async (code) => {
      await pay();
      const isB2b = code.endsWith('1');
      refuseToken(isB2b ? 'b2b-1' : 'customer-authcode-1-2', code);
      const before = gateway.seen.length;
      await Promise.all(Array.from({ length: 64 }, () => pay()));
      expect(gateway.seen.length - before).toBe(64 + 64 + 1);
      expect(isB2b ? gateway.b2bRequests : gateway.b2b2cRequests).toHaveLength(2);
    },
  );

  it('by a call that comes late is replaced by the one that another call has got meanwhile', async () => {
    let refuseLate = (): void => undefined;
    gateway.onCall = (request, response) => {
      const { b2b } = tokensOf(request);
      if (b2b !== 'b2b-1') SUCCESS(request, response);
      else if (gateway.calls.length === 1) {
        refuseLate = () => {
          refused('4015401')(request, response);
        };
      } else refused('4015401')(request, response);
    };
    const slow = pay({});
    await eventually(() => gateway.calls.length === 1);
    await pay({});
    expect(gateway.b2bRequests).toHaveLength(2);
    refuseLate();
    await slow;
    expect(gateway.b2bRequests).toHaveLength(2);
  });

  it('whose successor does not come in time leaves the call undone, to be tried again', async () => {
    await pay();
    refuseToken('customer-authcode-1-2', '4015402');
    gateway.onToken = () => undefined;
    await expect(pay({ ...CUSTOMER, timeoutMs: 400 })).rejects.toMatchObject({
      code: 'unavailable',
      outcome: 'definite',
      retryable: true,
      reference: 'INV-1',
    });
  });

  it('is not asked for when the call was ended before it began', async () => {
    await expect(pay({ ...CUSTOMER, signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect(gateway.seen).toHaveLength(0);
  });

  it('does not outlive its replacement in a read that is repeated', async () => {
    const read = () =>
      library.client.request({ ...PAYMENT, effect: 'read' }, { partnerReferenceNo: 'A' });
    let isFirst = true;
    gateway.onCall = (request, response) => {
      if (!isFirst) {
        SUCCESS(request, response);
        return;
      }
      isFirst = false;
      // While it is on its way, the token is replaced.
      void library.tokens
        .invalidate()
        .then(() => library.tokens.getB2bToken())
        .then(() => {
          response.destroy();
        });
    };
    await read();
    expect(gateway.calls.map((call) => tokensOf(call).b2b)).toEqual(['b2b-1', 'b2b-2']);
  });

  it('and cannot be replaced ends the call with the reason for that', async () => {
    await pay();
    refuseToken('b2b-1', '4015401');
    gateway.onToken = refused('4017300', 'Unauthorized');
    await expect(pay()).rejects.toMatchObject({
      code: 'authentication',
      operation: 'snap.b2bToken',
      outcome: 'definite',
    });
  });
});

describe('customers', () => {
  it.each<[string, object, object]>([
    [
      'two refresh tokens beside an authCode that is undefined',
      { authCode: undefined, refreshToken: 'refresh-alice' },
      { authCode: undefined, refreshToken: 'refresh-bob' },
    ],
    [
      'an authCode beside an accessToken that is undefined',
      { authCode: 'refresh-alice', accessToken: undefined },
      { authCode: 'refresh-bob', refreshToken: undefined },
    ],
  ])('are told apart by what is really given: %s', async (_what, alice, bob) => {
    const gateway = await new SnapGateway().start();
    const library = await startLibrary({ baseUrl: gateway.url, privateKey: MERCHANT_PRIVATE_KEY });
    gateway.onCall = SUCCESS;
    for (const customer of [alice, bob, alice]) {
      await library.client.request(
        { ...PAYMENT, customer: 'required' },
        { partnerReferenceNo: 'INV-1' },
        { customer: customer as DokuCustomer },
      );
    }
    expect(gateway.calls.map((call) => tokensOf(call).customer)).toEqual([
      'customer-refresh-alice-2',
      'customer-refresh-bob-3',
      'customer-refresh-alice-2',
    ]);
    await library.close();
    await gateway.stop();
  });

  describe('32 of them, interleaved, tokens at random speed', () => {
    let gateway: SnapGateway;
    let library: StartedLibrary;

    beforeEach(async () => {
      gateway = await new SnapGateway().start();
      library = await startLibrary({ baseUrl: gateway.url, privateKey: MERCHANT_PRIVATE_KEY });
    });
    afterEach(async () => {
      await library.close();
      await gateway.stop();
    });

    it('never get into each other’s tokens', async () => {
      const crossings: string[] = [];
      const dead = new Set<string>();
      gateway.onToken = (request, response) => {
        setTimeout(() => {
          gateway.issue(request, response);
        }, Math.random() * 20);
      };
      gateway.onCall = (request, response) => {
        const { customer } = tokensOf(request);
        const { payer } = JSON.parse(request.body.toString()) as { payer: string };
        if (!customer.startsWith(`customer-${payer}-`)) crossings.push(`${payer}: ${customer}`);
        // Some tokens die on the way, so that they are renewed while others pay.
        if (Math.random() < 0.05) dead.add(customer);
        const answer = dead.has(customer) ? refused('4015402') : SUCCESS;
        setTimeout(() => {
          answer(request, response);
        }, Math.random() * 10);
      };
      const payers = Array.from({ length: 32 }, (_, index) => `auth-${index}`);
      let paid = 0;
      for (let wave = 0; wave < 10; wave++) {
        const outcomes = await Promise.allSettled(
          [...payers, ...payers].map((payer) =>
            library.client.request(PAYMENT, { partnerReferenceNo: 'INV-1', payer } as never, {
              customer: { authCode: payer },
            }),
          ),
        );
        for (const outcome of outcomes) {
          if (outcome.status === 'fulfilled') paid += 1;
          // Its token died once more while it was on its way: a refusal, nothing worse.
          else expect(outcome.reason).toMatchObject({ responseCode: '4015402' });
        }
      }
      expect(crossings).toEqual([]);
      expect(paid).toBeGreaterThan(320);
      expect(dead.size).toBeGreaterThan(0);
    }, 60_000);
  });
});
