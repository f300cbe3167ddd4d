import { Nested } from '../../../validation/nested.decorators.js';
import { PhoneNumber } from '../../../validation/text.decorators.js';
import { SnapBindAccountInfoDto } from '../../snap-direct-debit/account.dto.js';

/** Request of `bindAccount` (reference snap 9.1, 11). */
export class OvoBindAccountDto {
  /** The number that OVO knows: 9 to 16 digits, calling code first, such as `628238748728423`. */
  @PhoneNumber('mandatory', 9, 16)
  phoneNo!: string;

  @Nested(() => SnapBindAccountInfoDto)
  additionalInfo!: SnapBindAccountInfoDto;
}
