import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';

import { DokuConfigurationError } from '../errors/doku-configuration.error.js';
import type { DokuModuleOptions } from './doku-module-options.js';
import { resolveDokuOptions } from './resolve-doku-options.js';

const credentials = { clientId: 'MCH-0001-1079', secretKey: 'SK-aB3dE5fG7hI9' };
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const small = generateKeyPairSync('rsa', { modulusLength: 1024 });
const elliptic = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const privatePem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString();
const publicPem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString();

function mistake(options: object): DokuConfigurationError {
  try {
    resolveDokuOptions(options as DokuModuleOptions);
  } catch (error) {
    if (error instanceof DokuConfigurationError) return error;
    throw error;
  }
  throw new Error('no mistake was found');
}

describe('resolveDokuOptions', () => {
  it('applies the defaults', () => {
    const options = resolveDokuOptions(credentials);

    expect(options).toMatchObject({
      environment: 'sandbox',
      baseUrl: 'https://api-sandbox.doku.com',
      http: { timeoutMs: 30_000, verifyResponses: 'when-present' },
      notifications: {
        enabled: true,
        paths: { nonSnap: '/doku/notifications' },
        publicBasePath: '',
        listenerDeadlineMs: 8_000,
        unhandled: 'accept',
      },
    });
    expect([...options.merchants.keys()]).toEqual(['default']);
    expect(resolveDokuOptions({ ...credentials, environment: 'production' }).baseUrl).toBe(
      'https://api.doku.com',
    );
  });

  it('keeps every accepted secret: the current one first, then the previous ones', () => {
    const merchant = resolveDokuOptions({
      ...credentials,
      previousSecretKeys: ['SK-old1', 'SK-old2'],
      inbound: { clientId: 'MCH-IN', secretKey: 'SK-in1' },
    }).merchants.get('default');

    const texts = (keys: readonly KeyObject[] = []) => keys.map((key) => key.export().toString());
    expect(texts(merchant?.acceptedSecretKeys)).toEqual([
      credentials.secretKey,
      'SK-old1',
      'SK-old2',
    ]);
    expect(merchant?.inbound.clientId).toBe('MCH-IN');
    expect(texts(merchant?.inbound.acceptedSecretKeys)).toEqual(['SK-in1', 'SK-old1', 'SK-old2']);
  });

  it.each([
    ['PEM', privatePem(privateKey)],
    ['a KeyObject', privateKey],
    [
      'an encrypted PEM with its passphrase',
      {
        key: privateKey
          .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open' })
          .toString(),
        passphrase: 'open',
      },
    ],
  ])('takes a private key as %s', (_form, given) => {
    const merchant = resolveDokuOptions({ ...credentials, privateKey: given }).merchants.get(
      'default',
    );

    expect(merchant?.privateKey?.equals(privateKey)).toBe(true);
  });

  it('takes a private key that is encrypted as in DOKU’s guide', () => {
    const key = execFileSync(
      'openssl',
      ['pkcs8', '-topk8', '-v1', 'PBE-SHA1-3DES', '-passout', 'pass:open'],
      { input: privatePem(privateKey), encoding: 'utf8' },
    );
    expect(key).toContain('ENCRYPTED');
    const merchant = resolveDokuOptions({
      ...credentials,
      privateKey: { key, passphrase: 'open' },
    }).merchants.get('default');
    expect(merchant?.privateKey?.equals(privateKey)).toBe(true);
  });

  it('takes one or several public keys of DOKU', () => {
    const keys = (dokuPublicKey: DokuModuleOptions['dokuPublicKey'] & {}) =>
      resolveDokuOptions({ ...credentials, dokuPublicKey }).merchants.get('default')
        ?.dokuPublicKeys;

    expect(keys(publicPem(publicKey))).toHaveLength(1);
    expect(keys([publicPem(publicKey), publicKey])).toHaveLength(2);
  });

  it.each([
    'https://proxy.example.co.id',
    'http://127.0.0.1:4010',
    'http://localhost:1',
    'http://[::1]:2',
  ])('takes %s as base URL', (baseUrl) => {
    expect(resolveDokuOptions({ ...credentials, baseUrl: `${baseUrl}/` }).baseUrl).toBe(baseUrl);
  });

  it.each([
    ['a missing client id', { secretKey: 'SK-a1' }, 'clientId', /is missing/],
    ['a missing secret', { clientId: 'MCH-1' }, 'secretKey', /is missing/],
    ['a blank secret', { ...credentials, secretKey: '  ' }, 'secretKey', /is blank/],
    ['a secret that is no text', { ...credentials, secretKey: 42 }, 'secretKey', /must be a text/],
    [
      'a secret with a line break',
      { ...credentials, secretKey: 'SK-a1\n' },
      'secretKey',
      /line break/,
    ],
    [
      'a blank previous secret',
      { ...credentials, previousSecretKeys: ['SK-a1', ''] },
      'previousSecretKeys[1]',
      /is blank/,
    ],
    ['an unreadable key', { ...credentials, privateKey: 'MIIB' }, 'privateKey', /cannot be read/],
    [
      'an encrypted key with the wrong passphrase',
      {
        ...credentials,
        privateKey: {
          key: privateKey.export({
            type: 'pkcs8',
            format: 'pem',
            cipher: 'aes-256-cbc',
            passphrase: 'a',
          }),
          passphrase: 'b',
        },
      },
      'privateKey',
      /cannot be read as a private key/,
    ],
    [
      'a short key',
      { ...credentials, privateKey: privatePem(small.privateKey) },
      'privateKey',
      /1024 bits/,
    ],
    [
      'a short key of DOKU',
      { ...credentials, dokuPublicKey: small.publicKey },
      'dokuPublicKey[0]',
      /1024 bits/,
    ],
    [
      'an elliptic key',
      { ...credentials, privateKey: elliptic.privateKey },
      'privateKey',
      /not RSA/,
    ],
    [
      'a public key in the private slot',
      { ...credentials, privateKey: publicPem(publicKey) },
      'privateKey',
      /is a public key/,
    ],
    [
      'a public KeyObject in the private slot',
      { ...credentials, privateKey: publicKey },
      'privateKey',
      /is a public key/,
    ],
    [
      'a private key as that of DOKU',
      { ...credentials, dokuPublicKey: privatePem(privateKey) },
      'dokuPublicKey[0]',
      /is a private key/,
    ],
    [
      'the sandbox host with production',
      { ...credentials, environment: 'production', baseUrl: 'https://api-sandbox.doku.com' },
      'baseUrl',
      /sandbox host although environment is "production"/,
    ],
    [
      'the production host with sandbox',
      { ...credentials, baseUrl: 'https://api.doku.com' },
      'baseUrl',
      /production host although environment is "sandbox"/,
    ],
    [
      'http off loopback',
      { ...credentials, baseUrl: 'http://10.0.0.1' },
      'baseUrl',
      /in the clear/,
    ],
    [
      'http to a look-alike',
      { ...credentials, baseUrl: 'http://127.0.0.1.evil.example' },
      'baseUrl',
      /in the clear/,
    ],
    [
      'a base URL with a path',
      { ...credentials, baseUrl: 'https://proxy.example/doku' },
      'baseUrl',
      /origin/,
    ],
    [
      'a base URL that is none',
      { ...credentials, baseUrl: 'api.doku.com' },
      'baseUrl',
      /is not a URL/,
    ],
    [
      'an unknown environment',
      { ...credentials, environment: 'staging' },
      'environment',
      /"sandbox" or "production"/,
    ],
    [
      'a client id used twice',
      {
        ...credentials,
        merchants: { shop2: { clientId: credentials.clientId, secretKey: 'SK-b2' } },
      },
      'merchants.shop2.clientId',
      /same client id as merchant "default"/,
    ],
    [
      'an inbound client id used twice',
      {
        ...credentials,
        merchants: {
          shop2: {
            clientId: 'MCH-2',
            secretKey: 'SK-b2',
            inbound: { clientId: credentials.clientId },
          },
        },
      },
      'merchants.shop2.clientId',
      /same client id/,
    ],
    [
      'a further merchant without a secret',
      { ...credentials, merchants: { shop2: { clientId: 'MCH-2' } } },
      'merchants.shop2.secretKey',
      /is missing/,
    ],
    [
      'a merchant named default',
      { ...credentials, merchants: { default: { clientId: 'MCH-2', secretKey: 'SK-b2' } } },
      'merchants.default',
      /belongs to the credentials at the top/,
    ],
    ['a deadline of 0', { ...credentials, http: { timeoutMs: 0 } }, 'http.timeoutMs', /above 0/],
    [
      'a deadline in fractions',
      { ...credentials, notifications: { listenerDeadlineMs: 1.5 } },
      'notifications.listenerDeadlineMs',
      /whole number/,
    ],
    [
      'a route with a host',
      { ...credentials, notifications: { path: 'https://shop.example/doku' } },
      'notifications.path',
      /plain path/,
    ],
    [
      'an unknown way to verify answers',
      { ...credentials, http: { verifyResponses: true } },
      'http.verifyResponses',
      /does not know/,
    ],
    ['no options at all', null as unknown as object, 'DokuModule', /no options/],
  ])('refuses %s, naming the option and the fix', (_case, options, option, message) => {
    const error = mistake(options);

    expect(error.option).toBe(option);
    expect(error.message).toMatch(message);
    expect(error.message).toContain(option);
    expect(error.fix.length).toBeGreaterThan(10);
  });

  it.each([
    'your-secret-key',
    'YOUR_SECRET_KEY',
    '<secret>',
    '${DOKU_SECRET_KEY}',
    '{{secret}}',
    'changeme',
    'change-me',
    'replace-with-your-key',
    'SK-xxxxxxxx',
    'xxxxxx',
    '********',
    'SK-your-secret-key',
    'todo',
    'undefined',
    'null',
    'SK-placeholder',
    'my-secret-key',
    'insert-key-here',
    '0000000000',
  ])('takes %s for a placeholder, without repeating it', (secretKey) => {
    const error = mistake({ ...credentials, secretKey });

    expect(error.message).toMatch(/secretKey: is still a placeholder/);
    expect(error.message).not.toContain(secretKey);
  });

  it.each([
    'secret',
    'SK-TEST',
    'SK-unit-test-non-snap-0001',
    'fdppqbF5wq7vVegyvsV1CROMv646nJ7A',
    'yourX9',
  ])('takes %s for a secret', (secretKey) => {
    expect(() => resolveDokuOptions({ ...credentials, secretKey })).not.toThrow();
  });

  it('never repeats a secret or a key in a message', () => {
    const pem = privatePem(small.privateKey);
    const error = mistake({ ...credentials, secretKey: 'SK-canary-77 ', privateKey: pem });

    expect(JSON.stringify(error) + String(error.stack)).not.toContain('canary');
    expect(JSON.stringify(mistake({ ...credentials, privateKey: pem }))).not.toContain('MII');
  });
});
