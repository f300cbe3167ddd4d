import { createDecipheriv, type KeyObject } from 'node:crypto';

/** A whole number of blocks of 16 bytes, in base64. */
const BLOCK_BYTES = 16;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * Decrypts the authCode of an account inquiry: AES in ECB mode with PKCS#7 padding, in base64; the key's length
 * chooses AES-128, 192 or 256 (reference wallet B.4). `undefined` for everything that is not such a text.
 */
export function decryptAuthCode(encrypted: string, key: KeyObject): string | undefined {
  const bytes = BASE64.test(encrypted) ? Buffer.from(encrypted, 'base64') : Buffer.alloc(0);
  if (bytes.length === 0 || bytes.length % BLOCK_BYTES !== 0) return undefined;
  try {
    const decipher = createDecipheriv(`aes-${8 * (key.symmetricKeySize ?? 0)}-ecb`, key, null);
    const text = Buffer.concat([decipher.update(bytes), decipher.final()]).toString('utf8');
    // With a wrong key the padding looks right now and then, but the text does not.
    return /^[\x21-\x7e]{1,2048}$/.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}
