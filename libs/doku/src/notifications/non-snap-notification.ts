/**
 * A non-SNAP notification. DOKU shows no sample for direct debit; these are the members that its other
 * channels share, and it may add more at any time (reference non-snap 4.2).
 */
export interface NonSnapNotification {
  readonly service?: { readonly id?: string | null } | null;
  readonly acquirer?: { readonly id?: string | null } | null;
  readonly channel?: { readonly id?: string | null } | null;
  readonly transaction: {
    readonly status: string;
    readonly date?: string;
    /** `Request-Id` of the call that started the payment. */
    readonly original_request_id?: string | null;
  };
  readonly order: {
    readonly invoice_number: string | number;
    readonly amount?: number | string;
  };
  /** Stands in SNAP notifications only, and tells the two apart. */
  readonly originalPartnerReferenceNo?: undefined;
  readonly [member: string]: unknown;
}
