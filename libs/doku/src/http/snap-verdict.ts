import { isForAnotherCall, parseAnswer, responseOf } from './answer-body.js';
import { judgeConflict, NOT_PROVABLY_STORED } from './conflict-verdict.js';
import type { DokuAnswer } from './doku-transport.js';
import type { PreparedCall } from './prepared-call.js';
import { readRefusal } from './refusal.js';
import { snapResponseCode } from './snap-response-codes.js';
import type { Verdict } from './verdict.js';

/**
 * Judges an answer of the SNAP API. HTTP status and `responseCode` say the same twice. A 200 may carry
 * a refusal, and a 409 a success; where they differ otherwise, nobody knows (reference snap 7, 13, 14).
 */
export function judgeSnap(answer: DokuAnswer, call: PreparedCall): Verdict {
  const { status } = answer;
  const body = parseAnswer(answer);
  const refusal = readRefusal(body);
  const code = snapResponseCode(refusal.responseCode ?? '');
  const isSuccess = status >= 200 && status < 300;
  const saysSuccess = code !== undefined && code.httpStatus >= 200 && code.httpStatus < 300;

  if (saysSuccess && (isSuccess || status === 409)) {
    const isInProgress = status === 202 || code.httpStatus === 202;
    return judgeSuccess(body, call, status, isInProgress ? 'in-progress' : 'done');
  }
  // A refusal by its code, even under HTTP 200; but 202 says that it runs.
  const said = isSuccess && status !== 202 ? code?.httpStatus : status;
  if (said === undefined) {
    return { kind: 'untrusted', reason: 'the answer cannot be read', status, forged: false };
  }
  if (said < 400 || said >= 500 || said === 408) {
    return { kind: 'untrusted', reason: `HTTP ${said}`, status, forged: false, refusal };
  }
  // Refused by its status, and done or unclear by its code: nobody knows.
  if (code && (code.httpStatus < 400 || code.httpStatus >= 500)) {
    const reason = `HTTP ${status} with the response code of HTTP ${code.httpStatus}`;
    return { kind: 'untrusted', reason, status, forged: false, refusal };
  }
  // The reference may have been paid or refunded by an earlier call, whatever became of this one.
  if (call.operation.effect !== 'read' && (said === 409 || code?.retry === 'check-status')) {
    const reason = code?.meaning ?? NOT_PROVABLY_STORED;
    return { kind: 'untrusted', reason, status, forged: false, refusal };
  }
  return { kind: 'refused', status: said, refusal };
}

/** A 409 may carry the stored answer of an earlier attempt (reference snap 14, C20). */
function judgeSuccess(
  body: unknown,
  call: PreparedCall,
  status: number,
  progress: 'done' | 'in-progress',
): Verdict {
  const response = responseOf(body, call.operation, progress);
  if (!response) {
    return { kind: 'untrusted', reason: 'the answer cannot be read', status, forged: false };
  }
  if (status === 409) return judgeConflict(response, readRefusal(body), call);
  return isForAnotherCall(response, call)
    ? { kind: 'untrusted', reason: 'it is the answer to another call', status, forged: true }
    : { kind: 'answered', response, status, replayed: false };
}
