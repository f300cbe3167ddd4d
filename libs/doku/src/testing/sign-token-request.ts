import type { KeyObject } from 'node:crypto';

import { signSnapTokenRequest } from '../signing/snap-token-signature.js';
import { snapTimestamp } from '../signing/timestamp.js';
import type { SignedDokuNotification } from './sign-doku-notification.js';

/** What to sign, and as whom. */
export interface SignTokenRequestInput {
  /** The merchant's client id, sent as `X-CLIENT-KEY`. */
  readonly clientId: string;
  /** The other half of your app's `dokuPublicKey`: PEM or `KeyObject`. */
  readonly privateKey: KeyObject | string;
  /** @defaultValue now; `YYYY-MM-DDTHH:mm:ss+07:00` */
  readonly timestamp?: string;
  /**
   * The body: an object, or its exact text.
   * @defaultValue `{ grantType: 'client_credentials' }`
   */
  readonly body?: unknown;
}

/** Plays DOKU in tests: signs its request for a token, which your app answers with `accessToken`. */
export function signTokenRequest(input: SignTokenRequestInput): SignedDokuNotification {
  const {
    clientId,
    privateKey,
    timestamp = snapTimestamp(new Date()),
    body = { grantType: 'client_credentials' },
  } = input;
  return {
    headers: {
      'Content-Type': 'application/json',
      'X-CLIENT-KEY': clientId,
      'X-TIMESTAMP': timestamp,
      'X-SIGNATURE': signSnapTokenRequest({ clientId, timestamp, privateKey }),
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}
