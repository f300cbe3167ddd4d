/** Which payment to ask for: its invoice number, or the `Request-Id` of the call that started it. */
export type CheckStatusRequest =
  | { readonly invoice_number: string; readonly request_id?: never }
  | { readonly request_id: string; readonly invoice_number?: never };

/** What DOKU knows about a payment, shaped like its notification (reference non-snap 3.17, 7). */
export interface OrderStatus {
  readonly order?: {
    readonly invoice_number?: string;
    /** IDR, such as `'90000.00'`. */
    readonly amount?: string;
    /** DOKU Checkout only: `ORDER_GENERATED`, `ORDER_EXPIRED`. */
    readonly status?: string;
  };
  readonly transaction: {
    /** `FAILED` ends an attempt, not the invoice: a later attempt may succeed. */
    readonly status:
      | 'PENDING'
      | 'SUCCESS'
      | 'FAILED'
      | 'EXPIRED'
      | 'REFUNDED'
      | 'TIMEOUT'
      | 'REDIRECT'
      | (string & {});
    /** ISO 8601, UTC. */
    readonly date?: string;
    /** `Request-Id` of the call that started the attempt. */
    readonly original_request_id?: string;
  };
  readonly service?: { readonly id?: string | null } | null;
  readonly acquirer?: { readonly id?: string | null } | null;
  readonly channel?: { readonly id?: string | null } | null;
  readonly [member: string]: unknown;
}
