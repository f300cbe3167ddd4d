import type { Type as Class } from '@nestjs/common';
import { Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';

import { isObject } from '../http/members.js';
import { describedBy } from './request-shape.js';
import { type Presence, Rule } from './rule.decorator.js';

/**
 * A part of a request that is described by a class of its own and must be there.
 *
 * @param form what a caller is told to give instead of something else
 */
export function Nested(type: () => Class<object>, form?: string): PropertyDecorator {
  return part('mandatory', type, form);
}

/** Such a part that may be left out. */
export function OptionalNested(type: () => Class<object>, form?: string): PropertyDecorator {
  return part('optional', type, form);
}

/** A list of parts, which may be left out. */
export function OptionalList(type: () => Class<object>): PropertyDecorator {
  return nested(
    type,
    Rule('optional', (value) => (isListOfObjects(value) ? undefined : 'must be a list of objects')),
  );
}

/** A list of at least one part. */
export function NonEmptyList(type: () => Class<object>): PropertyDecorator {
  return nested(
    type,
    Rule('mandatory', (value) =>
      isListOfObjects(value) && value.length > 0
        ? undefined
        : 'must be a list of at least one object',
    ),
  );
}

function part(
  presence: Presence,
  type: () => Class<object>,
  form = 'an object',
): PropertyDecorator {
  return nested(
    type,
    Rule(presence, (value) => (isObject(value) ? undefined : `must be ${form}`)),
  );
}

function isListOfObjects(value: unknown): value is readonly object[] {
  return Array.isArray(value) && value.every(isObject);
}

function nested(type: () => Class<object>, rule: PropertyDecorator): PropertyDecorator {
  return (target, property) => {
    rule(target, property);
    ValidateNested()(target, property);
    describedBy({ type })(target, property);
    // For apps that use the class in a controller of their own, with Nest's ValidationPipe.
    Type(type)(target, property);
  };
}
