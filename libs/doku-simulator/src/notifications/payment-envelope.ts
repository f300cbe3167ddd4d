import type { JsonObject } from '../engine/json.js';
import type { Payment, PaymentStatus } from '../bank/payment-book.js';

/** What may stand in place of a payment's own values. */
export interface EnvelopeChanges {
  readonly status?: PaymentStatus | (string & {});
  readonly date?: string;
  readonly amount?: number;
}

/**
 * The body that notifications and check status share (reference 4.2). No direct-debit body is
 * published: the ids follow the reference's reading of DOKU's channel names.
 */
export function createPaymentEnvelope(payment: Payment, changes: EnvelopeChanges = {}): JsonObject {
  return {
    service: { id: payment.channel.service },
    acquirer: { id: payment.channel.acquirer },
    channel: { id: payment.channel.channel },
    transaction: {
      status: changes.status ?? payment.status,
      date: changes.date ?? payment.statusDate,
      original_request_id: payment.requestId,
    },
    order: {
      invoice_number: payment.invoiceNumber,
      amount: changes.amount ?? payment.amount,
    },
    customer: { id: payment.customer.id },
  };
}
