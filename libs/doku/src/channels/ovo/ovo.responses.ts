import type {
  SnapPaymentCreated,
  SnapPaymentInProgress,
} from '../snap-direct-debit/account.responses.js';
import type { SnapAnswer } from '../snap-direct-debit/snap-answer.js';

/** DOKU has taken a payment that needs no page (`RECURRING`): the notification tells, or `checkStatus`. */
export interface OvoPaymentAccepted extends SnapAnswer {
  /** Ours; it does not mean that anything was paid. */
  readonly status: 'accepted';
  readonly webRedirectUrl?: undefined;
  readonly partnerReferenceNo?: string;
  /** DOKU's reference. */
  readonly referenceNo?: string;
}

/** Answer of `createPayment` (reference snap 11). */
export type OvoPayment = SnapPaymentCreated | OvoPaymentAccepted | SnapPaymentInProgress;
