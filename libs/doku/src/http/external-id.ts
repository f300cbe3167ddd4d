import { randomBytes } from 'node:crypto';

const SUFFIX_DIGITS = 19;
const SUFFIX_BITS = 63;

/**
 * A new `X-EXTERNAL-ID`: 32 digits, the time in milliseconds and 63 random bits, so that processes need
 * not agree on anything to keep theirs apart. Unique for ever, since DOKU does not say when its day ends
 * (reference snap 5, 14).
 */
export function createExternalId(): string {
  const random = BigInt.asUintN(SUFFIX_BITS, randomBytes(8).readBigUInt64BE());
  return String(Date.now()).padStart(13, '0') + String(random).padStart(SUFFIX_DIGITS, '0');
}
