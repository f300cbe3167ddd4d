import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHmac, randomUUID } from 'node:crypto';
import { DokuSimulator } from './doku-simulator.js';
import { DEFAULT_CLIENT_ID, DEFAULT_SECRET_KEY } from './simulator-options.js';
import { CimbShop, PATHS, textOf } from './testing/cimb-shop.js';
import {
  digestOf,
  signLines,
  TestMerchant,
  wireTime,
  type CallChanges,
} from './testing/test-merchant.js';

const BODY = JSON.stringify({ customer: { id: 'CUST-1', name: 'Anton' } });

describe('checks of a call', () => {
  let simulator: DokuSimulator;
  let merchant: TestMerchant;
  let shop: CimbShop;

  beforeAll(async () => {
    simulator = await DokuSimulator.start({
      logger: false,
      merchants: [{ clientId: 'MCH-OTHER', secretKey: 'SK-other-merchant' }],
    });
    merchant = new TestMerchant(simulator.url);
    shop = new CimbShop(simulator.url);
  });
  afterAll(() => simulator.stop());

  const refusals: [string, CallChanges, string, RegExp][] = [
    ...['Client-Id', 'Request-Id', 'Request-Timestamp', 'Signature'].map(
      (name): [string, CallChanges, string, RegExp] => [
        `no ${name}`,
        { headers: { [name]: null } },
        'MISSING_HEADER',
        new RegExp(`Header ${name} is missing`),
      ],
    ),
    [
      'a header twice',
      { headers: { 'Request-Id': ['a', 'b'] } },
      'DUPLICATE_HEADER',
      /Request-Id was sent 2 times/,
    ],
    [
      'an unknown Client-Id',
      { clientId: 'MCH-STRANGER' },
      'UNKNOWN_CLIENT_ID',
      /"MCH-STRANGER" is not known.*MCH-0001/,
    ],
    [
      'a Request-Id that is too long',
      { requestId: 'r'.repeat(129) },
      'INVALID_REQUEST_ID',
      /1 to 128 characters, not 129/,
    ],
    [
      'milliseconds in the timestamp',
      { timestamp: new Date().toISOString() },
      'INVALID_TIMESTAMP',
      /YYYY-MM-DDTHH:mm:ssZ/,
    ],
    [
      'a local time zone',
      { timestamp: '2026-01-01T08:00:00+07:00' },
      'INVALID_TIMESTAMP',
      /must be UTC/,
    ],
    [
      'an impossible day',
      { timestamp: '2026-02-30T08:00:00Z' },
      'INVALID_TIMESTAMP',
      /must be UTC/,
    ],
    [
      'local time written as UTC',
      { timestamp: wireTime(Date.now() + 7 * 3_600_000) },
      'TIMESTAMP_OUT_OF_RANGE',
      /ahead of the gateway's clock.*UTC rather than local/,
    ],
    [
      'an old timestamp',
      { timestamp: wireTime(Date.now() - 400_000) },
      'TIMESTAMP_OUT_OF_RANGE',
      /behind the gateway's clock.*at most 300 s/,
    ],
    [
      'another secret',
      { secretKey: 'SK-typo' },
      'INVALID_SIGNATURE',
      /secret key is not the one of this Client-Id/,
    ],
    [
      "another merchant's secret",
      { secretKey: 'SK-other-merchant' },
      'INVALID_SIGNATURE',
      /fits the secret key of Client-Id "MCH-OTHER"/,
    ],
    [
      'a trailing line feed in the secret',
      { secretKey: `${DEFAULT_SECRET_KEY}\n` },
      'INVALID_SIGNATURE',
      /line feed at its end: trim/,
    ],
    [
      'a Digest of a body with an indent',
      { signedBody: JSON.stringify(JSON.parse(BODY), null, 2) },
      'INVALID_SIGNATURE',
      /body as serialised again with an indent/,
    ],
    [
      'a target with the host',
      { signedTarget: `https://api-sandbox.doku.com${PATHS.tokens}` },
      'INVALID_SIGNATURE',
      /Request-Target "https:\/\/api-sandbox.doku.com/,
    ],
    [
      'the target of another operation',
      { signedTarget: PATHS.token },
      'INVALID_SIGNATURE',
      /fits the Request-Target "\/cimb-direct-debit\/v1\/token", but/,
    ],
  ];

  it.each(refusals)('refuse %s and say so', async (_what, changes, code, message) => {
    const answer = await merchant.post(PATHS.tokens, BODY, changes);

    expect(answer.status).toBe(401);
    expect(textOf(answer, 'error.code')).toBe(code);
    expect(textOf(answer, 'error.message')).toMatch(message);
    expect(answer.text).not.toContain(DEFAULT_SECRET_KEY);
  });

  const spellings: [string, (lines: string[]) => string, RegExp][] = [
    ['without prefix', (lines) => right(lines).slice('HMACSHA256='.length), /prefix is missing/],
    [
      'with the misspelt prefix',
      (lines) => right(lines).replace('HMACSHA256', 'HMACHSHA256'),
      /prefix must be exactly/,
    ],
    [
      'without padding',
      (lines) => right(lines).replace(/=+$/, ''),
      /standard alphabet and padding/,
    ],
    [
      'in hex',
      (lines) =>
        `HMACSHA256=${createHmac('sha256', DEFAULT_SECRET_KEY).update(lines.join('\n')).digest('hex')}`,
      /written in hex/,
    ],
    ['without Digest line', (lines) => right(lines.slice(0, 4)), /Digest line is missing/],
    ['with spaces', (lines) => right(lines.map((line) => line.replace(':', ': '))), /no space/],
    ['with CR LF', (lines) => right([lines.join('\r\n')]), /not by CR LF/],
    ['with a line feed at the end', (lines) => right([...lines, '']), /not end with a line feed/],
    [
      'with SHA-512',
      (lines) =>
        `HMACSHA256=${createHmac('sha512', DEFAULT_SECRET_KEY).update(lines.join('\n')).digest('base64')}`,
      /HMAC-SHA512/,
    ],
    ['that is no MAC', () => 'HMACSHA256=abc', /not the base64 of 32 bytes/],
  ];

  it.each(spellings)('explain a signature %s', async (_how, sign, message) => {
    const requestId = randomUUID();
    const timestamp = wireTime();
    const lines = [
      `Client-Id:${DEFAULT_CLIENT_ID}`,
      `Request-Id:${requestId}`,
      `Request-Timestamp:${timestamp}`,
      `Request-Target:${PATHS.tokens}`,
      `Digest:${digestOf(BODY)}`,
    ];
    const answer = await merchant.post(PATHS.tokens, BODY, {
      requestId,
      timestamp,
      headers: { Signature: sign(lines) },
    });

    expect(textOf(answer, 'error.message')).toMatch(message);
    expect(textOf(answer, 'error.details.stringToSign')).toBe(lines.join('\n'));
  });

  it('explain a Digest line in a GET', async () => {
    const path = '/orders/v1/status/INV-1';
    const requestId = randomUUID();
    const timestamp = wireTime();
    const lines = [
      `Client-Id:${DEFAULT_CLIENT_ID}`,
      `Request-Id:${requestId}`,
      `Request-Timestamp:${timestamp}`,
      `Request-Target:${path}`,
      `Digest:${digestOf('')}`,
    ];
    const answer = await merchant.get(path, {
      requestId,
      timestamp,
      headers: { Signature: right(lines) },
    });

    expect(textOf(answer, 'error.message')).toMatch(/for GET the Digest line must be left out/);
  });

  it('sign refusals too, when the merchant is known', async () => {
    const answer = await merchant.post(PATHS.tokens, BODY, { secretKey: 'SK-typo' });

    expect(merchant.trusts(answer, 'POST', PATHS.tokens)).toBe(true);
    expect(answer.headers['request-id']).toBe(answer.requestId);
  });

  it('follow the skew of the clock', async () => {
    await shop.api('POST', 'clock', { skewMs: 3_600_000 });
    try {
      const late = await merchant.post(PATHS.tokens, BODY);
      const inTime = await merchant.post(PATHS.tokens, BODY, {
        timestamp: wireTime(Date.now() + 3_600_000),
      });

      expect([late.status, inTime.status]).toEqual([401, 200]);
      expect(inTime.headers['response-timestamp']).toMatch(
        new RegExp(`^${wireTime(Date.now() + 3_600_000).slice(0, 13)}`),
      );
    } finally {
      await shop.api('POST', 'clock', { skewMs: 0 });
    }
  });

  const brokenBodies: [string, string, unknown, RegExp][] = [
    ['no JSON', PATHS.tokens, '{"customer":', /is not JSON/],
    ['an array', PATHS.tokens, [], /must be a JSON object/],
    ['no customer.id', PATHS.tokens, { customer: {} }, /customer\.id must be given.*mandatory/],
    [
      'a customer.id of 51',
      PATHS.tokens,
      { customer: { id: 'c'.repeat(51) } },
      /customer\.id must be at most 50 characters long, not 51; given: "ccc/,
    ],
    [
      'an amount with decimals',
      PATHS.payment,
      { customer: { id: 'c' }, order: { invoice_number: 'i', amount: 10.5 }, payment: {} },
      /order\.amount must be a whole number of rupiah.*given: 10\.5/,
    ],
    [
      'an amount of 13 digits',
      PATHS.payment,
      { customer: { id: 'c' }, order: { invoice_number: 'i', amount: 1_234_567_890_123 } },
      /order\.amount must be at most 12 digits long, not 13/,
    ],
    [
      'a line item without a number',
      PATHS.payment,
      {
        customer: { id: 'c' },
        order: { invoice_number: 'i', amount: 1, line_items: [{ price: 1 }, { price: 'x' }] },
      },
      /order\.line_items\[1\]\.price must be a whole number/,
    ],
    [
      'a phone with a plus',
      PATHS.token,
      { customer: { id: 'c', phone: '+62813' } },
      /customer\.phone must be digits only/,
    ],
    [
      'a date of birth in ISO form',
      PATHS.token,
      { customer: { id: 'c', date_of_birth: '2000-12-01' } },
      /customer\.date_of_birth must be a date as dd-MM-yyyy/,
    ],
    [
      'an OTP of 7',
      PATHS.validate,
      { payment: { token: 't', otp: '1234567' } },
      /payment\.otp must be at most 6 characters long, not 7/,
    ],
  ];

  it.each(brokenBodies)('refuse %s and name the field', async (_what, path, body, message) => {
    const answer = await merchant.post(path, body);

    expect(answer.status).toBe(400);
    expect(textOf(answer, 'error.type')).toBe('VALIDATION');
    expect(textOf(answer, 'error.message')).toMatch(message);
  });

  it('answer an unknown path and a wrong method with what there is', async () => {
    const unknown = await merchant.post('/cimb-direct-debit/v1/nothing', {});
    const wrongMethod = await merchant.get(PATHS.token);

    expect(unknown.status).toBe(404);
    expect(textOf(unknown, 'error.message')).toContain(`POST ${PATHS.token}`);
    expect(textOf(wrongMethod, 'error.message')).toContain('is called with POST, not with GET');
  });

  it('refuse a body above 1 MB', async () => {
    const answer = await merchant.post(PATHS.tokens, { customer: { id: 'x'.repeat(1_048_576) } });

    expect(answer.status).toBe(413);
  });

  it('record what was sent, what should have been signed, and the verdict', async () => {
    await shop.api('DELETE', 'requests');
    await merchant.post(PATHS.tokens, BODY);
    await merchant.post(PATHS.tokens, BODY, { secretKey: 'SK-typo' });

    const all = await shop.api('GET', 'requests?operation=cimb.listTokens');
    const others = await shop.api('GET', 'requests?operation=cimb.refund');
    const counters = await shop.api('GET', 'counters');

    expect(all.body).toMatchObject([
      {
        operation: 'cimb.listTokens',
        method: 'POST',
        path: PATHS.tokens,
        body: BODY,
        verdict: 'accepted',
        status: 200,
        replayed: false,
      },
      { verdict: 'refused', status: 401, reason: expect.stringMatching('INVALID_SIGNATURE') },
    ]);
    expect(all.text).toContain('Request-Target:/cimb-direct-debit/v1/tokens\\nDigest:');
    expect(others.body).toEqual([]);
    expect(counters.body).toMatchObject({
      'cimb.listTokens': { received: 2, processed: 1, replayed: 0, refused: 1 },
    });
  });
});

function right(lines: string[]): string {
  return signLines(lines, DEFAULT_SECRET_KEY);
}
