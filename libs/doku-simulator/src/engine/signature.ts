import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** What every `Signature` value of the non-SNAP family begins with (reference 2.1). */
export const SIGNATURE_PREFIX = 'HMACSHA256=';

/** Which timestamp line a string to sign carries: callers send one name, answers the other (2.3). */
type TimestampName = 'Request-Timestamp' | 'Response-Timestamp';

/** The parts of a string to sign, as they stand in the headers. */
export interface SignedParts {
  readonly clientId: string;
  readonly requestId: string;
  readonly timestampName: TimestampName;
  readonly timestamp: string;
  /** The path only: no scheme, host or query. */
  readonly target: string;
  /** The exact bytes of the body; left out for GET, whose string has no `Digest` line. */
  readonly body?: Buffer;
}

/** Base64 SHA-256 of the bytes on the wire. */
export function createDigest(body: Buffer): string {
  return createHash('sha256').update(body).digest('base64');
}

/** The lines that are signed, joined by one line feed, none at the end (reference 2.1). */
export function createStringToSign(parts: SignedParts): string {
  const lines = [
    `Client-Id:${parts.clientId}`,
    `Request-Id:${parts.requestId}`,
    `${parts.timestampName}:${parts.timestamp}`,
    `Request-Target:${parts.target}`,
  ];
  if (parts.body !== undefined) lines.push(`Digest:${createDigest(parts.body)}`);
  return lines.join('\n');
}

/** The value of the `Signature` header. The secret is used as text, never base64-decoded. */
export function createSignature(stringToSign: string, secretKey: string): string {
  const mac = createHmac('sha256', secretKey).update(stringToSign, 'utf8').digest('base64');
  return SIGNATURE_PREFIX + mac;
}

/** Whether two header values are the same, in constant time. */
export function isSameSignature(given: string, expected: string): boolean {
  const givenBytes = Buffer.from(given);
  const expectedBytes = Buffer.from(expected);
  return givenBytes.length === expectedBytes.length && timingSafeEqual(givenBytes, expectedBytes);
}

/** UTC without fractions of a second, the only form that DOKU documents (reference 1.1). */
export function toWireTimestamp(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
