import { createHmac, type KeyObject } from 'node:crypto';

import { equalsBase64 } from './base64-signature.js';
import { createDigest } from './digest.js';
import { assertSecretKey, assertSignable } from './signed-text.js';

/** Everything that takes part in a non-SNAP signature (reference non-snap 2). */
export interface NonSnapSignatureInput {
  /** `Client-Id` header. */
  readonly clientId: string;
  /** `Request-Id` header. */
  readonly requestId: string;
  /** `Request-Timestamp` header, or `Response-Timestamp` for an answer, exactly as sent. */
  readonly timestamp: string;
  /** Path that is called, beginning with `/`; of an answer, the path that was called. */
  readonly target: string;
  /** Body exactly as sent. Left out for the GET form, which has no `Digest` line. */
  readonly body?: string | Uint8Array | undefined;
  /** The merchant's Secret Key, as text or as a `KeyObject`. */
  readonly secretKey: string | KeyObject;
}

const PREFIX = 'HMACSHA256=';

/**
 * Value of the `Signature` header of a request: `HMACSHA256=` and base64 (reference non-snap 2.1).
 *
 * @throws DokuValidationError when a value holds a line break or is no text
 */
export function signNonSnapRequest(input: NonSnapSignatureInput): string {
  return PREFIX + hmac(stringToSignNonSnap(input, 'Request-Timestamp'), input.secretKey);
}

/**
 * Whether a `Signature` header belongs to a request or a notification (reference non-snap 2.2, 4.3).
 * Takes the value with or without `HMACSHA256=`, padded or unpadded strict base64. Never throws.
 */
export function verifyNonSnapSignature(
  input: NonSnapSignatureInput & { readonly signature: string },
): boolean {
  return verify(input, 'Request-Timestamp');
}

/**
 * Whether a `Signature` header belongs to DOKU's answer; `timestamp` is its `Response-Timestamp`
 * (reference non-snap 2.3). Never throws.
 */
export function verifyNonSnapResponse(
  input: NonSnapSignatureInput & { readonly signature: string },
): boolean {
  return verify(input, 'Response-Timestamp');
}

type TimestampHeader = 'Request-Timestamp' | 'Response-Timestamp';

/** The lines that are signed, joined by single line feeds. */
export function stringToSignNonSnap(
  input: Omit<NonSnapSignatureInput, 'secretKey'>,
  timestampHeader: TimestampHeader,
): string {
  const { clientId, requestId, timestamp, target, body } = input;
  assertSignable('Client-Id', clientId);
  assertSignable('Request-Id', requestId);
  assertSignable(timestampHeader, timestamp);
  assertSignable('Request-Target', target);
  const lines = `Client-Id:${clientId}\nRequest-Id:${requestId}\n${timestampHeader}:${timestamp}\nRequest-Target:${target}`;
  return body === undefined ? lines : `${lines}\nDigest:${createDigest(body)}`;
}

function verify(
  input: NonSnapSignatureInput & { readonly signature: string },
  timestampHeader: TimestampHeader,
): boolean {
  try {
    const { signature, secretKey } = input;
    if (typeof signature !== 'string') return false;
    const received = signature.startsWith(PREFIX) ? signature.slice(PREFIX.length) : signature;
    return equalsBase64(received, hmac(stringToSignNonSnap(input, timestampHeader), secretKey));
  } catch {
    return false;
  }
}

function hmac(text: string, secretKey: string | KeyObject): string {
  assertSecretKey(secretKey);
  return createHmac('sha256', secretKey).update(text).digest('base64');
}
