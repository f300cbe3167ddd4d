import { createPrivateKey, createPublicKey, KeyObject } from 'node:crypto';

import { DokuConfigurationError } from '../errors/doku-configuration.error.js';
import type { DokuPrivateKey, DokuPublicKey } from './doku-module-options.js';

const MINIMUM_BITS = 2048;

/** @throws DokuConfigurationError unless it is an RSA private key that is long enough */
export function parsePrivateKey(given: DokuPrivateKey, option: string): KeyObject {
  if (isPublic(given)) {
    throw new DokuConfigurationError(
      'is a public key',
      option,
      'Give the private half here (it stays with you) and register the public half with DOKU.',
    );
  }
  return assertRsa(
    parse(option, 'private', () => (given instanceof KeyObject ? given : createPrivateKey(given))),
    option,
  );
}

/** @throws DokuConfigurationError unless it is an RSA public key that is long enough */
export function parsePublicKey(given: DokuPublicKey, option: string): KeyObject {
  const isPrivate =
    given instanceof KeyObject
      ? given.type === 'private'
      : typeof given === 'string' && given.includes('PRIVATE KEY');
  if (isPrivate) {
    throw new DokuConfigurationError(
      'is a private key',
      option,
      "Give DOKU's public key, from its dashboard under Settings, API Keys.",
    );
  }
  return assertRsa(
    parse(option, 'public', () => (given instanceof KeyObject ? given : createPublicKey(given))),
    option,
  );
}

function isPublic(given: DokuPrivateKey): boolean {
  if (given instanceof KeyObject) return given.type === 'public';
  const pem = typeof given === 'string' ? given : given.key;
  return typeof pem === 'string' && /-----BEGIN (RSA )?PUBLIC KEY-----/.test(pem);
}

function parse(option: string, kind: 'private' | 'public', read: () => KeyObject): KeyObject {
  try {
    return read();
  } catch (cause) {
    // Node's own message can quote nothing of the key, but its cause may: only the code is kept.
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    const about =
      kind === 'private'
        ? 'Give a PEM text with its line breaks ("-----BEGIN PRIVATE KEY-----"), a KeyObject, or { key, passphrase } for an encrypted key; a key encrypted with an outdated cipher must be converted first: openssl pkcs8 -topk8 -v2 aes256.'
        : 'Give a PEM text with its line breaks ("-----BEGIN PUBLIC KEY-----") or a KeyObject.';
    throw new DokuConfigurationError(`cannot be read as a ${kind} key${code}`, option, about);
  }
}

function assertRsa(key: KeyObject, option: string): KeyObject {
  if (key.asymmetricKeyType !== 'rsa') {
    throw new DokuConfigurationError(
      `is of type ${key.asymmetricKeyType ?? key.type}, not RSA`,
      option,
      'Make an RSA key: openssl genrsa 2048.',
    );
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < MINIMUM_BITS) {
    throw new DokuConfigurationError(
      `is an RSA key of ${bits} bits, at least ${MINIMUM_BITS} are needed`,
      option,
      'Make a longer key (openssl genrsa 2048) and register its public half with DOKU.',
    );
  }
  return key;
}
