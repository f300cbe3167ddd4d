/** A customer as DOKU gives it back. Echoes: do not expect them to equal the request. */
export interface DirectDebitCustomer {
  readonly id: string;
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string | number;
  readonly address?: string;
  readonly country?: string;
  readonly id_card?: string;
  readonly date_of_birth?: string;
  readonly additional_info?: string;
}

/** An order as DOKU gives it back, its amounts as texts with two decimals (as sent, where unreadable). */
export interface DirectDebitOrder {
  readonly invoice_number: string;
  /** IDR, such as `'90000.00'`. */
  readonly amount: string;
  readonly line_items?: readonly {
    readonly name?: string;
    /** IDR, such as `'40000.00'`. */
    readonly price?: string;
    readonly quantity?: number | string;
  }[];
  readonly session_id?: string;
}

/** A registered card, from `listTokens` (reference non-snap 3.2, 3.11). */
export interface DirectDebitCard {
  readonly customer?: DirectDebitCustomer;
  readonly debit_card: {
    /** Card token; goes into `payment.token_id`. */
    readonly token_id: string;
    /** For display only: last digits or a masked number. */
    readonly account_no?: string;
  };
}

/** Answer of `createPayment` (reference non-snap 3.3). */
export interface DirectDebitPayment {
  readonly customer?: DirectDebitCustomer;
  readonly order: DirectDebitOrder;
  readonly payment: {
    /** Transaction token of this attempt, for `validatePaymentOtp` and `resendPaymentOtp`. */
    readonly token: string;
    /** `PENDING`: the bank has sent an OTP. `SUCCESS`: paid, no OTP was needed. */
    readonly status: 'PENDING' | 'SUCCESS' | (string & {});
  };
}

/** Answer of `validatePaymentOtp` (reference non-snap 3.4, 3.13). */
export interface DirectDebitValidatedPayment {
  readonly customer?: DirectDebitCustomer;
  readonly order?: DirectDebitOrder;
  readonly payment: {
    readonly token: string;
    /** `FAILED` ends this attempt, not the invoice (reference non-snap 3.19 no. 21). */
    readonly status: 'SUCCESS' | 'FAILED' | (string & {});
  };
}

/** Answer of `resendPaymentOtp` (reference non-snap 3.5). */
export interface DirectDebitResentOtp {
  readonly payment: { readonly token: string };
}

/** Answer of `deleteToken` (reference non-snap 3.6). */
export interface DirectDebitDeletedToken {
  readonly customer?: DirectDebitCustomer;
  readonly debit_card: {
    readonly token_id: string;
    readonly status: 'SUCCESS' | 'FAILED' | (string & {});
    readonly message?: string;
  };
}
