import { inspect } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { HeardDiagnostics } from '../harness/diagnostics.js';
import { CannedGateway, type SeenRequest, unsigned } from '../harness/gateway.js';
import { createPartnerReference } from 'nestjs-doku';

import { type StartedLibrary, startLibrary } from '../harness/library.js';
import { MERCHANT_PRIVATE_KEY } from '../harness/snap-merchant.js';
import { alloPaymentOf, SHOPPER } from '../harness/snap-shopper.js';

const SECRETS = {
  secretKey: 'SK-canary-secret-71f3',
  previous: 'SK-canary-previous-88',
  cardToken: 'cardtokencanary123',
  paymentToken: '?paytokencanary+/=',
  otp: '739154',
  phone: '6281394130621',
  email: 'canary@example.com',
  idCard: '3174000011112222',
  cpan: '9360001609987000000',
  kkiOtp: '48151623',
  authCode: 'authcodecanary2238241007',
  refreshToken: 'refreshtokencanary-6795',
  b2bToken: 'b2btokencanary.eyJh',
  customerToken: 'customertokencanary.c2ln',
};

/** The tokens that the gateway issues, by path. */
const TOKEN_ANSWERS: Readonly<Record<string, object>> = {
  '/authorization/v1/access-token/b2b': {
    responseCode: '2007300',
    accessToken: SECRETS.b2bToken,
  },
  '/authorization/v1/access-token/b2b2c': {
    responseCode: '2007400',
    accessToken: SECRETS.customerToken,
    refreshToken: SECRETS.refreshToken,
  },
};

/** Two groups of it, with or without a blank: four digits alone occur in random Request-Ids. */
const CARD_NUMBER = /4111\s?1111|1111\s?1111/;

/** Random ids, in which any few digits may occur by chance. */
const IDS = /\b(\d{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})\b/g;

/** An answer that repeats everything the request told, as badly as a gateway can. */
const gossip = ({ headers, body }: SeenRequest) => {
  const told = body.toString();
  const text = `INV-1: 4111 1111 1111 1111 ${SECRETS.secretKey} ${encodeURIComponent(told)} ${told} ${JSON.stringify(headers)}`;
  const code = [SECRETS.otp, SECRETS.cardToken, SECRETS.kkiOtp, SECRETS.authCode].find((secret) =>
    told.includes(secret),
  );
  return { error: { code: code ?? 'E1', message: text, type: text }, message: [text] };
};

describe('no secret', () => {
  let gateway: CannedGateway;
  let library: StartedLibrary;
  const errors: unknown[] = [];
  const told = new HeardDiagnostics();

  beforeAll(async () => {
    gateway = await new CannedGateway().start();
    library = await startLibrary({
      clientId: 'MCH-CANARY-ID',
      secretKey: SECRETS.secretKey,
      previousSecretKeys: [SECRETS.previous],
      privateKey: MERCHANT_PRIVATE_KEY,
      baseUrl: gateway.url,
    });
    const { cimb, orders, allo, kki, tokens } = library;
    const snap = { ...SHOPPER, customer: { authCode: SECRETS.authCode }, timeoutMs: 900 };
    const customer = {
      id: 'cust-1',
      phone: SECRETS.phone,
      email: SECRETS.email,
      id_card: SECRETS.idCard,
    };
    const calls = [
      () =>
        cimb.createPayment(
          {
            customer,
            order: { invoice_number: 'INV-1', amount: 90_000 },
            payment: { token_id: SECRETS.cardToken },
          },
          { timeoutMs: 900 },
        ),
      () =>
        cimb.validatePaymentOtp(
          { payment: { token: SECRETS.paymentToken, otp: SECRETS.otp } },
          { timeoutMs: 300 },
        ),
      () => cimb.resendPaymentOtp({ payment: { token: SECRETS.paymentToken } }, { timeoutMs: 300 }),
      () =>
        cimb.deleteToken(
          { customer: { id: 'cust-1' }, debit_card: { token_id: SECRETS.cardToken } },
          { timeoutMs: 900 },
        ),
      () =>
        cimb.validatePaymentOtp({
          payment: { token: SECRETS.paymentToken, otp: `${SECRETS.otp}${SECRETS.otp}` },
        }),
      () => orders.checkStatus({ invoice_number: 'INV-1' }, { timeoutMs: 900 }),
      () => allo.inquireBalance({}, snap),
      () => allo.createPayment(alloPaymentOf(), snap),
      () => allo.unbindAccount({}, snap),
      () =>
        kki.createPayment(
          {
            partnerReferenceNo: createPartnerReference(),
            amount: { value: 1_000 },
            cpan: SECRETS.cpan,
            otp: SECRETS.kkiOtp,
          },
          { timeoutMs: 900 },
        ),
      () =>
        tokens.getB2b2cToken({ customer: { refreshToken: SECRETS.refreshToken }, timeoutMs: 900 }),
    ];
    const answers: CannedGateway['answer'][] = [
      (request, response) => {
        unsigned(gossip(request), 400)(request, response);
      },
      (request, response) => {
        unsigned(gossip(request), 401)(request, response);
      },
      (request, response) => {
        unsigned(gossip(request), 409)(request, response);
      },
      (request, response) => {
        unsigned(gossip(request), 500)(request, response);
      },
      (request, response) => {
        unsigned(request.body.toString(), 200)(request, response);
      },
      (request, response) => {
        response.writeHead(200, { Signature: `HMACSHA256=${SECRETS.secretKey}` }).end(request.body);
      },
      (_request, response) => {
        response.destroy();
      },
      () => undefined,
    ];
    const rounds = answers.flatMap((answer) => [{ answer }, { answer, isTokenless: true }]);
    for (const { answer, isTokenless = false } of rounds) {
      gateway.answer = (request, response) => {
        const issued = isTokenless ? undefined : TOKEN_ANSWERS[request.url];
        (issued ? unsigned(issued) : answer)(request, response);
      };
      await tokens.invalidate();
      await tokens.invalidate({ customer: snap.customer });
      const settled = await Promise.allSettled(calls.map((call) => call()));
      errors.push(
        ...settled.map<unknown>((each) =>
          each.status === 'rejected' ? (each.reason as unknown) : undefined,
        ),
      );
    }
  }, 40_000);

  afterAll(async () => {
    told.stop();
    await library.close();
    await gateway.stop();
  });

  const signatures = () =>
    gateway.seen.map(({ headers }) =>
      String(headers.signature ?? headers['x-signature']).replace('HMACSHA256=', ''),
    );

  it('was put to a real test', () => {
    expect(errors.filter(Boolean).length).toBeGreaterThan(120);
    expect(library.logs.lines.length).toBeGreaterThan(100);
    expect(
      new Set(errors.filter(Boolean).map((error) => (error as { code: string }).code)),
    ).toEqual(
      new Set([
        'refused',
        'authentication',
        'outcome-unknown',
        'validation',
        'unavailable',
        'signature',
      ]),
    );
  });

  it.each([
    ['util.inspect', (error: unknown) => inspect(error, { depth: Infinity, showHidden: true })],
    ['JSON', (error: unknown) => JSON.stringify(error)],
    [
      'stack and message',
      (error: unknown) =>
        `${(error as Error).stack} ${(error as Error).message} ${String((error as Error).cause)}`,
    ],
  ])('is in any error, by %s', (_by, print) => {
    for (const error of errors.filter(Boolean)) {
      const text = print(error).replace(IDS, 'id');
      for (const secret of [...Object.values(SECRETS), ...signatures()]) {
        expect(text).not.toContain(secret);
      }
      expect(text).not.toMatch(CARD_NUMBER);
    }
  });

  it('is in any log line', () => {
    const text = library.logs.lines.join('\n').replace(IDS, 'id');
    for (const secret of [...Object.values(SECRETS), ...signatures()]) {
      expect(text).not.toContain(secret);
    }
    expect(text).not.toMatch(CARD_NUMBER);
  });

  it('is in any message of a diagnostics channel', () => {
    expect(told.channels.length).toBeGreaterThan(100);
    for (const secret of [...Object.values(SECRETS), ...signatures()]) {
      expect(told.text).not.toContain(secret);
    }
    expect(told.text).not.toMatch(CARD_NUMBER);
  });

  it('is what remains of a message: the reference and the Request-Id', () => {
    const refused = errors.find(
      (error) => (error as { operation?: string } | undefined)?.operation === 'cimb.createPayment',
    ) as { responseMessage: string; requestId: string };
    expect(refused.responseMessage).toContain('INV-1');
    expect(refused.responseMessage).toContain('[redacted]');
    expect(refused.responseMessage).not.toMatch(/\n/);
    expect(refused.responseMessage.length).toBeLessThan(600);
  });

  it('is in the options, as far as anybody can print them', () => {
    expect(
      inspect(library.moduleRef.get(Symbol.for('nestjs-doku:options'), { strict: false }), {
        depth: Infinity,
        showHidden: true,
      }),
    ).not.toContain('canary-secret');
  });
});
