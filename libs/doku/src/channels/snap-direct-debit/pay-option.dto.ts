import { OptionalNested } from '../../validation/nested.decorators.js';
import { SnapAmountDto, SnapAmountMember, SnapFeeDto } from './snap-amount.dto.js';

/** One source of the money of a payment; each channel names its own in `payMethod`. */
export class SnapPayOptionDto {
  /** IDR; all of them must add up to the payment's amount, unless `checkPayOptions` is off. */
  @SnapAmountMember('mandatory')
  transAmount!: SnapAmountDto;

  @OptionalNested(() => SnapFeeDto)
  feeAmount?: SnapFeeDto;
}
