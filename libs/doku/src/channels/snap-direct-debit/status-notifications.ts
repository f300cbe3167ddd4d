import type { DokuPaymentIntent } from '../../reconciliation/payment-intent.js';
import type { SnapAmount } from './snap-answer.js';
import type { SnapRefundHistoryEntry, SnapTransactionStatus } from './transaction-status.js';

/** What a status query of any SNAP channel tells. */
export type SnapStatusAnswer = Omit<SnapTransactionStatus, 'refundHistory'> & {
  /** Of a top-up. */
  readonly amount?: SnapAmount;
  readonly refundHistory?: readonly NumberedRefund[];
};

/** A refund in the history; the merchant's own number of it has either name (reference snap 9.7, wallet 13). */
type NumberedRefund = SnapRefundHistoryEntry & { readonly partnerRefundNo?: string };

/** `latestTransactionStatus` of a payment that was given back. */
const REFUNDED = '04';
const PAID = '00';
/** `refundStatus` of one that is done (reference wallet 13). */
const REFUND_DONE = '00';

/** A payment: as it stands, or each of its refunds once all was given back. */
export function paymentNotifications(
  answer: SnapStatusAnswer,
  { reference }: DokuPaymentIntent,
): readonly object[] {
  const payment = notificationOf(answer, reference);
  if (answer.latestTransactionStatus !== REFUNDED) return [payment];
  const refunds = doneRefunds(answer);
  // By its number a refund is known again when its notification comes.
  return refunds.length > 0
    ? refunds.map((refund) => refundNotification(answer, refund, reference))
    : [payment];
}

/** A refund: once the history says that it is done. */
export function refundNotifications(
  answer: SnapStatusAnswer,
  { reference, attempt }: DokuPaymentIntent,
): readonly object[] {
  return doneRefunds(answer)
    .filter((refund) => numberOf(refund) === attempt)
    .map((refund) => refundNotification(answer, refund, reference));
}

/** A cancellation: once the payment has ended in any other way than by being paid. */
export function cancellationNotifications(
  answer: SnapStatusAnswer,
  intent: DokuPaymentIntent,
): readonly object[] {
  return answer.latestTransactionStatus === PAID ? [] : paymentNotifications(answer, intent);
}

/** The answer with the members of a notification in place of its own (reference snap 12.5). */
function notificationOf(answer: SnapStatusAnswer, reference: string): object {
  const { transAmount, amount = transAmount } = answer;
  return {
    // `status` is our own reading.
    ...without(['status', 'transAmount'], answer),
    originalPartnerReferenceNo: reference,
    ...(amount === undefined ? {} : { amount }),
  };
}

function refundNotification(
  answer: SnapStatusAnswer,
  refund: NumberedRefund,
  reference: string,
): object {
  const { refundNo, refundAmount } = refund;
  return {
    // After a part of the money, the payment's own status still says that it was paid.
    ...without(['transactionStatusDesc'], notificationOf(answer, reference)),
    latestTransactionStatus: REFUNDED,
    partnerRefundNo: numberOf(refund),
    ...(refundNo === undefined ? {} : { refundNo }),
    ...(refundAmount === undefined ? {} : { refundAmount }),
  };
}

/** Those that are done and have a number of ours. One without a status is there because it was made. */
function doneRefunds({ refundHistory }: SnapStatusAnswer): readonly NumberedRefund[] {
  if (!Array.isArray(refundHistory)) return [];
  return (refundHistory as readonly NumberedRefund[]).filter(
    (refund) =>
      [REFUND_DONE, '', undefined, null].includes(refund.refundStatus) &&
      (numberOf(refund) ?? '') !== '',
  );
}

function without(names: readonly string[], members: object): object {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)));
}

function numberOf({ partnerRefundNo, partnerReferenceNo }: NumberedRefund): string | undefined {
  return partnerRefundNo ?? partnerReferenceNo;
}
