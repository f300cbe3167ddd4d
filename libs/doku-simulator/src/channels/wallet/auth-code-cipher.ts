import { createCipheriv } from 'node:crypto';

/** AES in ECB mode with PKCS#7 padding, as base64; the key's length chooses the variant (B.4). */
export function encryptAuthCode(authCode: string, secretKey: string): string {
  const key = Buffer.from(secretKey, 'utf8');
  const cipher = createCipheriv(`aes-${key.length * 8}-ecb`, key, null);
  return Buffer.concat([cipher.update(authCode, 'utf8'), cipher.final()]).toString('base64');
}
