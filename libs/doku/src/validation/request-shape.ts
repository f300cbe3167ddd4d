import type { Type } from '@nestjs/common';

import { isObject } from '../http/members.js';
import { describeGiven } from './describe-given.js';

/** Says what is wrong with a value, as the rest of a sentence that begins with the member's name. */
export type Check = (value: unknown) => string | undefined;

/** What is known of one member of a request class. */
interface MemberShape {
  readonly check?: Check;
  /** The class of the member, or of the elements of a list. */
  readonly type?: () => Type<object>;
  /** Applied before the check. */
  readonly convert?: (value: unknown) => unknown;
}

type Shape = ReadonlyMap<string, MemberShape>;

const own = new Map<object, Map<string, MemberShape>>();
const complete = new Map<Type<object>, Shape>();

/** Adds to what is known of a member. */
export function describedBy(known: MemberShape): PropertyDecorator {
  return (prototype, property) => {
    const members = own.get(prototype) ?? new Map<string, MemberShape>();
    const name = String(property);
    own.set(prototype, members.set(name, { ...members.get(name), ...known }));
  };
}

/** Whether a class is described by the decorators of this folder. */
export function hasShape(type: Type<object>): boolean {
  return shapeOf(type).size > 0;
}

/**
 * A copy of a request, converted and checked; what is checked is what is sent. One pass over our own
 * classes, because class-transformer and class-validator together take more time than signing and sending.
 *
 * @param path where the request stands in the whole one, for messages
 * @param problems collects a sentence for each broken rule
 */
export function readRequest(
  type: Type<object>,
  given: Readonly<Record<string, unknown>>,
  path: string,
  problems: string[],
): Record<string, unknown> {
  const shape = shapeOf(type);
  const request: Record<string, unknown> = {};
  for (const name of Object.keys(given)) {
    const value = given[name];
    const member = shape.get(name);
    if (member) request[name] = readMember(member, name, value, path + name, problems);
    else if (value !== undefined) problems.push(unknownMember(path + name));
  }
  for (const [name, member] of shape) {
    if (Object.hasOwn(request, name)) continue;
    const value = readMember(member, name, undefined, path + name, problems);
    // A member with a default.
    if (value !== undefined) request[name] = value;
  }
  return request;
}

/** The sentence for a member that a class does not have. */
export function unknownMember(path: string): string {
  return `${path} is not a member of this request; what DOKU's documents lack goes into the option "extra"`;
}

function readMember(
  { check, type, convert }: MemberShape,
  name: string,
  given: unknown,
  path: string,
  problems: string[],
): unknown {
  const value = convert ? convert(given) : given;
  const problem = check?.(value);
  if (problem !== undefined) {
    problems.push(`${path} ${problem} (given ${describeGiven(name, given)})`);
    return value;
  }
  if (!type) return value;
  if (isObject(value)) return readRequest(type(), value, `${path}.`, problems);
  if (!Array.isArray(value)) return value;
  return value.map((element: unknown, index) =>
    isObject(element) ? readRequest(type(), element, `${path}[${index}].`, problems) : element,
  );
}

/** The members of a class and of those it extends. */
function shapeOf(type: Type<object>): Shape {
  const known = complete.get(type);
  if (known) return known;
  const shape = new Map<string, MemberShape>();
  let prototype: unknown = type.prototype;
  while (typeof prototype === 'object' && prototype !== null) {
    for (const [name, member] of own.get(prototype) ?? []) {
      if (!shape.has(name)) shape.set(name, member);
    }
    prototype = Object.getPrototypeOf(prototype);
  }
  complete.set(type, shape);
  return shape;
}
