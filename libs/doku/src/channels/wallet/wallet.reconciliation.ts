import { type MoneyOperation, moneyOperation } from '../../reconciliation/money-operation.js';
import type { DokuPaymentIntent } from '../../reconciliation/payment-intent.js';
import type { DokuChannelOptions } from '../channels.js';
import {
  cancellationNotifications,
  paymentNotifications,
  refundNotifications,
} from '../snap-direct-debit/status-notifications.js';
import { walletOperations } from './wallet.operations.js';
import { resolveWalletOptions } from './wallet.options.js';
import type { WalletTransactionDetail } from './wallet.responses.js';

/**
 * How money operations of the wallet are asked for (reference wallet 9, 10, 13, G.1). DOKU documents no
 * notification of any: what is found has the ids that one would have.
 */
export function walletReconciliation({ wallet }: DokuChannelOptions): readonly MoneyOperation[] {
  const operations = walletOperations(resolveWalletOptions(wallet), () => new Date());
  const { transferToBank, topUp, purchase, cancelPurchase, refundPurchase } = operations;
  const purchaseQuery = {
    query: operations.queryPurchase,
    request: ({ reference, recordedAt }: DokuPaymentIntent) => ({
      originalPartnerReferenceNo: reference,
      // Of a cancellation or refund the time of that: the purchase's is not in its request (reference wallet 13).
      transactionDate: new Date(recordedAt),
    }),
  };
  return [
    moneyOperation({
      operation: transferToBank,
      kind: 'payment',
      amount: ['amount', 'value'],
      query: operations.getTransaction,
      request: ({ reference }) => ({ originalPartnerReferenceNo: reference }),
      notifications: transferNotifications,
    }),
    moneyOperation({
      operation: topUp,
      kind: 'payment',
      amount: ['amount', 'value'],
      query: operations.queryTopUp,
      // Without the X-EXTERNAL-ID: of several attempts nobody knows which DOKU carried out.
      request: ({ reference }) => ({ originalPartnerReferenceNo: reference }),
      notifications: paymentNotifications,
    }),
    moneyOperation({
      operation: purchase,
      kind: 'payment',
      amount: ['amount', 'value'],
      ...purchaseQuery,
      notifications: paymentNotifications,
    }),
    moneyOperation({
      operation: cancelPurchase,
      kind: 'cancellation',
      amount: ['amount', 'value'],
      ...purchaseQuery,
      notifications: cancellationNotifications,
    }),
    moneyOperation({
      operation: refundPurchase,
      kind: 'refund',
      attempt: ['partnerRefundNo'],
      amount: ['refundAmount', 'value'],
      ...purchaseQuery,
      notifications: refundNotifications,
    }),
  ];
}

/** `status` of a transaction (reference wallet 16) as the status of a payment; `CLOSED` could mean either end. */
const TRANSFER_STATUS: Readonly<Record<string, string>> = { SUCCESS: '00', CANCELLED: '05' };

/** A transfer has no status query of its own, so that its row in the history has to do (reference wallet 17). */
function transferNotifications(
  answer: WalletTransactionDetail,
  { reference }: DokuPaymentIntent,
): readonly object[] {
  const { referenceNo, partnerReferenceNo = reference, ...told } = answer;
  const { status } = told;
  const code = Object.hasOwn(TRANSFER_STATUS, status) ? TRANSFER_STATUS[status] : undefined;
  if (code === undefined || partnerReferenceNo !== reference) return [];
  return [
    {
      ...told,
      originalPartnerReferenceNo: reference,
      ...(referenceNo === undefined ? {} : { originalReferenceNo: referenceNo }),
      latestTransactionStatus: code,
    },
  ];
}
