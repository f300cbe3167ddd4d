import { randomUUID } from 'node:crypto';

import { describeGiven } from '../validation/describe-given.js';
import type { DokuCallOptions, DokuCustomer } from './doku-call-options.js';
import type { DokuOperation } from './doku-operation.js';
import { createExternalId } from './external-id.js';
import { isObject } from './members.js';
import { snapCallHeaders } from './snap-call-headers.js';

/** What DOKU knows an attempt by; a request for a token has nothing of the kind. */
export interface CallId {
  /** Non-SNAP. */
  readonly requestId?: string;
  /** SNAP. */
  readonly externalId?: string;
}

/** A new id of an attempt. */
export function newCallId(scheme: DokuOperation['scheme']): CallId {
  return scheme === 'snap' ? { externalId: createExternalId() } : { requestId: randomUUID() };
}

/** What belongs to one scheme or the other. */
export interface SchemeParts {
  readonly id: CallId;
  /** SNAP: headers that only some calls have. */
  readonly headers: Readonly<Record<string, string>>;
  /** SNAP: whose access token the call carries. */
  readonly customer: DokuCustomer | undefined;
  readonly problems: readonly string[];
}

/** The parts of a call that its scheme decides, from what the caller set. */
export function schemeParts(operation: DokuOperation, options: DokuCallOptions): SchemeParts {
  return operation.scheme === 'snap'
    ? snapParts(operation, options)
    : nonSnapParts(operation.name, options);
}

function nonSnapParts(
  name: string,
  { requestId, externalId, customer }: DokuCallOptions,
): SchemeParts {
  const problems: string[] = [];
  if (requestId !== undefined && !/^[\x21-\x7e]{1,128}$/.test(requestId)) {
    problems.push(
      `requestId must be 1 to 128 visible ASCII characters (given ${describeGiven('', requestId)})`,
    );
  }
  if (externalId !== undefined) {
    problems.push(`externalId belongs to SNAP; ${name} has a requestId`);
  }
  // Ignoring whom the caller meant could charge somebody else.
  if (customer !== undefined) {
    problems.push(`customer belongs to SNAP; ${name} names its customer in the request`);
  }
  const id = requestId === undefined ? newCallId('non-snap') : { requestId };
  return { id, headers: {}, customer: undefined, problems };
}

function snapParts(operation: DokuOperation, options: DokuCallOptions): SchemeParts {
  const { requestId, externalId } = options;
  const { headers, problems: wrongHeaders } = snapCallHeaders(operation.headers ?? {}, options);
  const problems = [...wrongHeaders];
  if (externalId !== undefined && !isExternalId(externalId)) {
    problems.push(
      `externalId must be a text of 1 to 36 digits (given ${describeGiven('', externalId)})`,
    );
  }
  if (requestId !== undefined) {
    problems.push(`requestId belongs to non-SNAP; ${operation.name} has an externalId`);
  }
  const given = operation.customer === undefined ? undefined : options.customer;
  const customer = readCustomer(given);
  if (given === undefined) {
    if (operation.customer === 'required') {
      problems.push(
        'customer is mandatory here: pass { authCode } with the authCode of the account binding, or for the wallet { accountId }',
      );
    }
  } else if (!customer) {
    problems.push(
      'customer must have exactly one of authCode, refreshToken, accessToken and accountId, a text without blanks of at most 2048 characters (64 of an accountId)',
    );
  }
  const id = externalId === undefined ? newCallId('snap') : { externalId };
  return { id, headers, customer, problems };
}

function isExternalId(given: unknown): boolean {
  return typeof given === 'string' && /^\d{1,36}$/.test(given);
}

/**
 * The customer that a value names, in exactly one way; else `undefined`. A new object with that one member:
 * a member that is there but `undefined` must not pass for a way, or two customers could share a token.
 */
export function readCustomer(given: unknown): DokuCustomer | undefined {
  if (!isObject(given)) return undefined;
  const named = Object.entries(given).filter(([, value]) => value !== undefined);
  const [way, value] = named[0] ?? [];
  if (named.length !== 1 || typeof value !== 'string' || !/^[\x21-\x7e]{1,2048}$/.test(value)) {
    return undefined;
  }
  switch (way) {
    case 'authCode':
      return { authCode: value };
    case 'refreshToken':
      return { refreshToken: value };
    case 'accessToken':
      return { accessToken: value };
    case 'accountId':
      return value.length <= 64 ? { accountId: value } : undefined;
    default:
      return undefined;
  }
}
