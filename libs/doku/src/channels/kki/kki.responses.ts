import type { SnapAnswer } from '../snap-direct-debit/snap-answer.js';

/** Answer of `createPayment` (reference snap 10.1); it does not mean that anything was paid. */
export interface KkiPayment extends SnapAnswer {
  /** Ours. `accepted`: DOKU took the payment, and the customer confirms it in the issuer's app. */
  readonly status: 'accepted' | 'in-progress';
  readonly partnerReferenceNo?: string;
  /** DOKU's reference. */
  readonly referenceNo?: string;
}
