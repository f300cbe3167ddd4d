import { randomUUID } from 'node:crypto';

import { DokuValidationError } from '../errors/doku-validation.error.js';
import type { ResolvedMerchant } from '../options/resolved-doku-options.js';
import { isDuration } from '../options/setting.js';
import { describeGiven } from '../validation/describe-given.js';
import { validateRequest } from '../validation/validate-request.js';
import type { DokuCallOptions } from './doku-call-options.js';
import type { DokuOperation } from './doku-operation.js';
import { mergeExtraMembers } from './extra-members.js';
import { isObject, readMember } from './members.js';
import { requestTarget } from './request-target.js';

/** A call that passed every local check; its bytes are final. */
export interface PreparedCall {
  readonly operation: DokuOperation;
  readonly merchant: ResolvedMerchant;
  readonly requestId: string;
  readonly target: string;
  /** What is sent, as an object: to compare answers with, and to keep out of messages. */
  readonly content: unknown;
  readonly body: Buffer | undefined;
  readonly reference: string | undefined;
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
  const problems: string[] = [];
  const requestId = options.requestId ?? randomUUID();
  problems.push(...problemsOfOptions(options));

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
  const body = operation.method === 'GET' ? undefined : serialise(content, problems);

  const value = operation.reference && readMember(content, operation.reference);
  const reference = typeof value === 'string' ? value : undefined;
  if (problems.length > 0 || 'problem' in path) {
    throw new DokuValidationError(problems, {
      operation: operation.name,
      merchant: merchant.name,
      reference,
    });
  }
  return { operation, merchant, requestId, target: path.target, content, body, reference };
}

/** The request as it is sent; without a class, as given. */
function checkRequest<Request extends object>(
  operation: DokuOperation<Request>,
  given: Request,
): { readonly request: object; readonly problems: readonly string[] } {
  if (!operation.request) return { request: given, problems: [] };
  try {
    const checked = validateRequest(operation.request, given);
    if (checked.problems.length > 0 || !operation.rules) return checked;
    // The class vouches for the shape that `Request` promises.
    return { ...checked, problems: operation.rules(checked.request as Request) };
  } catch (error) {
    // A request that contains itself is followed until the stack ends.
    if (error instanceof RangeError)
      return { request: {}, problems: ['the request refers to itself'] };
    throw error;
  }
}

function serialise(content: unknown, problems: string[]): Buffer | undefined {
  try {
    const text: unknown = JSON.stringify(content);
    if (typeof text === 'string') return Buffer.from(text);
    problems.push('the request must be an object');
  } catch {
    problems.push('the request cannot be written as JSON: it holds a cycle or a BigInt');
  }
  return undefined;
}

function problemsOfOptions({ requestId, timeoutMs }: DokuCallOptions): string[] {
  const problems: string[] = [];
  if (requestId !== undefined && !/^[\x21-\x7e]{1,128}$/.test(requestId)) {
    problems.push(
      `requestId must be 1 to 128 visible ASCII characters (given ${describeGiven('', requestId)})`,
    );
  }
  if (timeoutMs !== undefined && !isDuration(timeoutMs)) {
    problems.push(
      `timeoutMs must be a whole number of milliseconds from 1 to 2147483647 (given ${String(timeoutMs)})`,
    );
  }
  return problems;
}
