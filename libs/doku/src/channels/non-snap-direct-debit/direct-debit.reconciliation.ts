import type { DokuOperation } from '../../http/doku-operation.js';
import { type MoneyOperation, moneyOperation } from '../../reconciliation/money-operation.js';
import type { DokuPaymentIntent } from '../../reconciliation/payment-intent.js';
import type { OrderStatus } from '../orders/check-status.js';
import { CHECK_STATUS } from '../orders/order.operations.js';

/**
 * How a payment of the non-SNAP API is asked for (reference non-snap 3.17): by its Request-Id, since an invoice
 * may have several attempts. It covers `validatePaymentOtp` as well, which only goes on with the same payment.
 */
export function directDebitPayment(operation: DokuOperation): MoneyOperation {
  return moneyOperation({
    operation,
    kind: 'payment',
    amount: ['order', 'amount'],
    query: CHECK_STATUS,
    request: ({ attempt, reference }) => ({ identifier: attempt === '' ? reference : attempt }),
    notifications: notificationsOf,
  });
}

/** The answer has the shape of a notification, but may lack what names the payment in some states. */
function notificationsOf(
  answer: OrderStatus,
  { reference, attempt }: DokuPaymentIntent,
): readonly object[] {
  const { transaction, order } = answer;
  const requestId = transaction.original_request_id ?? attempt;
  const invoice = order?.invoice_number ?? reference;
  const isOfAttempt = attempt === '' || requestId === attempt;
  if (!isOfAttempt || !isSame(invoice, reference)) return [];
  return [
    {
      ...answer,
      transaction: { ...transaction, original_request_id: requestId },
      order: { ...order, invoice_number: invoice },
    },
  ];
}

/** An invoice number of digits may come back as a number. */
function isSame(invoice: string | number, reference: string): boolean {
  return String(invoice) === reference;
}
