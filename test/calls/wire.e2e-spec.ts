import { createHash, createHmac } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import { dokuCall, type DokuOperation } from 'nestjs-doku';

import { freezeDate, passSeconds } from '../harness/frozen-date.js';
import { CannedGateway, signed, unsigned } from '../harness/gateway.js';
import { CREDENTIALS, type StartedLibrary, startLibrary } from '../harness/library.js';
import { MERCHANT_PRIVATE_KEY } from '../harness/snap-merchant.js';
import { SnapGateway } from '../harness/snap-gateway.js';
import { WireTap } from '../harness/wire-tap.js';

const { secretKey } = CREDENTIALS;

/** A TCP server that keeps the bytes of each connection. */
async function listen(
  onConnection: (socket: Socket) => void,
): Promise<{ server: Server; url: string }> {
  const server = createServer(onConnection);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  return { server, url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}` };
}

const close = (server: Server) => new Promise((closed) => server.close(closed));

const anyCall = (more: Partial<DokuOperation> = {}): DokuOperation => ({
  name: 'test.any',
  method: 'POST',
  path: '/any/v1/thing',
  scheme: 'non-snap',
  effect: 'once',
  ...more,
});

describe('what goes over the wire', () => {
  const BODY = {
    note: 'Café ✓ "quoted" / <b> & \\ \u2028',
    amount: '90000.10',
    big: '12345678901234567890',
  };

  it('is exactly what was signed', async () => {
    const tap = new WireTap(['{}']);
    const library = await startLibrary({ baseUrl: await tap.start() });

    const response = await library.client.request(anyCall(), BODY);

    const [request] = tap.requests;
    if (!request) throw new Error('nothing was sent');
    const { header, body } = request;
    const digest = createHash('sha256').update(body).digest('base64');
    const component = [
      `Client-Id:${CREDENTIALS.clientId}`,
      `Request-Id:${header('Request-Id')}`,
      `Request-Timestamp:${header('Request-Timestamp')}`,
      'Request-Target:/any/v1/thing',
      `Digest:${digest}`,
    ].join('\n');

    expect(request.requestLine).toBe('POST /any/v1/thing HTTP/1.1');
    expect(header('Client-Id')).toBe(CREDENTIALS.clientId);
    expect(header('Request-Timestamp')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(header('Content-Type')).toBe('application/json');
    expect(header('Signature')).toBe(
      `HMACSHA256=${createHmac('sha256', secretKey).update(component).digest('base64')}`,
    );
    expect(header('Request-Id')).toBe(dokuCall(response as object).requestId);
    expect(header('Digest')).toBe('');
    await library.close();
    await tap.stop();
  });

  it('is exactly what was signed on SNAP, with the B2B token and without the customer’s', async () => {
    const tap = new WireTap([
      '{"responseCode":"2007300","accessToken":"token-of-the-merchant"}',
      '{"responseCode":"2005400"}',
    ]);
    const library = await startLibrary({
      baseUrl: await tap.start(),
      privateKey: MERCHANT_PRIVATE_KEY,
    });

    const response = await library.client.request(
      anyCall({
        scheme: 'snap',
        customer: 'required',
        headers: { channelId: { name: 'CHANNEL-ID', value: 'DH' } },
      }),
      BODY,
      {
        customer: { accessToken: 'token-of-the-customer' },
        // As Express shows an IPv4 caller.
        ipAddress: '::ffff:192.168.1.1',
        deviceId: '912f12e223624d2e94828b168199aa',
      },
    );

    const [, request] = tap.requests;
    if (!request) throw new Error('nothing was sent');
    const { header, body } = request;
    const timestamp = header('X-TIMESTAMP');
    const hash = createHash('sha256').update(body).digest('hex');
    const text = `POST:/any/v1/thing:token-of-the-merchant:${hash}:${timestamp}`;

    expect(body.toString()).toBe(JSON.stringify(BODY));
    expect(timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$/);
    expect(Math.abs(Date.parse(timestamp) - Date.now())).toBeLessThan(10_000);
    expect(header('X-SIGNATURE')).toBe(
      createHmac('sha512', secretKey).update(text).digest('base64'),
    );
    expect(header('X-EXTERNAL-ID')).toMatch(/^\d{32}$/);
    expect(header('X-EXTERNAL-ID')).toBe(dokuCall(response as object).externalId);
    expect(
      Object.fromEntries(
        [
          'X-PARTNER-ID',
          'Authorization',
          'Authorization-Customer',
          'X-IP-ADDRESS',
          'X-DEVICE-ID',
          'CHANNEL-ID',
          'Content-Type',
          'Client-Id',
          'Signature',
        ].map((name) => [name, header(name)]),
      ),
    ).toEqual({
      'X-PARTNER-ID': CREDENTIALS.clientId,
      Authorization: 'Bearer token-of-the-merchant',
      'Authorization-Customer': 'Bearer token-of-the-customer',
      'X-IP-ADDRESS': '192.168.1.1',
      'X-DEVICE-ID': '912f12e223624d2e94828b168199aa',
      'CHANNEL-ID': 'DH',
      'Content-Type': 'application/json',
      'Client-Id': '',
      Signature: '',
    });
    await library.close();
    await tap.stop();
  });

  it('writes texts of digits as bare numbers where told to, digit by digit', async () => {
    const tap = new WireTap([
      '{"responseCode":"2007300","accessToken":"t"}',
      '{"responseCode":"2005400"}',
    ]);
    const library = await startLibrary({
      baseUrl: await tap.start(),
      privateKey: MERCHANT_PRIVATE_KEY,
    });
    await library.client.request(
      anyCall({ scheme: 'snap', bareNumbers: [['cpan'], ['otp'], ['absent']] }),
      { cpan: '9360001609987000001', note: 'otp 12345678', otp: '12345678' },
    );
    expect(tap.requests[1]?.body.toString()).toBe(
      '{"cpan":9360001609987000001,"note":"otp 12345678","otp":12345678}',
    );
    await library.close();
    await tap.stop();
  });

  it('holds the customer’s token alone where the option says so', async () => {
    const tap = new WireTap([
      '{"responseCode":"2007300","accessToken":"t"}',
      '{"responseCode":"2005400"}',
    ]);
    const library = await startLibrary({
      baseUrl: await tap.start(),
      privateKey: MERCHANT_PRIVATE_KEY,
      http: { customerAuthorization: 'bare' },
    });
    await library.client.request(
      anyCall({ scheme: 'snap', customer: 'required' }),
      {},
      { customer: { accessToken: 'bare-token' } },
    );
    expect(tap.requests[1]?.header('Authorization-Customer')).toBe('bare-token');
    await library.close();
    await tap.stop();
  });
});

describe('a SNAP call', () => {
  let gateway: SnapGateway;
  let library: StartedLibrary;

  beforeAll(async () => {
    gateway = await new SnapGateway().start();
    library = await startLibrary({ baseUrl: gateway.url, privateKey: MERCHANT_PRIVATE_KEY });
  });
  afterAll(async () => {
    await library.close();
    await gateway.stop();
  });

  const required = { ipAddress: 'required', deviceId: 'required' } as const;
  const call = (options: object, more: Partial<DokuOperation> = {}) =>
    library.client.request(anyCall({ scheme: 'snap', ...more }), {}, options);

  it.each([
    ['a short address', { ipAddress: '1.1.1.1' }, /10 to 15 characters.*own server/],
    ['IPv6', { ipAddress: '2001:db8::8a2e:370:7334' }, /no IPv6/],
    ['a name', { ipAddress: 'customer.example' }, /IPv4/],
    ['an address list', { ipAddress: '10.100.20.3, 10.1.2.3' }, /IPv4/],
    ['an address that is none', { ipAddress: '192.168.1.256' }, /IPv4/],
    ['no text', { ipAddress: 42 }, /IPv4/],
    ['a device with symbols', { deviceId: 'a-b' }, /letters and digits/],
    ['a device that is too long', { deviceId: 'a'.repeat(65) }, /1 to 64/],
    ['a header that would end early', { deviceId: 'a\r\nX-Evil: 1' }, /letters and digits/],
    ['an externalId with letters', { externalId: 'ABC1' }, /1 to 36 digits/],
    ['an externalId that is too long', { externalId: '1'.repeat(37) }, /1 to 36 digits/],
    ['an externalId that is no text', { externalId: 12 }, /1 to 36 digits/],
    ['a Request-Id', { requestId: 'abc' }, /has an externalId/],
    ['a customer in two ways', { customer: { authCode: 'a', accessToken: 'b' } }, /exactly one/],
  ])('is not sent with %s, and says why', async (_what, options, why) => {
    const sent = gateway.seen.length;
    await expect(call(options, { customer: 'optional' })).rejects.toMatchObject({
      code: 'validation',
      message: expect.stringMatching(why),
    });
    expect(gateway.seen).toHaveLength(sent);
  });

  it('needs what its operation needs', async () => {
    await expect(call({}, { headers: required, customer: 'required' })).rejects.toMatchObject({
      problems: [
        expect.stringContaining('ipAddress is mandatory here'),
        expect.stringContaining('deviceId is mandatory here'),
        expect.stringContaining('customer is mandatory here'),
      ],
    });
  });

  it('leaves out the headers that its operation does not take', async () => {
    await call(
      { ipAddress: '192.168.1.1', deviceId: 'abc', customer: { accessToken: 'secret' } },
      { headers: { ipAddress: 'never', deviceId: 'never' } },
    );
    const headers = gateway.calls.at(-1)?.headers ?? {};
    expect(Object.keys(headers)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/x-ip|x-device|authorization-customer/)]),
    );
  });

  it('takes the caller’s externalId, and makes one that differs every time', async () => {
    await call({ externalId: '20260301000001' });
    expect(gateway.calls.at(-1)?.headers['x-external-id']).toBe('20260301000001');
    const from = gateway.calls.length;
    await Promise.all(Array.from({ length: 100 }, () => call({})));
    const ids = gateway.calls.slice(from).map(({ headers }) => headers['x-external-id']);
    expect(new Set(ids).size).toBe(100);
    expect(ids.every((id) => /^\d{32}$/.test(String(id)))).toBe(true);
  });

  it('tells its id by the name of its scheme, and says so when asked by the other', async () => {
    const snap = (await call({})) as object;
    expect(dokuCall(snap).externalId).toMatch(/^\d{32}$/);
    expect(() => dokuCall(snap).requestId).toThrow(/externalId/);
    gateway.onCall = unsigned({});
    const nonSnap = (await library.client.request(anyCall(), {})) as object;
    expect(dokuCall(nonSnap).requestId).toMatch(/^[\w-]{36}$/);
    expect(() => dokuCall(nonSnap).externalId).toThrow(/requestId/);
  });

  it.each([{ externalId: '1' }, { customer: { accessToken: 'a' } }])(
    'is not what a non-SNAP operation is: %j is refused there',
    async (options) => {
      await expect(library.client.request(anyCall(), {}, options)).rejects.toMatchObject({
        code: 'validation',
      });
    },
  );
});

describe('a call over HTTP', () => {
  let gateway: CannedGateway;
  let library: StartedLibrary;

  beforeEach(async () => {
    gateway = await new CannedGateway().start();
    library = await startLibrary({ baseUrl: gateway.url });
  });

  afterEach(async () => {
    await library.close();
    await gateway.stop();
  });

  it('signs a GET without a Digest, and sends no body', async () => {
    gateway.answer = unsigned({ transaction: { status: 'SUCCESS' } });

    await library.orders.checkStatus({ invoice_number: 'INV 1/é' });

    const [request] = gateway.seen;
    expect(request?.url).toBe('/orders/v1/status/INV%201%2F%C3%A9');
    expect(request?.body).toHaveLength(0);
    const headers = request?.headers ?? {};
    const component = `Client-Id:${CREDENTIALS.clientId}\nRequest-Id:${String(headers['request-id'])}\nRequest-Timestamp:${String(headers['request-timestamp'])}\nRequest-Target:/orders/v1/status/INV%201%2F%C3%A9`;
    expect(headers.signature).toBe(
      `HMACSHA256=${createHmac('sha256', secretKey).update(component).digest('base64')}`,
    );
  });

  it('keeps its connection for the next one', async () => {
    gateway.answer = unsigned([]);

    for (let call = 0; call < 5; call++) await library.cimb.listTokens({ customer: { id: 'a' } });

    expect(gateway.seen).toHaveLength(5);
    expect(gateway.connections).toBe(1);
  });

  it('does not follow a redirect', async () => {
    const elsewhere = await new CannedGateway().start();
    gateway.answer = (_request, response) => {
      response.writeHead(307, { Location: `${elsewhere.url}/stolen` }).end();
    };

    await expect(library.client.request(anyCall(), {})).rejects.toMatchObject({
      code: 'outcome-unknown',
      httpStatus: 307,
    });
    expect(elsewhere.seen).toHaveLength(0);
    await elsewhere.stop();
  });

  it.each([
    '//evil.example/x',
    'https://evil.example/x',
    '@evil.example/x',
    '/\\evil.example',
    '/a/../../b',
    '/a/%2e%2E/b',
    '/a/./b',
    '/a?b=c',
    '/a#b',
    '/a b',
    '/a\r\nX-Evil: 1',
    '',
    'a',
  ])('refuses the path %j', async (path) => {
    await expect(library.client.request(anyCall({ path }), {})).rejects.toMatchObject({
      code: 'validation',
      outcome: 'definite',
    });
    expect(gateway.seen).toHaveLength(0);
  });

  it.each(['..', '.', '', 7])('refuses %j as a segment of a path', async (id) => {
    await expect(
      library.client.request(anyCall({ path: '/a/{id}', method: 'GET' }), { id }),
    ).rejects.toMatchObject({ code: 'validation' });
  });

  it.each(['a/b', '%2e%2e', '//evil.example', '?x', '#x', 'a b', '..;/x', '\\', 'é'])(
    'encodes %j as one segment of a path',
    async (id) => {
      gateway.answer = unsigned({});
      await library.client.request(anyCall({ path: '/a/{id}/b', method: 'GET' }), { id });
      expect(gateway.seen[0]?.url).toBe(`/a/${encodeURIComponent(id)}/b`);
    },
  );

  it('ends a server that drips bytes at its total deadline', async () => {
    gateway.answer = (_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => {
        clearInterval(drip);
      });
    };
    const started = performance.now();

    await expect(
      library.client.request(anyCall({ effect: 'read' }), {}, { timeoutMs: 250 }),
    ).rejects.toMatchObject({ code: 'unavailable', message: expect.stringMatching(/250 ms/) });

    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('takes no answer of more than a megabyte', async () => {
    gateway.answer = (_request, response) => response.end(`"${'x'.repeat(2_000_000)}"`);

    await expect(library.client.request(anyCall(), {})).rejects.toMatchObject({
      code: 'outcome-unknown',
    });
  });

  it.each([
    ['a line break', 'a\nb'],
    ['a blank', 'a b'],
    ['nothing', ''],
    ['129 characters', 'x'.repeat(129)],
    ['non-ASCII', 'é'],
  ])('refuses %s as Request-Id', async (_case, requestId) => {
    await expect(library.client.request(anyCall(), {}, { requestId })).rejects.toMatchObject({
      code: 'validation',
    });
    expect(gateway.seen).toHaveLength(0);
  });

  it('merges extra members, which may not overwrite a validated one', async () => {
    gateway.answer = unsigned({ payment: { token: 't' } });
    const request = { payment: { token: 't' } };

    await library.cimb.resendPaymentOtp(request, {
      extra: { channel: { id: 'X' }, payment: { note: 1 } },
    });
    expect(JSON.parse(gateway.seen[0]?.body.toString() ?? '')).toEqual({
      payment: { token: 't', note: 1 },
      channel: { id: 'X' },
    });

    for (const extra of [
      { payment: { token: 'other' } },
      { payment: null },
      JSON.parse('{"__proto__":{"polluted":true}}') as object,
      { constructor: { prototype: {} } },
      [] as unknown as object,
    ]) {
      await expect(
        library.cimb.resendPaymentOtp(request, { extra: extra as Record<string, unknown> }),
      ).rejects.toMatchObject({ code: 'validation' });
    }
    expect('polluted' in {}).toBe(false);
    expect(gateway.seen).toHaveLength(1);
  });

  it.each([
    ['an object with error', { error: { code: 'E1', message: 'No', type: 'T' } }, 'E1', 'No'],
    ['error_messages', { error_messages: ['One', 'Two'] }, undefined, 'One; Two'],
    ['a message list', { message: ['Bad'] }, undefined, 'Bad'],
    ['a message text', { message: 'Bad' }, undefined, 'Bad'],
    ['a flat code', { response_code: 'DUP', status: 'FAILED', message: 'Twice' }, 'DUP', 'Twice'],
    ['a SNAP answer', { responseCode: '4005400', responseMessage: 'Bad' }, '4005400', 'Bad'],
    ['an error that is a text', { error: 'Nope' }, undefined, 'Nope'],
    ['numbers', { error: { code: 17, message: 42 } }, '17', '42'],
    ['an empty object', {}, undefined, undefined],
    ['null', null, undefined, undefined],
    ['a list', [1, { a: 2 }], undefined, undefined],
    ['nested nonsense', { error: { message: { deep: ['x'] }, code: null } }, undefined, undefined],
    ['HTML', '<html>502</html>', undefined, undefined],
    ['nothing', '', undefined, undefined],
    ['a broken text', '{"error":', undefined, undefined],
  ])('reads a refusal from %s', async (_shape, body, responseCode, responseMessage) => {
    gateway.answer = unsigned(body, 422);

    const error: unknown = await library.client.request(anyCall(), {}).catch((e: unknown) => e);

    expect(error).toMatchObject({ name: 'DokuApiError', httpStatus: 422, outcome: 'definite' });
    expect((error as { responseCode?: string }).responseCode).toBe(responseCode);
    expect((error as { responseMessage?: string }).responseMessage).toBe(responseMessage);
  });

  it.each([
    [401, 'authentication'],
    [403, 'refused'],
    [404, 'refused'],
    [422, 'refused'],
    [429, 'refused'],
    [408, 'outcome-unknown'],
    [302, 'outcome-unknown'],
    [500, 'outcome-unknown'],
    [504, 'outcome-unknown'],
  ])('takes HTTP %s of a call that changes something as %s', async (status, code) => {
    gateway.answer = unsigned({}, status);
    await expect(library.client.request(anyCall(), {})).rejects.toMatchObject({
      code,
      httpStatus: status,
    });
  });

  it.each([
    ['not JSON', 'OK'],
    ['a number', '5'],
    ['null', 'null'],
    ['an object without what the operation needs', '{"payment":{}}'],
  ])('does not take %s for the answer to a payment', async (_case, body) => {
    gateway.answer = unsigned(body);
    await expect(
      library.cimb.validatePaymentOtp({ payment: { token: 't', otp: '1' } }),
    ).rejects.toMatchObject({ code: 'outcome-unknown' });
  });

  it('takes one card without a list around it, as DOKU’s table has it', async () => {
    gateway.answer = signed(
      { customer: { id: 'a' }, debit_card: { token_id: 't', account_no: 'X1' } },
      { secretKey },
    );
    expect(await library.cimb.listTokens({ customer: { id: 'a' } })).toEqual([
      { customer: { id: 'a' }, debit_card: { token_id: 't', account_no: 'X1' } },
    ]);
    for (const odd of [[null], [{}], [5], [{ debit_card: {} }]]) {
      gateway.answer = unsigned(odd);
      await expect(library.cimb.listTokens({ customer: { id: 'a' } })).rejects.toMatchObject({
        code: 'unavailable',
      });
    }
    gateway.answer = unsigned({ cards: [] });
    await expect(library.cimb.listTokens({ customer: { id: 'a' } })).rejects.toMatchObject({
      code: 'unavailable',
    });
  });

  it.each([
    ['90000', '90000.00'],
    ['90000.00', '90000.00'],
    ['90000.5', '90000.50'],
    [90000, '90000.00'],
    [90000.25, '90000.25'],
    ['007', '7.00'],
    ['1e3', '1e3'],
    ['90000.123', '90000.123'],
    [-1, -1],
  ])('normalises the amount %j to %j', async (amount, normalised) => {
    gateway.answer = unsigned({ transaction: { status: 'SUCCESS' }, order: { amount } });
    const status = await library.orders.checkStatus({ invoice_number: 'INV-1' });
    expect(status.order?.amount).toBe(normalised);
  });

  it('asks for exactly one of invoice number and Request-Id', async () => {
    for (const request of [{}, { invoice_number: 'a', request_id: 'b' }]) {
      await expect(library.orders.checkStatus(request as never)).rejects.toMatchObject({
        code: 'validation',
      });
    }
  });

  it('accepts an answer signed with either secret while the secret rotates, and no other', async () => {
    const rotating = await startLibrary({
      baseUrl: gateway.url,
      previousSecretKeys: ['SK-previous-1'],
      http: { verifyResponses: 'strict' },
    });
    gateway.answer = signed([], { secretKey: 'SK-previous-1' });
    expect(await rotating.cimb.listTokens({ customer: { id: 'a' } })).toEqual([]);
    gateway.answer = signed([], { secretKey: 'SK-other-1' });
    await expect(rotating.cimb.listTokens({ customer: { id: 'a' } })).rejects.toMatchObject({
      code: 'signature',
    });
    await rotating.close();
  });

  it.each([2 ** 31, 0, -1, 1.5, Number.NaN, Infinity])(
    'refuses %s as deadline',
    async (timeoutMs) => {
      await expect(library.client.request(anyCall(), {}, { timeoutMs })).rejects.toMatchObject({
        code: 'validation',
      });
      expect(gateway.seen).toHaveLength(0);
    },
  );

  it('may be made again when DOKU is asked too often', async () => {
    gateway.answer = unsigned({}, 429);
    await expect(library.client.request(anyCall(), {})).rejects.toMatchObject({ retryable: true });
  });

  it('ends with an error of ours when an operation cannot read its answer', async () => {
    const normalise = (): never => {
      throw new TypeError('cannot read');
    };
    gateway.answer = unsigned({});
    await expect(library.client.request(anyCall({ normalise }), {})).rejects.toMatchObject({
      code: 'outcome-unknown',
    });
  });

  it.each(['Client-Id', 'Request-Id'])(
    'is not answered by an unsigned answer with another %s, however little is verified',
    async (name) => {
      const trusting = await startLibrary({
        baseUrl: gateway.url,
        http: { verifyResponses: 'off' },
      });
      gateway.answer = (_request, response) => {
        response.writeHead(200, { [name]: 'somebody-else' }).end('{}');
      };
      for (const { client } of [library, trusting]) {
        await expect(client.request(anyCall(), {})).rejects.toMatchObject({
          code: 'outcome-unknown',
        });
      }
      await trusting.close();
    },
  );

  it('takes no 409 for its stored answer unless it proves to be that', async () => {
    const stored = {
      order: { invoice_number: 'INV-1', amount: '90000.00' },
      payment: { token: 't', status: 'PENDING' },
    };
    const request = {
      customer: { id: 'a' },
      order: { invoice_number: 'INV-1', amount: 90_000 },
      payment: { token_id: 'c' },
    };
    const strict = await startLibrary({
      baseUrl: gateway.url,
      http: { verifyResponses: 'strict' },
    });
    gateway.answer = unsigned(stored, 409);

    expect(dokuCall(await library.cimb.createPayment(request)).replayed).toBe(true);
    await expect(strict.cimb.createPayment(request)).rejects.toMatchObject({
      code: 'outcome-unknown',
    });
    await expect(library.client.request(anyCall(), {})).rejects.toMatchObject({
      code: 'outcome-unknown',
    });
    for (const order of [
      { invoice_number: 'INV-2', amount: '90000.00' },
      { invoice_number: 'INV-1', amount: '1.00' },
      { invoice_number: 'INV-1' },
    ]) {
      gateway.answer = unsigned({ ...stored, order }, 409);
      await expect(library.cimb.createPayment(request)).rejects.toMatchObject({
        code: 'outcome-unknown',
      });
    }
    await strict.close();
  }, 20_000);

  it('repeats with the time of the repeat, and ends a wait at its deadline', async () => {
    freezeDate(new Date('2026-01-01T00:00:00Z'));
    gateway.answer = (_request, response) => {
      passSeconds(5);
      response.destroy();
    };
    const started = performance.now();

    await expect(
      library.client.request(anyCall({ effect: 'change' }), {}, { timeoutMs: 600 }),
    ).rejects.toMatchObject({ code: 'outcome-unknown' });

    jest.useRealTimers();
    const timestamps = gateway.seen.map(({ headers }) => headers['request-timestamp']);
    expect(timestamps.slice(0, 2)).toEqual(['2026-01-01T00:00:00Z', '2026-01-01T00:00:05Z']);
    expect(new Set(gateway.seen.map(({ headers }) => headers.signature)).size).toBe(
      timestamps.length,
    );
    expect(performance.now() - started).toBeLessThan(900);
  });

  it('does not go through a proxy of the environment', async () => {
    const proxy = await new CannedGateway().start();
    process.env.HTTP_PROXY = proxy.url;
    process.env.http_proxy = proxy.url;
    gateway.answer = unsigned([]);

    await library.cimb.listTokens({ customer: { id: 'a' } });

    delete process.env.HTTP_PROXY;
    delete process.env.http_proxy;
    expect(proxy.seen).toHaveLength(0);
    expect(gateway.seen).toHaveLength(1);
    await proxy.stop();
  });

  it('is made once more with DOKU’s time and the same Request-Id when that was why it was refused', async () => {
    gateway.answer = (request, response) => {
      if (gateway.seen.length === 1) {
        response.writeHead(401, { Date: new Date(Date.now() + 3_600_000).toUTCString() });
        response.end('{}');
      } else unsigned({})(request, response);
    };
    await library.client.request(anyCall({ effect: 'change' }), { a: 1 }, { requestId: 'kept-1' });
    const [first, second] = gateway.seen;
    expect(second?.headers['request-id']).toBe('kept-1');
    expect(second?.body).toEqual(first?.body);
    const stamped = Date.parse(String(second?.headers['request-timestamp'])) - Date.now();
    expect(Math.abs(stamped - 3_600_000)).toBeLessThan(30_000);
    expect(gateway.seen).toHaveLength(2);
  });

  it('of SNAP that would be repeated after a change is refused: DOKU could not recognise it', async () => {
    await expect(
      library.client.request(anyCall({ scheme: 'snap', effect: 'change' }), {}),
    ).rejects.toMatchObject({ code: 'validation', message: expect.stringContaining("'once'") });
  });

  it('is finished, not cut, when the app closes meanwhile', async () => {
    let answer = (): void => undefined;
    gateway.answer = (request, response) => {
      answer = () => {
        unsigned({ payment: { token: 't' } })(request, response);
      };
    };
    const call = library.cimb.resendPaymentOtp({ payment: { token: 't' } });
    while (gateway.seen.length === 0) await new Promise(setImmediate);

    await library.close();
    answer();

    expect(await call).toEqual({ payment: { token: 't' } });
  });

  it('leaves nothing open: listeners of the caller’s signal are gone after the call', async () => {
    gateway.answer = unsigned([]);
    let listeners = 0;
    const { signal } = new AbortController();
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners += 1;
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners -= 1;
      remove(...args);
    };

    await library.cimb.listTokens({ customer: { id: 'a' } }, { signal });

    expect(listeners).toBe(0);
  });
});

describe('a call that reaches nobody', () => {
  const effects = ['read', 'change', 'once'] as const;

  it.each(effects)('was not sent when the connection is refused (%s)', async (effect) => {
    const { server, url } = await listen(() => undefined);
    await close(server);
    const library = await startLibrary({ baseUrl: url });

    await expect(library.client.request(anyCall({ effect }), {})).rejects.toMatchObject({
      name: 'DokuUnavailableError',
      outcome: 'definite',
      retryable: true,
      message: expect.stringMatching(/ECONNREFUSED/),
    });
    await library.close();
  });

  it('was not sent when the name is unknown', async () => {
    const library = await startLibrary({ baseUrl: 'https://doku.invalid' });

    await expect(
      library.client.request(anyCall({ effect: 'once' }), {}, { timeoutMs: 5_000 }),
    ).rejects.toMatchObject({ code: 'unavailable', outcome: 'definite' });
    await library.close();
  });

  it('was not sent when the TLS handshake fails, or hangs until the deadline', async () => {
    const sockets: Socket[] = [];
    let handshakes = 0;
    const broken = createTlsServer({}, () => undefined).on(
      'tlsClientError',
      () => (handshakes += 1),
    );
    const hanging = createServer((socket) => sockets.push(socket));
    for (const server of [broken, hanging]) {
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      const library = await startLibrary({ baseUrl: `https://127.0.0.1:${port}` });

      await expect(
        library.client.request(anyCall({ effect: 'once' }), {}, { timeoutMs: 300 }),
      ).rejects.toMatchObject({ code: 'unavailable', outcome: 'definite' });
      await library.close();
    }
    expect(handshakes).toBe(1);
    for (const socket of sockets) socket.destroy();
    await Promise.all([close(broken), close(hanging)]);
  });

  it('may have been sent once its connection stood, even if it then breaks at once', async () => {
    const { server, url } = await listen((socket) => {
      socket.destroy();
    });
    const library = await startLibrary({ baseUrl: url });

    await expect(library.client.request(anyCall({ effect: 'once' }), {})).rejects.toMatchObject({
      code: 'outcome-unknown',
      outcome: 'unknown',
    });
    await library.close();
    await close(server);
  });

  it('stays unknown when the first attempt broke and the others were refused', async () => {
    const { server, url } = await listen((socket) => {
      socket.destroy();
      server.close();
    });
    const library = await startLibrary({ baseUrl: url });

    await expect(library.client.request(anyCall({ effect: 'change' }), {})).rejects.toMatchObject({
      code: 'outcome-unknown',
      message: expect.stringMatching(/ECONNREFUSED|ECONNRESET/),
    });
    await library.close();
  });

  it('stays unknown when the first attempt broke and a later one is refused by DOKU', async () => {
    const gateway = await new CannedGateway().start();
    let attempts = 0;
    gateway.answer = (request, response) => {
      attempts += 1;
      if (attempts === 1) response.destroy();
      else unsigned({ error: { code: 'LATE', message: 'No' } }, 401)(request, response);
    };
    const library = await startLibrary({ baseUrl: gateway.url });

    await expect(library.client.request(anyCall({ effect: 'change' }), {})).rejects.toMatchObject({
      code: 'outcome-unknown',
      responseCode: 'LATE',
    });
    await library.close();
    await gateway.stop();
  });
});

describe('starting', () => {
  const asked: string[] = [];
  let gateway: CannedGateway;

  beforeAll(async () => {
    gateway = await new CannedGateway().start();
    gateway.answer = ({ url }, response) => {
      asked.push(url);
      response.end('{}');
    };
  });

  afterAll(() => gateway.stop());

  it('asks nothing of DOKU', async () => {
    const library = await startLibrary({ baseUrl: gateway.url });
    await library.close();

    expect(asked).toEqual([]);
    expect(gateway.connections).toBe(0);
  });
});
