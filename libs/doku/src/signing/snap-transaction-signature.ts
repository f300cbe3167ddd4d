import { createHmac, type KeyObject } from 'node:crypto';

import { DokuValidationError } from '../errors/doku-validation.error.js';
import { equalsBase64 } from './base64-signature.js';
import { hashSnapBody, matchesSnapBodyHash } from './digest.js';
import { assertSecretKey, assertSignable } from './signed-text.js';

/** What takes part in the symmetric signature of a SNAP call (reference snap 3.2). */
export interface SnapTransactionSignatureInput {
  /** HTTP method in upper case. */
  readonly method: string;
  /** Path without host, beginning with `/`. */
  readonly path: string;
  /** The B2B access token, without `Bearer`. */
  readonly accessToken: string;
  /** Body as sent; its white space outside strings does not count. `''` for none. */
  readonly body: string | Uint8Array;
  /** `X-TIMESTAMP` header, exactly as sent. */
  readonly timestamp: string;
  /** The client secret, as text or as a `KeyObject`. */
  readonly secretKey: string | KeyObject;
}

/**
 * Value of `X-SIGNATURE` of a SNAP call: base64 of HMAC-SHA512 (reference snap 3.2).
 *
 * @throws DokuValidationError when a value holds a line break, is no text, or would blur the string to sign
 */
export function signSnapTransaction(input: SnapTransactionSignatureInput): string {
  return hmac(
    stringToSignSnapTransaction({ ...input, bodyHash: hashSnapBody(input.body) }),
    input.secretKey,
  );
}

/**
 * Whether `X-SIGNATURE` belongs to a SNAP call, over its body as it came or minified. Padded or unpadded
 * strict base64. Never throws.
 */
export function verifySnapTransaction(
  input: SnapTransactionSignatureInput & { readonly signature: string },
): boolean {
  try {
    const { method, path, accessToken, timestamp, body, secretKey, signature } = input;
    return matchesSnapBodyHash(body, (bodyHash) => {
      const parts = { method, path, accessToken, bodyHash, timestamp };
      return equalsBase64(signature, hmac(stringToSignSnapTransaction(parts), secretKey));
    });
  } catch {
    return false;
  }
}

/** `METHOD:PATH:token:bodyHash:timestamp`. */
export function stringToSignSnapTransaction(
  input: Pick<SnapTransactionSignatureInput, 'method' | 'path' | 'accessToken' | 'timestamp'> & {
    readonly bodyHash: string;
  },
): string {
  const { method, path, accessToken, bodyHash, timestamp } = input;
  assertSignable('method', method);
  assertSignable('path', path);
  assertSignable('accessToken', accessToken);
  assertSignable('X-TIMESTAMP', timestamp);
  // The colon separates the parts: in one of these it would let two requests share a string to sign.
  if (!/^[A-Z]+$/.test(method)) {
    throw new DokuValidationError(['method must be in capital letters, such as POST']);
  }
  if (accessToken.includes(':')) {
    throw new DokuValidationError(['accessToken must not contain a colon']);
  }
  return `${method}:${path}:${accessToken}:${bodyHash}:${timestamp}`;
}

function hmac(text: string, secretKey: string | KeyObject): string {
  assertSecretKey(secretKey);
  return createHmac('sha512', secretKey).update(text).digest('base64');
}
