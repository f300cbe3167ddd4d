import type { JsonObject } from '../engine/json.js';
import type { Scheme } from '../engine/operation.js';

export const BREAKAGES = [
  'signature',
  'body',
  'client-id',
  'timestamp',
  'duplicate-header',
  'unsigned',
  'token',
] as const;

/**
 * How a delivery is spoilt, to see whether the merchant notices: `signature` is made with another
 * key, `body` and `timestamp` are changed after signing, `client-id` is a stranger's with a
 * signature that fits it, `duplicate-header` sends a second signature, `unsigned` sends none,
 * `token` is another bearer with a right signature over it, on SNAP only.
 */
export type Breakage = (typeof BREAKAGES)[number];

/**
 * - `waiting`: the operation's answer has not left yet, or the first attempt is under way
 * - `held`: notifications are switched off; it goes when resent
 * - `retrying`: not acknowledged yet, another attempt is scheduled
 * - `delivered`: answered 2xx
 * - `failed`: not acknowledged, and no attempt is left
 * - `undeliverable`: the merchant has no notification URL
 */
type NotificationState = 'waiting' | 'held' | 'retrying' | 'delivered' | 'failed' | 'undeliverable';

/** The request for a token that goes before a SNAP delivery. */
export interface TokenRequest {
  /** `null` when no answer came. */
  readonly status: number | null;
  /** The beginning of the answer's body without the token, or why there is none. */
  readonly answer: string;
  /** Whether the token of an earlier delivery was used instead of asking. */
  readonly isKept: boolean;
}

/** One try to deliver a notification. */
export interface DeliveryAttempt {
  /** Virtual time, ISO 8601. */
  readonly at: string;
  /** On SNAP the `X-EXTERNAL-ID`. */
  readonly requestId: string;
  readonly broken?: Breakage;
  /** On SNAP, when the merchant has a token endpoint. */
  readonly token?: TokenRequest;
  /** `null` when no answer came. */
  readonly status: number | null;
  /** The beginning of the answer's body, or why there is none. */
  readonly answer: string;
  /** In real time. */
  readonly durationMs: number;
}

/** A message to a merchant, with all tries to deliver it. */
export interface SimulatedNotification {
  readonly id: string;
  /** Virtual time, ISO 8601. */
  readonly createdAt: string;
  readonly clientId: string;
  readonly scheme: Scheme;
  /** Kept through the scheduled retries; resending by hand makes a new one. */
  readonly requestId: string;
  readonly url: string | null;
  readonly body: JsonObject;
  state: NotificationState;
  /** When the next scheduled attempt is due, in virtual time. */
  nextAttemptAt: string | null;
  readonly attempts: DeliveryAttempt[];
}
