import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

import { decodeStrictBase64 } from './base64-signature.js';
import { assertSignable } from './signed-text.js';

/** What takes part in the signature of a SNAP token request (reference snap 3.1). */
export interface SnapTokenSignatureInput {
  /** `X-CLIENT-KEY` header. */
  readonly clientId: string;
  /** `X-TIMESTAMP` header, exactly as sent. */
  readonly timestamp: string;
}

/**
 * Value of `X-SIGNATURE` of a token request: base64 of SHA256withRSA over `clientId|timestamp`
 * (reference snap 3.1).
 *
 * @param input with the signer's RSA key: a `KeyObject` (parsed once) or a PEM text
 * @throws DokuValidationError when a value holds a line break or is no text
 */
export function signSnapTokenRequest(
  input: SnapTokenSignatureInput & { readonly privateKey: KeyObject | string },
): string {
  return sign('sha256', stringToSign(input), input.privateKey).toString('base64');
}

/** Whether the signature of a token request was made with the other half of `publicKey`. Never throws. */
export function verifySnapTokenRequest(
  input: SnapTokenSignatureInput & {
    readonly publicKey: KeyObject | string;
    readonly signature: string;
  },
): boolean {
  try {
    const signature = decodeStrictBase64(input.signature);
    if (signature === undefined) return false;
    const publicKey =
      typeof input.publicKey === 'string' ? createPublicKey(input.publicKey) : input.publicKey;
    return (
      publicKey.asymmetricKeyType === 'rsa' &&
      verify('sha256', stringToSign(input), publicKey, signature)
    );
  } catch {
    return false;
  }
}

function stringToSign({ clientId, timestamp }: SnapTokenSignatureInput): Buffer {
  assertSignable('X-CLIENT-KEY', clientId);
  assertSignable('X-TIMESTAMP', timestamp);
  return Buffer.from(`${clientId}|${timestamp}`);
}
