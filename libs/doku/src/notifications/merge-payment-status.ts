import type { DokuEventMatching } from './doku-event.js';

/** What is known of a payment from its events. */
export type DokuPaymentStatus =
  'pending' | 'unresolved' | 'failed' | 'expired' | 'cancelled' | 'succeeded' | 'refunded';

/**
 * How much a status says: the higher one stands, whichever came first. So no order of events, and no repeat,
 * changes what is known in the end, and nothing that was final is taken back.
 *
 * What stands above another is true of the payment although the other was told as well: after `pending` anything
 * may come; `unresolved` says that nobody knows, so any answer beats it; of an attempt that failed, expired or was
 * cancelled no money came, but another attempt of the same invoice may still bring it; and only what has come can
 * be given back.
 */
const WEIGHT: Readonly<Record<DokuPaymentStatus, number>> = {
  pending: 1,
  unresolved: 2,
  failed: 3,
  expired: 4,
  cancelled: 5,
  succeeded: 6,
  refunded: 7,
};

const STATUS: Readonly<Record<DokuEventMatching<'payment.*'>['type'], DokuPaymentStatus>> = {
  'payment.pending': 'pending',
  'payment.unresolved': 'unresolved',
  'payment.failed': 'failed',
  'payment.expired': 'expired',
  'payment.cancelled': 'cancelled',
  'payment.succeeded': 'succeeded',
  'payment.refunded': 'refunded',
};

/**
 * The status of a payment after one more event, for business code that keeps one: DOKU's notifications come in any
 * order, and more than once. Pure; the same events give the same status in whatever order they come.
 *
 * `'refunded'` means that money was given back, perhaps a part of it: add up the amounts of the events yourself.
 * `payment.cancelled` does not take `'succeeded'` back, since it may be about an earlier attempt: where you cancel
 * payments that were paid, listen to it on its own.
 *
 * @param current what is kept; `undefined` before the first event
 */
export function mergePaymentStatus(
  current: DokuPaymentStatus | undefined,
  event: Pick<DokuEventMatching<'payment.*'>, 'type'>,
): DokuPaymentStatus {
  const told = STATUS[event.type];
  return current === undefined || WEIGHT[told] > WEIGHT[current] ? told : current;
}
