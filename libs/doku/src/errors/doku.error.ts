/**
 * Why something failed, in the terms a caller acts on. A closed union: switch on it rather than use
 * `instanceof`, which two copies of a dual package (ESM and CommonJS) in one process defeat.
 *
 * - `configuration`: the module's options cannot work; thrown while the app starts.
 * - `validation`: the request breaks a rule; nothing was sent.
 * - `unavailable`: nothing reached DOKU, or a read got no answer. Safe to repeat.
 * - `refused`: DOKU said no.
 * - `authentication`: DOKU refused our credentials, token or clock.
 * - `outcome-unknown`: a call that changes something was sent and no trustworthy answer came.
 * - `signature`: a read's answer does not carry DOKU's signature.
 */
export type DokuErrorCode =
  | 'configuration'
  | 'validation'
  | 'unavailable'
  | 'refused'
  | 'authentication'
  | 'outcome-unknown'
  | 'signature';

/** What is known about a failure. Never a secret, token, OTP, card, signature or body. */
export interface DokuErrorDetails {
  /** What the reader should change or do next. */
  readonly fix: string;
  /** `definite`: nothing happened at DOKU. `unknown`: ask DOKU for the status before doing it again. */
  readonly outcome?: 'definite' | 'unknown';
  /** Whether the same call may simply be made again. */
  readonly retryable?: boolean;
  /** Name of the operation, such as `cimb.createPayment`. */
  readonly operation?: string | undefined;
  /** Name of the merchant in the module's options. */
  readonly merchant?: string | undefined;
  readonly httpStatus?: number | undefined;
  /** DOKU's code, as sent. */
  readonly responseCode?: string | undefined;
  /** DOKU's text, shortened, and without anything of the request but its reference. */
  readonly responseMessage?: string | undefined;
  /** `Request-Id` of the call (non-SNAP). Quote it to DOKU's support. */
  readonly requestId?: string | undefined;
  /** `X-EXTERNAL-ID` of the call (SNAP). Quote it to DOKU's support. */
  readonly externalId?: string | undefined;
  /** The caller's own reference: the invoice number or `partnerReferenceNo`. */
  readonly reference?: string | undefined;
}

/** Root of everything that this library throws on purpose. */
export abstract class DokuError extends Error {
  abstract readonly code: DokuErrorCode;
  readonly outcome: 'definite' | 'unknown';
  readonly retryable: boolean;
  readonly fix: string;
  declare readonly operation?: string;
  declare readonly merchant?: string;
  declare readonly httpStatus?: number;
  declare readonly responseCode?: string;
  declare readonly responseMessage?: string;
  declare readonly requestId?: string;
  declare readonly externalId?: string;
  declare readonly reference?: string;

  constructor(message: string, details: DokuErrorDetails) {
    super(message);
    this.name = new.target.name;
    this.outcome = details.outcome ?? 'definite';
    this.retryable = details.retryable ?? false;
    this.fix = details.fix;
    for (const member of KNOWN_IF_GIVEN) {
      const value = details[member];
      if (value !== undefined) Object.assign(this, { [member]: value });
    }
  }

  /** The same facts for a log in JSON; `Error` itself would turn into `{}`. */
  toJSON(): Record<string, unknown> {
    return Object.fromEntries([
      ['name', this.name],
      ['message', this.message],
      ...Object.entries(this),
    ]);
  }
}

const KNOWN_IF_GIVEN = [
  'operation',
  'merchant',
  'httpStatus',
  'responseCode',
  'responseMessage',
  'requestId',
  'externalId',
  'reference',
] as const;
