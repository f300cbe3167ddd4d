import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

import { isObject } from '../http/members.js';
import type { HeldToken } from './access-token.js';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts a token for a store outside this process. Bound to its key: a store that hands out what was
 * kept under another customer's key gives nothing that opens.
 */
export function sealToken(token: HeldToken, key: string, secretKey: KeyObject): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, sealKey(secretKey), iv).setAAD(Buffer.from(key));
  const text = Buffer.concat([cipher.update(JSON.stringify(token)), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64');
}

/** The token that was sealed under this key with one of the secrets, or `undefined`. Never throws. */
export function openToken(
  sealed: unknown,
  key: string,
  secretKeys: readonly KeyObject[],
): HeldToken | undefined {
  if (typeof sealed !== 'string') return undefined;
  const bytes = Buffer.from(sealed, 'base64');
  for (const secretKey of secretKeys) {
    try {
      const token: unknown = JSON.parse(decrypt(bytes, key, secretKey));
      if (isHeldToken(token)) return token;
    } catch {
      // Of another secret, or not of ours at all.
    }
  }
  return undefined;
}

function decrypt(bytes: Buffer, key: string, secretKey: KeyObject): string {
  const decipher = createDecipheriv(CIPHER, sealKey(secretKey), bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  })
    .setAAD(Buffer.from(key))
    .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([
    decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)),
    decipher.final(),
  ]).toString();
}

/** Derived once: a store may be looked at many times while a lock is waited for. */
const sealKeys = new WeakMap<KeyObject, KeyObject>();

function sealKey(secretKey: KeyObject): KeyObject {
  const known = sealKeys.get(secretKey);
  if (known) return known;
  const bytes = hkdfSync('sha256', secretKey, '', 'nestjs-doku token store', 32);
  const key = createSecretKey(Buffer.from(bytes));
  sealKeys.set(secretKey, key);
  return key;
}

function isHeldToken(value: unknown): value is HeldToken {
  return (
    isObject(value) &&
    typeof value.accessToken === 'string' &&
    typeof value.obtainedAt === 'number' &&
    typeof value.expiresAt === 'number' &&
    typeof value.generation === 'number' &&
    (value.refreshToken === undefined || typeof value.refreshToken === 'string') &&
    (value.refreshExpiresAt === undefined || typeof value.refreshExpiresAt === 'number')
  );
}
