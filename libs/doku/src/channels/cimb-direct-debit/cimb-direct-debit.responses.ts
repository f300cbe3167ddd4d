import type {
  DirectDebitCustomer,
  DirectDebitValidatedPayment,
} from '../non-snap-direct-debit/direct-debit.responses.js';

/** Answer of `registerCard` (reference non-snap 3.1). */
export interface CimbCardRegistration {
  readonly customer?: DirectDebitCustomer;
  readonly debit_card: {
    /** Send the customer's browser there. */
    readonly cimb_registration_url: string;
    /** `PENDING`: no card token exists before the customer approved. */
    readonly status: string;
    readonly message?: string;
  };
}

/** Answer of `validatePaymentOtp` (reference non-snap 3.4). */
export interface CimbValidatedPayment extends DirectDebitValidatedPayment {
  readonly payment: DirectDebitValidatedPayment['payment'] & {
    /** The bank's own payment id. */
    readonly payment_id?: string;
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
