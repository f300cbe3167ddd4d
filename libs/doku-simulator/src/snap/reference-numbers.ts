import { randomBytes, randomInt } from 'node:crypto';

/** DOKU's own number of a payment or refund: 32 letters and digits, as in its samples. */
export function createReferenceNo(): string {
  const letters = randomBytes(48).toString('base64').replaceAll(/[+/=]/g, '');
  return letters.length < 32 ? createReferenceNo() : letters.slice(0, 32);
}

/** Digits only, first above 0: auth codes, page ids, external ids. */
export function createDigits(length: number): string {
  let digits = String(randomInt(1, 10));
  while (digits.length < length) digits += String(randomInt(0, 10));
  return digits;
}
