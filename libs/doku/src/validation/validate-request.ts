import type { Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { type ValidationError, validateSync } from 'class-validator';

import { isObject } from '../http/members.js';
import { describeGiven } from './describe-given.js';
import { hasShape, readRequest, unknownMember } from './request-shape.js';

/** A request as it is sent, and what is wrong with it, one sentence for each problem. */
export interface CheckedRequest {
  readonly request: Record<string, unknown>;
  readonly problems: readonly string[];
}

/** Checks a request against its class. Members that the class does not know are refused, not dropped. */
export function validateRequest(type: Type<object>, given: unknown): CheckedRequest {
  if (!isObject(given)) {
    return {
      request: {},
      problems: [`the request must be an object (given ${describeGiven('', given)})`],
    };
  }
  const problems: string[] = [];
  if (hasShape(type)) return { request: readRequest(type, given, '', problems), problems };
  return validateByClassValidator(type, given);
}

/** For a class of the caller's own, with class-validator's decorators. */
function validateByClassValidator(type: Type<object>, given: object): CheckedRequest {
  const request = plainToInstance(type, given);
  const errors = validateSync(request, {
    whitelist: true,
    forbidNonWhitelisted: true,
    validationError: { target: false },
  });
  return { request: { ...request }, problems: errors.flatMap((error) => problemsOf(error, '')) };
}

function problemsOf(error: ValidationError, parent: string): string[] {
  const { property, constraints, children = [] } = error;
  const value: unknown = error.value;
  const isElement = /^\d+$/.test(property);
  const path = isElement
    ? `${parent}[${property}]`
    : parent === ''
      ? property
      : `${parent}.${property}`;
  const own = constraints ? [sentence(path, property, value, constraints)] : [];
  return [...own, ...children.flatMap((child) => problemsOf(child, path))];
}

function sentence(
  path: string,
  property: string,
  value: unknown,
  constraints: Readonly<Record<string, string>>,
): string {
  if ('whitelistValidation' in constraints) return unknownMember(path);
  const rules = Object.values(constraints).map((message) =>
    message.startsWith(`${property} `) ? message.slice(property.length + 1) : message,
  );
  return `${path} ${rules.join(' and ')} (given ${describeGiven(property, value)})`;
}
