import { generateKeyPairSync } from 'node:crypto';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** The merchant's RSA key of this test run. */
export const MERCHANT_PRIVATE_KEY = privateKey;
/** Its public half, PEM, as registered with DOKU. */
export const MERCHANT_PUBLIC_KEY = publicKey.export({ type: 'spki', format: 'pem' }).toString();
