/** A customer as DOKU gives it back. Echoes: do not expect them to equal the request. */
export interface CimbCustomer {
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
export interface CimbOrder {
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

/** Answer of `registerCard` (reference non-snap 3.1). */
export interface CimbCardRegistration {
  readonly customer?: CimbCustomer;
  readonly debit_card: {
    /** Send the customer's browser there. */
    readonly cimb_registration_url: string;
    /** `PENDING`: no card token exists before the customer approved. */
    readonly status: string;
    readonly message?: string;
  };
}

/** A registered card, from `listTokens` (reference non-snap 3.2). */
export interface CimbCard {
  readonly customer?: CimbCustomer;
  readonly debit_card: {
    /** Card token; goes into `payment.token_id`. */
    readonly token_id: string;
    /** For display only: last digits or a masked number. */
    readonly account_no?: string;
  };
}

/** Answer of `createPayment` (reference non-snap 3.3). */
export interface CimbPayment {
  readonly customer?: CimbCustomer;
  readonly order: CimbOrder;
  readonly payment: {
    /** Transaction token of this attempt, for `validatePaymentOtp` and `resendPaymentOtp`. */
    readonly token: string;
    /** `PENDING`: the bank has sent an OTP. `SUCCESS`: paid, no OTP was needed. */
    readonly status: 'PENDING' | 'SUCCESS' | (string & {});
  };
}

/** Answer of `validatePaymentOtp` (reference non-snap 3.4). */
export interface CimbValidatedPayment {
  readonly customer?: CimbCustomer;
  readonly order?: CimbOrder;
  readonly payment: {
    readonly token: string;
    /** `FAILED` ends this attempt, not the invoice (reference non-snap 3.19 no. 21). */
    readonly status: 'SUCCESS' | 'FAILED' | (string & {});
    /** The bank's own payment id. */
    readonly payment_id?: string;
  };
}

/** Answer of `resendPaymentOtp` (reference non-snap 3.5). */
export interface CimbResentOtp {
  readonly payment: { readonly token: string };
}

/** Answer of `deleteToken` (reference non-snap 3.6). */
export interface CimbDeletedToken {
  readonly customer?: CimbCustomer;
  readonly debit_card: {
    readonly token_id: string;
    readonly status: 'SUCCESS' | 'FAILED' | (string & {});
    readonly message?: string;
  };
}

/** Answer of `refund` (reference non-snap 3.7, 3.19 no. 18). */
export interface CimbRefund {
  readonly order: { readonly invoice_number: string };
  readonly payment?: { readonly original_request_id?: string; readonly payment_id?: string };
  readonly refund: {
    /** IDR, such as `'2000.00'`. */
    readonly amount: string;
    readonly reason?: string;
    readonly status?: 'SUCCESS' | 'FAILED' | (string & {});
    readonly message?: string;
  };
}
