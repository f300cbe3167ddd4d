import type { FieldRule } from '../engine/field-rules.js';
import type { JsonObject } from '../engine/json.js';
import type { Merchant } from '../engine/merchants.js';
import type { Binding } from '../bank/binding-book.js';

/** An address of the SNAP side; several channels may share one. */
export interface SnapEndpoint {
  readonly path: string;
  /** Middle two digits of its response codes (snap reference 13). */
  readonly serviceCode: string;
}

/** Whether a header is sent (snap reference 5). */
type HeaderUse = 'required' | 'optional' | 'forbidden';

/** The headers that vary from operation to operation. */
export interface HeaderTable {
  readonly 'Authorization-Customer': HeaderUse;
  readonly 'X-IP-ADDRESS': HeaderUse;
  readonly 'X-DEVICE-ID': HeaderUse;
  readonly 'CHANNEL-ID': HeaderUse;
}

/** What those headers may hold. */
export interface HeaderForms {
  readonly longestDeviceId: number;
  readonly channelId: RegExp;
  /** What the pattern asks for, in words. */
  readonly channelIdForm: string;
}

/** A transaction call that passed all checks. */
export interface SnapCall {
  readonly merchant: Merchant;
  readonly externalId: string;
  /** Checked against the operation's field table. */
  readonly body: JsonObject;
  /** The body as received, for digits that a number cannot hold. */
  readonly text: string;
  /** Whose token came in `Authorization-Customer`. */
  readonly customer?: Binding;
  /** Notes for the record whom the call is about, when only its body tells. */
  readonly noteCustomer: (tokenText: string, binding: Binding) => void;
  /** Resolves when the answer has left, or never will: notifications wait for it. */
  readonly answered: Promise<void>;
}

/** What one channel does at an endpoint. */
export interface SnapOperation {
  /** Used in faults, records and counters, e.g. `allo.createPayment`. */
  readonly name: string;
  readonly endpoint: SnapEndpoint;
  readonly headers: HeaderTable;
  /** @defaultValue those of direct debit */
  readonly headerForms?: HeaderForms;
  /** Read at each call: settings may change them. */
  readonly fields: () => readonly FieldRule[];
  readonly successCode: () => string;
  readonly successMessage?: string;
  /** An answer about somebody else's payment or binding. */
  readonly foreignAnswer: JsonObject;
  /** Gives the members of the answer beside its code and message, or throws a `SnapError`. */
  readonly handle: (call: SnapCall) => JsonObject;
}

/** The paths of direct debit (snap reference 7). */
export const SNAP_ENDPOINTS = {
  bindAccount: {
    path: '/direct-debit/core/v1/registration-account-binding',
    serviceCode: '07',
  },
  inquireBalance: { path: '/direct-debit/core/v1/balance-inquiry', serviceCode: '11' },
  createPayment: { path: '/direct-debit/core/v1/debit/payment-host-to-host', serviceCode: '54' },
  refund: { path: '/direct-debit/core/v1/debit/refund', serviceCode: '58' },
  unbindAccount: {
    path: '/direct-debit/core/v1/registration-account-unbinding',
    serviceCode: '09',
  },
  checkStatus: { path: '/orders/v1.0/debit/status', serviceCode: '55' },
} as const satisfies Record<string, SnapEndpoint>;

export const TOKEN_ENDPOINTS = {
  b2b: { path: '/authorization/v1/access-token/b2b', serviceCode: '73' },
  b2b2c: { path: '/authorization/v1/access-token/b2b2c', serviceCode: '74' },
} as const satisfies Record<string, SnapEndpoint>;
