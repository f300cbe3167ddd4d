import { HttpStatus } from '@nestjs/common';
import {
  type DokuError,
  type DokuErrorCode,
  type DokuOtpProblem,
  snapResponseCode,
} from 'nestjs-doku';

import { ShopError, type ShopErrorCode } from './shop.error.js';

type Translation = (error: DokuError) => ShopError;

/** A sentence for the customer for each way in which a call to DOKU can fail. */
const TRANSLATIONS: Readonly<Record<DokuErrorCode, Translation>> = {
  unavailable: (error) =>
    new ShopError(
      'gateway-unavailable',
      HttpStatus.SERVICE_UNAVAILABLE,
      'The payment service cannot be reached. Nothing was charged, so you can try again.',
      callId(error),
    ),
  'outcome-unknown': (error) => outcomeUnknown(callId(error)),
  refused: (error) => refusal(error, SNAP_REFUSALS[snapCase(error)] ?? REFUSED),
  authentication: misconfigured,
  validation: misconfigured,
  configuration: misconfigured,
  signature: (error) =>
    new ShopError(
      'gateway-unavailable',
      HttpStatus.BAD_GATEWAY,
      'The payment service gave an answer that cannot be trusted. Nothing was charged.',
      callId(error),
    ),
};

type Refusal = readonly [ShopErrorCode, string];

const REFUSED: Refusal = [
  'refused',
  'The bank refused. Nothing was charged. Try another way to pay.',
];
const NOT_IN_ORDER: Refusal = [
  'refused',
  'The bank says that this account or card cannot pay at the moment. Nothing was charged.',
];

/** By HTTP status and case of a SNAP `responseCode`: refusals that the customer can do something about. */
const SNAP_REFUSALS: Readonly<Record<string, Refusal>> = {
  '403-02': ['refused', 'This is more than the bank allows at once. Nothing was charged.'],
  '403-05': NOT_IN_ORDER,
  '403-07': NOT_IN_ORDER,
  '403-08': NOT_IN_ORDER,
  '403-09': NOT_IN_ORDER,
  '403-14': ['balance-too-low', 'There is not enough money in the account. Nothing was charged.'],
  '403-18': NOT_IN_ORDER,
  '404-11': NOT_IN_ORDER,
};

/** What is told of a code, whatever way the bank says it. */
const CODE_REFUSALS: Readonly<Record<DokuOtpProblem, Refusal>> = {
  wrong: [
    'otp-wrong',
    'The bank did not accept this code. Nothing was charged. Check it and type it again.',
  ],
  expired: ['otp-expired', 'This code has expired. Nothing was charged. Get a new one.'],
  blocked: [
    'otp-blocked',
    'The code was wrong too often, so the bank takes none for a while. Nothing was charged.',
  ],
};

function refusal(error: DokuError, otherwise: Refusal): ShopError {
  const problem = otpProblemOf(error);
  const [code, message] = problem === undefined ? otherwise : CODE_REFUSALS[problem];
  return new ShopError(code, HttpStatus.UNPROCESSABLE_ENTITY, message, callId(error));
}

function otpProblemOf(error: DokuError): DokuOtpProblem | undefined {
  const told = 'otpProblem' in error ? error.otpProblem : undefined;
  return (['wrong', 'expired', 'blocked'] as const).find((problem) => problem === told);
}

/**
 * A code was typed, and refused. What DOKU answers then is not documented everywhere: a refusal that says
 * nothing else is taken for a wrong code.
 */
export function codeRefused(error: DokuError): ShopError {
  return refusal(error, CODE_REFUSALS.wrong);
}

function snapCase({ responseCode = '' }: DokuError): string {
  const code = snapResponseCode(responseCode);
  return code ? `${code.httpStatus}-${code.case}` : '';
}

/** What to quote to the shop's support. */
function callId({ requestId, externalId }: DokuError): string | undefined {
  return requestId ?? externalId;
}

/**
 * Whether `nestjs-doku` threw it. By `code` rather than `instanceof`, as the library asks: two copies of
 * it in one process are two sets of classes.
 */
export function isDokuError(error: unknown): error is DokuError {
  return (
    error instanceof Error &&
    error.name.startsWith('Doku') &&
    'code' in error &&
    typeof error.code === 'string' &&
    Object.hasOwn(TRANSLATIONS, error.code)
  );
}

/** By DOKU's own word: a 404 of something between here and DOKU says nothing of what was asked about. */
export function isUnknownToDoku(error: unknown): boolean {
  return isDokuError(error) && snapCase(error) === '404-01';
}

/** The failure in the customer's words; what did not come from the library is given back as it is. */
export function toShopError(error: unknown): unknown {
  return isDokuError(error) ? TRANSLATIONS[error.code](error) : error;
}

/** Nothing was done, and the same may be tried again. */
export function notAvailable(message: string, callId?: string): ShopError {
  return new ShopError('gateway-unavailable', HttpStatus.SERVICE_UNAVAILABLE, message, callId);
}

/**
 * Makes a call that does nothing by itself: the customer has to confirm it first, so a lost answer leaves
 * nothing to look up.
 */
export async function nothingDone<Result>(
  message: string,
  call: () => Promise<Result>,
): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    if (!isDokuError(error) || error.outcome !== 'unknown') throw error;
    throw notAvailable(message, callId(error));
  }
}

/** "We do not know yet." */
export function outcomeUnknown(requestId?: string): ShopError {
  return new ShopError(
    'outcome-unknown',
    HttpStatus.BAD_GATEWAY,
    'The bank did not answer, so we do not know yet whether it went through. Please do not pay again; we keep checking.',
    requestId,
  );
}

function misconfigured(error: DokuError): ShopError {
  return new ShopError(
    'shop-misconfigured',
    HttpStatus.INTERNAL_SERVER_ERROR,
    'The shop cannot take payments at the moment; its operator has to look. Nothing was charged.',
    callId(error),
  );
}
