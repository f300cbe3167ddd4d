import { generateKeyPairSync } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';

import { DokuConfigurationError } from '../errors/doku-configuration.error.js';
import { resolveNotificationOptions } from './resolve-notification-options.js';

type Merchants = Parameters<typeof resolveNotificationOptions>[1];

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const keyless = { name: 'default', dokuPublicKeys: [] };
const withoutKey = [keyless];
const withKey = [keyless, { name: 'third', dokuPublicKeys: [publicKey] }];

const resolve = (options: object = {}, merchants: Merchants = withKey) =>
  resolveNotificationOptions(options, merchants);

function mistake(options: object, merchants: Merchants = withKey): DokuConfigurationError {
  try {
    resolve(options, merchants);
  } catch (error) {
    if (error instanceof DokuConfigurationError) return error;
    throw error;
  }
  throw new Error('no mistake was found');
}

describe('resolveNotificationOptions', () => {
  it('applies the defaults', () => {
    expect(resolve({}, withoutKey)).toEqual({
      enabled: true,
      paths: {
        nonSnap: '/doku/notifications',
        token: '/doku/authorization/v1/access-token/b2b',
        snap: '/doku/v1.0/debit/notify',
      },
      publicBasePath: '',
      listenerDeadlineMs: 8_000,
      unhandled: 'accept',
      timestampWindow: 'observe',
      requireIssuedToken: false,
      lateTokens: 'accept',
      asymmetricSignatures: 'refuse',
      delivery: 'inline',
    });
  });

  it('puts the prefix before each route that has no path of its own', () => {
    expect(resolve({ path: 'pay/', paths: { snap: '/hooks/snap' } }).paths).toEqual({
      nonSnap: '/pay/notifications',
      token: '/pay/authorization/v1/access-token/b2b',
      snap: '/hooks/snap',
    });
  });

  it.each([
    [{ paths: { token: 'https://x/y' } }, 'notifications.paths.token', /plain path/],
    [{ paths: { snap: '' } }, 'notifications.paths.snap', /plain path/],
    [
      { paths: { snap: 'doku/notifications' } },
      'notifications.paths.snap',
      /same path as that of the route "nonSnap"/,
    ],
    [{ paths: { nonSnap: 'a', token: 'a' } }, 'notifications.paths.nonSnap', /route "token"/],
    [{ timestampWindow: 600_000 }, 'notifications.timestampWindow', /"observe" or "enforce"/],
    [{ requireIssuedToken: 'true' }, 'notifications.requireIssuedToken', /true or false/],
    [{ lateTokens: true }, 'notifications.lateTokens', /"accept" or "refuse"/],
    [{ asymmetricSignatures: true }, 'notifications.asymmetricSignatures', /"accept" or "refuse"/],
  ])('refuses %j, naming the option and the fix', (options, option, message) => {
    const error = mistake(options);
    expect([error.option, error.message]).toEqual([option, expect.stringMatching(message)]);
  });

  it.each([
    [{ requireIssuedToken: true }, 'notifications.requireIssuedToken'],
    [{ asymmetricSignatures: 'accept' }, 'notifications.asymmetricSignatures'],
  ])('refuses %j where no merchant has a public key of DOKU', (options, option) => {
    const error = mistake(options, withoutKey);
    expect([error.option, error.message]).toEqual([option, expect.stringMatching(/dokuPublicKey/)]);
    expect(() => resolve(options)).not.toThrow();
    expect(() => resolve({ ...options, enabled: false }, withoutKey)).not.toThrow();
  });

  it('refuses requireIssuedToken where one merchant of SNAP could never be given a token', () => {
    const second = { name: 'second', dokuPublicKeys: [] };
    const error = mistake({ requireIssuedToken: true }, [...withKey, { ...second, privateKey }]);
    expect(error.option).toBe('merchants.second.dokuPublicKey');
    // A merchant without a key of its own calls nothing on SNAP, and is not called there.
    expect(() => resolve({ requireIssuedToken: true }, [...withKey, second])).not.toThrow();
  });
});
