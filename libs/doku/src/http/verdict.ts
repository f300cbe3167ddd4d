import { normaliseAmount } from '../validation/amount.js';
import { doubtAbout } from './answer-authenticity.js';
import type { Attempt, DokuAnswer } from './doku-transport.js';
import type { DokuOperation } from './doku-operation.js';
import { hasMember, type MemberPath, readMember, replaceMembers } from './members.js';
import type { PreparedCall } from './prepared-call.js';
import { readRefusal, type Refusal } from './refusal.js';

/** What one attempt says about the call. */
export type Verdict =
  /** DOKU's answer to this call. */
  | {
      readonly kind: 'answered';
      readonly response: object;
      readonly status: number;
      readonly replayed: boolean;
    }
  /** DOKU said no. */
  | { readonly kind: 'refused'; readonly status: number; readonly refusal: Refusal }
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
  const { answer } = attempt;
  const { status } = answer;
  const body = parse(answer);
  const isSuccess = status >= 200 && status < 300;
  if (isSuccess || status === 409) {
    const doubt = doubtAbout(answer, { ...call, method: call.operation.method, verifyResponses });
    if (doubt !== undefined) return { kind: 'untrusted', reason: doubt, status, forged: true };
    return isSuccess ? judgeSuccess(body, call, status) : judgeConflict(body, call);
  }
  // Whether DOKU signs errors is not documented, and a wrong secret of ours makes theirs look wrong.
  const refusal = readRefusal(body);
  if (status >= 400 && status < 500 && status !== 408) return { kind: 'refused', status, refusal };
  return { kind: 'untrusted', reason: `HTTP ${status}`, status, forged: false, refusal };
}

function judgeSuccess(body: unknown, call: PreparedCall, status: number): Verdict {
  const response = responseOf(body, call);
  return response
    ? { kind: 'answered', response, status, replayed: false }
    : { kind: 'untrusted', reason: 'the answer cannot be read', status, forged: false };
}

/**
 * DOKU answers a repeated Request-Id with 409 and the stored answer. Only members that the request shares
 * with it prove that it is this call's answer and not another conflict (reference non-snap 5).
 */
function judgeConflict(body: unknown, call: PreparedCall): Verdict {
  const status = 409;
  const { effect, proof = [] } = call.operation;
  const response = responseOf(body, call);
  const isOurs =
    proof.length > 0 &&
    proof.every((path) => {
      const asked = comparable(readMember(call.content, path), path, call);
      return asked !== undefined && asked === comparable(readMember(response, path), path, call);
    });
  if (response && isOurs) return { kind: 'answered', response, status, replayed: true };
  const refusal = readRefusal(body);
  return effect === 'read'
    ? { kind: 'refused', status, refusal }
    : {
        kind: 'untrusted',
        reason: 'not provably the stored answer',
        status,
        forged: false,
        refusal,
      };
}

/** A member as two spellings of it compare: `90000` and `"90000.00"` are the same amount. */
function comparable(value: unknown, path: MemberPath, { operation }: PreparedCall): unknown {
  const isAmount =
    operation.amounts?.some((amount) => amount.join('.') === path.join('.')) ?? false;
  return isAmount ? normaliseAmount(value) : value;
}

/** The answer as the operation describes it; `undefined` when it has another shape. */
function responseOf(body: unknown, { operation }: PreparedCall): object | undefined {
  const response = normalised(body, operation);
  if (typeof response !== 'object' || response === null) return undefined;
  if (!(operation.mandatory ?? []).every((path) => hasMember(response, path))) return undefined;
  for (const path of operation.amounts ?? []) {
    replaceMembers(response, path, (amount) => normaliseAmount(amount) ?? amount);
  }
  return response;
}

function normalised(body: unknown, { normalise }: DokuOperation): unknown {
  if (!normalise) return body;
  try {
    return normalise(body);
  } catch {
    // Whatever DOKU sent, the call ends with one of our errors.
    return undefined;
  }
}

function parse({ body }: DokuAnswer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
