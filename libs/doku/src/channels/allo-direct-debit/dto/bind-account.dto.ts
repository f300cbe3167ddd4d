import { Nested } from '../../../validation/nested.decorators.js';
import { MandatoryText, OneOf, PhoneNumber } from '../../../validation/text.decorators.js';
import { SnapBindAccountInfoDto } from '../../snap-direct-debit/account.dto.js';

/** Who binds an account, and where the browser goes afterwards. An account binds to one customer of one merchant. */
export class AlloBindAccountInfoDto extends SnapBindAccountInfoDto {
  /** Such as `Pixel 8`. */
  @MandatoryText(64)
  deviceModel!: string;

  @OneOf('mandatory', ['ios', 'android'])
  osType!: 'ios' | 'android';

  /** Where the customer is: in an app or on a web page. */
  @OneOf('mandatory', ['app', 'web'])
  channelId!: 'app' | 'web';
}

/** Request of `bindAccount` (reference snap 9.1). */
export class AlloBindAccountDto {
  /** The number that Allo knows: 9 to 16 digits, calling code first, such as `628238748728423`. */
  @PhoneNumber('mandatory', 9, 16)
  phoneNo!: string;

  @Nested(() => AlloBindAccountInfoDto)
  additionalInfo!: AlloBindAccountInfoDto;
}
