import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { readFileSync } from 'node:fs';

import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { signTokenRequest } from 'nestjs-doku/testing';

import { freezeDate } from '../harness/frozen-date.js';
import { HostApp, PLATFORM_NAMES, without } from '../harness/host-app.js';
import { DOKU_KEYS, TOKEN_PATH } from '../harness/inbound-schemes.js';
import { CREDENTIALS } from '../harness/library.js';

const NOW = new Date('2026-01-27T03:30:00Z');
const OTHER_KEYS = generateKeyPairSync('rsa', { modulusLength: 2048 });
const NEW_KEYS = generateKeyPairSync('rsa', { modulusLength: 2048 });

const UNAUTHORISED =
  '{"responseCode":"4017300","responseMessage":"Unauthorized.Invalid Signature"}';
const invalid = (field: string) =>
  `{"responseCode":"4007301","responseMessage":"Invalid Field Format ${field}"}`;
const missing = (field: string) =>
  `{"responseCode":"4007302","responseMessage":"Invalid Mandatory Field ${field}"}`;

const request = (input: Partial<Parameters<typeof signTokenRequest>[0]> = {}) =>
  signTokenRequest({
    clientId: CREDENTIALS.clientId,
    privateKey: DOKU_KEYS.privateKey,
    timestamp: '2026-01-27T10:30:00+07:00',
    ...input,
  });

describe.each(PLATFORM_NAMES)('a token request on %s', (platform) => {
  let host: HostApp;

  beforeAll(async () => {
    freezeDate(NOW);
    host = await HostApp.start({
      platform,
      options: {
        dokuPublicKey: [DOKU_KEYS.publicKey, NEW_KEYS.publicKey],
        merchants: {
          second: {
            clientId: 'MCH-2',
            secretKey: 'SK-second-222',
            dokuPublicKey: OTHER_KEYS.publicKey,
          },
          inbound: {
            clientId: 'MCH-3',
            secretKey: 'SK-third-333',
            inbound: { clientId: 'MCH-3-IN', secretKey: 'SK-third-in-3' },
            dokuPublicKey: DOKU_KEYS.publicKey,
          },
          keyless: { clientId: 'MCH-4', secretKey: 'SK-fourth-444' },
        },
      },
    });
  });

  afterEach(() => {
    jest.setSystemTime(NOW);
  });

  afterAll(async () => {
    await host.close();
    jest.useRealTimers();
  });

  const post = ({ headers, body }: ReturnType<typeof request>) =>
    fetch(host.url + TOKEN_PATH, { method: 'POST', headers, body });

  /** Status, body, and whether our time stands in the headers. */
  const answerTo = async (signed: ReturnType<typeof request>) => {
    const response = await post(signed);
    return [response.status, await response.text(), response.headers.get('x-timestamp')];
  };

  it('of DOKU is answered with a token for 900 s', async () => {
    const response = await post(request());

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('x-client-key')).toBe(CREDENTIALS.clientId);
    expect(response.headers.get('x-timestamp')).toBe('2026-01-27T10:30:00+07:00');
    expect(JSON.parse(await response.text())).toEqual({
      responseCode: '2007300',
      responseMessage: 'Successful',
      accessToken: expect.stringMatching(/^[A-Za-z0-9_-]+$/),
      tokenType: 'Bearer',
      expiresIn: 900,
      additionalInfo: '',
    });
  });

  it('that is repeated gets the same token, whatever the time', async () => {
    const texts = [];
    for (const minutes of [0, 9, -9]) {
      jest.setSystemTime(NOW.getTime() + minutes * 60_000);
      texts.push(await (await post(request())).text());
    }
    expect(new Set(texts).size).toBe(1);
  });

  it('of each merchant, with its own client id and key, gets a token of its own', async () => {
    const tokens = [];
    for (const input of [
      {},
      { privateKey: NEW_KEYS.privateKey },
      { clientId: 'MCH-2', privateKey: OTHER_KEYS.privateKey },
      { clientId: 'MCH-3-IN' },
    ]) {
      const response = await post(request(input));
      expect(response.status).toBe(200);
      tokens.push(await response.text());
    }
    expect(new Set(tokens).size).toBe(3);
  });

  it.each([
    '2026-01-27T10:30:00+07:00',
    '2026-01-27T10:30:00.123+0700',
    '2026-01-27T03:30:00Z',
    '2026-01-27T03:20:00Z',
    '2026-01-27T03:40:00Z',
  ])('of %s is inside the window', async (timestamp) => {
    expect((await post(request({ timestamp }))).status).toBe(200);
  });

  it.each([
    ['more than 10 minutes old', '2026-01-27T03:19:59Z'],
    ['more than 10 minutes ahead', '2026-01-27T03:40:01Z'],
    ['without a zone', '2026-01-27T10:30:00'],
    ['no instant', 'yesterday'],
    ['a day that does not exist', '2026-02-31T10:30:00+07:00'],
  ])('with a timestamp that is %s is answered 400', async (_case, timestamp) => {
    expect(await answerTo(request({ timestamp }))).toEqual([
      400,
      invalid('X-TIMESTAMP'),
      '2026-01-27T10:30:00+07:00',
    ]);
  });

  it.each([
    ['no JSON', '{', invalid('body')],
    ['empty', '', invalid('body')],
    ['no object', '"client_credentials"', invalid('body')],
    ['without a grant type', '{}', missing('grantType')],
    ['of another grant type', '{"grantType":"authorization_code"}', invalid('grantType')],
    [
      'of a grant type that is no text',
      '{"grantType":["client_credentials"]}',
      invalid('grantType'),
    ],
  ])('with a body that is %s is answered 400', async (_case, body, answer) => {
    expect((await answerTo(request({ body }))).slice(0, 2)).toEqual([400, answer]);
  });

  it('with further members in the body is fine', async () => {
    const body = '{ "grantType": "client_credentials", "additionalInfo": [] }';
    expect((await post(request({ body }))).status).toBe(200);
  });

  it('without a timestamp is answered 400', async () => {
    const { headers, body } = request();
    expect(
      (await answerTo({ headers: without(headers, 'X-TIMESTAMP'), body })).slice(0, 2),
    ).toEqual([400, missing('X-TIMESTAMP')]);
  });

  const genuine = request();
  it.each([
    ['another signature', { ...genuine.headers, 'X-SIGNATURE': 'AAAA' }],
    ['no signature', { ...genuine.headers, 'X-SIGNATURE': '' }],
    ['a key that is not DOKU’s', request({ privateKey: OTHER_KEYS.privateKey }).headers],
    [
      'the signature of another time',
      { ...genuine.headers, 'X-TIMESTAMP': '2026-01-27T10:30:01+07:00' },
    ],
    ['the signature of another merchant', { ...genuine.headers, 'X-CLIENT-KEY': 'MCH-3-IN' }],
    ['an unknown client id', request({ clientId: 'MCH-9' }).headers],
    ['the outbound id of a merchant with an inbound one', request({ clientId: 'MCH-3' }).headers],
    ['no client id', { ...genuine.headers, 'X-CLIENT-KEY': '' }],
    ['a merchant without a key of DOKU', request({ clientId: 'MCH-4' }).headers],
    ['the key of another merchant', request({ clientId: 'MCH-2' }).headers],
    [
      'a signature in another spelling',
      { ...genuine.headers, 'X-SIGNATURE': `${genuine.headers['X-SIGNATURE'] ?? ''}=` },
    ],
    [
      'a signature in small letters',
      { ...genuine.headers, 'X-SIGNATURE': (genuine.headers['X-SIGNATURE'] ?? '').toLowerCase() },
    ],
  ])('with %s is answered 401', async (_case, headers) => {
    expect(await answerTo({ headers, body: genuine.body })).toEqual([
      401,
      UNAUTHORISED,
      '2026-01-27T10:30:00+07:00',
    ]);
  });

  it.each(['X-CLIENT-KEY', 'X-TIMESTAMP', 'X-SIGNATURE'])(
    'with a repeated %s is answered 401, whatever the copies say',
    async (name) => {
      for (const copy of [genuine.headers[name] ?? '', 'x']) {
        const { port, hostname } = new URL(host.url);
        const headers = [
          ...['Host', 'shop', 'Content-Length', String(Buffer.byteLength(genuine.body))],
          ...Object.entries(genuine.headers).flat(),
          ...[name.toLowerCase(), copy],
        ];
        const status = await new Promise((resolve, reject) => {
          const outgoing = httpRequest(
            { port, hostname, path: TOKEN_PATH, method: 'POST', headers },
            (response) => {
              response.resume().on('end', () => {
                resolve(response.statusCode);
              });
            },
          );
          outgoing.on('error', reject).end(genuine.body);
        });
        expect(status).toBe(401);
      }
    },
  );

  it('of more than 64 KB is answered 413', async () => {
    const body = `{"grantType":"client_credentials","x":"${'x'.repeat(65_536)}"}`;
    expect((await answerTo(request({ body }))).slice(0, 2)).toEqual([
      413,
      '{"responseCode":"4137300","responseMessage":"Request Entity Too Large"}',
    ]);
  });

  it('with the published signature of the reference is verified as such', async () => {
    const vectors = JSON.parse(
      readFileSync(new URL('../fixtures/signature-vectors.json', import.meta.url), 'utf8'),
    ) as { snap: Record<string, string>[] };
    const {
      clientId = '',
      timestamp = '',
      publicKeyPem = '',
      signature = '',
    } = vectors.snap.find(({ id }) => id === 'S1-token-request') ?? {};
    const other = await HostApp.start({
      platform,
      options: { clientId, dokuPublicKey: createPublicKey(publicKeyPem) },
    });
    jest.setSystemTime(new Date(timestamp));
    const answer = await other.post(
      TOKEN_PATH,
      { 'X-CLIENT-KEY': clientId, 'X-TIMESTAMP': timestamp, 'X-SIGNATURE': signature },
      '{"grantType":"client_credentials"}',
    );
    await other.close();
    expect(answer.status).toBe(200);
  });

  it('tells the cause to the log only, and nothing of token or signature', () => {
    const lines = host.logs.matching(/refused|token issued/).join('\n');

    expect(lines).toMatch(/no dokuPublicKey is configured for this merchant.*merchant=keyless/);
    expect(lines).toMatch(/not made with the private half of dokuPublicKey/);
    expect(lines).toMatch(/absent or unknown X-CLIENT-KEY/);
    expect(lines).toMatch(/the timestamp is 601 s old/);
    expect(lines).toMatch(/token issued merchant=default/);
    expect(lines).not.toContain(genuine.headers['X-SIGNATURE']);
    expect(lines).not.toMatch(/[A-Za-z0-9_-]{60}/);
  });
});
