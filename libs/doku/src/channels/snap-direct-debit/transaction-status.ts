import {
  named,
  namedWithin,
  type Members,
  type SnapAmount,
  type SnapAnswer,
} from './snap-answer.js';

/**
 * How a payment stands. `unknown` is no verdict: ask again later, and fail no order on it
 * (reference snap 9.7).
 */
export type SnapPaymentStatus =
  'paid' | 'pending' | 'refunded' | 'cancelled' | 'failed' | 'unknown';

const STATUSES: ReadonlyMap<unknown, SnapPaymentStatus> = new Map([
  ['00', 'paid'],
  ['01', 'pending'],
  ['02', 'pending'],
  ['03', 'pending'],
  ['04', 'refunded'],
  ['05', 'cancelled'],
  ['06', 'failed'],
  // Not found: DOKU may only not know it yet.
  ['07', 'unknown'],
]);

/** Reads DOKU's `latestTransactionStatus`. */
export function paymentStatus(latestTransactionStatus: unknown): SnapPaymentStatus {
  return STATUSES.get(latestTransactionStatus) ?? 'unknown';
}

/** One refund of a payment. */
export interface SnapRefundHistoryEntry {
  readonly refundNo?: string;
  readonly partnerReferenceNo?: string;
  readonly refundAmount?: SnapAmount;
  readonly refundStatus?: string;
  readonly refundDate?: string;
  readonly reason?: string;
}

/** Answer of `checkStatus` (reference snap 9.7). */
export interface SnapTransactionStatus extends SnapAnswer {
  /** Ours, read from `latestTransactionStatus`. */
  readonly status: SnapPaymentStatus;
  /** Missing only from an answer that is in progress. */
  readonly latestTransactionStatus?:
    '00' | '01' | '02' | '03' | '04' | '05' | '06' | '07' | (string & {});
  readonly transactionStatusDesc?: string;
  readonly originalPartnerReferenceNo?: string;
  readonly originalReferenceNo?: string;
  readonly originalExternalId?: string;
  readonly approvalCode?: string;
  readonly serviceCode?: string;
  readonly originalResponseCode?: string;
  readonly originalResponseMessage?: string;
  readonly sessionId?: string;
  /** Also where DOKU spells it `requestId` (reference snap C19). */
  readonly requestID?: string;
  readonly refundHistory?: readonly SnapRefundHistoryEntry[];
  readonly transAmount?: SnapAmount;
  readonly feeAmount?: SnapAmount;
  /** ISO 8601, as sent. */
  readonly paidTime?: string;
  readonly additionalInfo?: {
    readonly deviceId?: string;
    /** Also where DOKU spells it `channelId`. */
    readonly channel?: string;
    readonly acquirer?: unknown;
    readonly [member: string]: unknown;
  };
}

/** The answer in its documented spelling, with our reading of the status. */
export function readTransactionStatus(answer: Members): Members {
  const spelled = namedWithin(
    'additionalInfo',
    'channel',
    'channelId',
    named('requestID', 'requestId', answer),
  );
  return { ...spelled, status: paymentStatus(spelled.latestTransactionStatus) };
}
