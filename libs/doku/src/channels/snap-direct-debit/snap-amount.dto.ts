import { Nested, OptionalNested } from '../../validation/nested.decorators.js';
import { Rupiah, RupiahText } from '../../validation/number.decorators.js';
import type { Presence } from '../../validation/rule.decorator.js';

/** An amount of a SNAP request; sent as `{ value: '50000.00', currency: 'IDR' }` (reference snap 8). */
export class SnapAmountDto {
  /** IDR, at least 1: an integer, or a text such as `'50000'` or `'50000.00'`; never a fraction as a number. */
  @RupiahText('mandatory')
  value!: number | string;

  /** @defaultValue `'IDR'` */
  @Rupiah()
  currency?: 'IDR';
}

/** A fee of a SNAP request: an amount that may be 0. */
export class SnapFeeDto {
  /** IDR: an integer, or a text such as `'0.00'`; never a fraction as a number. */
  @RupiahText('mandatory', 0)
  value!: number | string;

  /** @defaultValue `'IDR'` */
  @Rupiah()
  currency?: 'IDR';
}

/** A member that is an amount. */
export function SnapAmountMember(presence: Presence): PropertyDecorator {
  const nested = presence === 'mandatory' ? Nested : OptionalNested;
  return nested(() => SnapAmountDto, 'an object such as { value: 50000 }');
}
