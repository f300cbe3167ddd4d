import { normaliseAmount } from '../validation/amount.js';
import type { DokuOperation } from './doku-operation.js';
import type { DokuAnswer } from './doku-transport.js';
import { hasMember, type MemberPath, readMember, replaceMembers } from './members.js';
import type { PreparedCall } from './prepared-call.js';

/** The JSON of an answer; `undefined` when it is none. */
export function parseAnswer({ body }: DokuAnswer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** The answer as the operation describes it; `undefined` when it has another shape. */
export function responseOf(
  body: unknown,
  operation: DokuOperation,
  progress: 'done' | 'in-progress' = 'done',
): object | undefined {
  const response = normalised(body, operation, progress);
  if (typeof response !== 'object' || response === null) return undefined;
  const { mandatory = [], amounts = [] } = operation;
  // What is still in progress may have nothing to tell yet.
  if (progress === 'done' && !mandatory.every((path) => hasMember(response, path))) {
    return undefined;
  }
  for (const path of amounts) {
    replaceMembers(response, path, (amount) => normaliseAmount(amount) ?? amount);
  }
  return response;
}

/**
 * Whether a 409 carries the stored answer of this very call and not another conflict: only members that
 * the request shares with it prove that (reference non-snap 5, snap 14).
 */
export function isProvablyOurs(response: unknown, call: PreparedCall): boolean {
  const { proof = [] } = call.operation;
  return (
    proof.length > 0 &&
    proof.every((path) => {
      const asked = comparable(call.content, path, call);
      return asked !== undefined && asked === comparable(response, path, call);
    })
  );
}

/** Whether an answer names something else than the request did. */
export function isForAnotherCall(response: unknown, call: PreparedCall): boolean {
  return (call.operation.echo ?? []).some((path) => {
    const asked = comparable(call.content, path, call);
    const echoed = comparable(response, path, call) ?? undefined;
    return asked !== undefined && echoed !== undefined && echoed !== asked;
  });
}

/** A member as two spellings of it compare: `90000` and `"90000.00"` are the same amount. */
function comparable(body: unknown, path: MemberPath, { operation }: PreparedCall): unknown {
  const value = readMember(body, path);
  const isAmount =
    operation.amounts?.some((amount) => amount.join('.') === path.join('.')) ?? false;
  return isAmount ? normaliseAmount(value) : value;
}

function normalised(
  body: unknown,
  { normalise }: DokuOperation,
  progress: 'done' | 'in-progress',
): unknown {
  if (!normalise) return body;
  try {
    return normalise(body, progress);
  } catch {
    // Whatever DOKU sent, the call ends with one of our errors.
    return undefined;
  }
}
