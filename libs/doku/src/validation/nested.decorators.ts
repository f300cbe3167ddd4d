import type { Type as Class } from '@nestjs/common';
import { Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';

import { isObject } from '../http/members.js';
import { describedBy } from './request-shape.js';
import { Rule } from './rule.decorator.js';

/** A part of a request that is described by a class of its own and must be there. */
export function Nested(type: () => Class<object>): PropertyDecorator {
  return nested(
    type,
    Rule('mandatory', (value) => (isObject(value) ? undefined : 'must be an object')),
  );
}

/** A list of parts, which may be left out. */
export function OptionalList(type: () => Class<object>): PropertyDecorator {
  return nested(
    type,
    Rule('optional', (value) =>
      Array.isArray(value) && value.every(isObject) ? undefined : 'must be a list of objects',
    ),
  );
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
