import type { Type } from '@nestjs/common';

import type { MemberPath } from './members.js';

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
  /** How the call is signed. */
  readonly scheme: 'non-snap';
  /**
   * What a repeat would do. `read`: nothing, so it is repeated freely. `change`: DOKU recognises it by its
   * Request-Id, so at most two repeats with the same one. `once`: an attempt is used up (an OTP), so never.
   */
  readonly effect: 'read' | 'change' | 'once';
  /** Class with class-validator rules; without one the body is sent as given. */
  readonly request?: Type<Request>;
  /** Rules that span several members; one sentence for each broken one. */
  rules?(request: Request): readonly string[];
  /** Member of the request that is the caller's own reference. */
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
  /** Puts the one documented spelling of the answer in place of the others that DOKU uses. */
  readonly normalise?: (answer: unknown) => unknown;
  /** Never set: carries the type of the answer. */
  readonly response?: Response;
}

/** An operation with its types; a channel's list of operations is made of these. */
export function operation<Request extends object, Response>(
  description: DokuOperation<Request, Response>,
): DokuOperation<Request, Response> {
  return description;
}
