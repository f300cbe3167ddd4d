import type { DokuOperation } from '../http/doku-operation.js';
import type { MemberPath } from '../http/members.js';
import type { DokuIntentKind, DokuPaymentIntent } from './payment-intent.js';

/**
 * How to find out what became of an operation that moves money. Data, in the folder of its channel: what of the
 * request is remembered, which query is asked, and how its answer reads as a notification.
 */
export interface MoneyOperation<Request extends object = object, Response = unknown> {
  /** The operation as the channel's service makes it; its `reference` is that of the intent. */
  readonly operation: Pick<DokuOperation, 'name' | 'scheme'>;
  readonly kind: DokuIntentKind;
  /** Member of the request that tells attempts of a reference apart; non-SNAP: its `Request-Id` does. */
  readonly attempt?: MemberPath;
  /** Member of the request that is the amount. */
  readonly amount?: MemberPath;
  /** The channel's own query, as its service makes it. */
  readonly query: DokuOperation<Request, Response>;
  request(intent: DokuPaymentIntent): Request;
  /**
   * The answer as the notifications that DOKU would have sent of it, so that the events have the ids of theirs.
   * None where the answer decides nothing, or is about something else.
   */
  notifications(answer: Response, intent: DokuPaymentIntent): readonly object[];
}

/** A money operation whose query, request and answer fit each other. */
export function moneyOperation<Request extends object, Response>(
  description: MoneyOperation<Request, Response>,
): MoneyOperation {
  return description;
}
