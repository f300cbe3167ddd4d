import { isProvablyOurs } from './answer-body.js';
import type { PreparedCall } from './prepared-call.js';
import type { Refusal } from './refusal.js';
import type { Verdict } from './verdict.js';

/** Why a conflict leaves the outcome open. */
export const NOT_PROVABLY_STORED = 'not provably the stored answer';

/**
 * Judges a 409, under which DOKU answers what it has carried out before: it counts only as this very call's
 * stored answer (reference non-snap 5, snap 14, C20).
 */
export function judgeConflict(
  response: object | undefined,
  refusal: Refusal,
  call: PreparedCall,
): Verdict {
  const status = 409;
  if (response && isProvablyOurs(response, call)) {
    return { kind: 'answered', response, status, replayed: true };
  }
  return call.operation.effect === 'read'
    ? { kind: 'refused', status, refusal }
    : { kind: 'untrusted', reason: NOT_PROVABLY_STORED, status, forged: false, refusal };
}
