import { createHash, createHmac, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';

/** The parts of a symmetric string to sign (snap reference 3.2). */
export interface SnapSignedParts {
  readonly method: string;
  /** Path and query as called. */
  readonly target: string;
  /** Of the merchant, without `Bearer`. */
  readonly token: string;
  readonly body: Buffer;
  readonly timestamp: string;
}

/** JSON without the white space between its parts; strings stay as they are, byte by byte. */
export function minify(body: Buffer): Buffer {
  // One character per byte, so that even malformed UTF-8 comes through unchanged.
  const text = body.toString('latin1');
  const kept = text.replaceAll(/"(?:[^"\\]|\\.)*"|[ \t\r\n]+/gs, (part) =>
    part.startsWith('"') ? part : '',
  );
  return Buffer.from(kept, 'latin1');
}

/** Lower-case hex SHA-256 of the minified body. */
export function createBodyHash(body: Buffer): string {
  return createHash('sha256').update(minify(body)).digest('hex');
}

export function createSnapStringToSign(parts: SnapSignedParts): string {
  const { method, target, token, body, timestamp } = parts;
  return `${method}:${target}:${token}:${createBodyHash(body)}:${timestamp}`;
}

/** Base64 HMAC-SHA512; the secret is used as text. */
export function createSnapMac(stringToSign: string, secretKey: string): string {
  return createHmac('sha512', secretKey).update(stringToSign, 'utf8').digest('base64');
}

/** What is signed to get a token, on either side (snap reference 3.1). */
export function createTokenStringToSign(clientId: string, timestamp: string): string {
  return `${clientId}|${timestamp}`;
}

export function signWithRsa(stringToSign: string, privateKey: KeyObject): string {
  return sign('sha256', Buffer.from(stringToSign, 'utf8'), privateKey).toString('base64');
}

export function fitsRsa(stringToSign: string, signature: Buffer, publicKeyPem: string): boolean {
  const key = createPublicKey(publicKeyPem);
  return verify('sha256', Buffer.from(stringToSign, 'utf8'), key, signature);
}
