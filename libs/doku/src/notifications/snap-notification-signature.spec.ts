import {
  createHash,
  createHmac,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
} from 'node:crypto';
import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { isSignedByDokuKey, isSignedBySecret } from './snap-notification-signature.js';

const vectors = new Map(
  (
    JSON.parse(
      readFileSync(
        new URL('../../../../test/fixtures/signature-vectors.json', import.meta.url),
        'utf8',
      ),
    ) as { snap: (Record<string, string> & { id: string })[] }
  ).snap.map((vector) => [vector.id, vector]),
);

const text = (id: string, member: string) => vectors.get(id)?.[member] ?? '';
const secret = (value: string) => createSecretKey(Buffer.from(value));
const elsewhere = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;

describe('the symmetric signature of a notification', () => {
  const id = 'S5-inbound-payment-notification';
  const genuine = {
    path: text(id, 'path'),
    accessToken: text(id, 'accessToken'),
    body: Buffer.from(text(id, 'body')),
    timestamp: text(id, 'timestamp'),
    signature: text(id, 'signature'),
  };
  const key = secret(text(id, 'clientSecret'));

  it('of the reference is genuine, with any of the secrets', () => {
    expect(isSignedBySecret(genuine, [key])).toBe(true);
    expect(isSignedBySecret(genuine, [secret('SK-other'), key])).toBe(true);
    expect(isSignedBySecret(genuine, [secret('SK-other')])).toBe(false);
    expect(isSignedBySecret(genuine, [])).toBe(false);
  });

  it.each([
    ['path', { path: '/other' }],
    ['token', { accessToken: '' }],
    ['body', { body: Buffer.from('{}') }],
    ['timestamp', { timestamp: '2025-01-15T10:30:01+07:00' }],
    ['case of the signature', { signature: genuine.signature.toLowerCase() }],
    ['spelling of the signature', { signature: `${genuine.signature}=` }],
    ['token that holds a colon', { accessToken: `${genuine.accessToken}:` }],
  ])('with another %s is not', (_what, other) => {
    expect(isSignedBySecret({ ...genuine, ...other }, [key])).toBe(false);
  });

  it('may cover the bytes as sent, or those without white space between the members', () => {
    const pretty = JSON.stringify({ note: 'a  b', sum: '1.10' }, null, 2);
    const sign = (body: string) =>
      createHmac('sha512', key)
        .update(`POST:/p:t:${hashOf(body)}:${genuine.timestamp}`)
        .digest('base64');
    const received = { ...genuine, path: '/p', accessToken: 't', body: Buffer.from(pretty) };

    for (const signed of [pretty, '{"note":"a  b","sum":"1.10"}']) {
      expect(isSignedBySecret({ ...received, signature: sign(signed) }, [key])).toBe(true);
    }
    for (const signed of ['{"note":"ab","sum":"1.10"}', '{"sum":"1.10","note":"a  b"}', '']) {
      expect(isSignedBySecret({ ...received, signature: sign(signed) }, [key])).toBe(false);
    }
  });
});

describe('the asymmetric signature of a notification', () => {
  const id = 'S7-transactional-asymmetric-variant';
  const genuine = {
    path: '/direct-debit/core/v1/balance-inquiry',
    body: Buffer.from(text(id, 'body')),
    timestamp: text(id, 'timestamp'),
    signature: text(id, 'signature'),
  };
  const key = createPublicKey(text('S1-token-request', 'publicKeyPem'));

  it('of the reference is genuine, with any of the keys', () => {
    expect(isSignedByDokuKey(genuine, [key])).toBe(true);
    expect(isSignedByDokuKey(genuine, [elsewhere, key])).toBe(true);
    expect(isSignedByDokuKey(genuine, [elsewhere])).toBe(false);
    expect(isSignedByDokuKey(genuine, [])).toBe(false);
  });

  it.each([
    ['path', { path: '/other' }],
    ['body', { body: Buffer.from('{}') }],
    ['timestamp', { timestamp: '2025-01-15T10:30:01+07:00' }],
    ['signature', { signature: 'AAAA' }],
    ['signature that is no base64', { signature: '\u{1f600}' }],
  ])('with another %s is not', (_what, other) => {
    expect(isSignedByDokuKey({ ...genuine, ...other }, [key])).toBe(false);
  });
});

function hashOf(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}
