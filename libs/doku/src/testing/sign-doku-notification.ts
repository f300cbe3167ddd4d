import { randomUUID } from 'node:crypto';

import { signNonSnapRequest } from '../signing/non-snap-signature.js';
import { nonSnapTimestamp } from '../signing/timestamp.js';

/** What to sign, and as whom. */
export interface SignDokuNotificationInput {
  /** The merchant's Client ID. */
  readonly clientId: string;
  /** The merchant's Secret Key. */
  readonly secretKey: string;
  /**
   * Path of the notification URL as DOKU calls it.
   * @defaultValue `'/doku/notifications'`
   */
  readonly target?: string;
  /** The notification: an object, or the exact text of the body. */
  readonly payload: unknown;
  /** @defaultValue a new UUID */
  readonly requestId?: string;
  /** @defaultValue now; `YYYY-MM-DDTHH:mm:ssZ` */
  readonly timestamp?: string;
}

/** A request as DOKU would send it. */
export interface SignedDokuNotification {
  readonly headers: Readonly<Record<string, string>>;
  /** Post it unchanged: the signature covers these bytes. */
  readonly body: string;
}

/** Plays DOKU in tests: signs a non-SNAP notification, so that it passes the real verification. */
export function signDokuNotification(input: SignDokuNotificationInput): SignedDokuNotification {
  const {
    clientId,
    secretKey,
    target = '/doku/notifications',
    payload,
    requestId = randomUUID(),
    timestamp = nonSnapTimestamp(new Date()),
  } = input;
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const signature = signNonSnapRequest({
    clientId,
    requestId,
    timestamp,
    target,
    body,
    secretKey,
  });
  return {
    headers: {
      'Content-Type': 'application/json',
      'Client-Id': clientId,
      'Request-Id': requestId,
      'Request-Timestamp': timestamp,
      Signature: signature,
    },
    body,
  };
}
