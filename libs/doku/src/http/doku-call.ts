import type { CallId } from './scheme-parts.js';

/** Facts about the call that a response came from. */
export interface DokuCall {
  /**
   * Non-SNAP: `Request-Id` of the call. A refund needs that of its payment.
   * @throws TypeError when the response came from a SNAP call
   */
  readonly requestId: string;
  /**
   * SNAP: `X-EXTERNAL-ID` of the attempt that was answered. A refund may name that of its payment.
   * @throws TypeError when the response came from a non-SNAP call
   */
  readonly externalId: string;
  /** The caller's own reference: the invoice number or `partnerReferenceNo`. */
  readonly reference?: string;
  readonly httpStatus: number;
  /** Whether this is DOKU's stored answer to an earlier attempt of the same call (HTTP 409). */
  readonly replayed: boolean;
  /** When the attempt that was answered was sent, by the clock of this machine. */
  readonly sentAt: Date;
}

type Facts = Omit<DokuCall, 'requestId' | 'externalId'>;

const calls = new WeakMap<object, DokuCall>();

/** Attaches the facts without adding a member to the response. */
export function rememberCall(
  response: object,
  { requestId, externalId }: CallId,
  facts: Facts,
): void {
  if (requestId !== undefined) calls.set(response, new NonSnapCall(requestId, facts));
  if (externalId !== undefined) calls.set(response, new SnapCall(externalId, facts));
}

/**
 * Tells how a response was obtained.
 *
 * @param response the very object that a service returned, not a copy
 * @throws TypeError for any other object
 */
export function dokuCall(response: object): DokuCall {
  const call = calls.get(response);
  if (call) return call;
  throw new TypeError(
    'dokuCall() needs the very object that a DOKU service returned; a copy of it tells nothing.',
  );
}

abstract class CallFacts {
  declare readonly reference?: string;
  declare readonly httpStatus: number;
  declare readonly replayed: boolean;
  declare readonly sentAt: Date;

  constructor(facts: Facts) {
    Object.assign(this, facts);
  }
}

class NonSnapCall extends CallFacts implements DokuCall {
  constructor(
    readonly requestId: string,
    facts: Facts,
  ) {
    super(facts);
  }

  get externalId(): string {
    throw new TypeError('The response came from a non-SNAP call: it has a requestId.');
  }
}

class SnapCall extends CallFacts implements DokuCall {
  constructor(
    readonly externalId: string,
    facts: Facts,
  ) {
    super(facts);
  }

  get requestId(): string {
    throw new TypeError('The response came from a SNAP call: it has an externalId.');
  }
}
