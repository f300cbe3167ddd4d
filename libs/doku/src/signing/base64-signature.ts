import { timingSafeEqual } from 'node:crypto';

/**
 * Whether a received signature spells the expected one, in constant time.
 *
 * Standard base64 of a given number of bytes has one padded and one unpadded spelling when its last bits
 * must be zero, so comparing texts is as good as comparing bytes and cannot accept a third spelling.
 *
 * @param expected padded standard base64
 */
export function equalsBase64(received: unknown, expected: string): boolean {
  if (typeof received !== 'string') return false;
  const padded = received.length === expected.length ? received : pad(received);
  const actual = Buffer.from(padded);
  const wanted = Buffer.from(expected);
  return actual.length === wanted.length && timingSafeEqual(actual, wanted);
}

/** Bytes of a strictly spelled base64 text, padded or not; `undefined` for every other spelling. */
export function decodeStrictBase64(received: unknown): Buffer | undefined {
  if (typeof received !== 'string') return undefined;
  const bytes = Buffer.from(received, 'base64');
  const canonical = bytes.toString('base64');
  return received === canonical || pad(received) === canonical ? bytes : undefined;
}

/** Adds the padding to a text that has none; leaves every other text as it is. */
function pad(text: string): string {
  return text.endsWith('=') ? text : text + '='.repeat((4 - (text.length % 4)) % 4);
}
