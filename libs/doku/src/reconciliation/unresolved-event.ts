import type { DokuUnresolvedPaymentEvent } from '../notifications/doku-event.js';
import { eventId } from '../notifications/event-id.js';
import type { DokuPaymentIntent } from './payment-intent.js';

const UNRESOLVED = 'UNRESOLVED';

/**
 * The event of an intent that is given up.
 *
 * @param queryId of the last query; empty when DOKU could not be asked
 */
export function unresolvedEvent(
  intent: DokuPaymentIntent,
  queryId: string,
): DokuUnresolvedPaymentEvent {
  const { merchant, channel, kind, reference, attempt } = intent;
  const now = new Date().toISOString();
  return {
    id: eventId({ merchant, kind, reference, attempt, status: UNRESOLVED }),
    type: 'payment.unresolved',
    source: 'reconciliation',
    channel,
    merchant,
    status: UNRESOLVED,
    occurredAt: now,
    receivedAt: now,
    delivery: { attempt: 1, transportId: queryId },
    reference,
    payload: intent,
  };
}
