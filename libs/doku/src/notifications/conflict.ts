import type { DokuConflictEvent, DokuEvent, DokuPaymentEventType } from './doku-event.js';
import { conflictEventId } from './event-id.js';

/** The conflict event, when a payment's fact was told before with another amount. */
export function conflictWith(
  firstAmount: string | undefined,
  event: DokuEvent,
): DokuConflictEvent | undefined {
  const amount = event.amount?.value;
  if (!isPaymentEvent(event) || firstAmount === undefined || amount === undefined) return undefined;
  if (firstAmount === amount) return undefined;
  return {
    ...event,
    type: 'notification.conflict',
    id: conflictEventId(event.id, amount),
    conflict: { eventId: event.id, firstAmount },
  };
}

type PaymentEvent = Extract<DokuEvent, { readonly type: DokuPaymentEventType }>;

function isPaymentEvent(event: DokuEvent): event is PaymentEvent {
  return event.type.startsWith('payment.') && event.type !== 'payment.unresolved';
}
