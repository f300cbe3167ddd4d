import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';

import { type Check, describedBy } from './request-shape.js';

export type Presence = 'mandatory' | 'optional';

/**
 * One rule for a member of a request, known to the library's own check and, for apps that use the class in
 * a controller of their own, to class-validator: the same function decides in both.
 */
export function Rule(presence: Presence, check: Check): PropertyDecorator {
  const problemOf: Check = (value) => {
    if (value !== undefined && value !== null) return check(value);
    return presence === 'optional' ? undefined : 'is mandatory';
  };
  const forClassValidator = ValidateBy({
    name: 'rule',
    validator: {
      validate: (value) => problemOf(value) === undefined,
      defaultMessage: (context) => `$property ${problemOf(context?.value) ?? ''}`,
    },
  });
  return (target, property) => {
    describedBy({ check: problemOf })(target, property);
    forClassValidator(target, property);
  };
}

/** A rule for what a value is converted to, which is also what is sent. */
export function Converted(
  convert: (value: unknown) => unknown,
  rule: PropertyDecorator,
): PropertyDecorator {
  return (target, property) => {
    rule(target, property);
    describedBy({ convert })(target, property);
    // For apps that use the class in a controller of their own, with Nest's ValidationPipe.
    Transform(({ value }: { value: unknown }) => convert(value))(target, property);
  };
}
