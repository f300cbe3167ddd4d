import { NonSnapSigning, type SigningContext } from '../signing/signing-context.js';
import type { CallDeadline } from './call-deadline.js';
import type { PreparedCall } from './prepared-call.js';
import type { Refusal } from './refusal.js';

/** What the attempts of one call are signed with. */
export interface Authorisation {
  /**
   * Waits for what the next attempt needs, such as a token; `undefined` when nothing has to be waited for.
   *
   * @throws CallEnded when the call ends first, `DokuError` when there is no token
   */
  ready(deadline: CallDeadline): Promise<void> | undefined;
  sign(call: PreparedCall, at: Date): SigningContext;
  /** Whether what DOKU refused has been replaced, so that one more attempt makes sense. */
  overcomes(refusal: Refusal, deadline: CallDeadline): Promise<boolean> | false;
  /** Whether a new token was obtained after a refusal. */
  readonly hasReplaced: boolean;
  /** What must not appear in a message, beside what the request holds. */
  secrets(): readonly string[];
}

/** Non-SNAP: the secret key is all there is. */
export const NON_SNAP_AUTHORISATION: Authorisation = {
  ready: () => undefined,
  sign: ({ merchant, id }, at) =>
    new NonSnapSigning(merchant.clientId, merchant.secretKey, id.requestId ?? '', at),
  overcomes: () => false,
  hasReplaced: false,
  secrets: () => [],
};
