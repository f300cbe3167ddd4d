import { doubtAbout } from './answer-authenticity.js';
import { parseAnswer, responseOf } from './answer-body.js';
import { judgeConflict } from './conflict-verdict.js';
import type { DokuAnswer } from './doku-transport.js';
import type { PreparedCall } from './prepared-call.js';
import { readRefusal } from './refusal.js';
import type { Verdict } from './verdict.js';

/** Judges an answer of the non-SNAP API (reference non-snap 1.2, 5, 6). */
export function judgeNonSnap(
  answer: DokuAnswer,
  call: PreparedCall,
  verifyResponses: 'strict' | 'when-present' | 'off',
): Verdict {
  const { status } = answer;
  const body = parseAnswer(answer);
  const isSuccess = status >= 200 && status < 300;
  if (isSuccess || status === 409) {
    const doubt = doubtAbout(answer, {
      merchant: call.merchant,
      method: call.operation.method,
      target: call.target,
      requestId: call.id.requestId ?? '',
      verifyResponses,
    });
    if (doubt !== undefined) return { kind: 'untrusted', reason: doubt, status, forged: true };
    return isSuccess
      ? judgeSuccess(body, call, status)
      : judgeConflict(responseOf(body, call.operation), readRefusal(body), call);
  }
  // Whether DOKU signs errors is not documented, and a wrong secret of ours makes theirs look wrong.
  const refusal = readRefusal(body);
  if (status >= 400 && status < 500 && status !== 408) return { kind: 'refused', status, refusal };
  return { kind: 'untrusted', reason: `HTTP ${status}`, status, forged: false, refusal };
}

function judgeSuccess(body: unknown, { operation }: PreparedCall, status: number): Verdict {
  const response = responseOf(body, operation);
  return response
    ? { kind: 'answered', response, status, replayed: false }
    : { kind: 'untrusted', reason: 'the answer cannot be read', status, forged: false };
}
