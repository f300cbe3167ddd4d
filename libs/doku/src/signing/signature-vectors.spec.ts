import { createHmac, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { createDigest, hashSnapBody } from './digest.js';
import {
  signNonSnapRequest,
  stringToSignNonSnap,
  verifyNonSnapResponse,
  verifyNonSnapSignature,
} from './non-snap-signature.js';
import { verifySnapTokenRequest } from './snap-token-signature.js';
import {
  signSnapTransaction,
  stringToSignSnapTransaction,
  verifySnapTransaction,
} from './snap-transaction-signature.js';

interface NonSnapVector {
  id: string;
  kind: 'request' | 'response' | 'notification';
  clientId: string;
  requestId: string;
  timestamp: string;
  requestTarget: string;
  rawBody: string | null;
  digest: string | null;
  secretKey: string;
  component: string;
  signature: string;
}

interface SnapVector {
  id: string;
  kind: 'bodyHash' | 'asymmetric' | 'symmetric';
  clientId?: string;
  clientSecret?: string;
  timestamp?: string;
  method?: string;
  path?: string;
  accessToken?: string;
  body?: string;
  rawBodyBeforeMinify?: string;
  bodyHash?: string;
  stringToSign?: string;
  publicKeyPem?: string;
  signature?: string;
}

const vectors = JSON.parse(
  readFileSync(
    new URL('../../../../test/fixtures/signature-vectors.json', import.meta.url),
    'utf8',
  ),
) as {
  nonSnap: NonSnapVector[];
  assembly: { id: string; component: string }[];
  snap: SnapVector[];
};

const partsOf = (vector: NonSnapVector) => ({
  clientId: vector.clientId,
  requestId: vector.requestId,
  timestamp: vector.timestamp,
  target: vector.requestTarget,
  ...(vector.rawBody === null ? {} : { body: vector.rawBody }),
  secretKey: vector.secretKey,
});

describe('non-SNAP vectors', () => {
  const complete = vectors.nonSnap.filter(
    ({ rawBody, digest }) => rawBody !== null || digest === null,
  );

  it('are the eight that have a body or need none', () => {
    expect(complete.map(({ id }) => id)).toEqual(['P1', 'P2', 'C1', 'C2', 'C3', 'C4', 'C5', 'C6']);
  });

  it.each(complete.filter(({ kind }) => kind !== 'response'))(
    '$id signs as published',
    (vector) => {
      expect(signNonSnapRequest(partsOf(vector))).toBe(vector.signature);
      expect(stringToSignNonSnap(partsOf(vector), 'Request-Timestamp')).toBe(vector.component);
      expect(verifyNonSnapSignature({ ...partsOf(vector), signature: vector.signature })).toBe(
        true,
      );
      expect(verifyNonSnapResponse({ ...partsOf(vector), signature: vector.signature })).toBe(
        false,
      );
    },
  );

  it.each(complete.filter(({ kind }) => kind === 'response'))(
    '$id verifies as an answer',
    (vector) => {
      expect(stringToSignNonSnap(partsOf(vector), 'Response-Timestamp')).toBe(vector.component);
      expect(verifyNonSnapResponse({ ...partsOf(vector), signature: vector.signature })).toBe(true);
      expect(verifyNonSnapSignature({ ...partsOf(vector), signature: vector.signature })).toBe(
        false,
      );
    },
  );

  it.each(complete.filter(({ digest }) => digest !== null))('$id has its digest', (vector) => {
    expect(createDigest(vector.rawBody ?? '')).toBe(vector.digest);
    expect(createDigest(Buffer.from(vector.rawBody ?? ''))).toBe(vector.digest);
  });

  // P3 and N1 publish no body, so only the assembly of the string can be held against them.
  const p3 = vectors.nonSnap.find(({ id }) => id === 'P3');
  it.each([
    { id: 'P3', component: p3?.component ?? '' },
    { id: 'N1', component: vectors.assembly[0]?.component ?? '' },
  ])('$id is assembled as published', ({ component }) => {
    const lines = stringToSignNonSnap(
      {
        clientId: 'MCH-0001-10791114622547',
        requestId: 'cc682442-6c22-493e-8121-b9ef6b3fa728',
        timestamp: '2020-08-11T08:45:42Z',
        target: '/doku-virtual-account/v2/payment-code',
        body: '{}',
      },
      'Request-Timestamp',
    ).replace(/Digest:.*$/, 'Digest:5WIYK2TJg6iiZ0d5v4IXSR0EkYEkYOezJIma3Ufli5s=');

    expect(lines).toBe(component);
  });

  it('P3 has its published signature over that string', () => {
    const signature = createHmac('sha256', p3?.secretKey ?? '')
      .update(p3?.component ?? '')
      .digest('base64');

    expect(`HMACSHA256=${signature}`).toBe(p3?.signature);
  });
});

describe('SNAP vectors', () => {
  it.each(vectors.snap.filter(({ body, bodyHash }) => body !== undefined && bodyHash))(
    '$id has its body hash',
    ({ body = '', rawBodyBeforeMinify, bodyHash }) => {
      expect(hashSnapBody(body)).toBe(bodyHash);
      expect(hashSnapBody(Buffer.from(body))).toBe(bodyHash);
      if (rawBodyBeforeMinify !== undefined) {
        expect(hashSnapBody(rawBodyBeforeMinify)).toBe(bodyHash);
        expect(hashSnapBody(Buffer.from(rawBodyBeforeMinify))).toBe(bodyHash);
      }
    },
  );

  const symmetric = vectors.snap.filter(({ kind }) => kind === 'symmetric');

  it.each(symmetric)(
    '$id has its HMAC',
    ({ method = '', path = '', accessToken = '', bodyHash = '', timestamp = '', ...vector }) => {
      const text = stringToSignSnapTransaction({ method, path, accessToken, bodyHash, timestamp });
      const hmac = createHmac('sha512', vector.clientSecret ?? '')
        .update(text)
        .digest('base64');

      if (vector.stringToSign !== undefined) expect(text).toBe(vector.stringToSign);
      expect(hmac).toBe(vector.signature);
    },
  );

  it.each(symmetric.filter(({ body }) => body !== undefined))(
    '$id signs and verifies',
    ({ method = '', path = '', accessToken = '', body = '', timestamp = '', ...vector }) => {
      const secretKey = vector.clientSecret ?? '';
      const parts = { method, path, accessToken, body, timestamp, secretKey };
      const signature = vector.signature ?? '';

      expect(signSnapTransaction(parts)).toBe(signature);
      expect(verifySnapTransaction({ ...parts, signature })).toBe(true);
      expect(verifySnapTransaction({ ...parts, signature, body: `${body} ` })).toBe(true);
      expect(verifySnapTransaction({ ...parts, signature, body: `${body}x` })).toBe(false);
    },
  );

  it.each(vectors.snap.filter(({ id }) => /^(P2|S1)-/.test(id)))(
    '$id is a genuine token request',
    ({ clientId = '', timestamp = '', publicKeyPem = '', signature = '' }) => {
      const publicKey = createPublicKey(publicKeyPem);
      const parts = { clientId, timestamp, signature };

      expect(verifySnapTokenRequest({ ...parts, publicKey })).toBe(true);
      expect(verifySnapTokenRequest({ ...parts, publicKey: publicKeyPem })).toBe(true);
      expect(verifySnapTokenRequest({ ...parts, clientId: `${clientId}0`, publicKey })).toBe(false);
    },
  );

  it('S7 is the transactional variant with the same body hash', () => {
    const s7 = vectors.snap.find(({ id }) => id.startsWith('S7'));
    const s1 = vectors.snap.find(({ id }) => id.startsWith('S1'));

    expect(s7?.stringToSign).toContain(hashSnapBody(s7?.body ?? ''));
    expect(
      verify(
        'sha256',
        Buffer.from(s7?.stringToSign ?? ''),
        s1?.publicKeyPem ?? '',
        Buffer.from(s7?.signature ?? '', 'base64'),
      ),
    ).toBe(true);
  });
});
