import { readMember } from '../http/members.js';
import type { DokuEvent, DokuPaymentEventType } from '../notifications/doku-event.js';
import type { IntentKey } from './payment-intent.js';

type PaymentEvent = Extract<DokuEvent, { readonly type: DokuPaymentEventType }>;

/** Whether an event says how a payment has ended: neither that it is under way, nor that nobody knows. */
export function isFinalPaymentEvent(event: DokuEvent): event is PaymentEvent {
  return (
    event.type.startsWith('payment.') &&
    event.type !== 'payment.pending' &&
    event.type !== 'payment.unresolved'
  );
}

/** The intents that need not be asked for any more once an event is on its way to the listeners. */
export function intentsSettledBy(event: DokuEvent): readonly IntentKey[] {
  if (!isFinalPaymentEvent(event)) return [];
  const { merchant, reference, payload } = event;
  const payment: IntentKey = {
    merchant,
    kind: 'payment',
    reference,
    attempt: textAt(payload, 'transaction', 'original_request_id'),
  };
  const cancellation: IntentKey = { merchant, kind: 'cancellation', reference, attempt: '' };
  switch (event.type) {
    case 'payment.succeeded':
      return [payment];
    case 'payment.refunded': {
      const number = textAt(payload, 'partnerRefundNo');
      // A numbered refund leaves it open whether the payment's success was ever told. Another could not be known
      // again when its payment is asked for, and would count twice.
      return number === ''
        ? [payment, cancellation]
        : [{ merchant, kind: 'refund', reference, attempt: number }];
    }
    default:
      return [payment, cancellation];
  }
}

function textAt(payload: object, ...path: string[]): string {
  const value = readMember(payload, path);
  return typeof value === 'string' ? value : '';
}
