import { Transform } from 'class-transformer';

import { wholeRupiah } from './amount.js';
import { describedBy } from './request-shape.js';
import { type Presence, Rule } from './rule.decorator.js';

const MOST_RUPIAH = 999_999_999_999;

/**
 * Whole rupiah, sent as a JSON number of at most 12 digits. Takes an integer or a text such as `'90000'`
 * or `'90000.00'`; a fraction of a rupiah is refused (reference non-snap 3.3, 3.19 no. 8).
 */
export function WholeRupiah(presence: Presence, min: 0 | 1 = 1): PropertyDecorator {
  const toNumber = (value: unknown): unknown => wholeRupiah(value) ?? value;
  const rule = Rule(presence, (value) =>
    isWholeNumber(value) && value >= min && value <= MOST_RUPIAH
      ? undefined
      : `must be whole rupiah from ${min} to ${MOST_RUPIAH}, as an integer or a text such as "90000.00"`,
  );
  return (target, property) => {
    rule(target, property);
    describedBy({ convert: toNumber })(target, property);
    // For apps that use the class in a controller of their own, with Nest's ValidationPipe.
    Transform(({ value }: { value: unknown }) => toNumber(value))(target, property);
  };
}

/** An integer of at least 1. */
export function PositiveInteger(presence: Presence): PropertyDecorator {
  return Rule(presence, (value) =>
    isWholeNumber(value) && value >= 1 ? undefined : 'must be a whole number of at least 1',
  );
}

function isWholeNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value);
}
