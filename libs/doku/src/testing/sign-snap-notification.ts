import { type KeyObject, randomInt, sign } from 'node:crypto';

import { hashSnapBody } from '../signing/digest.js';
import { signSnapTransaction } from '../signing/snap-transaction-signature.js';
import { snapTimestamp } from '../signing/timestamp.js';
import type { SignedDokuNotification } from './sign-doku-notification.js';

/** What to sign, and as whom. */
export interface SignSnapNotificationInput {
  /** The merchant's client id, sent as `X-PARTNER-ID`. */
  readonly clientId: string;
  /** The merchant's Secret Key. */
  readonly secretKey: string;
  /**
   * The token that your app issued (`signTokenRequest` asks for one); without it none is shown, which is
   * enough unless `requireIssuedToken` is on.
   */
  readonly accessToken?: string;
  /**
   * Path of the notification URL as DOKU calls it.
   * @defaultValue `'/doku/v1.0/debit/notify'`
   */
  readonly target?: string;
  /** The notification: an object, or the exact text of the body. */
  readonly payload: unknown;
  /** @defaultValue now; `YYYY-MM-DDTHH:mm:ss+07:00` */
  readonly timestamp?: string;
  /**
   * `X-EXTERNAL-ID`.
   * @defaultValue a new number
   */
  readonly externalId?: string;
  /**
   * The other half of your app's `dokuPublicKey` (PEM or `KeyObject`). Signs with it, in the asymmetric form
   * that `asymmetricSignatures` lets in, instead of with `secretKey`.
   */
  readonly privateKey?: KeyObject | string;
}

/** Plays DOKU in tests: signs a SNAP notification, so that it passes the real verification. */
export function signSnapNotification(input: SignSnapNotificationInput): SignedDokuNotification {
  const {
    clientId,
    accessToken,
    target = '/doku/v1.0/debit/notify',
    payload,
    timestamp = snapTimestamp(new Date()),
    externalId = `${Date.now()}${String(randomInt(1e12)).padStart(12, '0')}`,
  } = input;
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  return {
    headers: {
      'Content-Type': 'application/json',
      'X-PARTNER-ID': clientId,
      'X-EXTERNAL-ID': externalId,
      'X-TIMESTAMP': timestamp,
      'X-SIGNATURE': signatureOf(input, { target, body, timestamp }),
      ...(accessToken === undefined ? {} : { Authorization: `Bearer ${accessToken}` }),
    },
    body,
  };
}

function signatureOf(
  { secretKey, privateKey, accessToken = '' }: SignSnapNotificationInput,
  { target, body, timestamp }: { target: string; body: string; timestamp: string },
): string {
  if (privateKey === undefined) {
    const path = target;
    return signSnapTransaction({ method: 'POST', path, accessToken, body, timestamp, secretKey });
  }
  const text = `POST:${target}:${hashSnapBody(body)}:${timestamp}`;
  return sign('sha256', Buffer.from(text), privateKey).toString('base64');
}
