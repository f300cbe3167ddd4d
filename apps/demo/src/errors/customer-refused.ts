import { snapResponseCode } from 'nestjs-doku';

import { isDokuError } from './gateway-failure.js';

/** Whether DOKU refused the customer rather than the shop: what was linked is so no more, or not yet. */
export function isCustomerRefused(error: unknown): boolean {
  if (!isDokuError(error) || error.code !== 'authentication') return false;
  const { responseCode, httpStatus, operation } = error;
  // A wallet that is not linked is told by an answer without an authCode, which is no refusal of DOKU's.
  if (operation === 'wallet.inquireAccount' && httpStatus === undefined) return true;
  const code = snapResponseCode(responseCode ?? '');
  return code?.service === 'b2b2c-token' || code?.case === '02' || code?.case === '04';
}
