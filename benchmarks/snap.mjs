import {
  createHash,
  createHmac,
  createSecretKey,
  generateKeyPairSync,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto';

import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DokuModule, signSnapTokenRequest } from 'nestjs-doku';
import { signSnapNotification, signTokenRequest } from 'nestjs-doku/testing';

// What the routes run, without HTTP around it; not part of the public API.
import { InboundTokens } from '../libs/doku/dist/esm/notifications/inbound-tokens.js';
import { isSignedBySecret } from '../libs/doku/dist/esm/notifications/snap-notification-signature.js';
import { SnapTokenReceiver } from '../libs/doku/dist/esm/notifications/snap-token.receiver.js';
import { MerchantRegistry } from '../libs/doku/dist/esm/options/merchant-registry.js';

import { compare } from './paired.mjs';

const clientId = 'MCH-0001-10791114622547';
const secretKey = 'SK-benchmark-0123456789';
const doku = generateKeyPairSync('rsa', { modulusLength: 2048 });
const merchantKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const PATH = '/doku/v1.0/debit/notify';
/** RSA takes a hundred times longer than a hash. */
const FEW = { rounds: 100, calls: 20 };

/** SNAP in both directions against the bare node:crypto of it. */
export async function benchSnap() {
  // Both sides would spend their time in the console.
  Logger.overrideLogger(false);
  const app = await NestFactory.createApplicationContext(
    DokuModule.forRoot({ clientId, secretKey, dokuPublicKey: doku.publicKey }),
    { logger: false },
  );
  try {
    return {
      'verify with a known token': verifyNotification(app),
      'token endpoint': issueToken(app),
      'RSA sign': signToken(),
    };
  } finally {
    await app.close();
  }
}

function verifyNotification(app) {
  const merchant = app.get(MerchantRegistry, { strict: false }).named();
  const tokens = app.get(InboundTokens, { strict: false });
  const accessToken = tokens.issue(merchant, new Date());
  const payload = { originalPartnerReferenceNo: 'INV-1', latestTransactionStatus: '00' };
  const padding = 1024 - JSON.stringify({ ...payload, note: '' }).length;
  const { headers, body } = signSnapNotification({
    clientId,
    secretKey,
    accessToken,
    target: PATH,
    payload: { ...payload, note: 'Kopi susu '.repeat(103).slice(0, padding) },
  });
  const bytes = Buffer.from(body);
  const key = createSecretKey(Buffer.from(secretKey));
  const timestamp = headers['X-TIMESTAMP'];
  const signature = headers['X-SIGNATURE'];
  const notification = { path: PATH, body: bytes, timestamp, signature, accessToken };
  const { acceptedSecretKeys } = merchant.inbound;

  const ours = () =>
    isSignedBySecret(notification, acceptedSecretKeys) &&
    tokens.expiryOf(accessToken, merchant) > Date.now();
  const floor = () => {
    const hash = createHash('sha256').update(bytes).digest('hex');
    const text = `POST:${PATH}:${accessToken}:${hash}:${timestamp}`;
    const expected = createHmac('sha512', key).update(text).digest('base64');
    return timingSafeEqual(Buffer.from(expected), Buffer.from(signature));
  };
  return timed(ours, floor);
}

function issueToken(app) {
  const receiver = app.get(SnapTokenReceiver, { strict: false });
  const { headers, body } = signTokenRequest({ clientId, privateKey: doku.privateKey });
  const read = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const request = {
    url: '/doku/authorization/v1/access-token/b2b',
    header: (name) => read[name],
    repeats: () => false,
    body: Buffer.from(body),
  };
  const key = createSecretKey(Buffer.alloc(32, 1));
  const signed = Buffer.from(`${clientId}|${read['x-timestamp']}`);

  const ours = () => receiver.receive(request).status === 200;
  const floor = () => {
    const signature = Buffer.from(read['x-signature'], 'base64');
    const mac = createHmac('sha256', key).update(signed).digest('base64url');
    return verify('sha256', signed, doku.publicKey, signature) && mac.length > 0;
  };
  return timed(ours, floor, FEW);
}

function signToken() {
  const timestamp = '2026-01-27T10:00:00+07:00';
  const text = Buffer.from(`${clientId}|${timestamp}`);
  const ours = () =>
    signSnapTokenRequest({ clientId, timestamp, privateKey: merchantKey }).length > 0;
  const floor = () => sign('sha256', text, merchantKey).toString('base64').length > 0;
  return timed(ours, floor, FEW);
}

function timed(ours, floor, effort) {
  if (!ours() || !floor()) throw new Error('what is measured does not work');
  return compare(ours, floor, effort);
}
