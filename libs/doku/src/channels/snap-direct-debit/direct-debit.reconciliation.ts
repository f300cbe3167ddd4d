import type { DokuOperation } from '../../http/doku-operation.js';
import { type MoneyOperation, moneyOperation } from '../../reconciliation/money-operation.js';
import type { DokuPaymentIntent } from '../../reconciliation/payment-intent.js';
import type { SnapCheckStatusDto } from './check-status.dto.js';
import { paymentNotifications, refundNotifications } from './status-notifications.js';
import type { SnapTransactionStatus } from './transaction-status.js';

/** The operations of a SNAP direct debit that money depends on. */
interface MoneyOperations {
  readonly createPayment: DokuOperation;
  readonly refund: DokuOperation;
  readonly checkStatus: DokuOperation<SnapCheckStatusDto, SnapTransactionStatus>;
}

/** How payments and refunds of any SNAP direct debit are asked for (reference snap 9.7): both by the payment. */
export function snapDirectDebitReconciliation({
  createPayment,
  refund,
  checkStatus,
}: MoneyOperations): readonly MoneyOperation[] {
  const request = ({ reference }: DokuPaymentIntent): SnapCheckStatusDto => ({
    originalPartnerReferenceNo: reference,
  });
  return [
    moneyOperation({
      operation: createPayment,
      kind: 'payment',
      amount: ['amount', 'value'],
      query: checkStatus,
      request,
      notifications: paymentNotifications,
    }),
    moneyOperation({
      operation: refund,
      kind: 'refund',
      attempt: ['partnerRefundNo'],
      amount: ['refundAmount', 'value'],
      query: checkStatus,
      request,
      notifications: refundNotifications,
    }),
  ];
}
