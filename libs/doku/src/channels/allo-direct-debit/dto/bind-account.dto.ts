import { Nested } from '../../../validation/nested.decorators.js';
import {
  MandatoryText,
  MandatoryWebUrl,
  OneOf,
  OptionalText,
  OptionalYearMonthDay,
  PhoneNumber,
} from '../../../validation/text.decorators.js';
import { SnapChannelInfoDto } from '../../snap-direct-debit/channel-info.dto.js';

/** Who binds an account, and where the browser goes afterwards. */
export class AlloBindAccountInfoDto extends SnapChannelInfoDto {
  /** The merchant's own key of the customer. One Allo account binds to one customer of one merchant. */
  @MandatoryText(64)
  custIdMerchant!: string;

  /** Where the browser lands when the customer agreed. A hint only: what was bound shows in the next call. */
  @MandatoryWebUrl()
  successRegistrationUrl!: string;

  @MandatoryWebUrl()
  failedRegistrationUrl!: string;

  /** Such as `Pixel 8`. */
  @MandatoryText(64)
  deviceModel!: string;

  @OneOf('mandatory', ['ios', 'android'])
  osType!: 'ios' | 'android';

  /** Where the customer is: in an app or on a web page. */
  @OneOf('mandatory', ['app', 'web'])
  channelId!: 'app' | 'web';

  @OptionalText(70)
  customerName?: string;

  /** At most 64 characters: the lower of two limits (reference snap C23). */
  @OptionalText(64)
  email?: string;

  /** KTP number. */
  @OptionalText(20)
  idCard?: string;

  @OptionalText(60)
  country?: string;

  @OptionalText(255)
  address?: string;

  /** `yyyyMMdd` */
  @OptionalYearMonthDay()
  dateOfBirth?: string;
}

/** Request of `bindAccount` (reference snap 9.1). */
export class AlloBindAccountDto {
  /** The number that Allo knows: 9 to 16 digits, calling code first, such as `628238748728423`. */
  @PhoneNumber('mandatory', 9, 16)
  phoneNo!: string;

  @Nested(() => AlloBindAccountInfoDto)
  additionalInfo!: AlloBindAccountInfoDto;
}
