import { DokuValidationError } from '../errors/doku-validation.error.js';
import type { ResolvedMerchant } from '../options/resolved-doku-options.js';
import { isDuration } from '../options/setting.js';
import { validateRequest } from '../validation/validate-request.js';
import type { DokuCallOptions, DokuCustomer } from './doku-call-options.js';
import type { DokuOperation } from './doku-operation.js';
import { mergeExtraMembers } from './extra-members.js';
import { jsonText } from './json-text.js';
import { isObject, type MemberPath, readMember } from './members.js';
import { requestTarget } from './request-target.js';
import { type CallId, newCallId, schemeParts } from './scheme-parts.js';

/** A call that passed every local check; its bytes are final. */
export interface PreparedCall {
  readonly operation: DokuOperation;
  readonly merchant: ResolvedMerchant;
  readonly id: CallId;
  readonly target: string;
  /** What is sent, as an object: to compare answers with, and to keep out of messages. */
  readonly content: unknown;
  readonly body: Buffer | undefined;
  readonly reference: string | undefined;
  /** SNAP: headers that only some calls have. */
  readonly headers: Readonly<Record<string, string>>;
  /** SNAP: whose access token the call carries. */
  readonly customer: DokuCustomer | undefined;
}

/**
 * Validates, merges and serialises: once, so that every attempt signs and sends the same bytes.
 *
 * @throws DokuValidationError with every problem found; nothing was sent
 */
export function prepareCall<Request extends object>(
  operation: DokuOperation<Request>,
  request: Request,
  options: DokuCallOptions,
  merchant: ResolvedMerchant,
): PreparedCall {
  const problems = problemsOfTimeout(options.timeoutMs);
  const scheme = schemeParts(operation, options);
  problems.push(...scheme.problems);

  const checked = checkRequest(operation, request);
  problems.push(...checked.problems);
  let content: unknown = checked.request;
  if (options.extra !== undefined && isObject(content)) {
    const merged = mergeExtraMembers(content, options.extra);
    content = merged.body;
    problems.push(...merged.problems);
  }

  const path = requestTarget(operation.path, content);
  if ('problem' in path) problems.push(path.problem);
  const body =
    operation.method === 'GET' ? undefined : serialise(content, operation.bareNumbers, problems);
  if (operation.scheme === 'snap' && operation.effect === 'change') {
    problems.push(
      "effect 'change' belongs to non-SNAP, where DOKU recognises a repeat; of a SNAP operation it is 'once' or 'read'",
    );
  }

  const value = operation.reference && readMember(content, operation.reference);
  const reference = typeof value === 'string' ? value : undefined;
  if (problems.length > 0 || 'problem' in path) {
    throw new DokuValidationError(problems, {
      operation: operation.name,
      merchant: merchant.name,
      reference,
    });
  }
  const { id, headers, customer } = scheme;
  const { target } = path;
  return { operation, merchant, id, target, content, body, reference, headers, customer };
}

/** The call as it is made again: DOKU would answer the old id with a conflict, or with an old answer. */
export function withNewId(call: PreparedCall): PreparedCall {
  const { requestId, externalId } = call.id;
  if (requestId === undefined && externalId === undefined) return call;
  return { ...call, id: newCallId(call.operation.scheme) };
}

/** The request as it is sent; without a class, as given. */
function checkRequest<Request extends object>(
  operation: DokuOperation<Request>,
  given: Request,
): { readonly request: object; readonly problems: readonly string[] } {
  if (!operation.request) return { request: given, problems: [] };
  try {
    const checked = validateRequest(operation.request, given);
    if (checked.problems.length > 0) return checked;
    // The class vouches for the shape that `Request` promises.
    const request = checked.request as Request;
    return {
      request: operation.body?.(request) ?? request,
      problems: operation.rules?.(request) ?? [],
    };
  } catch (error) {
    // A request that contains itself is followed until the stack ends.
    if (error instanceof RangeError)
      return { request: {}, problems: ['the request refers to itself'] };
    throw error;
  }
}

function serialise(
  content: unknown,
  bareNumbers: readonly MemberPath[] | undefined,
  problems: string[],
): Buffer | undefined {
  try {
    for (const path of bareNumbers ?? []) {
      const digits = readMember(content, path);
      if (typeof digits === 'string' && !/^(0|[1-9]\d*)$/.test(digits)) {
        problems.push(
          `${path.join('.')} must be digits without a leading 0, since it is written as a number`,
        );
      }
    }
    const text = jsonText(content, bareNumbers);
    if (typeof text === 'string') return Buffer.from(text);
    problems.push('the request must be an object');
  } catch {
    problems.push('the request cannot be written as JSON: it holds a cycle or a BigInt');
  }
  return undefined;
}

/** What is wrong with a deadline that a caller gave. */
export function problemsOfTimeout(timeoutMs: number | undefined): string[] {
  if (timeoutMs === undefined || isDuration(timeoutMs)) return [];
  return [
    `timeoutMs must be a whole number of milliseconds from 1 to 2147483647 (given ${String(timeoutMs)})`,
  ];
}
