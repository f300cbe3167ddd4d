import type { ResolvedMerchant } from '../options/resolved-doku-options.js';
import { verifyNonSnapResponse } from '../signing/non-snap-signature.js';
import type { DokuAnswer } from './doku-transport.js';

/** What an answer is checked against. */
export interface AnsweredRequest {
  readonly merchant: ResolvedMerchant;
  readonly method: 'POST' | 'GET';
  readonly target: string;
  readonly requestId: string;
  readonly verifyResponses: 'strict' | 'when-present' | 'off';
}

/**
 * Why an answer that tells success cannot be taken for DOKU's answer to this request, or `undefined` when
 * it can (reference non-snap 1.2, 2.3).
 */
export function doubtAbout(answer: DokuAnswer, request: AnsweredRequest): string | undefined {
  const signature = answer.header('signature');
  const clientId = answer.header('client-id');
  const requestId = answer.header('request-id');
  // Whether it is signed or not: an answer to somebody else's request is not ours.
  if (clientId !== undefined && clientId !== request.merchant.clientId) return FOREIGN;
  if (requestId !== undefined && requestId !== request.requestId) return FOREIGN;
  if (request.verifyResponses === 'off') return undefined;
  if (signature === undefined) {
    return request.verifyResponses === 'strict' ? 'it is not signed' : undefined;
  }
  if (clientId === undefined || requestId === undefined) return FOREIGN;
  return isSigned(answer, signature, request) ? undefined : 'its signature is wrong';
}

const FOREIGN = 'its Client-Id or Request-Id is not that of the request';

function isSigned(answer: DokuAnswer, signature: string, request: AnsweredRequest): boolean {
  const { merchant, method, requestId, target } = request;
  const { clientId } = merchant;
  const timestamp = answer.header('response-timestamp') ?? '';
  const parts = { clientId, requestId, timestamp, target, signature };
  for (const secretKey of merchant.acceptedSecretKeys) {
    if (verifyNonSnapResponse({ ...parts, body: answer.body, secretKey })) return true;
    // For GET the Digest line is presumably left out, which no document shows: both forms are DOKU's.
    if (method === 'GET' && verifyNonSnapResponse({ ...parts, secretKey })) return true;
  }
  return false;
}
