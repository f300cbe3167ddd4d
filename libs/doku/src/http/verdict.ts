import type { Attempt } from './doku-transport.js';
import { judgeNonSnap } from './non-snap-verdict.js';
import type { PreparedCall } from './prepared-call.js';
import type { Refusal } from './refusal.js';
import { judgeSnap } from './snap-verdict.js';

/** What one attempt says about the call. */
export type Verdict =
  /** DOKU's answer to this call. */
  | {
      readonly kind: 'answered';
      readonly response: object;
      readonly status: number;
      readonly replayed: boolean;
    }
  | Refused
  /** Certainly not a byte left this process. */
  | { readonly kind: 'not-sent'; readonly reason: string }
  /** It was sent, and nothing that came back can be relied on. */
  | {
      readonly kind: 'untrusted';
      readonly reason: string;
      readonly status?: number;
      /** The reason is the signature, or who the answer is for. */
      readonly forged: boolean;
      readonly refusal?: Refusal;
    };

/** DOKU said no. */
export interface Refused {
  readonly kind: 'refused';
  readonly status: number;
  readonly refusal: Refusal;
}

/** Judges an attempt. */
export function judge(
  attempt: Attempt,
  call: PreparedCall,
  verifyResponses: 'strict' | 'when-present' | 'off',
): Verdict {
  if (attempt.kind === 'no-answer') {
    return attempt.sent
      ? { kind: 'untrusted', reason: attempt.reason, forged: false }
      : { kind: 'not-sent', reason: attempt.reason };
  }
  return call.operation.scheme === 'snap'
    ? judgeSnap(attempt.answer, call)
    : judgeNonSnap(attempt.answer, call, verifyResponses);
}
