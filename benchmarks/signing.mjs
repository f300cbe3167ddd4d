import { createHash, createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';

import { signNonSnapRequest, verifyNonSnapSignature } from 'nestjs-doku';

import { compare } from './paired.mjs';

const secretKey = createSecretKey(Buffer.from('SK-benchmark-0123456789'));
const note = 'x'.repeat(
  1024 - '{"order":{"invoice_number":"INV-1","amount":90000},"note":""}'.length,
);
const body = Buffer.from(
  JSON.stringify({ order: { invoice_number: 'INV-1', amount: 90_000 }, note }),
);
const parts = {
  clientId: 'MCH-0001-10791114622547',
  requestId: 'cc682442-6c22-493e-8121-b9ef6b3fa728',
  timestamp: '2020-08-11T08:45:42Z',
  target: '/doku/notifications',
  body,
  secretKey,
};
const signature = signNonSnapRequest(parts);
const received = { ...parts, signature };

const bareSign = () => {
  const digest = createHash('sha256').update(body).digest('base64');
  const text = `Client-Id:${parts.clientId}\nRequest-Id:${parts.requestId}\nRequest-Timestamp:${parts.timestamp}\nRequest-Target:${parts.target}\nDigest:${digest}`;
  return `HMACSHA256=${createHmac('sha256', secretKey).update(text).digest('base64')}`;
};
const bareVerify = () => timingSafeEqual(Buffer.from(bareSign()), Buffer.from(signature));

/** Signing and verifying 1 KB against the same over bare node:crypto. */
export function benchSigning() {
  if (bareSign() !== signature || !bareVerify()) throw new Error('the floor signs something else');
  return {
    verify: compare(() => verifyNonSnapSignature(received), bareVerify),
    sign: compare(() => signNonSnapRequest(parts), bareSign),
  };
}
