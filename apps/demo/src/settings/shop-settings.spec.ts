import { generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';

import { afterAll, describe, expect, it } from '@jest/globals';

import { isDokuAddress, readShopSettings } from './shop-settings.js';

describe('readShopSettings', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shop-settings-'));
  const good = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const env = {
    MERCHANT_PRIVATE_KEY_FILE: write('private.pem', privatePem(good)),
    DOKU_PUBLIC_KEY_FILE: write('public.pem', publicPem(good)),
  };

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  function write(name: string, content: string): string {
    const file = join(folder, name);
    writeFileSync(file, content, { mode: 0o600 });
    return file;
  }

  function privatePem({ privateKey }: KeyPairKeyObjectResult): string {
    return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  }

  function publicPem({ publicKey }: KeyPairKeyObjectResult): string {
    return publicKey.export({ type: 'spki', format: 'pem' }).toString();
  }

  it('reads both keys', () => {
    const { merchantPrivateKey, dokuPublicKey } = readShopSettings(env);

    expect([merchantPrivateKey.type, dokuPublicKey.type]).toEqual(['private', 'public']);
  });

  it.each<[string, () => Record<string, string>, RegExp]>([
    [
      'no key at all',
      () => ({ MERCHANT_PRIVATE_KEY_FILE: '' }),
      /KEY_FILE is not set; it must name/,
    ],
    ['a file that is missing', () => ({ DOKU_PUBLIC_KEY_FILE: '/nowhere.pem' }), /cannot be read/],
    [
      'the public half',
      () => ({ MERCHANT_PRIVATE_KEY_FILE: env.DOKU_PUBLIC_KEY_FILE }),
      /private key/,
    ],
    [
      'the private half',
      () => ({ DOKU_PUBLIC_KEY_FILE: env.MERCHANT_PRIVATE_KEY_FILE }),
      /is not one/,
    ],
    [
      'a broken key',
      () => ({ MERCHANT_PRIVATE_KEY_FILE: write('broken.pem', privatePem(good).slice(0, 900)) }),
      /MERCHANT_PRIVATE_KEY_FILE .* cannot be parsed/,
    ],
    [
      'a short key',
      () => {
        const short = generateKeyPairSync('rsa', { modulusLength: 1024 });
        return { MERCHANT_PRIVATE_KEY_FILE: write('short.pem', privatePem(short)) };
      },
      /at least 2048 bits/,
    ],
    [
      'a key of another kind',
      () => {
        const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });
        return { DOKU_PUBLIC_KEY_FILE: write('curve.pem', publicPem(curve)) };
      },
      /RSA key/,
    ],
    [
      'an address that is too short',
      () => ({ SHOP_IP_ADDRESS: '127.0.0.1' }),
      /10 to 15 characters/,
    ],
    [
      'two places for events',
      () => ({ REDIS_URL: 'redis://127.0.0.1', DATABASE_URL: 'postgres://127.0.0.1/shop' }),
      /REDIS_URL and DATABASE_URL are both set/,
    ],
    [
      'a database where Redis should be',
      () => ({ REDIS_URL: 'postgres://127.0.0.1/shop' }),
      /REDIS_URL must be a URL such as redis:/,
    ],
    [
      'an address of no scheme',
      () => ({ DATABASE_URL: '127.0.0.1' }),
      /DATABASE_URL must be a URL/,
    ],
    [
      'delays that are no numbers',
      () => ({ DOKU_QUERY_DELAYS_MS: '5000,soon' }),
      /DOKU_QUERY_DELAYS_MS must be a whole number/,
    ],
  ])('refuses %s and says what to change', (_, change, message) => {
    expect(() => readShopSettings({ ...env, ...change() })).toThrow(message);
  });

  it.each([
    [{}, { engine: 'inline' }],
    [{ REDIS_URL: '', DATABASE_URL: '' }, { engine: 'inline' }],
    [
      { REDIS_URL: 'rediss://default:hunter2@redis.example.com' },
      { engine: 'redis', address: 'redis.example.com:6379', namespace: 'doku_demo' },
    ],
    [
      {
        DATABASE_URL: 'postgres://shop:hunter2@[::1]/shop?password=hunter2',
        EVENTS_NAMESPACE: 'x',
      },
      { engine: 'postgresql', address: '[::1]:5432/shop', namespace: 'x' },
    ],
  ])('keeps events where %j says', (variables, expected) => {
    expect(readShopSettings({ ...env, ...variables }).eventStore).toMatchObject(expected);
  });

  it.each(['REDIS_URL', 'DATABASE_URL'])('never quotes a password of %s', (name) => {
    const url = 'mysql://shop:hunter2@127.0.0.1/shop';

    expect(() => readShopSettings({ ...env, [name]: url })).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('hunter2') }),
    );
  });

  it('reads how often to ask for open payments', () => {
    const { queryDelaysMs } = readShopSettings({ ...env, DOKU_QUERY_DELAYS_MS: '3000, 60000' });

    expect(queryDelaysMs).toEqual([3_000, 60_000]);
  });

  it('never quotes a key', () => {
    const secret = privatePem(good).split('\n')[3] ?? '';
    const file = write('half.pem', privatePem(good).slice(0, 900));

    let thrown: unknown;
    try {
      readShopSettings({ ...env, MERCHANT_PRIVATE_KEY_FILE: file });
    } catch (error) {
      thrown = error;
    }
    expect(inspect(thrown)).toContain('cannot be parsed');
    expect(inspect(thrown)).not.toContain(secret);
  });
});

it.each([
  ['203.0.113.7', true],
  ['255.255.255.255', true],
  ['127.0.0.1', false],
  ['1.1.1.1', false],
  ['2001:db8::1', false],
  ['', false],
])('knows whether DOKU takes the address %j', (address, isTaken) => {
  expect(isDokuAddress(address)).toBe(isTaken);
});
