import { createHash, createHmac, createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { DEFAULT_CLIENT_ID, DEFAULT_SECRET_KEY } from '../simulator-options.js';
import { exchange, type TestAnswer } from './test-merchant.js';

/** What a SNAP call may have that differs from a proper one. */
export interface SnapChanges {
  readonly timestamp?: string;
  readonly externalId?: string;
  /** Sent as bearer, and signed. */
  readonly token?: string;
  /** Signed instead of what is sent. */
  readonly signedToken?: string;
  readonly signedPath?: string;
  readonly signedBody?: string;
  readonly signedTimestamp?: string;
  readonly secretKey?: string;
  readonly signature?: string;
  /** Sent beside or instead of the usual ones; `null` leaves one out. */
  readonly headers?: Readonly<Record<string, string | string[] | null>>;
  readonly signal?: AbortSignal;
}

export type SnapTestAnswer = Omit<TestAnswer, 'requestId'>;

const pair = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

/** The keys of every merchant in the tests. */
export const MERCHANT_PUBLIC_KEY = pair.publicKey;
export const MERCHANT_PRIVATE_KEY = pair.privateKey;

let externalIds = 1_000_000;

export function jakartaTime(ms = Date.now()): string {
  return new Date(ms + 7 * 3_600_000).toISOString().replace(/\.\d{3}Z$/, '+07:00');
}

export function rsaSignature(text: string, privateKey: string, hash = 'sha256'): string {
  return sign(hash, Buffer.from(text), createPrivateKey(privateKey)).toString('base64');
}

/** Reference 3.2, put together apart from the simulator's own code. The body must be minified. */
export function hmacSignature(
  [method, path, token, body, timestamp]: readonly [string, string, string, string, string],
  secretKey: string,
): string {
  const hash = createHash('sha256').update(body).digest('hex');
  const text = [method, path, token, hash, timestamp].join(':');
  return createHmac('sha512', secretKey).update(text).digest('base64');
}

/** A merchant that signs with code of its own, so that both sides are judged by the reference. */
export class SnapMerchant {
  /** The newest B2B token. */
  token = '';

  constructor(
    readonly url: string,
    readonly clientId = DEFAULT_CLIENT_ID,
    readonly secretKey = DEFAULT_SECRET_KEY,
    readonly privateKey = MERCHANT_PRIVATE_KEY,
  ) {}

  /** Asks for a token of either kind. */
  askToken(
    kind: 'b2b' | 'b2b2c',
    body: object,
    changes: SnapChanges = {},
  ): Promise<SnapTestAnswer> {
    const timestamp = changes.timestamp ?? jakartaTime();
    const headers = {
      'X-CLIENT-KEY': this.clientId,
      'X-TIMESTAMP': timestamp,
      'X-SIGNATURE':
        changes.signature ?? rsaSignature(`${this.clientId}|${timestamp}`, this.privateKey),
      ...changes.headers,
    };
    const path = `/authorization/v1/access-token/${kind}`;
    return exchange(`${this.url}${path}`, 'POST', headers, JSON.stringify(body), changes.signal);
  }

  async login(): Promise<string> {
    const { body } = await this.askToken('b2b', { grantType: 'client_credentials' });
    this.token = (body as { accessToken: string }).accessToken;
    return this.token;
  }

  async customerToken(authCode: string): Promise<string> {
    const grant = { grantType: 'authorization_code', authCode };
    const { body } = await this.askToken('b2b2c', grant);
    return (body as { accessToken: string }).accessToken;
  }

  /** A transaction call. */
  post(
    path: string,
    body: object | string,
    headers: Readonly<Record<string, string>> = {},
    changes: SnapChanges = {},
  ): Promise<SnapTestAnswer> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const timestamp = changes.timestamp ?? jakartaTime();
    const token = changes.token ?? this.token;
    const signature = hmacSignature(
      [
        'POST',
        changes.signedPath ?? path,
        changes.signedToken ?? token,
        changes.signedBody ?? text,
        changes.signedTimestamp ?? timestamp,
      ],
      changes.secretKey ?? this.secretKey,
    );
    return exchange(
      `${this.url}${path}`,
      'POST',
      {
        'X-TIMESTAMP': timestamp,
        'X-SIGNATURE': changes.signature ?? signature,
        'X-PARTNER-ID': this.clientId,
        'X-EXTERNAL-ID': changes.externalId ?? String(externalIds++),
        Authorization: `Bearer ${token}`,
        ...headers,
        ...changes.headers,
      },
      text,
      changes.signal,
    );
  }
}
