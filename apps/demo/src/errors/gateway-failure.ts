import { HttpStatus } from '@nestjs/common';
import type { DokuError, DokuErrorCode } from 'nestjs-doku';

import { ShopError } from './shop.error.js';

type Translation = (error: DokuError) => ShopError;

/** A sentence for the customer for each way in which a call to DOKU can fail. */
const TRANSLATIONS: Readonly<Record<DokuErrorCode, Translation>> = {
  unavailable: ({ requestId }) =>
    new ShopError(
      'gateway-unavailable',
      HttpStatus.SERVICE_UNAVAILABLE,
      'The payment service cannot be reached. Nothing was charged, so you can try again.',
      requestId,
    ),
  'outcome-unknown': ({ requestId }) => outcomeUnknown(requestId),
  refused: ({ requestId }) =>
    new ShopError(
      'refused',
      HttpStatus.UNPROCESSABLE_ENTITY,
      'The bank refused. Nothing was charged. Try another card.',
      requestId,
    ),
  authentication: misconfigured,
  validation: misconfigured,
  configuration: misconfigured,
  signature: ({ requestId }) =>
    new ShopError(
      'gateway-unavailable',
      HttpStatus.BAD_GATEWAY,
      'The payment service gave an answer that cannot be trusted. Nothing was charged.',
      requestId,
    ),
};

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

/** The failure in the customer's words; what did not come from the library is given back as it is. */
export function toShopError(error: unknown): unknown {
  return isDokuError(error) ? TRANSLATIONS[error.code](error) : error;
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

function misconfigured({ requestId }: DokuError): ShopError {
  return new ShopError(
    'shop-misconfigured',
    HttpStatus.INTERNAL_SERVER_ERROR,
    'The shop cannot take payments at the moment; its operator has to look. Nothing was charged.',
    requestId,
  );
}
