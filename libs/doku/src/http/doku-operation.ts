import type { Type } from '@nestjs/common';

import type { MemberPath } from './members.js';

/** Which of the optional headers of a SNAP call an operation takes (reference snap 5). */
export interface SnapHeaderRules {
  /**
   * `X-IP-ADDRESS`.
   * @defaultValue `'optional'`: sent when the caller gives `ipAddress`
   */
  readonly ipAddress?: 'required' | 'optional' | 'never';
  /**
   * `X-DEVICE-ID`.
   * @defaultValue `'optional'`: sent when the caller gives `deviceId`
   */
  readonly deviceId?: 'required' | 'optional' | 'never';
  /** `CHANNEL-ID`, which some documents spell `X-CHANNEL-ID` (reference snap C9). */
  readonly channelId?: { readonly name: string; readonly value: string };
}

/**
 * One operation of DOKU, described as data. A channel is a list of these; `DokuClient.request` takes one
 * for everything that has no channel here.
 */
export interface DokuOperation<Request extends object = object, Response = unknown> {
  /** For logs and errors, such as `cimb.createPayment`. */
  readonly name: string;
  readonly method: 'POST' | 'GET';
  /**
   * Path from the root of the host. `{member}` stands for a member of the request, which is put there
   * percent-encoded.
   */
  readonly path: string;
  /** How the call is signed; `snap` also means that it carries a B2B access token. */
  readonly scheme: 'non-snap' | 'snap';
  /**
   * SNAP: whether the call also carries the access token of a customer, who is then given in the option
   * `customer`. Left out, it never does.
   */
  readonly customer?: 'required' | 'optional';
  /**
   * SNAP: cases of HTTP 401 that the standard has for the merchant's token, and that DOKU may use for the
   * customer's. Where replacing the merchant's does not help, the customer's is replaced too.
   */
  readonly doubtfulTokenCases?: readonly string[];
  /** SNAP: headers beside those that every call has. */
  readonly headers?: SnapHeaderRules;
  /**
   * What a repeat would do. `read`: nothing, so it is repeated freely. `change`: DOKU recognises it by its
   * Request-Id, so at most two repeats with the same one (non-SNAP only). `once`: an attempt is used up (an
   * OTP), or money could move twice (every SNAP payment), so never.
   */
  readonly effect: 'read' | 'change' | 'once';
  /** Class with class-validator rules; without one the body is sent as given. */
  readonly request?: Type<Request>;
  /** Rules that span several members; one sentence for each broken one. */
  rules?(request: Request): readonly string[];
  /** The body as it goes over the wire, from the checked request; without it, the request itself. */
  body?(request: Request): object;
  /** Texts of digits in the body that are written as bare JSON numbers (reference snap C34). */
  readonly bareNumbers?: readonly MemberPath[];
  /** Member of the body that is the caller's own reference. */
  readonly reference?: MemberPath;
  /** Members of the answer that are amounts; they come out as texts with two decimals. */
  readonly amounts?: readonly MemberPath[];
  /** Members without which a 2xx is not this operation's answer; `'*'` stands for every element of a list. */
  readonly mandatory?: readonly MemberPath[];
  /**
   * Members that request and answer share. Only an answer that has them all proves that a 409 carries
   * the stored answer of this very call (reference non-snap 5).
   */
  readonly proof?: readonly MemberPath[];
  /** Members that request and answer share: an answer in which one of them differs is for another call. */
  readonly echo?: readonly MemberPath[];
  /**
   * Puts the one documented spelling of the answer in place of the others that DOKU uses.
   * `progress` is `in-progress` for an answer that says so (SNAP 202), and may then lack everything.
   */
  readonly normalise?: (answer: unknown, progress: 'done' | 'in-progress') => unknown;
  /** What to do when the outcome is unknown, as sentences for the error's `fix`. */
  readonly recovery?: string;
  /** Never set: carries the type of the answer. */
  readonly response?: Response;
}

/** An operation with its types; a channel's list of operations is made of these. */
export function operation<Request extends object, Response>(
  description: DokuOperation<Request, Response>,
): DokuOperation<Request, Response> {
  return description;
}
