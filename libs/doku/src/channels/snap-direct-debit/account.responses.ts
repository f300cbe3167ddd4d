import type { SnapAmount, SnapAnswer } from './snap-answer.js';

/** What DOKU says about the account that is being bound. */
export interface SnapBindingInfo {
  readonly custIdMerchant?: string;
  /** Also where DOKU spells it `status` (reference snap C15). */
  readonly accountStatus?: 'PENDING' | 'SUCCESS' | 'FAILED' | (string & {});
}

/** There is a page on which the customer agrees, with OTP and PIN. Nothing is bound yet. */
export interface SnapBindingCreated extends SnapAnswer {
  /** Ours. */
  readonly status: 'page-created';
  /** DOKU's reference. */
  readonly referenceNo?: string;
  /** Send the customer's browser there. */
  readonly redirectUrl: string;
  readonly additionalInfo: SnapBindingInfo & {
    /** Store it with the customer, for `customer: { authCode }`; of no use before the customer agreed. */
    readonly authCode: string;
  };
}

/** DOKU has no page to show yet: call again for one. */
export interface SnapBindingInProgress extends SnapAnswer {
  /** Ours. */
  readonly status: 'in-progress';
  readonly referenceNo?: string;
  readonly redirectUrl?: string;
  readonly additionalInfo?: SnapBindingInfo & { readonly authCode?: string };
}

/** Answer of `bindAccount` (reference snap 9.1). */
export type SnapBinding = SnapBindingCreated | SnapBindingInProgress;

/** One balance of an account. */
export interface SnapAccountInfo {
  /** DOKU does not document its values. */
  readonly balanceType?: string;
  readonly amount?: SnapAmount;
  /** Also where DOKU spells it `floatAmount`. */
  readonly flatAmount?: SnapAmount;
  readonly holdAmount?: SnapAmount;
}

/** Answer of `inquireBalance` (reference snap 9.3). */
export interface SnapBalance extends SnapAnswer {
  readonly accountInfos: readonly SnapAccountInfo[];
}

/** There is a page on which the customer pays, with OTP or PIN. Nothing is paid yet. */
export interface SnapPaymentCreated extends SnapAnswer {
  /** Ours. */
  readonly status: 'page-created';
  /** Send the customer's browser there. */
  readonly webRedirectUrl: string;
  readonly partnerReferenceNo?: string;
  /** DOKU's reference. */
  readonly referenceNo?: string;
}

/** DOKU has taken the payment in: ask `checkStatus`, or wait for the notification. */
export interface SnapPaymentInProgress extends SnapAnswer {
  /** Ours. */
  readonly status: 'in-progress';
  readonly webRedirectUrl?: string;
  readonly partnerReferenceNo?: string;
  readonly referenceNo?: string;
}

/** Answer of `unbindAccount` (reference snap 9.6). */
export interface SnapUnbinding extends SnapAnswer {
  /** Ours. `in-progress`: call again later. */
  readonly status: 'accepted' | 'in-progress';
  readonly referenceNo?: string;
}
