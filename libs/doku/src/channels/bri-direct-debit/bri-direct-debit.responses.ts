import type {
  DirectDebitCard,
  DirectDebitCustomer,
  DirectDebitOrder,
} from '../non-snap-direct-debit/direct-debit.responses.js';

/** An answer of which DOKU documents nothing: what stands here is taken from CIMB's, anything else may come. */
type Unconfirmed = Readonly<Record<string, unknown>>;

/** Answer of `registerCard`. Not confirmed by DOKU (reference non-snap 3.8). */
export interface BriCardRegistration extends Unconfirmed {
  readonly customer?: DirectDebitCustomer;
  readonly debit_card?: Unconfirmed & {
    /** Token of this registration, for `validateRegistrationOtp` and `resendRegistrationOtp`. */
    readonly token?: string;
    readonly status?: string;
    readonly message?: string;
  };
}

/** Answer of `validateRegistrationOtp`. Not confirmed by DOKU: ask `listTokens` (reference non-snap 3.9). */
export interface BriValidatedRegistration extends Unconfirmed {
  readonly customer?: DirectDebitCustomer;
  readonly debit_card?: Unconfirmed & {
    /** Card token, should it come here. */
    readonly token_id?: string;
    readonly status?: 'SUCCESS' | 'FAILED' | (string & {});
    readonly message?: string;
  };
}

/** Answer of `resendRegistrationOtp`. Not confirmed by DOKU (reference non-snap 3.10). */
export interface BriResentRegistrationOtp extends Unconfirmed {
  readonly debit_card?: Unconfirmed & { readonly token?: string };
}

/** A registered card, from `listTokens`. Not confirmed by DOKU, which shows only the request (reference non-snap 3.11). */
export interface BriCard extends Unconfirmed {
  readonly customer?: DirectDebitCustomer;
  /** The masked number may have another name. */
  readonly debit_card: Unconfirmed & DirectDebitCard['debit_card'];
}

/**
 * Answer of `createPayment`. Not confirmed by DOKU but for the status: `PENDING`, since BRI sends an OTP
 * (reference non-snap 3.12).
 */
export interface BriPayment extends Unconfirmed {
  readonly customer?: DirectDebitCustomer;
  readonly order?: DirectDebitOrder;
  readonly payment: Unconfirmed & {
    /** Transaction token of this attempt, for `validatePaymentOtp` and `resendPaymentOtp`. */
    readonly token: string;
    readonly status: 'PENDING' | 'SUCCESS' | (string & {});
  };
}

/** Answer of `resendPaymentOtp`. Not confirmed by DOKU (reference non-snap 3.14). */
export interface BriResentOtp extends Unconfirmed {
  readonly payment?: Unconfirmed & { readonly token?: string };
}

/** Answer of `createRecurringPayment`. Not confirmed by DOKU (reference non-snap 3.15). */
export interface BriRecurringPayment extends Unconfirmed {
  readonly customer?: DirectDebitCustomer;
  readonly order?: DirectDebitOrder;
  readonly payment: Unconfirmed & {
    /** `FAILED` ends this attempt, not the invoice (reference non-snap 3.19 no. 21). */
    readonly status: 'SUCCESS' | 'FAILED' | (string & {});
  };
}

/** Answer of `deleteToken`. Not confirmed by DOKU (reference non-snap 3.16). */
export interface BriDeletedToken extends Unconfirmed {
  readonly customer?: DirectDebitCustomer;
  readonly debit_card?: Unconfirmed & {
    readonly token_id?: string;
    readonly status?: 'SUCCESS' | 'FAILED' | (string & {});
    readonly message?: string;
  };
}
