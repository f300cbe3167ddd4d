import { createHmac, type KeyObject, verify } from 'node:crypto';

import { decodeStrictBase64, equalsBase64 } from '../signing/base64-signature.js';
import { matchesSnapBodyHash } from '../signing/digest.js';
import { stringToSignSnapTransaction } from '../signing/snap-transaction-signature.js';

/** What DOKU signs of a notification (reference snap 12.4). */
interface SignedNotification {
  /** Path of the merchant's Notification URL as DOKU calls it, with its query. */
  readonly path: string;
  readonly body: Uint8Array;
  /** `X-TIMESTAMP` header, exactly as sent. */
  readonly timestamp: string;
  /** `X-SIGNATURE` header. */
  readonly signature: string;
}

const METHOD = 'POST';

/**
 * Whether a notification is signed with one of the secrets, over the token that it shows itself. Never
 * throws.
 */
export function isSignedBySecret(
  notification: SignedNotification & { readonly accessToken: string },
  secretKeys: readonly KeyObject[],
): boolean {
  const { path, accessToken, body, timestamp, signature } = notification;
  return matches(body, (bodyHash) => {
    const text = stringToSignSnapTransaction({
      method: METHOD,
      path,
      accessToken,
      bodyHash,
      timestamp,
    });
    return secretKeys.some((secretKey) =>
      equalsBase64(signature, createHmac('sha512', secretKey).update(text).digest('base64')),
    );
  });
}

/**
 * Whether a notification is signed with the private half of one of DOKU's keys, in the form without a
 * token (reference snap 3.3). Never throws.
 */
export function isSignedByDokuKey(
  { path, body, timestamp, signature }: SignedNotification,
  publicKeys: readonly KeyObject[],
): boolean {
  const bytes = decodeStrictBase64(signature);
  if (bytes === undefined) return false;
  return matches(body, (bodyHash) => {
    const text = Buffer.from(`${METHOD}:${path}:${bodyHash}:${timestamp}`);
    return publicKeys.some((publicKey) => verify('sha256', text, publicKey, bytes));
  });
}

/** A header that cannot be signed proves nothing either. */
function matches(body: Uint8Array, signs: (bodyHash: string) => boolean): boolean {
  try {
    return matchesSnapBodyHash(body, signs);
  } catch {
    return false;
  }
}
