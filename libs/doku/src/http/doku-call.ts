/** Facts about the call that a response came from. */
export interface DokuCall {
  /** The call's `Request-Id`. A refund needs that of its payment. */
  readonly requestId: string;
  /** The caller's own reference: the invoice number. */
  readonly reference?: string;
  readonly httpStatus: number;
  /** Whether this is DOKU's stored answer to an earlier attempt of the same call (HTTP 409). */
  readonly replayed: boolean;
  /** When the attempt that was answered was sent. */
  readonly sentAt: Date;
}

const calls = new WeakMap<object, DokuCall>();

/** Attaches the facts without adding a member to the response. */
export function rememberCall(response: object, call: DokuCall): void {
  calls.set(response, call);
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
