import { inspect } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { CannedGateway, type SeenRequest, unsigned } from '../harness/gateway.js';
import { type StartedLibrary, startLibrary } from '../harness/library.js';

const SECRETS = {
  secretKey: 'SK-canary-secret-71f3',
  previous: 'SK-canary-previous-88',
  cardToken: 'cardtokencanary123',
  paymentToken: '?paytokencanary+/=',
  otp: '739154',
  phone: '6281394130621',
  email: 'canary@example.com',
  idCard: '3174000011112222',
};

/** Two groups of it, with or without a blank: four digits alone occur in random Request-Ids. */
const CARD_NUMBER = /4111\s?1111|1111\s?1111/;

/** An answer that repeats everything the request told, as badly as a gateway can. */
const gossip = ({ headers, body }: SeenRequest) => {
  const told = body.toString();
  const text = `INV-1: 4111 1111 1111 1111 ${SECRETS.secretKey} ${encodeURIComponent(told)} ${told} ${JSON.stringify(headers)}`;
  const code = [SECRETS.otp, SECRETS.cardToken].find((secret) => told.includes(secret)) ?? 'E1';
  return { error: { code, message: text, type: text }, message: [text] };
};

describe('no secret', () => {
  let gateway: CannedGateway;
  let library: StartedLibrary;
  const errors: unknown[] = [];

  beforeAll(async () => {
    gateway = await new CannedGateway().start();
    library = await startLibrary({
      clientId: 'MCH-CANARY-ID',
      secretKey: SECRETS.secretKey,
      previousSecretKeys: [SECRETS.previous],
      baseUrl: gateway.url,
    });
    const { cimb, orders } = library;
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
    for (const answer of answers) {
      gateway.answer = answer;
      const settled = await Promise.allSettled(calls.map((call) => call()));
      errors.push(
        ...settled.map<unknown>((each) =>
          each.status === 'rejected' ? (each.reason as unknown) : undefined,
        ),
      );
    }
  }, 20_000);

  afterAll(async () => {
    await library.close();
    await gateway.stop();
  });

  const signatures = () =>
    gateway.seen.map(({ headers }) => String(headers.signature).replace('HMACSHA256=', ''));

  it('was put to a real test', () => {
    expect(errors.filter(Boolean).length).toBeGreaterThan(40);
    expect(library.logs.lines.length).toBeGreaterThan(30);
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
      const text = print(error);
      for (const secret of [...Object.values(SECRETS), ...signatures()]) {
        expect(text).not.toContain(secret);
      }
      expect(text).not.toMatch(CARD_NUMBER);
    }
  });

  it('is in any log line', () => {
    const text = library.logs.lines.join('\n');
    for (const secret of [...Object.values(SECRETS), ...signatures()]) {
      expect(text).not.toContain(secret);
    }
    expect(text).not.toMatch(CARD_NUMBER);
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
