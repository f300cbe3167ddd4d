import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUV';

/**
 * A new reference of ours for a payment or a refund: 32 letters and digits, the one length that fits every
 * channel of DOKU, but for the refund number of KKI, which takes the first 12. Store it before the call that
 * uses it.
 */
export function createPartnerReference(): string {
  // 32 symbols are 5 bits of a byte each, so that every symbol is as likely as the others.
  return Array.from(randomBytes(32), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
}
