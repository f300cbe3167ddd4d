import type { SnapAmount, SnapAnswer } from '../snap-direct-debit/snap-answer.js';

/** What DOKU says about the account that is being bound. */
export interface AlloBindingInfo {
  readonly custIdMerchant?: string;
  /** Also where DOKU spells it `status` (reference snap C15). */
  readonly accountStatus?: 'PENDING' | 'SUCCESS' | 'FAILED' | (string & {});
}

/** There is a page on which the customer agrees, with OTP and PIN. Nothing is bound yet. */
export interface AlloBindingCreated extends SnapAnswer {
  /** Ours. */
  readonly status: 'page-created';
  /** DOKU's reference. */
  readonly referenceNo?: string;
  /** Send the customer's browser there. */
  readonly redirectUrl: string;
  readonly additionalInfo: AlloBindingInfo & {
    /** Store it with the customer, for `customer: { authCode }`; of no use before the customer agreed. */
    readonly authCode: string;
  };
}

/** DOKU has no page to show yet: call again for one. */
export interface AlloBindingInProgress extends SnapAnswer {
  /** Ours. */
  readonly status: 'in-progress';
  readonly referenceNo?: string;
  readonly redirectUrl?: string;
  readonly additionalInfo?: AlloBindingInfo & { readonly authCode?: string };
}

/** Answer of `bindAccount` (reference snap 9.1). */
export type AlloBinding = AlloBindingCreated | AlloBindingInProgress;

/** One balance of an account. */
export interface AlloAccountInfo {
  /** DOKU does not document its values. */
  readonly balanceType?: string;
  readonly amount?: SnapAmount;
  /** Also where DOKU spells it `floatAmount`. */
  readonly flatAmount?: SnapAmount;
  readonly holdAmount?: SnapAmount;
}

/** Answer of `inquireBalance` (reference snap 9.3). */
export interface AlloBalance extends SnapAnswer {
  readonly accountInfos: readonly AlloAccountInfo[];
}

/** There is a page on which the customer pays, with OTP or PIN. Nothing is paid yet. */
export interface AlloPaymentCreated extends SnapAnswer {
  /** Ours. */
  readonly status: 'page-created';
  /** Send the customer's browser there. */
  readonly webRedirectUrl: string;
  readonly partnerReferenceNo?: string;
  /** DOKU's reference. */
  readonly referenceNo?: string;
}

/** DOKU has taken the payment in: ask `checkStatus`, or wait for the notification. */
export interface AlloPaymentInProgress extends SnapAnswer {
  /** Ours. */
  readonly status: 'in-progress';
  readonly webRedirectUrl?: string;
  readonly partnerReferenceNo?: string;
  readonly referenceNo?: string;
}

/** Answer of `createPayment` (reference snap 9.4). */
export type AlloPayment = AlloPaymentCreated | AlloPaymentInProgress;

/** Answer of `unbindAccount` (reference snap 9.6). */
export interface AlloUnbinding extends SnapAnswer {
  /** Ours. `in-progress`: call again later. */
  readonly status: 'accepted' | 'in-progress';
  readonly referenceNo?: string;
}
