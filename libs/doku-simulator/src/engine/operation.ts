import type { FieldRule } from './field-rules.js';
import type { JsonObject } from './json.js';
import type { Merchant } from './merchants.js';

/** The two families of DOKU's interfaces; they differ in headers, signatures and errors. */
export type Scheme = 'non-snap' | 'snap';

/** What is told of any operation. */
export interface CataloguedOperation {
  /** Used in faults, records and counters, e.g. `cimb.createPayment`. */
  readonly name: string;
  readonly method: 'GET' | 'POST';
  /** With `:name` for a part that varies. */
  readonly path: string;
  /** @defaultValue `'non-snap'` */
  readonly scheme?: Scheme;
}

/** A non-SNAP operation of the gateway, as the reference documents it. */
export interface Operation extends CataloguedOperation {
  readonly successStatus: number;
  readonly fields: readonly FieldRule[];
  /** An answer about an invoice or token that nobody here has: what a foreign conflict shows. */
  readonly foreignAnswer: unknown;
}

/** A call that passed all checks. */
export interface AcceptedCall {
  readonly merchant: Merchant;
  readonly requestId: string;
  /** Checked against the operation's field table; empty for GET. */
  readonly body: JsonObject;
  /** Resolves when the answer has left, or never will: notifications wait for it. */
  readonly answered: Promise<void>;
}

/** Does the work of an operation and gives the body of its answer, or throws a `GatewayError`. */
export type OperationHandler = (call: AcceptedCall) => unknown;
