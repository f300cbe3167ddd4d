import type {
  SnapPaymentCreated,
  SnapPaymentInProgress,
} from '../snap-direct-debit/account.responses.js';

/** Answer of `createPayment` (reference snap 9.4). */
export type AlloPayment = SnapPaymentCreated | SnapPaymentInProgress;
