import type { CallDeadline } from './call-deadline.js';
import type { PreparedCall } from './prepared-call.js';

/** Remembers calls that move money before they are sent, so that their outcome can be asked for. */
export interface CallIntents {
  /**
   * Remembers a call; `undefined`, at once, for one that need not be.
   *
   * @throws DokuUnavailableError when it could not be remembered, and must not be sent
   */
  record(call: PreparedCall, deadline: CallDeadline): Promise<RecordedCall | undefined> | undefined;
}

/** A call that is remembered. */
export interface RecordedCall {
  /** It certainly was not carried out. Waits for nobody, never throws. */
  forget(): void;
}

/** Injection token of the calls' intents. */
export const CALL_INTENTS: unique symbol = Symbol.for('nestjs-doku:call-intents');

/** Where nobody could ask later, nothing is remembered. */
export const NO_INTENTS: CallIntents = { record: () => undefined };
