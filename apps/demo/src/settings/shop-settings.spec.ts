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
  ])('refuses %s and says what to change', (_, change, message) => {
    expect(() => readShopSettings({ ...env, ...change() })).toThrow(message);
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
